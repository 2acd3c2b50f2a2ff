// What one person is to be told of one visit by one way, and what they were told: of the hour the newest word alone, and that it is their turn while
// it is. Pure. Refuses nothing: what has been overtaken is dropped, and so is what nobody needs any more.
import type { DoorId, Instant, OrganisationId, VisitId } from '../ids.ts'
import { plus, secondsBetween } from '../instant.ts'
import { asIfNew, dueAfter, waitingIn } from '../webhook/attempts.ts'
import type { NoticeSent, NotSent } from './sent.ts'
import type { NoticeKind } from './words.ts'

/** By which way somebody can be told. */
export const channels = ['mail'] as const
export type Channel = (typeof channels)[number]

/** What holds of a visit's hour. */
export type Hour = { readonly start: Instant; readonly end: Instant; readonly is: 'on' | 'off' }

export type ToTell = {
  readonly kind: NoticeKind
  readonly start: Instant
  readonly end: Instant
  /** Of the calendar's entry; the same at every attempt, and of no other notice of this thread. */
  readonly sequence: number
  /** Whose turn it is, by their handle at the door. */
  readonly doorId?: DoorId
  readonly at: Instant
  readonly attempts: number
  readonly dueAt: Instant
  readonly givenUp?: { readonly at: Instant; readonly why: NotSent }
}

export type Thread = {
  readonly id: string
  readonly revision: number
  readonly expiresAt: Instant
  readonly organisation: OrganisationId
  readonly visit: VisitId
  readonly channel: Channel
  /** The number in the audit trail of the last line that was looked at: whoever reads it again after a crash tells nothing twice. */
  readonly lastNumber: number
  /** What they have been told of the hour, or may have been; absent until then. */
  readonly told?: Hour
  /** The next notice's. */
  readonly sequence: number
  readonly notices: readonly ToTell[]
}

export const threadId = (channel: Channel, visit: VisitId): string => `${channel} ${visit}`

/** It goes with the visit's own time: what was told once can be called off until then. */
export const newThread = (
  channel: Channel,
  { id: visit, organisation, expiresAt }: { id: VisitId; organisation: OrganisationId; expiresAt: Instant },
): Thread => ({
  ...{ id: threadId(channel, visit), revision: 1, expiresAt, organisation, visit, channel },
  ...{ lastNumber: 0, sequence: 0, notices: [] },
})

/** `turn`: somebody was let in, and is not there to see it. `hour`: undefined where nothing is to be said of it. */
type News = { readonly number: number; readonly hour: Hour | undefined; readonly turn?: DoorId }

/** A line of the trail was read. The same object for one that was read before. */
export function heard(thread: Thread, { number, hour, turn }: News, now: Instant): Thread {
  if (number <= thread.lastNumber) return thread
  const after = withTurn(withHour(thread, hour, now), turn, now)
  return { ...after, lastNumber: number }
}

/** Nobody wants to be told any more, or may be. */
export const silenced = (thread: Thread): Thread => (thread.notices.length === 0 ? thread : { ...thread, notices: [] })

/** Seconds: whoever opens the visit as near to its hour as this needs no mail to find it. */
const leastNotice = 15 * 60

function withHour(thread: Thread, hour: Hour | undefined, now: Instant): Thread {
  const turns = thread.notices.filter(({ kind }) => kind === 'ready')
  const waits = thread.notices.find(({ kind }) => kind !== 'ready')
  const kind = hour && kindOf(thread.told, hour)
  const isSoon = hour !== undefined && kind === 'invitation' && secondsBetween(now, hour.start) < leastNotice
  if (hour === undefined || kind === undefined || isSoon)
    return waits === undefined ? thread : { ...thread, notices: turns }
  const isSame = waits?.kind === kind && waits.start === hour.start && waits.end === hour.end
  if (isSame) return thread
  return added({ ...thread, notices: turns }, { kind, start: hour.start, end: hour.end }, now)
}

/** What there is to say to somebody who was told that; undefined where it is no news. */
function kindOf(told: Hour | undefined, { start, end, is }: Hour): NoticeKind | undefined {
  if (told === undefined || told.is === 'off') return is === 'on' ? 'invitation' : undefined
  if (is === 'off') return 'cancelled'
  return told.start === start && told.end === end ? undefined : 'moved'
}

/** Seconds: whoever does not read by then that it is their turn is called by other means. */
const turnLasts = 10 * 60

function withTurn(thread: Thread, doorId: DoorId | undefined, now: Instant): Thread {
  if (doorId === undefined) return thread
  const others = thread.notices.filter(({ kind }) => kind !== 'ready')
  return added({ ...thread, notices: others }, { kind: 'ready', start: now, end: plus(now, turnLasts), doorId }, now)
}

const added = (thread: Thread, notice: Pick<ToTell, 'kind' | 'start' | 'end' | 'doorId'>, now: Instant): Thread => ({
  ...thread,
  sequence: thread.sequence + 1,
  notices: [...thread.notices, { ...notice, sequence: thread.sequence, at: now, attempts: 0, dueAt: now }],
})

/** What is to be sent next: their turn does not wait for anything. */
export const nextToTell = ({ notices }: Thread): ToTell | undefined =>
  waitingIn(notices).waits.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0]

/** Seconds before each further attempt: of an hour over about a day, of a turn as long as it lasts. */
const pauses: Readonly<Record<'hour' | 'turn', readonly number[]>> = {
  hour: [30, 120, 600, 1_800, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600],
  turn: [5, 15, 40, 90, 180],
}

/** An attempt that says for sure that nothing arrived; of any other it may have. */
const surely: ReadonlySet<NotSent> = new Set([
  'turned-down',
  'busy',
  'login',
  'no-tls',
  'certificate',
  'no-answer',
  'unknown-host',
  'inside',
  'no-address',
])
/** For good: no further attempt would be answered otherwise. */
const forGood: ReadonlySet<NotSent> = new Set(['turned-down', 'gone', 'no-address'])

/** `luck`: 0 to 1, evenly. What is there no more changes nothing: something newer has taken its place, and tells what holds. */
export function afterAttempt(thread: Thread, sequence: number, sent: NoticeSent, now: Instant, luck: number): Thread {
  const notice = thread.notices.find((one) => one.sequence === sequence)
  const arrived = sent.is === 'taken' || !surely.has(sent.why)
  if (notice === undefined) return thread
  const told = arrived && notice.kind !== 'ready' ? { told: hourOf(notice) } : {}
  const others = thread.notices.filter((one) => one !== notice)
  if (sent.is === 'taken') return { ...thread, ...told, notices: others }
  return { ...thread, ...told, notices: [...others, again(notice, sent, now, luck)] }
}

const hourOf = ({ kind, start, end }: ToTell): Hour => ({ start, end, is: kind === 'cancelled' ? 'off' : 'on' })

function again(
  notice: ToTell,
  { why, retryAfter = 0 }: Extract<NoticeSent, { is: 'not-taken' }>,
  now: Instant,
  luck: number,
): ToTell {
  const attempts = notice.attempts + 1
  const pause = pauses[notice.kind === 'ready' ? 'turn' : 'hour'][notice.attempts]
  const dueAt = dueAfter(now, pause ?? 0, retryAfter, luck)
  if (forGood.has(why) || pause === undefined || isOver(notice, dueAt))
    return { ...notice, attempts, givenUp: { at: now, why } }
  return { ...notice, attempts, dueAt }
}

/** What is over, or is somebody else's turn by now, is not sent any more. */
export const withoutNotice = (thread: Thread, sequence: number): Thread => ({
  ...thread,
  notices: thread.notices.filter((one) => one.sequence !== sequence),
})

/** All that was given up, and all that waits, is due now. What is over by then is dropped as it comes up. */
export const dueOnceMore = (thread: Thread, now: Instant): Thread => ({
  ...thread,
  notices: asIfNew(thread.notices, now),
})

export const isOver = ({ kind, start, end }: ToTell, now: Instant): boolean =>
  now >= (kind === 'ready' || kind === 'cancelled' ? end : start)

/** How it stands with one person's notices. */
export const threadStanding = ({ notices }: Thread) => {
  const { waits, givenUp } = waitingIn(notices)
  return { waiting: waits.length, givenUp }
}
