// That a visit was left open and ended by itself: whoever comes back to it reads why it is over.
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { clinicVisitWords } from './clinician-words.ts'

type EndedItselfProps = { readonly view: ClinicianView; readonly me: Me }

export function EndedItself({ view: { status, endedItselfAt, finishedAt }, me }: EndedItselfProps) {
  if (status !== 'finished' || endedItselfAt === undefined || finishedAt === undefined) return null
  const at = (time: string) => clock(time, me.organisation.timeZone)
  return (
    <p class="visit-notice" role="status">
      {clinicVisitWords.endedItself(at(endedItselfAt), at(finishedAt))}
    </p>
  )
}
