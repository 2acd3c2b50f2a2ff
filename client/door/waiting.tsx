// The waiting room: where you stand, since when, what to keep ready, and the ways out. It goes on to the call by itself.
import { useEffect } from 'preact/hooks'
import type { Me, PatientView, Place } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Facts } from '../day/patient-ends.tsx'
import { announce } from '../ui/announce.ts'
import { audible, testChime } from '../ui/chime.ts'
import { clock, now } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { Later } from '../ui/later.tsx'
import { span } from '../ui/times.ts'
import { waitingWords } from './words.ts'

type AtDoor = Extract<Place, { at: 'door' }>
type WaitingProps = {
  readonly me: Me
  readonly view: PatientView
  readonly door: AtDoor
  /** Why what is shown may be old. */
  readonly lost: Problem | undefined
  onLeave(): void
}

export function Waiting({ me, view, door, lost, onLeave }: WaitingProps) {
  const { timeZone, beforeVisit } = me.organisation
  const turn = waitingWords.turn(door.ahead)
  const title = headline(view, door, timeZone)
  const place = whereabouts(view, door)
  // All in one: a second sentence would take the first one's place before it is read out.
  const stuck = door.unusable && waitingWords.unusable[door.unusable]
  const spoken = [title, turn, stuck ?? place].join(' ')
  useEffect(() => announce(spoken), [spoken])
  return (
    <main class="card">
      <Heading title={waitingWords.tab}>{title}</Heading>
      <WhyBack {...{ view, door, timeZone }} />
      <ToldMeanwhile me={me} view={view} door={door} />
      <p class="big">{turn}</p>
      <Facts me={me} visit={view} />
      <p>
        {waitingWords.since(clock(door.since, timeZone), span(Date.parse(door.since), now.value))} {place}
      </p>
      {stuck !== undefined && <p class="trouble">{stuck}</p>}
      {lost !== undefined && (
        <p class="trouble" role="status">
          {waitingWords.lost[lost.code === 'offline' ? 'offline' : 'ours']}
        </p>
      )}
      <Ready words={[view.patientInstruction, beforeVisit]} />
      <p class="quiet">{audible.value ? waitingWords.keepOpenSound : waitingWords.keepOpen}</p>
      <button type="button" onClick={() => void testChime()}>
        {audible.value ? waitingWords.hear : waitingWords.soundOn}
      </button>
      <button type="button" class="plain way-out" onClick={onLeave}>
        {waitingWords.leave}
      </button>
    </main>
  )
}

/** What their clinician has let them know: to wait a while longer, or that she is late. Most are told nothing. */
function ToldMeanwhile({ me, view, door: { late, notNow } }: Pick<WaitingProps, 'me' | 'view' | 'door'>) {
  if (notNow === undefined && late === undefined) return null
  const { timeZone } = me.organisation
  return (
    <Later
      load={fetchTurnedAway}
      show={({ AskedToWait, HowLate }) => (
        <>
          {notNow !== undefined && <AskedToWait notNow={notNow} timeZone={timeZone} />}
          {late !== undefined && <HowLate {...{ late, timeZone }} clinicians={view.clinicians} />}
        </>
      )}
    />
  )
}

/** Why somebody is not let in now; comes when it is wanted. */
export const fetchTurnedAway = () => import('./turned-away.tsx')

type WhyBackProps = Pick<WaitingProps, 'view' | 'door'> & { readonly timeZone: string }

/** Why somebody who was in the call waits again. */
function WhyBack({ view, door: { denied, sentBackAt }, timeZone }: WhyBackProps) {
  if (denied)
    return <Later load={fetchTurnedAway} show={({ FoundAnother }) => <FoundAnother patient={view.patient.name} />} />
  return sentBackAt === undefined ? null : <p>{waitingWords.sentBack(clock(sentBackAt, timeZone))}</p>
}

/** What the appointment itself tells its patient comes before what the clinic tells everyone. */
function Ready({ words }: { words: readonly (string | undefined)[] }) {
  const told = words.filter((one) => one !== undefined)
  if (told.length === 0) return null
  return (
    <section class="ready" aria-label={waitingWords.ready}>
      <h2>{waitingWords.ready}</h2>
      {told.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </section>
  )
}

/** Fifteen minutes after the start, a person wonders whether they were forgotten. */
const lateMs = 15 * 60_000

function whereabouts(view: PatientView, door: AtDoor): string {
  if (now.value > Date.parse(view.start) + lateMs && now.value > Date.parse(door.since) + lateMs)
    return waitingWords.late
  return waitingWords.seen
}

/** What is known of the clinicians; before the hour, that it has not come is the reason why none is here. */
function headline({ start, clinicians }: PatientView, { clinician }: AtDoor, timeZone: string): string {
  if (clinician === 'away' && now.value < Date.parse(start)) return waitingWords.title.starts(clock(start, timeZone))
  return waitingWords.title[clinician](clinicians)
}
