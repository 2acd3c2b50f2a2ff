// Whether somebody who waits is here, away or gone: the one rule, and its times. Pure.
// Who is away keeps their place. Who is gone has lost it, and waits anew from when they come back: nobody passes those who stayed.
import { given } from '../given.ts'
import type { Instant, Ref } from '../ids.ts'
import { latest, plus } from '../instant.ts'
import { withCall } from './visit.ts'
import type { Open, Visit, Waiting } from './visit-shape.ts'

/** In seconds, unless their name says otherwise. */
export const presenceTimes = {
  /** Hidden tabs poll every 15 s: three missed polls, and a page is silent. */
  silentAfter: 45,
  /** A page that is loaded again says goodbye, too, and is back within seconds. */
  closedAfter: 5,
  /** So long the place of whoever is silent is kept: a phone that sleeps, a lift, a page that was closed by mistake. */
  grace: 10 * 60,
  /** For so many minutes somebody can say that they step away. */
  stepAwayMinutes: 10,
} as const

/**
 * `since`: when their page was heard of last, or when they said that they step away (`said`). `until`: so long their place is kept.
 */
export type Presence =
  | { readonly is: 'here' }
  | { readonly is: 'away'; readonly since: Instant; readonly until: Instant; readonly said?: true }
  | { readonly is: 'gone'; readonly since: Instant }

/** What is known of their page. `last`: when it was heard of; undefined where no page of theirs is remembered. */
type Heard = { readonly here: boolean; readonly last: Instant | undefined }

/** `listeningSince`: before that nobody listened, so nobody was silent. */
export function presenceOf(person: Waiting, heard: Heard, now: Instant, listeningSince: Instant): Presence {
  const { steppedAway, knockedAt } = person
  if (steppedAway !== undefined && now < steppedAway.until)
    return { is: 'away', since: steppedAway.at, until: steppedAway.until, said: true }
  if (heard.here) return { is: 'here' }
  const since = latest(knockedAt, heard.last ?? person.silentSince ?? listeningSince)
  const until = latest(plus(since, presenceTimes.grace), steppedAway?.until ?? since)
  return now < until ? { is: 'away', since, until } : { is: 'gone', since }
}

/** Whoever waits at this visit under this reference; undefined where they do not. */
export function waitingAt(visit: Visit, who: Ref): Waiting | undefined {
  const person = 'call' in visit ? visit.call.door.find((p) => p.who === who) : undefined
  return person?.state === 'waiting' ? person : undefined
}

/** Nothing is heard of their page since then: kept, so that it is known after a restart too. The same object for whoever does not wait. */
export function fellSilent(visit: Visit, who: Ref, since: Instant): Visit {
  const person = waitingAt(visit, who)
  if (person === undefined || !('call' in visit) || person.silentSince === since) return visit
  return inPlace(visit, { ...person, silentSince: since })
}

/**
 * Their page is heard of again. Who was away has their place as if nothing had been; who was gone waits from now on, at the end, and reads since
 * when they were away. The same object where nothing is new.
 */
export function cameBack(visit: Visit, who: Ref, was: Presence, now: Instant): Visit {
  const person = waitingAt(visit, who)
  if (person === undefined || !('call' in visit)) return visit
  const { silentSince, steppedAway, ...there } = person
  if (was.is !== 'gone')
    return silentSince === undefined ? visit : inPlace(visit, { ...there, ...given({ steppedAway }) })
  const { notNow: _before, ...anew } = there
  const waiting: Waiting = { ...anew, knockedAt: now, goneSince: was.since }
  return withCall(visit, { door: [...visit.call.door.filter((p) => p.who !== who), waiting] })
}

/** They say that they step away, or that they are back. The same object for whoever does not wait. */
export function stepped(visit: Visit, who: Ref, where: 'away' | 'back', now: Instant): Visit {
  const person = waitingAt(visit, who)
  if (person === undefined || !('call' in visit)) return visit
  const { steppedAway: before, ...there } = person
  if (where === 'back') return before === undefined ? visit : inPlace(visit, there)
  return inPlace(visit, { ...there, steppedAway: { at: now, until: plus(now, 60 * presenceTimes.stepAwayMinutes) } })
}

const inPlace = <V extends Open>(visit: V, person: Waiting): V =>
  withCall(visit, { door: visit.call.door.map((p) => (p.who === person.who ? person : p)) })
