// Whether sound and picture come through between this page and the room, by what the room tells of its own connections. Pure.
// Refuses to speak of it while nobody is there to be seen or heard, and in the first seconds of a connection; a camera that is off is no fault.

/** `blocked`: somebody is there, and nothing has come through since they came. */
export type Media = { readonly at: 'alone' | 'flows' | 'blocked' } | { readonly at: 'awaited'; readonly since: number }

/** `connected`: the room has a connection for sound and picture. `company`: somebody else is really there. `now` in milliseconds. */
export type MediaSigns = { readonly connected: boolean; readonly company: boolean; readonly now: number }

/** Jitsi's own test gives a good line two seconds from joining to a picture; a line that works at all mostly needs less than this. */
export const blockedMs = 8_000
/** Whoever looks so much later did not run in between: a device that slept has waited for nothing. */
const lateMs = 4_000

/** Answers the same object when nothing changes. */
export function mediaAfter(before: Media, { connected, company, now }: MediaSigns): Media {
  if (!company) return before.at === 'alone' ? before : { at: 'alone' }
  if (connected) return before.at === 'flows' ? before : { at: 'flows' }
  if (before.at === 'blocked') return before
  if (before.at !== 'awaited') return { at: 'awaited', since: now }
  const waited = now - before.since
  if (waited < blockedMs) return before
  return waited < blockedMs + lateMs ? { at: 'blocked' } : { at: 'awaited', since: now }
}

/** What is known of both sides: `theirs`: everything comes through between the room and this page, and not between it and another's. */
export type Blocked = 'unknown' | 'theirs'

/** `others`: whether the page of one of them, who are there, told that nothing comes through to it. */
export function blockedAt({ at }: Media, others: boolean): Blocked | undefined {
  if (at === 'blocked') return 'unknown'
  if (!others || at === 'alone') return undefined
  return at === 'flows' ? 'theirs' : 'unknown'
}
