// The waiting room: where you stand, since when, what to keep ready, and the ways out. It goes on to the call by itself.
import { useEffect } from 'preact/hooks'
import type { Me, PatientView, Place } from '../../server/wire/wire.ts'
import { Facts } from '../day/patient-ends.tsx'
import { announce } from '../ui/announce.ts'
import { now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { clock, count, span } from '../ui/times.ts'

type Door = Extract<Place, { at: 'door' }>
type Shown = {
  readonly me: Me
  readonly view: PatientView
  readonly door: Door
  readonly lost: boolean
  onLeave(): void
}

/** "You are next." or how many come first. */
export const turn = (ahead: number): string =>
  ahead === 0 ? 'You are next.' : `${count(ahead, 'person is', 'people are')} before you.`

export function Waiting({ me, view, door, lost, onLeave }: Shown) {
  const { timeZone, beforeVisit } = me.organisation
  useEffect(() => announce(turn(door.ahead)), [door.ahead])
  return (
    <main class="card">
      <Heading title="Waiting room">Your doctor will let you in shortly.</Heading>
      <p class="big">{turn(door.ahead)}</p>
      <Facts me={me} visit={view} />
      <p>
        You have been waiting since {clock(door.since, timeZone)} ({span(Date.parse(door.since), now.value)}).{' '}
        {whereabouts(view, door)}
      </p>
      {lost && (
        <p class="trouble" role="status">
          The connection is lost. We keep trying, and you keep your place.
        </p>
      )}
      {beforeVisit !== undefined && (
        <section class="ready" aria-label="Please keep ready">
          <h2>Please keep ready</h2>
          <p>{beforeVisit}</p>
        </section>
      )}
      <p class="quiet">
        Keep this page open. It goes on by itself, and a sound tells you. Your camera and microphone are off until then.
      </p>
      <button type="button" class="plain" onClick={onLeave}>
        Leave the waiting room
      </button>
    </main>
  )
}

/** Fifteen minutes after the start, a person wonders whether they were forgotten. */
const lateMs = 15 * 60_000

function whereabouts(view: PatientView, door: Door): string {
  if (now.value > Date.parse(view.start) + lateMs && now.value > Date.parse(door.since) + lateMs)
    return 'It takes longer than planned. You keep your place. You can also call the clinic.'
  return door.clinicianHere ? 'Your doctor is here.' : 'The clinic sees that you are here.'
}
