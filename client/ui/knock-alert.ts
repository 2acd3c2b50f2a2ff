// Tells the clinician that someone knocked, or tried to: a sound, the tab's title, and words, once for each.
import { useEffect, useRef } from 'preact/hooks'
import { announce } from './announce.ts'
import { chime } from './chime.ts'
import { knock } from './clinician-words.ts'
import { badge, flash } from './title.ts'

type Knocker = {
  readonly key: string
  readonly name: string
  /** They are not at the door: they would rather speak by telephone, or the door is locked. */
  readonly not?: 'by-telephone' | 'locked'
}

function spoken(fresh: readonly Knocker[]): string {
  const names = (not: Knocker['not']) => fresh.filter((one) => one.not === not).map(({ name }) => name)
  const [atDoor, others, atLocked] = [names(undefined), names('by-telephone'), names('locked')]
  return [
    ...(atDoor.length > 0 ? [knock.spoken(atDoor)] : []),
    ...(others.length > 0 ? [knock.byTelephone(others)] : []),
    ...(atLocked.length > 0 ? [knock.atLocked(atLocked)] : []),
  ].join(' ')
}

/** `knockers`: who waits now; a new `key` is one more. `count` goes in front of the title. */
export function useKnockAlert(knockers: readonly Knocker[], count: number): void {
  const known = useRef(new Set<string>())
  useEffect(() => {
    const fresh = knockers.filter(({ key }) => !known.current.has(key))
    known.current = new Set(knockers.map(({ key }) => key))
    if (fresh.length === 0) return
    chime()
    flash(fresh.every(({ not }) => not === 'locked') ? knock.titleLocked : knock.title)
    announce(spoken(fresh))
  }, [knockers.map(({ key }) => key).join('|')])
  useEffect(() => {
    badge(count)
    return () => badge(0)
  }, [count])
}
