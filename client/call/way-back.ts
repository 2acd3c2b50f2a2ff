// How a call comes back by itself when a part of the video system is away: since when it is lost, and when the room is opened once more. Pure.
// Refuses to give up while the visit is open, and to take a room from somebody who may be about to enter it.

/** `bridge`: Jitsi's word that nothing carries its pictures. `line`: the room has lost its connection. `shut`: Jitsi's word that it opens no room. `silence`: nobody answered who asked to come in. */
export type Lost = 'bridge' | 'line' | 'shut' | 'silence'

export const isLost = (why: string | undefined): why is Lost =>
  why === 'bridge' || why === 'line' || why === 'shut' || why === 'silence'

/** All times in milliseconds by the device's clock. */
export type WayBack = {
  /** Where the room on the page is: there is none yet; its page is on the way, has loaded, has its devices; at the room's own door; in the call; given up. */
  readonly at: 'none' | 'opening' | 'loaded' | 'ready' | 'lobby' | 'joined' | 'gone'
  readonly since: number
  /** How long its page took to load, of the last one that did. */
  readonly loadedInMs: number
  /** Whether a room of this page has been entered: what it needs is here, and nobody is asked for a device. */
  readonly entered: boolean
  /** How many rooms in a row came to nothing. */
  readonly tries: number
  /** Absent while there is a call, or the first room is still on its way. */
  readonly lost?: { readonly by: Lost; readonly since: number }
  /** Since when somebody else's page is in the call. */
  readonly companyAt?: number
}

/**
 * `opened`: another room is on the page, because the one before was `lost`, or for another reason. `unanswered`: our own server gave no entry to one. `company`, `alone`: whether somebody else's page is
 * in the call. The rest is the room's word.
 */
export type WayEvent =
  | 'loaded'
  | 'ready'
  | 'lobby'
  | 'joined'
  | 'unanswered'
  | 'company'
  | 'alone'
  | { readonly opened: Lost | 'otherwise' }
  | { readonly gone: Exclude<Lost, 'silence'> }

export const firstWay = (now: number): WayBack => ({
  ...{ at: 'none', since: now, loadedInMs: 0, entered: false, tries: 0 },
})

/** A call that held for so long was well: the next loss is the first in a row. */
const steadyMs = 30_000

/** Answers the same object when nothing changes. */
export function wayAfter(way: WayBack, what: WayEvent, now: number): WayBack {
  if (typeof what === 'object') return 'gone' in what ? lostBy(way, what.gone, now) : opened(way, what.opened, now)
  switch (what) {
    case 'loaded':
      return loaded(way, now)
    case 'ready':
      return way.at === 'opening' || way.at === 'loaded' ? { ...way, at: 'ready', since: now } : way
    case 'lobby':
      return way.at === 'gone' || way.at === 'lobby' || way.at === 'none' ? way : { ...way, at: 'lobby', since: now }
    case 'joined':
      return joined(way, now)
    case 'unanswered':
      return way.at === 'joined' ? way : { ...way, since: now, tries: way.tries + 1 }
    case 'company':
      return way.companyAt === undefined ? { ...way, companyAt: now } : way
    case 'alone':
      return without(way, 'companyAt')
  }
}

/** The first word of a room that gave up counts for when, the last one for why. */
function lostBy(way: WayBack, by: Lost, now: number): WayBack {
  const { at, lost } = way
  if (at === 'gone' && lost?.by === by) return way
  const steady = at === 'joined' && now - way.since >= steadyMs
  return {
    ...{ ...way, at: 'gone', since: at === 'gone' ? way.since : now, tries: steady ? 0 : way.tries },
    lost: { by, since: lost?.since ?? now },
  }
}

function opened(way: WayBack, why: Lost | 'otherwise', now: number): WayBack {
  const next = { ...way, at: 'opening', since: now } as const
  return why === 'otherwise' ? next : { ...next, tries: way.tries + 1, lost: way.lost ?? { by: why, since: way.since } }
}

/** A page of a room that loads once more has lost the call that it was in. */
function loaded(way: WayBack, now: number): WayBack {
  const { at, since } = way
  if (at === 'opening') return { ...way, at: 'loaded', since: now, loadedInMs: now - since }
  return at === 'joined' ? lostBy(way, 'line', now) : way
}

function joined(way: WayBack, now: number): WayBack {
  if (way.at === 'joined' || way.at === 'gone' || way.at === 'none') return way
  return { ...without(way, 'lost'), at: 'joined', since: now, entered: true }
}

function without(way: WayBack, key: 'lost' | 'companyAt'): WayBack {
  if (way[key] === undefined) return way
  const { [key]: _, ...rest } = way
  return rest
}

/** Between a room that gave up and the next, by how many came to nothing. */
const pauses = [0, 1_000, 2_000, 4_000] as const
export const longestPauseMs = 6_000
/** From a room's page that has loaded to the call: seconds for its own words with its server, and longer where it loaded slowly. */
const joinMs = { least: 6_000, most: 20_000 }
/** Somebody may still be asked for camera and microphone. */
const askedMs = 60_000
/** For the page itself, once it has been loaded before. */
const pageMs = 15_000
/** A knock is answered in a moment by whoever may, and can be lost with what they sit in. */
const knockMs = 8_000
/** Where somebody else came in, a room that waits for an answer since before has waited for long enough. */
const leastMs = 2_000

/** When the room is to be opened once more by itself; undefined: not, as things are. */
export function dueAt(way: WayBack): number | undefined {
  const { at, since, entered, tries, lost, loadedInMs, companyAt } = way
  switch (at) {
    case 'gone':
      return since + (pauses[tries] ?? longestPauseMs)
    case 'opening':
      return entered || lost !== undefined ? since + pageMs : undefined
    case 'loaded':
    case 'ready': {
      const patience = Math.min(Math.max(2 * loadedInMs, joinMs.least), joinMs.most)
      const long = since + (at === 'ready' || entered ? patience : askedMs)
      const came = companyAt !== undefined && companyAt > since && lost !== undefined
      return came ? Math.min(long, Math.max(companyAt, since + leastMs)) : long
    }
    case 'lobby':
      return lost === undefined || companyAt === undefined ? undefined : Math.max(since, companyAt) + knockMs
    case 'none':
    case 'joined':
      return undefined
  }
}

/** Why it is opened once more then. */
export const dueFor = ({ lost }: WayBack): Lost => lost?.by ?? 'silence'
