// Tells patients of their visits where the organisation writes to them and they want it: what the trail says is looked at, and what is news of the
// visit's hour, or that it is their turn while nobody is there, goes into a thread of theirs. Nothing is sent that is not kept first.
// What is not read by anybody who is signed in is not known, and so not told: nobody asks the EHR for it.
import { given } from '../domain/given.ts'
import type { DoorId, Instant, VisitId } from '../domain/ids.ts'
import { hourToTell, mayTell } from '../domain/notice/hour.ts'
import {
  type Channel,
  channels,
  dueOnceMore,
  heard,
  newThread,
  silenced,
  type Thread,
  threadId,
  threadStanding,
} from '../domain/notice/thread.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { TrailLine, TrailReader } from '../outside/record/trail-reader.ts'
import type { Store } from '../outside/store/store.ts'
import { ThreadRow } from './notice-rows.ts'
import { type NoticeParts, type NoticeSending, openNoticeSending, writesTo } from './notice-sending.ts'
import { openRounds, type Rounds } from './rounds.ts'
import { OutsideToldRow } from './webhook-rows.ts'
import { openTrailReading } from './webhook-trail.ts'

/** How it stands with what one organisation tells its patients by one way. */
export type NoticeStanding = {
  readonly organisation: string
  readonly by: Channel
  readonly waiting: number
  readonly givenUp: number
  /** Attempts since the app started. */
  readonly taken: number
  readonly notTaken: number
}

export type Notices = Rounds & {
  standing(): Promise<readonly NoticeStanding[]>
  /** All that waits or was given up is due now. Answers how much; undefined where the organisation writes to nobody. */
  again(organisation: string): Promise<number | undefined>
  /** Removes what has expired. */
  sweep(now: Instant): Promise<number>
}

type Parts = Omit<NoticeParts, 'threads' | 'luck' | 'count'> & {
  readonly store: Pick<Store, 'shelf'>
  readonly trail: TrailReader
  readonly every: (ms: number, act: () => void) => () => void
  readonly luck?: () => number
}

export function openNotices(parts: Parts): Notices {
  const { log, every } = parts
  const inside = insideOf(parts)
  const { writers, threads, rows, sending, reading } = inside
  const isAnybodyTold = writers.length > 0
  const recall = async () => {
    for (const { id } of writers) for (const thread of await threads.find('unsent', id)) sending.put(thread)
  }
  return {
    ...openRounds({ reading, sending, isAnybodyTold, recall, log, every }),
    standing: () => standing(inside),
    again: (organisation) => again(parts, inside, organisation),
    sweep: async (at) => (await threads.sweep(at)) + (await rows.sweep(at)),
  }
}

type Inside = ReturnType<typeof insideOf>

function insideOf({ store, trail, luck = Math.random, ...parts }: Parts) {
  const { organisations, now } = parts
  const writers = organisations.filter((one) => channels.some((channel) => writesTo(one, channel) !== undefined))
  const rows = store.shelf({ name: 'notices-told', schema: OutsideToldRow, indexes: {} })
  const unsent = (thread: Thread) => (thread.notices.length > 0 ? [thread.organisation] : [])
  const threads = store.shelf({ name: 'threads', schema: ThreadRow, indexes: { unsent } })
  const counts = new Map<string, { taken: number; notTaken: number }>()
  const countOf = (organisation: string, channel: Channel) => {
    const name = `${channel} ${organisation}`
    const kept = counts.get(name) ?? { taken: 0, notTaken: 0 }
    counts.set(name, kept)
    return kept
  }
  const sending = openNoticeSending({
    ...{ ...parts, threads, luck },
    count: ({ organisation, channel }, { is }) => {
      countOf(organisation, channel)[is === 'taken' ? 'taken' : 'notTaken']++
    },
  })
  const reading = openTrailReading({ trail, rows, now, take: taking({ ...parts, threads, sending }) })
  return { threads, rows, sending, reading, writers, countOf }
}

async function standing({ writers, threads, countOf }: Inside): Promise<readonly NoticeStanding[]> {
  const all = writers.flatMap((organisation) =>
    channels.flatMap(async (by) => {
      if (writesTo(organisation, by) === undefined) return []
      const theirs = (await threads.find('unsent', organisation.id))
        .filter(({ channel }) => channel === by)
        .map(threadStanding)
      const sum = (of: 'waiting' | 'givenUp') => theirs.reduce((count, one) => count + one[of], 0)
      const counted = { waiting: sum('waiting'), givenUp: sum('givenUp'), ...countOf(organisation.id, by) }
      return [{ organisation: organisation.id, by, ...counted }]
    }),
  )
  return (await Promise.all(all)).flat()
}

async function again(
  { now }: Parts,
  { writers, threads, sending }: Inside,
  organisation: string,
): Promise<number | undefined> {
  if (!writers.some(({ id }) => id === organisation)) return undefined
  let count = 0
  for (const { id } of await threads.find('unsent', organisation)) {
    const at = now()
    const { after } = await threads.change(id, (thread) => dueOnceMore(thread, at))
    sending.put(after)
    count += after.notices.length
  }
  sending.sendDue()
  return count
}

/** After which anything of the hour may be news, or somebody's turn. */
const looksAt: ReadonlySet<TrailLine['event']> = new Set([
  ...(['appointment-opened', 'appointment-changed', 'notices-chosen', 'visit-reopened', 'admit'] as const),
])

type Taking = Pick<NoticeParts, 'threads' | 'visits' | 'organisations' | 'openPages' | 'now'> & {
  readonly sending: Pick<NoticeSending, 'put'>
}

/** Puts what a line says into the threads of its visit; whether anything of it is to be told. */
const taking =
  (parts: Taking) =>
  async (line: TrailLine): Promise<boolean> => {
    const organisation = parts.organisations.find(({ id }) => id === line.organisation)
    if (
      organisation === undefined ||
      line.visit === undefined ||
      line.outcome !== 'success' ||
      !looksAt.has(line.event)
    )
      return false
    const visit = await parts.visits.get(line.visit as VisitId) // sound: a line of ours, which tells of a visit
    if (visit === undefined) return false
    let isTold = false
    for (const channel of channels) {
      const to = writesTo(organisation, channel)
      if (to !== undefined && (await takeFor(parts, visit, channel, { line, may: mayTell(visit, channel, to) })))
        isTold = true
    }
    return isTold
  }

async function takeFor(
  { threads, openPages, now, sending }: Taking,
  visit: Visit,
  channel: Channel,
  { line, may }: { readonly line: TrailLine; readonly may: boolean },
): Promise<boolean> {
  const [id, at] = [threadId(channel, visit.id), now()]
  const hour = may ? hourToTell(visit, at) : undefined
  const turn = may && line.event === 'admit' ? turnOf(visit, openPages, line.doorId, at) : undefined
  if ((await threads.get(id)) === undefined) {
    if (hour?.is !== 'on' && turn === undefined) return false
    await threads.add(newThread(channel, visit))
  }
  const news = { number: line.seq, hour, ...given({ turn }) }
  const { before, after } = await threads.change(id, (thread) => (may ? heard(thread, news, at) : silenced(thread)))
  sending.put(after)
  return before !== after
}

/** Who was let in, where nobody is there to see it. */
function turnOf(
  visit: Visit,
  openPages: Taking['openPages'],
  doorId: string | undefined,
  now: Instant,
): DoorId | undefined {
  const door = 'call' in visit ? visit.call.door : []
  const person = door.find((one) => one.doorId === doorId)
  if (person?.state !== 'admitted' || (person.as !== 'patient' && person.as !== 'representative')) return undefined
  return person.away || !openPages.here(visit.id, person.who, now) ? person.doorId : undefined
}
