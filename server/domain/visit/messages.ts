// What a clinician lets somebody who waits know: one of a few sentences, or her own words; and whether their page has shown it. Pure.
// Refuses to write to who does not wait.
import { Refusal } from '../errors.ts'
import type { DoorId, Instant, Ref } from '../ids.ts'
import type { Message, MessageText } from './message-shape.ts'
import { waitingAt } from './presence.ts'
import { requireOpen } from './visit.ts'
import type { Open, Visit } from './visit-shape.ts'

/** So many of a visit are kept, the newest: what was said an hour ago is not what somebody is to do now. */
export const mostMessages = 50

/** Refuses (`not-at-door`) of who does not wait. */
export function messaged(visit: Visit, id: DoorId, says: MessageText, by: Ref, at: Instant): Open {
  const open = requireOpen(visit)
  const person = open.call.door.find((p) => p.doorId === id)
  if (person?.state !== 'waiting') throw new Refusal('not-at-door')
  const { messages = [] } = open
  const message: Message = { n: (messages.at(-1)?.n ?? 0) + 1, to: person.who, by, at, says }
  return { ...open, messages: [...messages, message].slice(-mostMessages) }
}

/** Their page shows all up to this one. The same object where nothing is new, and for what was not written to them. */
export function messagesShown<V extends Visit>(visit: V, who: Ref, upTo: number, at: Instant): V {
  const isNew = ({ to, n, shownAt }: Message) => to === who && n <= upTo && shownAt === undefined
  const { messages = [] } = visit
  if (!messages.some(isNew)) return visit
  return { ...visit, messages: messages.map((one) => (isNew(one) ? { ...one, shownAt: at } : one)) }
}

/** So many are on a screen. */
const mostShown = 5

/**
 * What was written to somebody who waits, the newest last: not what was said before the visit was opened again, or before they were in the call, for
 * that is no longer so.
 */
export function messagesTo(visit: Visit, who: Ref): readonly Message[] {
  const { messages = [], reopenedAt = '' } = visit
  const person = waitingAt(visit, who)
  if (person === undefined) return []
  const { sentBackAt = '' } = person
  return messages.filter(({ to, at }) => to === who && at >= reopenedAt && at >= sentBackAt).slice(-mostShown)
}
