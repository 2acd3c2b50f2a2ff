// Tells the clinician that someone came to a door of hers, or tried to: a sound, the tab's title, and words, once for each.
// Refuses to tell twice: who was told of on one page is no news on the next one, nor when their own page comes back.
import { useEffect } from 'preact/hooks'
import { announce } from './announce.ts'
import { chime } from './chime.ts'
import { knock } from './clinician-words.ts'
import { badge, flash } from './title.ts'

export type Comer = {
  /** Where they came to: at each place, what is later than all before is news. */
  readonly to: string
  readonly at: string
  /** Absent where it must not be told. */
  readonly name?: string
  /** They are not at the door of what is shown: at another visit's, at one that is locked, they would rather speak by telephone, or nobody looks after them. */
  readonly not?: 'here' | 'by-telephone' | 'locked' | 'unanswered'
  /** They were found to be another than the patient, and are never called by that name. */
  readonly another?: true
  /** No sound: somebody would hear it who is spoken with. */
  readonly quiet?: boolean
}

/** Somebody at a visit's door: the same on every screen, so that they are told of once. */
export const atDoor = (to: string, at: string, name: string, another: boolean): Comer =>
  another ? { to, at, another } : { to, at, name }

/** Somebody who asks something of a visit without waiting at its door. */
export const asking = (visit: string, not: 'by-telephone' | 'locked', at: string, name: string): Comer => ({
  ...{ to: `${visit}#${not === 'locked' ? not : 'telephone'}`, at, name, not },
})

/** Somebody waits, and nobody of the clinic has looked after them: told once more. */
export const notAnswered = (visit: string, at: string, name: string, another: boolean): Comer => ({
  ...{ to: `${visit}#unanswered`, at, not: 'unanswered' },
  ...(another ? { another } : { name }),
})

/** Those of them that are news; from then on they are none. */
export function news(arrivals: readonly Comer[], heard: Map<string, string>): readonly Comer[] {
  const fresh = arrivals.filter(({ to, at }) => at > (heard.get(to) ?? ''))
  for (const { to, at } of fresh) if (at > (heard.get(to) ?? '')) heard.set(to, at)
  return fresh
}

export function spoken(fresh: readonly Comer[]): string {
  const of = (not: Comer['not']) => fresh.filter((one) => one.not === not && one.another !== true)
  const names = (not: Comer['not']) => of(not).flatMap(({ name }) => name ?? [])
  const [atDoor, elsewhere] = [names(undefined), names('here')]
  const [others, atLocked] = [names('by-telephone'), names('locked')]
  const missed = names('unanswered')
  return [
    ...(atDoor.length > 0 ? [knock.spoken(atDoor)] : []),
    ...(elsewhere.length > 0 ? [knock.elsewhere(elsewhere)] : []),
    ...(elsewhere.length < of('here').length ? [knock.nameless] : []),
    ...(others.length > 0 ? [knock.byTelephone(others)] : []),
    ...(atLocked.length > 0 ? [knock.atLocked(atLocked)] : []),
    ...(missed.length > 0 ? [knock.unanswered(missed)] : []),
    ...(fresh.some(({ another }) => another) ? [knock.another] : []),
  ].join(' ')
}

/** What the tab calls for: where somebody waits, that comes first. */
export function titleOf(fresh: readonly Comer[]): string {
  const all = (as: Comer['not']) => fresh.every(({ not }) => not === as)
  return all('locked') ? knock.titleLocked : all('by-telephone') ? knock.titleTelephone : knock.title
}

/** Of this page, whichever of its screens is shown. */
const heardOf = new Map<string, string>()

/** `count`, of who waits or asks for something, goes in front of the title. */
export function useKnockAlert(arrivals: readonly Comer[], count: number): void {
  useEffect(() => {
    const fresh = news(arrivals, heardOf)
    if (fresh.length === 0) return
    if (fresh.some(({ quiet }) => quiet !== true)) chime()
    flash(titleOf(fresh))
    announce(spoken(fresh))
  }, [arrivals.map(({ to, at }) => `${to} ${at}`).join('|')])
  useEffect(() => {
    badge(count)
    return () => badge(0)
  }, [count])
}
