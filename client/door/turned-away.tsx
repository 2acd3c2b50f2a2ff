// What somebody reads who is not let in now, and why: asked to wait a while longer, or sent away; and how late their clinician is. Comes when it is wanted.

import { useEffect } from 'preact/hooks'
import type { NotNow, Place } from '../../server/wire/wire.ts'
import { Ending, type EndProps } from '../day/patient-ends.tsx'
import { announce } from '../ui/announce.ts'
import { clock } from '../ui/clock.ts'
import { lateWords } from '../ui/late-words.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { saidWhy, turnedAwayWords } from './turned-away-words.ts'

/** In the waiting room, beside all else that is said there. */
export function AskedToWait({ notNow, timeZone }: { readonly notNow: NotNow; readonly timeZone: string }) {
  const says = `${turnedAwayWords.asked(clock(notNow.at, timeZone))} ${saidWhy(notNow.why)} ${turnedAwayWords.place}`
  useEffect(() => announce(says), [says])
  return <p>{says}</p>
}

/** In the waiting room: the clinician found that it is not they, whom the visit is for. */
export function FoundAnother({ patient }: { readonly patient: string }) {
  const says = turnedAwayWords.another(patient)
  useEffect(() => announce(says), [says])
  return <p class="trouble">{says}</p>
}

type HowLateProps = {
  readonly late: NonNullable<Extract<Place, { at: 'door' }>['late']>
  readonly clinicians: readonly string[]
  readonly timeZone: string
}

/** How late their clinician says that she is; of several nobody here knows which. */
export function HowLate({ late, clinicians: [name, another], timeZone }: HowLateProps) {
  const says = lateWords.patient(another === undefined ? name : undefined, clock(late.at, timeZone), late.minutes)
  useEffect(() => announce(says), [says])
  return <p class="big">{says}</p>
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
