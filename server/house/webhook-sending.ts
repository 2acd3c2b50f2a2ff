// Sends what the outboxes hold when it is due: of one visit one after the other, of several at the same time. What came of each attempt is kept
// before the next one. Rejects nothing: a fault is logged, and the visit's events come again later.
import type { Instant, VisitId } from '../domain/ids.ts'
import { latest, plus } from '../domain/instant.ts'
import { longestRest } from '../domain/webhook/attempts.ts'
import { attempted, nextOf, type Outbox, type Outgoing, type Sent } from '../domain/webhook/outbox.ts'
import type { Log } from '../outside/record/record.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Webhook } from '../settings/webhook.ts'
import type { Happened } from './trail.ts'
import { isOn, switchOff, type WebhookClinic } from './webhook-clinics.ts'
import type { OutsideTold } from './webhook-rows.ts'

export type WebhookParts = {
  readonly outboxes: Shelf<Outbox>
  readonly rows: Shelf<OutsideTold>
  readonly now: () => Instant
  /** 0 to 1, evenly. */
  readonly luck: () => number
  readonly deliver: (webhook: Webhook, event: Outgoing, now: Instant) => Promise<Sent>
  readonly happened: Happened
  readonly log: Log
}

export type WebhookSending = {
  /** How it stands with a visit's events now; called in the order in which they changed. */
  put(outbox: Outbox, clinic: WebhookClinic): void
  sendDue(): void
  /** Settles once nothing is under way. */
  idle(): Promise<void>
  nextDue(): Instant | undefined
  /** What is under way is the last. */
  close(): void
}

type Due = { readonly clinic: WebhookClinic; readonly dueAt: Instant }

/** Seconds until what met a fault of the disc is tried again. */
const afterFault = 60

export function openWebhookSending(parts: WebhookParts): WebhookSending {
  const agenda = new Map<VisitId, Due>()
  const underWay = new Map<VisitId, Promise<void>>()
  const book: Book = {
    agenda,
    isClosed: false,
    put(outbox, clinic) {
      const next = nextOf(outbox)
      if (next === undefined) agenda.delete(outbox.id)
      else agenda.set(outbox.id, { clinic, dueAt: next.dueAt })
    },
  }
  const begin = (visit: VisitId, { clinic, dueAt }: Due) => {
    const at = parts.now()
    if (book.isClosed || dueAt > at || !isOn(clinic, at) || underWay.has(visit)) return
    const ended = () => {
      underWay.delete(visit)
      // One that happened while the last was on its way out.
      const due = agenda.get(visit)
      if (due !== undefined) begin(visit, due)
    }
    underWay.set(visit, clinic.inTurn(() => sendAll(parts, book, visit, clinic)).finally(ended))
  }
  return {
    put: book.put,
    sendDue() {
      for (const [visit, due] of agenda) begin(visit, due)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
    nextDue: () => earliestIn(agenda.values()),
    close() {
      book.isClosed = true
    },
  }
}

type Book = Pick<WebhookSending, 'put'> & { readonly agenda: Map<VisitId, Due>; isClosed: boolean }

/** One after the other, as long as they are due. */
async function sendAll(parts: WebhookParts, book: Book, visit: VisitId, clinic: WebhookClinic): Promise<void> {
  const { outboxes, now, log } = parts
  try {
    for (;;) {
      const outbox = await outboxes.get(visit)
      const next = outbox && nextOf(outbox)
      if (next === undefined) return void book.agenda.delete(visit)
      if (book.isClosed || next.dueAt > now() || !isOn(clinic, now())) return
      const after = await sendOne(parts, clinic, visit, next)
      if (after === undefined) return
      book.put(after, clinic)
    }
  } catch (cause) {
    log.error('store-fault', { organisation: clinic.organisation.id, visit }, cause)
    book.agenda.set(visit, { clinic, dueAt: plus(now(), afterFault) })
  }
}

function earliestIn(all: Iterable<Due>): Instant | undefined {
  let first: Instant | undefined
  for (const { clinic, dueAt } of all) {
    if (clinic.offSince !== undefined) continue
    const at = latest(dueAt, clinic.restUntil ?? dueAt)
    if (first === undefined || at < first) first = at
  }
  return first
}

/** Answers the outbox as it is then; undefined where the webhook wants no more, and the event is kept as it was. */
async function sendOne(
  { outboxes, rows, now, luck, deliver, happened, log }: WebhookParts,
  clinic: WebhookClinic,
  visit: VisitId,
  event: Outgoing,
): Promise<Outbox | undefined> {
  const { organisation, webhook } = clinic
  const sent = await deliver(webhook, event, now())
  const [at, dice] = [now(), luck()]
  const about = { organisation: organisation.id, visit, status: sent.status, count: event.attempts + 1 }
  if (sent.is === 'taken') clinic.taken++
  else clinic.notTaken++
  if (sent.is === 'taken') log.info('webhook', { ...about, code: 'taken' })
  else log.warn('webhook', { ...about, code: sent.why })
  if (sent.is === 'not-taken' && sent.why === 'gone') {
    await switchOff(rows, clinic, at)
    await happened({ organisation }, 'webhook-switched-off', { outcome: 'failed', code: sent.why })
    return undefined
  }
  if (sent.is === 'not-taken' && sent.retryAfter !== undefined)
    clinic.restUntil = plus(at, Math.min(sent.retryAfter, longestRest))
  const { after } = await outboxes.change(visit, (outbox) => attempted(outbox, event.id, sent, at, dice))
  const givenUp = after.events.find(({ id }) => id === event.id)?.givenUp
  if (givenUp !== undefined)
    await happened({ organisation, visit: { id: visit } }, 'webhook-given-up', { outcome: 'failed', code: givenUp.why })
  return after
}
