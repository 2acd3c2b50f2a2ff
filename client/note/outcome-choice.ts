// What can be said of what happened in a visit, by what is known of it: what is asked and when, what is offered, and what a choice lacks. Pure.
// Refuses to take a word that nobody chose.
import type { ClinicianView, DoorPerson, Happening, WhatHappened } from '../../server/wire/wire.ts'
import { hasPlace } from '../ui/away.ts'
import { outcomeWords } from './outcome-words.ts'
import { isNobodys } from './who-it-was.tsx'

/** What is chosen on the page, until it is said; the times as they are typed, by the clinic's clocks. */
export type Choice = {
  readonly is?: Happening
  readonly start: string
  readonly end: string
  /** Another was in the call: that they met is said together with who it was. */
  readonly identity?: 'wanted' | 'confirmed'
}
const noChoice: Choice = { start: '', end: '' }
/** Nothing is chosen for anybody, unless somebody of the patient's side asked for the telephone: then that is the likely answer. */
export function firstChoice(view: ClinicianView, instead?: Happening): Choice {
  const is = instead ?? (view.byTelephone ? 'telephone' : undefined)
  return asKnown({ ...noChoice, ...(is && { is }) }, view)
}

/** Whether who it was is to be said with it, by what is known now. */
export function asKnown({ identity = 'wanted', ...choice }: Choice, view: ClinicianView): Choice {
  return isNobodys(view) ? { ...choice, identity } : choice
}

/** What is missing in a choice, in words; else the word to be said. */
export function chosenWord({ is, start, end, identity }: Choice): string | WhatHappened {
  if (is === undefined) return outcomeWords.choose
  const asked = isMeeting(is) ? identity : undefined
  if (asked === 'wanted') return outcomeWords.confirmFirst
  const word = asked === undefined ? { is } : { is, identityConfirmed: true as const }
  if (is !== 'telephone' || (start === '' && end === '')) return word
  return start === '' || end === '' ? outcomeWords.bothTimes : { ...word, period: { start, end } }
}

export const isMeeting = (is: Happening) => is === 'came' || is === 'telephone'

/**
 * A visit that nobody began, nobody came to. Where another came, it is that which is said of the patient who did not; of whoever was in a call without
 * picture and sound nobody says that they did not come.
 */
export function kindsOf(view: ClinicianView, now: number): readonly Happening[] {
  if (isEarly(view, now))
    return [
      ...(view.byTelephone ? (['telephone'] as const) : []),
      ...(view.cannotCome ? (['moved', 'did-not-come'] as const) : []),
    ]
  const missed = isNobodys(view) ? 'another-came' : 'did-not-come'
  const said = view.outcome?.is
  const kinds = new Set<Happening>([
    'came',
    'telephone',
    ...(view.nothingThrough ? [] : ([missed] as const)),
    ...(isMissed(said) ? [said] : []),
    'moved',
    'technical-failure',
  ])
  return [...kinds].filter((kind) => kind !== 'came' || !isUnbegun(view))
}

/** What stands at it. */
export const optionOf = ({ nothingThrough }: ClinicianView, kind: Happening) =>
  kind === 'came' && nothingThrough ? outcomeWords.byVideo : outcomeWords.options[kind]

const isMissed = (is: Happening | 'unsaid' | undefined) => is === 'did-not-come' || is === 'another-came'

/** Of whom we were told what, before anybody says what happened. */
export function whoWasSeen(view: ClinicianView): string {
  if (isNobodys(view)) return outcomeWords.anotherCame
  if (view.nothingThrough) return outcomeWords.nothingThrough
  return isUnbegun(view) ? outcomeWords.nobodyBegan : outcomeWords.nobodySeen
}

/** Whether what happened has yet to be said of a visit that is over. */
export const isUnanswered = ({ outcome }: ClinicianView): boolean => outcome?.is === 'unsaid'

/** No clinician began it, or ever will. */
const isUnbegun = ({ status, neverBegan }: ClinicianView): boolean =>
  neverBegan === true || status === 'planned' || status === 'arrived'

/** Its hour has not come: whoever asked for the telephone may have been rung all the same. */
const isEarly = (view: ClinicianView, now: number): boolean => isUnbegun(view) && now < Date.parse(view.start)

/** Whether what became of a visit that nobody began can be said: its hour has come, and nobody stands at the door, or it has closed. */
export const mayBeSaid = (view: ClinicianView, now: number): boolean =>
  (view.status === 'planned' || view.status === 'arrived') &&
  (view.byTelephone === true || view.cannotCome === true || !isEarly(view, now)) &&
  (now >= Date.parse(view.closesAt) || view.door.every((p) => p.state === 'declined' || hasLeft(p)))

/** Their place was kept long enough. */
const hasLeft = (p: DoorPerson): boolean =>
  p.state === 'waiting' && (p.leftAt !== undefined || (p.away !== undefined && !hasPlace(p)))

/** Whether signing, which may end the visit, asks it. */
export const asks = (view: ClinicianView, now: number): boolean =>
  isUnanswered(view) ||
  mayBeSaid(view, now) ||
  (view.status === 'in-progress' && (view.nobodyCame === true || view.nothingThrough === true))
