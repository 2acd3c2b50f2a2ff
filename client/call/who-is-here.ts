// Who is really there, put together from what the room shows and what the other pages tell our server. Pure.
// Refuses to take a picture for a person: whose page is silent is gone, whatever the room still shows.
import type { InCall, Instant } from '../../server/wire/wire.ts'
import { called } from '../base/called.ts'
import { isSame, knownBy, type Someone } from './same-person.ts'
import { whoIsHereWords } from './words.ts'

export type WhoIsHere = {
  readonly here: readonly string[]
  /** In the call, and away from their page for a moment, as they say. */
  readonly away: readonly { readonly name: string; readonly since: Instant }[]
  /** Their page says that they are on their way in, or in a call that does not show them yet. */
  readonly coming: readonly string[]
  readonly gone: readonly { readonly name: string; readonly since: Instant }[]
}

/** `shown`: the others in the room; `others`: what our server heard of their pages, and what it calls them. */
export function whoIsHere(shown: readonly Someone[], others: readonly InCall[]): WhoIsHere {
  const personOf = (one: Someone) => others.find((person) => isSame(one, person))
  // What an earlier connection left behind is shown while its person is still at the room's door.
  const present = shown.filter((one) => (personOf(one)?.at ?? 'in') === 'in')
  const here = new Map(present.map((one) => [knownBy(one), personOf(one)?.name ?? one.name]))
  const saidAway = present.flatMap((one) => {
    const { name, awaySince: since } = personOf(one) ?? {}
    return name === undefined || since === undefined ? [] : { by: knownBy(one), name, since }
  })
  for (const { by } of saidAway) here.delete(by)
  const away = new Map(saidAway.map(({ name, since }) => [name, { name, since }]))
  const coming = others.filter((person) => person.at !== 'gone' && !present.some((one) => isSame(one, person)))
  const gone = others.filter(({ at }) => at === 'gone').map(({ name, since }) => ({ name, since }))
  return { here: [...here.values()], away: [...away.values()], coming: coming.map(({ name }) => name), gone }
}

/** One or more sentences; `clock` says an instant as a time of day. */
export function whoIsHereSentences(of: WhoIsHere, clock: (instant: Instant) => string): string {
  const [here, coming] = [of.here.map(called), of.coming.map(called)]
  const since = (some: WhoIsHere['gone']) => some.map((one) => ({ ...one, name: called(one.name) }))
  const away = since(of.away)
  const gone = since(of.gone)
  return [
    ...(here.length > 0 ? [whoIsHereWords.here(here)] : away.length === 0 ? [whoIsHereWords.alone] : []),
    ...away.map(({ name, since }) => whoIsHereWords.backSoon(name, clock(since))),
    ...(coming.length === 0 ? [] : [whoIsHereWords.coming(coming)]),
    ...gone.map(({ name, since }) => whoIsHereWords.gone(name, clock(since))),
  ].join(' ')
}
