// The waiting room: where you stand, since when, what to keep ready, and the ways out. It goes on to the call by itself.
// Comes while the check before it is on the screen. Refuses to show as so what nobody knows any more.
import { useEffect, useState } from 'preact/hooks'
import type { Me, PatientView, Place, StepAway } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { type OwnText, ownText } from '../base/own-texts.ts'
import { apiPath } from '../base/route.ts'
import { Facts } from '../day/patient-ends.tsx'
import { announce } from '../ui/announce.ts'
import { audible, testChime } from '../ui/chime.ts'
import { clock, now } from '../ui/clock.ts'
import { Emergency } from '../ui/emergency.tsx'
import { Heading } from '../ui/heading.tsx'
import { Later } from '../ui/later.tsx'
import { restoreLoudspeaker } from '../ui/loudspeaker.ts'
import { span } from '../ui/times.ts'
import { AsksFirst } from './asks-first.tsx'
import { LazyWithdraw } from './lazy-withdraw.tsx'
import { toldMeanwhile } from './turned-away.tsx'
import { waitingWords } from './waiting-words.ts'

/** What the reader is told, by what they are here: `turn` where their place in the queue is known to them. */
export type WordsOfWaiting = Pick<typeof waitingWords, 'title' | 'estimate' | 'unusable'> & {
  turn(ahead: number): string
}

type AtDoor = Extract<Place, { at: 'door' }>
export type WaitingProps = {
  readonly me: Me
  readonly view: PatientView
  readonly door: AtDoor
  /** Why what is shown may be old. */
  readonly lost: Problem | undefined
  /** Leaves; answers what stood in the way. So do the others. */
  onLeave(): Promise<Problem | undefined>
  onStep(where: StepAway['where']): Promise<Problem | undefined>
  onCannot(): Promise<Problem | undefined>
  /** Takes their consent to telehealth back; of who was asked for it. */
  readonly onWithdraw?: (() => Promise<Problem | undefined>) | undefined
  /** Of whom the clinic can telephone. */
  readonly onTelephone?: (() => Promise<Problem | undefined>) | undefined
  readonly words?: WordsOfWaiting
}

export function Waiting({ words = waitingWords, ...waiting }: WaitingProps) {
  const { me, view, door, lost, onLeave, onStep, onCannot, onTelephone, onWithdraw } = waiting
  const { timeZone } = me.organisation
  const { title, turn, place, stuck, estimate } = standing({ view, door, lost, timeZone, words })
  // All in one: a second sentence would take the first one's place before it is read out.
  const told = [...awayFor(door, timeZone), ...toldMeanwhile(door, view, timeZone)]
  const spoken = [title, ...told, turn, stuck ?? place].filter(Boolean).join(' ')
  useEffect(() => announce(spoken), [spoken])
  useEffect(restoreLoudspeaker, [])
  const [known] = useState(door.messages?.at(-1)?.n ?? 0)
  const goesOn = lost === undefined && !isOver(view, door)
  return (
    <main class="card">
      <Heading title={waitingWords.tab}>{title}</Heading>
      <Told all={told} isTrouble={door.denied === true} />
      {lost !== undefined && <p class="trouble">{waitingWords.trying}</p>}
      {turn !== undefined && <p class="big">{turn}</p>}
      {estimate !== undefined && <p>{words.estimate(estimate.from, estimate.to)}</p>}
      {stuck !== undefined && <p class="trouble">{stuck}</p>}
      {door.messages && <FromClinician {...{ me, view, known, timeZone }} all={door.messages} />}
      <Facts me={me} visit={view} />
      {door.denied !== true && (
        <p>
          {waitingWords.since(clock(door.since, timeZone), span(Date.parse(door.since), now.value))}{' '}
          {lost === undefined && place}
        </p>
      )}
      <Emergency of={me.organisation} />
      {me.visit === undefined && (
        <Ready appointments={view.patientInstruction} clinics={ownText(me.organisation, 'beforeVisit')} />
      )}
      {goesOn && <p class="quiet">{audible.value ? waitingWords.keepOpenSound : waitingWords.keepOpen}</p>}
      <button type="button" onClick={() => void testChime()}>
        {audible.value ? waitingWords.hear : waitingWords.soundOn}
      </button>
      <WhatElse {...{ view, door, goesOn, onStep, onCannot, onTelephone, onWithdraw }} />
      <AsksFirst at="room" leave={onLeave} says={waitingWords.leave} class="plain way-out" />
    </main>
  )
}

type FromClinicianProps = Pick<WaitingProps, 'me' | 'view'> & {
  readonly all: NonNullable<AtDoor['messages']>
  readonly known: number
  readonly timeZone: string
}

const FromClinician = ({ me, view, ...told }: FromClinicianProps) => (
  <Later
    load={() => import('./messages.tsx')}
    show={({ Messages }) => <Messages {...told} path={apiPath(me.launch, `visits/${view.id}`)} />}
  />
)

type WhatElseProps = Pick<WaitingProps, 'view' | 'door' | 'onStep' | 'onCannot' | 'onTelephone' | 'onWithdraw'>

function WhatElse({ view, goesOn, onWithdraw, ...meanwhile }: WhatElseProps & { readonly goesOn: boolean }) {
  return (
    <>
      {goesOn && (
        <Later load={() => import('./meanwhile.tsx')} show={({ Meanwhile }) => <Meanwhile {...meanwhile} />} />
      )}
      <LazyWithdraw view={view} onWithdraw={onWithdraw} />
    </>
  )
}

const Told = ({ all, isTrouble }: { readonly all: readonly string[]; readonly isTrouble: boolean }) =>
  all.map((one) => (
    <p key={one} class={isTrouble ? 'trouble' : 'big'}>
      {one}
    </p>
  ))

/** What the appointment itself tells its patient comes before what the clinic tells everyone. */
function Ready({ appointments, clinics }: { appointments: string | undefined; clinics: OwnText | undefined }) {
  if (appointments === undefined && clinics === undefined) return null
  return (
    <section class="ready" aria-label={waitingWords.ready}>
      <h2>{waitingWords.ready}</h2>
      {appointments !== undefined && <p dir="auto">{appointments}</p>}
      {clinics !== undefined && (
        <p lang={clinics.lang} dir="auto">
          {clinics.text}
        </p>
      )}
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

/** Whose place was not kept reads why they wait anew. */
const awayFor = ({ goneSince, since }: AtDoor, timeZone: string): readonly string[] =>
  goneSince === undefined ? [] : [waitingWords.gone(clock(goneSince, timeZone), clock(since, timeZone))]

type Shown = Pick<WaitingProps, 'view' | 'door' | 'lost'> &
  Required<Pick<WaitingProps, 'words'>> & { readonly timeZone: string }

/**
 * Where somebody stands, by what is known now. While nobody answers that is nothing but this. Who was asked to wait, or was found to be somebody
 * else, reads that first: that their clinician is here, and that nobody is before them, would speak against it.
 */
function standing({ view, door, lost, timeZone, words }: Shown) {
  const { lost: gone, over, patience, out } = waitingWords
  const { turn, unusable } = words
  if (lost !== undefined)
    return { title: gone[lost.code === 'offline' ? 'offline' : 'ours'], place: waitingWords.trying }
  const stuck = door.unusable && unusable[door.unusable]
  if (door.denied) return { title: out, place: '', stuck }
  if (isOver(view, door)) return { title: over.title, place: over.todo }
  if (door.backBy !== undefined)
    return { title: waitingWords.stepped.title(clock(door.backBy, timeZone)), place: waitingWords.stepped.place, stuck }
  const place = whereabouts(view, door)
  if (door.notNow !== undefined) return { title: patience, place, stuck }
  const title = door.sentBackAt === undefined ? headline(view, door, { timeZone, words }) : patience
  return { title, turn: turn(door.ahead), place, stuck, estimate: door.estimate }
}

/** After its hours nobody is let into a visit any more, unless a clinician is in it. */
const isOver = ({ closesAt }: PatientView, { clinician }: AtDoor): boolean =>
  clinician !== 'here' && now.value >= Date.parse(closesAt)

/** What is known of the clinicians; before the hour, that it has not come is the reason why none is here. */
function headline(
  { start, clinicians }: PatientView,
  { clinician }: AtDoor,
  { timeZone, words }: Pick<Shown, 'timeZone' | 'words'>,
): string {
  if (clinician === 'away' && now.value < Date.parse(start)) return words.title.starts(clock(start, timeZone))
  return words.title[clinician](clinicians)
}
