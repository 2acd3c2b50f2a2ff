// Who is really there, put together from what the room shows and what the other pages tell our server. Pure.
// Refuses to take a picture for a person: whose page is silent is gone, whatever the room still shows.
import type { InCall, Instant } from '../../server/wire/wire.ts'

export type Here = {
  readonly here: readonly string[]
  /** Their page says that they are on their way in, or in a call that does not show them yet. */
  readonly coming: readonly string[]
  readonly gone: readonly { readonly name: string; readonly since: Instant }[]
}

/** `shown`: the names of the others in the room; `others`: what our server heard of their pages. */
export function whoIsHere(shown: readonly string[], others: readonly InCall[]): Here {
  const gone = others.filter(({ at }) => at === 'gone')
  // What an earlier connection left behind is shown while its person is still at the room's door.
  const absent = new Set(others.filter(({ at }) => at !== 'in').map(({ name }) => name))
  const here = [...new Set(shown)].filter((name) => !absent.has(name))
  const coming = others.filter(({ at, name }) => at !== 'gone' && !here.includes(name)).map(({ name }) => name)
  return { here, coming, gone: gone.map(({ name, since }) => ({ name, since })) }
}

/** One or more sentences; `at` says an instant as a time of day. */
export function hereWords({ here, coming, gone }: Here, at: (instant: Instant) => string): string {
  return [
    ...(here.length === 0 ? ['You are alone in the call.'] : [`${listed(here)} ${are(here)} here.`]),
    ...(coming.length === 0 ? [] : [`${listed(coming)} ${are(coming)} coming in.`]),
    ...gone.map(({ name, since }) => `${name} is gone since ${at(since)}.`),
  ].join(' ')
}

const are = (names: readonly string[]) => (names.length === 1 ? 'is' : 'are')

/** `Ana`, `Ana and Ben`, `Ana, Ben and Cleo`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
