// Tells the clinician that someone knocked: a sound, the tab's title, and words, once for each.
import { useEffect, useRef } from 'preact/hooks'
import { announce } from './announce.ts'
import { chime } from './chime.ts'
import { knock } from './clinician-words.ts'
import { badge, flash } from './title.ts'

type Knocker = {
  readonly key: string
  readonly name: string
  /** They are not at the door: their devices do not do for a call. */
  readonly byTelephone?: boolean
}

function spoken(fresh: readonly Knocker[]): string {
  const names = (byTelephone: boolean) =>
    fresh.filter((one) => (one.byTelephone === true) === byTelephone).map(({ name }) => name)
  const [atDoor, others] = [names(false), names(true)]
  return [
    ...(atDoor.length > 0 ? [knock.spoken(atDoor)] : []),
    ...(others.length > 0 ? [knock.byTelephone(others)] : []),
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
    flash(knock.title)
    announce(spoken(fresh))
  }, [knockers.map(({ key }) => key).join('|')])
  useEffect(() => {
    badge(count)
    return () => badge(0)
  }, [count])
}
