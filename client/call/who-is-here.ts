// Who is really there, put together from what the room shows and what the other pages tell our server. Pure.
// Refuses to take a picture for a person: whose page is silent is gone, whatever the room still shows.
import type { InCall, Instant } from '../../server/wire/wire.ts'
import { whoIsHereWords } from './words.ts'

export type WhoIsHere = {
  readonly here: readonly string[]
  /** Their page says that they are on their way in, or in a call that does not show them yet. */
  readonly coming: readonly string[]
  readonly gone: readonly { readonly name: string; readonly since: Instant }[]
}

/** `shown`: the names of the others in the room; `others`: what our server heard of their pages. */
export function whoIsHere(shown: readonly string[], others: readonly InCall[]): WhoIsHere {
  const gone = others.filter(({ at }) => at === 'gone')
  // What an earlier connection left behind is shown while its person is still at the room's door.
  const absent = new Set(others.filter(({ at }) => at !== 'in').map(({ name }) => name))
  const here = [...new Set(shown)].filter((name) => !absent.has(name))
  const coming = others.filter(({ at, name }) => at !== 'gone' && !here.includes(name)).map(({ name }) => name)
  return { here, coming, gone: gone.map(({ name, since }) => ({ name, since })) }
}

/** One or more sentences; `clock` says an instant as a time of day. */
export function whoIsHereSentences({ here, coming, gone }: WhoIsHere, clock: (instant: Instant) => string): string {
  return [
    here.length === 0 ? whoIsHereWords.alone : whoIsHereWords.here(here),
    ...(coming.length === 0 ? [] : [whoIsHereWords.coming(coming)]),
    ...gone.map(({ name, since }) => whoIsHereWords.gone(name, clock(since))),
  ].join(' ')
}
