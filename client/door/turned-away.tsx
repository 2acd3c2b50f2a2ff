// What somebody reads who is not let in now, and why: asked to wait a while longer, or sent away; and how late their clinician is. Comes when it is wanted.

import type { PatientView, Place } from '../../server/wire/wire.ts'
import { called } from '../base/called.ts'
import { Ending, type EndProps } from '../day/patient-ends.tsx'
import { clock } from '../ui/clock.ts'
import { lateWords } from '../ui/late-words.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { saidWhy, turnedAwayWords } from './turned-away-words.ts'

type ToldProps = Pick<Extract<Place, { at: 'door' }>, 'denied' | 'sentBackAt' | 'notNow' | 'late'>

/**
 * What somebody in the waiting room has been let know, each a sentence or two: that it is not they whom the visit is for, why they wait again, to
 * wait a while longer, and how late their clinician is; of several nobody here knows which.
 */
export function toldMeanwhile(
  { denied, sentBackAt, notNow, late }: ToldProps,
  { patient, clinicians: [name, another] }: Pick<PatientView, 'patient' | 'clinicians'>,
  timeZone: string,
): readonly string[] {
  const { another: found, sentBack, asked, place } = turnedAwayWords
  const why = notNow && saidWhy(notNow.why)
  // What was said with it: else it was said since then, to who waits already.
  const back = sentBackAt !== undefined && notNow?.at === sentBackAt
  return [
    ...(denied && patient ? [found(called(patient.name))] : []),
    ...(sentBackAt === undefined || denied
      ? []
      : [[sentBack(clock(sentBackAt, timeZone)), back && why].filter(Boolean).join(' ')]),
    ...(notNow === undefined || back ? [] : [`${asked(clock(notNow.at, timeZone))} ${why} ${place}`]),
    ...(late === undefined
      ? []
      : [lateWords.patient(another === undefined ? name : undefined, clock(late.at, timeZone), late.minutes)]),
  ]
}

type DeclinedProps = EndProps & { readonly place: Extract<Place, { at: 'declined' }>; onAgain(): void }

export function Declined({ place: { why = { reason: 'cannot-now' } }, onAgain, ...end }: DeclinedProps) {
  const telephones = 'reason' in why && why.reason === 'we-telephone'
  return (
    <Ending title={turnedAwayWords.title} {...end}>
      <p class="big">{saidWhy(why)}</p>
      <p>{telephones ? turnedAwayWords.todoTelephone : turnedAwayWords.todo}</p>
      <PhoneLink phone={end.me.organisation.phone} />
      <button type="button" onClick={onAgain}>
        {turnedAwayWords.again}
      </button>
    </Ending>
  )
}
