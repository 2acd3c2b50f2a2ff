// One appointment in the clinician's day: when, who, how it stands in words, and the way in.
import { useState } from 'preact/hooks'
import type { AppointmentItem, Me, UntimedItem } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { notThereWords } from '../ui/away.ts'
import { born } from '../ui/born.ts'
import { interpreterNeeded } from '../ui/clinician-words.ts'
import { clock, now } from '../ui/clock.ts'
import { consentedWords } from '../ui/consented-words.ts'
import { isOtherLanguage } from '../ui/other-language.ts'
import { Inline } from '../ui/problem.tsx'
import { day, spanShort } from '../ui/times.ts'
import { ways, row as words } from './day-words.ts'

type DayRowProps = {
  readonly me: Me
  readonly item: AppointmentItem
  /** It is the visit that is shown already. */
  readonly isHere: boolean
  /** What stood in the way when it was opened. */
  readonly problem: Problem | undefined
  readonly onOpen: OpenItem
}
/** `anyway`: told what is odd about it, the clinician wants to come in all the same. */
export type OpenItem = (item: AppointmentItem, anyway?: true) => Promise<void>

export function DayRow({ me, item, isHere, problem, onOpen }: DayRowProps) {
  const { timeZone } = me.organisation
  const { visit } = item
  const waiting = visit?.here ?? 0
  // A visit of another day stands here until its note is in the chart.
  const earlier = day(item.start, timeZone) !== day(now.value, timeZone)
  return (
    <li class={`row ${standing(item)}`}>
      <p class="row-time">
        {earlier && <span class="row-day">{day(item.start, timeZone)} </span>}
        {words.hours(clock(item.start, timeZone), clock(item.end, timeZone), (end) => (
          <span class="quiet">{end}</span>
        ))}
      </p>
      <Who item={item} timeZone={timeZone} />
      <div class="row-state">
        <p class={waiting > 0 || visit?.byTelephoneSince !== undefined || isOverdue(item) ? 'strong' : ''}>
          {stateWords(item, timeZone)}
        </p>
        {visit?.unanswered !== undefined && (
          <p class="strong">{words.unanswered(clock(visit.unanswered.since, timeZone))}</p>
        )}
        {waiting > 0 && visit?.lacks !== undefined && <p>{words.lacks(visit.lacks)}</p>}
        {visit?.consent !== undefined && item.state !== 'over' && (
          <p>{consentedWords.inShort(visit.consent, (at) => clock(at, timeZone))}</p>
        )}
        {visit?.deniedAt !== undefined && <p class="strong">{words.denied(clock(visit.deniedAt, timeZone))}</p>}
        {visit?.triedAt !== undefined && (
          <p class={asksForHer(item) ? 'strong' : ''}>{words.tried(clock(visit.triedAt, timeZone))}</p>
        )}
      </div>
      {isHere && <p class="row-here">{words.here}</p>}
      {!isHere && hasWayIn(item) && <WayIn item={item} timeZone={timeZone} onOpen={() => onOpen(item)} />}
      {problem !== undefined && <InTheWay me={me} item={item} problem={problem} onOpen={onOpen} />}
    </li>
  )
}

/** What the style sheet calls how a row stands. */
function standing(item: AppointmentItem): 'waiting' | 'off' | 'overdue' | 'calm' {
  if ((item.visit?.here ?? 0) > 0 || asksForHer(item)) return 'waiting'
  if (item.state === 'cancelled') return 'off'
  return isOverdue(item) ? 'overdue' : 'calm'
}

/** Nobody waits, and somebody is to be rung, or stands before a locked door. */
const asksForHer = ({ state, visit }: AppointmentItem): boolean =>
  visit?.byTelephoneSince !== undefined || (visit?.triedAt !== undefined && state !== 'over')

/** It could be held now, and nobody has come to it yet. */
function isOverdue({ state, start, visit }: AppointmentItem): boolean {
  const came =
    visit !== undefined && (visit.status !== 'planned' || visit.byTelephoneSince !== undefined || visit.checking)
  const written = visit !== undefined && visit.note !== 'none'
  return state === 'open' && !came && !written && now.value - Date.parse(start) >= 60_000
}

type WhoProps = { item: Omit<UntimedItem, 'state'> & Pick<AppointmentItem, 'expected' | 'visit'>; timeZone: string }

function Who({ item, timeZone }: WhoProps) {
  const { patient, reason, patientUnread, clinicians, expected = [], visit } = item
  // Who looks is one of the clinicians.
  const others = [...(clinicians.length > 1 ? clinicians : []), ...expected.map(words.expectedAs)]
  return (
    <div class="row-who">
      <h2>{patient.name}</h2>
      <p class="quiet">
        {patientUnread ? words.patientUnread : born(patient.birthDate, timeZone)}
        {reason !== undefined && ` · ${reason}`}
      </p>
      {patient.interpreter !== undefined && <p class="tag">{interpreterNeeded(patient.interpreter)}</p>}
      {patient.interpreter === undefined && isOtherLanguage(patient.language) && (
        <p class="tag">{words.speaks(patient.language)}</p>
      )}
      {others.length > 0 && <p class="quiet">{words.expected(others)}</p>}
      {visit?.invited !== undefined && <p class="quiet">{words.invited(visit.invited)}</p>}
    </div>
  )
}

/** An appointment that does not say when it is: its time as the text stands, if any, and what is to be done about it. */
export function UntimedRow({ me, item }: { me: Me; item: UntimedItem }) {
  return (
    <li class={item.state === 'cancelled' ? 'row off' : 'row'}>
      <p class="row-time quiet">{item.told ?? words.noTime}</p>
      <Who item={item} timeZone={me.organisation.timeZone} />
      <p class="row-state wide">{item.state === 'cancelled' ? words.cancelled : words.untimed}</p>
    </li>
  )
}

/** Whoever waits, or is in the call, is always reached. What the chart calls done is asked about. */
export function hasWayIn({ state, visit }: AppointmentItem): boolean {
  if (visit !== undefined && (visit.waiting > 0 || visit.status === 'in-progress')) return true
  if (state === 'cancelled') return false
  // Of one that nobody opened, and that is over, it can still be said what became of it.
  return visit !== undefined || state === 'open' || state === 'finished' || state === 'over'
}

/** What can be opened all the same is asked about: it is done as the chart says, or somebody may stand at the door of what lacks something. */
const mayAsk = ({ visit }: AppointmentItem, { code }: Problem): boolean =>
  code === 'appointment-fulfilled' || (code === 'appointment-unusable' && visit !== undefined)

function InTheWay({ me, item, problem, onOpen }: Omit<DayRowProps, 'isHere'> & { problem: Problem }) {
  return (
    <div class="row-problem">
      <Inline problem={problem} me={me}>
        {mayAsk(item, problem) && (
          <button type="button" onClick={() => void onOpen(item, true)}>
            {words.anyway}
          </button>
        )}
      </Inline>
    </div>
  )
}

type WayInProps = { readonly item: AppointmentItem; readonly timeZone: string; onOpen(): Promise<void> }

function WayIn({ item, timeZone, onOpen }: WayInProps) {
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    await onOpen()
    setBusy(false)
  }
  const way = ways[wayOf(item)]
  const urgent = (item.visit?.here ?? 0) > 0 || item.visit?.status === 'in-progress'
  return (
    <button
      type="button"
      class={urgent ? 'main' : ''}
      disabled={busy}
      aria-label={way.spoken(item.patient.name, clock(item.start, timeZone))}
      onClick={() => void open()}
    >
      {busy ? words.opening : way.shown}
    </button>
  )
}

/** Its time has passed, nobody began it, and nobody is there. */
function isMissed({ state, end, visit }: AppointmentItem): boolean {
  const isUnbegun = visit === undefined || visit.status === 'planned' || visit.status === 'arrived'
  // Until its door closes, whoever closed the page has a place at it to come back to.
  if (state === 'over') return isUnbegun && (visit?.here ?? 0) === 0
  return isUnbegun && state === 'open' && now.value >= Date.parse(end) && (visit?.waiting ?? 0) === 0
}

export const wayOf = (item: AppointmentItem) => {
  const { visit } = item
  return visit?.outcome === 'unsaid' || isMissed(item)
    ? 'what'
    : visit?.status === 'in-progress'
      ? 'back'
      : visit?.status === 'finished'
        ? 'note'
        : 'visit'
}

/** How far an appointment has come, in words; who waits comes first. */
export function stateWords({ state, start, opensAt, visit }: AppointmentItem, timeZone: string): string {
  const odd = state === 'unusable' || state === 'hidden' ? words[state] : undefined
  if (visit !== undefined && visit.waiting > 0) return [waitingWords(visit, timeZone), odd].filter(Boolean).join('. ')
  if (visit?.byTelephoneSince !== undefined) return words.byTelephone(clock(visit.byTelephoneSince, timeZone))
  if (visit?.cannotComeSince !== undefined) return words.cannotCome(clock(visit.cannotComeSince, timeZone))
  if (visit?.status === 'in-progress') return words.inProgress
  if (state === 'cancelled') return words.cancelled
  if (odd !== undefined) return odd
  if (visit === undefined && state === 'finished') return words.done
  if (visit?.status === 'finished' || state === 'finished') return endedWords(visit)
  if (state === 'too-early') return words.opens(clock(opensAt, timeZone))
  if (visit !== undefined && visit.note !== 'none') return noteWords(visit)
  return state === 'over' ? words.over : nobodyWords(start, visit, timeZone)
}

/** Nobody is there: who was is not one who never came, and who does not come is overdue. */
function nobodyWords(start: AppointmentItem['start'], visit: AppointmentItem['visit'], timeZone: string): string {
  if (visit?.status === 'arrived') return notThereWords(visit, timeZone) ?? words.became[visit.became ?? 'left']
  if (visit?.checking) return words.checking
  const late = now.value - Date.parse(start)
  return late < 60_000 ? words.nobody : words.overdue(spanShort(Date.parse(start), now.value))
}

function waitingWords(visit: NonNullable<AppointmentItem['visit']>, timeZone: string): string {
  const { here, waitingSince } = visit
  if (here === 0) return notThereWords(visit, timeZone) ?? words.notThere
  if (waitingSince === undefined) return words.waiting(here)
  return words.waitingSince(here, spanShort(Date.parse(waitingSince), now.value), clock(waitingSince, timeZone))
}
/** Of a visit that did not take place no note is missed. */
function endedWords(visit: AppointmentItem['visit']): string {
  const { outcome, note = 'none', endedItselfAt } = visit ?? {}
  if (outcome === undefined)
    return `${endedItselfAt === undefined ? words.ended : words.endedItself} ${noteWords(visit)}`
  const mayGoWithout = note === 'none' && outcome !== 'came' && outcome !== 'telephone'
  return mayGoWithout ? words.outcomes[outcome] : `${words.outcomes[outcome]} ${noteWords(visit)}`
}

/** A note of somebody else than the patient is not on its way to their chart. */
function noteWords(visit: AppointmentItem['visit']): string {
  const { note = 'none', ofAnother } = visit ?? {}
  return ofAnother ? words.notesOfAnother[note === 'preliminary' ? 'open' : 'signed'] : words.notes[note]
}
