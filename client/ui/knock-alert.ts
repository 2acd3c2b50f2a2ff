// Tells the clinician that someone knocked: a sound, the tab's title, and words, once for each.
import { useEffect, useRef } from 'preact/hooks'
import { announce } from './announce.ts'
import { chime } from './chime.ts'
import { knock } from './clinician-words.ts'
import { badge, flash } from './title.ts'

type Knocker = { readonly key: string; readonly name: string }

/** `knockers`: who waits now; a new `key` is one more. `count` goes in front of the title. */
export function useKnockAlert(knockers: readonly Knocker[], count: number): void {
  const known = useRef(new Set<string>())
  useEffect(() => {
    const fresh = knockers.filter(({ key }) => !known.current.has(key))
    known.current = new Set(knockers.map(({ key }) => key))
    if (fresh.length === 0) return
    chime()
    flash(knock.title)
    announce(knock.spoken(fresh.map(({ name }) => name)))
  }, [knockers.map(({ key }) => key).join('|')])
  useEffect(() => {
    badge(count)
    return () => badge(0)
  }, [count])
}
