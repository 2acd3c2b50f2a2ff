// A clinician says who somebody in the call is: confirmed by what they said, or not this person, who is out of the room at once. Pure.
// Refuses a word on an admission that is over: whoever was let in anew since then was not asked.

import { Refusal } from '../errors.ts'
import type { DoorId, Instant, Ref } from '../ids.ts'
import { sentBack } from './door.ts'
import { identityIn } from './identity.ts'
import { isInvited } from './sides.ts'
import { requireOpen } from './visit.ts'
import type { Finished, IdentityWord, Open, Visit } from './visit-shape.ts'

/** `admittedAt`: the admission that the question on the screen is about. */
export type SayingWho = Pick<IdentityWord, 'is' | 'admittedAt'> & { readonly doorId: DoorId }

/**
 * The same word again changes nothing; the other one counts from then on. `denied` sends the person back to the door. Refuses `not-at-door`
 * where nobody of this handle is, `bad-request` of who was invited, and `admission-over` where they were sent out, or let in anew, since they were asked.
 */
export function saidToBe(visit: Visit, { doorId, is, admittedAt }: SayingWho, by: Ref, now: Instant): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.doorId === doorId)
  if (person === undefined) throw new Refusal('not-at-door')
  // A guest who was confirmed would stand for the patient in the note.
  if (isInvited(person.who)) throw new Refusal('bad-request', { detail: { field: 'doorId' } })
  const { identity = [] } = at
  const before = identity.find((word) => word.who === person.who)
  const asked = person.state === 'admitted' && person.admittedAt === admittedAt
  const again = before?.is === is && before.admittedAt === admittedAt
  if (again && (asked || person.state === 'waiting')) return at
  if (!asked) throw new Refusal('admission-over')
  const word: IdentityWord = { who: person.who, is, by, at: now, admittedAt }
  const said = { ...at, identity: [...identity.filter((one) => one !== before), word] }
  return is === 'denied' ? sentBack(said, doorId, now) : said
}

/**
 * After the end: she confirmed who it was outside of the call. Changes nothing where somebody is confirmed. Refuses `visit-not-finished`, and
 * `appointment-cancelled`.
 */
export function confirmedOutside(visit: Visit, by: Ref, now: Instant): Finished {
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  return identityIn(visit)?.is === 'confirmed' ? visit : { ...visit, confirmedAfterwards: { by, at: now } }
}
