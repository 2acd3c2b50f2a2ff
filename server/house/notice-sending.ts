// Sends what patients are to be told when it is due, to each person one after the other. What came of each attempt is kept before the next one.
// Rejects nothing: a fault is logged, and the person's notices come again later. What nobody needs any more is dropped and not sent.
import { given } from '../domain/given.ts'
import type { Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { mayTell } from '../domain/notice/hour.ts'
import type { NoticeSent } from '../domain/notice/sent.ts'
import {
  afterAttempt,
  type Channel,
  isOver,
  nextToTell,
  type Thread,
  type ToTell,
  withoutNotice,
} from '../domain/notice/thread.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { OpenPages } from '../outside/memory/open-pages.ts'
import type { Log } from '../outside/record/record.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Organisation } from '../settings/config.ts'
import type { SendNotice } from './notice-mail.ts'
import type { Happened } from './trail.ts'

export type NoticeParts = {
  readonly threads: Shelf<Thread>
  readonly visits: Pick<Shelf<Visit>, 'get'>
  readonly organisations: readonly Organisation[]
  readonly openPages: Pick<OpenPages, 'here' | 'lastHere'>
  readonly now: () => Instant
  /** 0 to 1, evenly. */
  readonly luck: () => number
  readonly send: Readonly<Record<Channel, SendNotice>>
  readonly happened: Happened
  readonly log: Log
  /** Told of each attempt. */
  readonly count: (thread: Thread, sent: NoticeSent) => void
}

export type NoticeSending = {
  put(thread: Thread): void
  sendDue(): void
  /** Settles once nothing is under way. */
  idle(): Promise<void>
  /** What is under way is the last. */
  close(): void
}

/** To whom the organisation writes by this way; undefined where it does not. */
export const writesTo = ({ mail }: Organisation, channel: Channel): 'asked' | 'clinic' | undefined =>
  channel === 'mail' ? mail?.to : undefined

/** Seconds until what met a fault of the disc is tried again. */
const afterFault = 60

export function openNoticeSending(parts: NoticeParts): NoticeSending {
  const underWay = new Map<string, Promise<void>>()
  const book: Book = { agenda: new Map(), isClosed: false }
  const begin = (id: string, dueAt: Instant) => {
    if (book.isClosed || dueAt > parts.now() || underWay.has(id)) return
    const ended = () => {
      underWay.delete(id)
      // One that came while the last was on its way out.
      const due = book.agenda.get(id)
      if (due !== undefined) begin(id, due)
    }
    underWay.set(id, sendAll(parts, book, id).finally(ended))
  }
  return {
    put: (thread) => enter(book, thread),
    sendDue() {
      for (const [id, dueAt] of book.agenda) begin(id, dueAt)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
    close() {
      book.isClosed = true
    },
  }
}

/** When each person's next notice is due. */
type Book = { readonly agenda: Map<string, Instant>; isClosed: boolean }

function enter({ agenda }: Book, thread: Thread): void {
  const next = nextToTell(thread)
  if (next === undefined) agenda.delete(thread.id)
  else agenda.set(thread.id, next.dueAt)
}

/** One after the other, as long as they are due. */
async function sendAll(parts: NoticeParts, book: Book, id: string): Promise<void> {
  try {
    for (;;) {
      const thread = await parts.threads.get(id)
      if (thread === undefined) return void book.agenda.delete(id)
      enter(book, thread)
      const next = nextToTell(thread)
      if (next === undefined || book.isClosed || next.dueAt > parts.now()) return
      await sendOne(parts, thread, next)
    }
  } catch (cause) {
    parts.log.error('store-fault', {}, cause)
    book.agenda.set(id, plus(parts.now(), afterFault))
  }
}

async function sendOne(parts: NoticeParts, thread: Thread, notice: ToTell): Promise<void> {
  const { threads, visits, now, luck, send, happened, log } = parts
  const { sequence, kind } = notice
  const visit = await visits.get(thread.visit)
  const organisation = parts.organisations.find(({ id }) => id === thread.organisation)
  if (visit === undefined || organisation === undefined || !isWanted(parts, thread, notice, { visit, organisation }))
    return void (await threads.change(thread.id, (one) => withoutNotice(one, sequence)))
  const sent = await send[thread.channel]({ organisation, visit, notice, now: now() })
  parts.count(thread, sent)
  const [at, dice] = [now(), luck()]
  const { after } = await threads.change(thread.id, (one) => afterAttempt(one, sequence, sent, at, dice))
  const about = {
    organisation: organisation.id,
    visit: visit.id,
    count: notice.attempts + 1,
    ...given({ status: sent.status }),
  }
  const by = { organisation, visit: { id: visit.id, iss: visit.iss } }
  if (sent.is === 'taken') {
    log.info('notice', { ...about, code: thread.channel })
    return happened(by, 'notice-sent', { code: `${thread.channel}-${kind}` })
  }
  log.warn('notice', { ...about, code: `${thread.channel}-${sent.why}` })
  const isGivenUp = after.notices.some((one) => one.sequence === sequence && one.givenUp !== undefined)
  if (isGivenUp) await happened(by, 'notice-given-up', { outcome: 'failed', code: `${thread.channel}-${sent.why}` })
}

type Whose = { readonly visit: Visit; readonly organisation: Organisation }

/** Its time is not over, they have not said no meanwhile, and nobody has come whose turn it is. */
function isWanted(
  { now, openPages }: NoticeParts,
  { channel }: Thread,
  notice: ToTell,
  { visit, organisation }: Whose,
): boolean {
  const to = writesTo(organisation, channel)
  if (to === undefined || !mayTell(visit, channel, to) || isOver(notice, now())) return false
  if (notice.kind !== 'ready') return true
  const door = 'call' in visit ? visit.call.door : []
  const person = door.find(({ doorId, state }) => doorId === notice.doorId && state === 'admitted')
  if (person === undefined) return false
  const heard = openPages.lastHere(visit.id, person.who)
  const isHere = !('away' in person) && openPages.here(visit.id, person.who, now())
  return !isHere && (heard === undefined || heard <= notice.at)
}
