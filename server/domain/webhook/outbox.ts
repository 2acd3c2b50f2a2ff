// What the outside is to be told of one visit, in the order in which it happened: the first is sent until it is taken or given up, then the
// next. Pure. Refuses nothing: what is more than it holds is left out, and counted.
import { given } from '../given.ts'
import type { Instant, OrganisationId, VisitId } from '../ids.ts'
import { plus, secondsBetween } from '../instant.ts'
import { retention } from '../retention.ts'
import { asIfNew, dueAfter, waitingIn } from './attempts.ts'
import type { WebhookEventType } from './event-types.ts'

/** One event as it is sent, to the byte, at every attempt. */
export type Outgoing = {
  /** The `webhook-id`: the same at every attempt, so that a receiver knows what it has. */
  readonly id: string
  readonly type: WebhookEventType
  readonly body: string
  readonly at: Instant
  readonly attempts: number
  readonly dueAt: Instant
  readonly givenUp?: { readonly at: Instant; readonly why: NotTaken }
}

export type Outbox = {
  readonly id: VisitId
  readonly revision: number
  readonly expiresAt: Instant
  readonly organisation: OrganisationId
  /** The number in the audit trail of the last event that went in: whoever reads the trail again after a crash puts in nothing twice. */
  readonly lastNumber: number
  readonly events: readonly Outgoing[]
  /** How many were left out because it was full. */
  readonly leftOut?: number
}

/** Why an attempt came to nothing. `inside`: its address is one within a network, where nothing is sent. */
export const notTaken = [
  'refused',
  'busy',
  'redirected',
  'gone',
  'too-slow',
  'no-answer',
  'cut',
  'unknown-host',
  'certificate',
  'inside',
] as const
export type NotTaken = (typeof notTaken)[number]

/** What came of sending it once. `retryAfter`: seconds, where the receiver said so. */
export type Sent =
  | { readonly is: 'taken'; readonly status: number }
  | { readonly is: 'not-taken'; readonly why: NotTaken; readonly status?: number; readonly retryAfter?: number }

/** Seconds before each further attempt: longer each time, over about a day (Standard Webhooks 1.0.0, "Retries"). The first: about at once. */
const pauses = [5, 30, 120, 300, 900, 3_600, 3 * 3_600, 7 * 3_600, 13 * 3_600] as const
/** Seconds: an event that is as old as this and is not taken is given up, however often it was tried. */
const mostAge = 24 * 3_600
/** Events of one visit that nobody has taken yet. An honest visit has some twenty in all. */
export const mostOutgoing = 200

export const newOutbox = (id: VisitId, organisation: OrganisationId, now: Instant): Outbox => ({
  ...{ id, revision: 1, expiresAt: expiry(now), organisation, lastNumber: 0, events: [] },
})

const expiry = (now: Instant): Instant => plus(now, retention.outbox)

/** `number`: of its line in the trail. What is in already changes nothing. */
export function withEvent(
  outbox: Outbox,
  { number, ...event }: Pick<Outgoing, 'id' | 'type' | 'body' | 'at'> & { readonly number: number },
  now: Instant,
): Outbox {
  if (number <= outbox.lastNumber) return outbox
  const next = { ...outbox, expiresAt: expiry(now), lastNumber: number }
  if (outbox.events.length >= mostOutgoing) return { ...next, leftOut: (outbox.leftOut ?? 0) + 1 }
  return { ...next, events: [...outbox.events, { ...event, attempts: 0, dueAt: now }] }
}

/** What is to be sent next of this visit: nothing overtakes what happened before it. */
export const nextOf = ({ events }: Outbox): Outgoing | undefined => events.find(({ givenUp }) => givenUp === undefined)

/**
 * What is left after an attempt. Taken, it is gone; else it comes again, no sooner than the receiver asked for, or is given up. `luck`: 0 to 1, evenly.
 * What is there no more, or was given up meanwhile, changes nothing.
 */
export function attempted(outbox: Outbox, id: string, sent: Sent, now: Instant, luck: number): Outbox {
  if (nextOf(outbox)?.id !== id) return outbox
  const of = (change: (event: Outgoing) => readonly Outgoing[]): Outbox => ({
    ...outbox,
    expiresAt: expiry(now),
    events: outbox.events.flatMap((event) => (event.id === id ? change(event) : [event])),
  })
  if (sent.is === 'taken') return of(() => [])
  return of((event) => {
    const attempts = event.attempts + 1
    const pause = pauses[event.attempts]
    if (pause === undefined || secondsBetween(event.at, now) >= mostAge)
      return [{ ...event, attempts, givenUp: { at: now, why: sent.why } }]
    return [{ ...event, attempts, dueAt: dueAfter(now, pause, sent.retryAfter ?? 0, luck) }]
  })
}

/** All that waits, and all that was given up, is due now, as if it had never been tried. */
export function dueAgain(outbox: Outbox, now: Instant): Outbox {
  if (outbox.events.length === 0) return outbox
  return { ...outbox, expiresAt: expiry(now), events: asIfNew(outbox.events, now) }
}

/** How it stands with the events of one visit. */
export const standingOf = ({ events, leftOut = 0 }: Outbox) => {
  const { waits, givenUp } = waitingIn(events)
  return { waiting: waits.length, givenUp, leftOut, ...given({ since: waits[0]?.at }) }
}
