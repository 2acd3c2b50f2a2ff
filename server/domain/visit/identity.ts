// Whether it is known who was in the call: what clinicians said of each person there, by what that person said aloud. Pure.
// Refuses to file under a patient whom nobody was confirmed to be, once somebody was found to be another.

import { Refusal } from '../errors.ts'
import type { Instant, Ref } from '../ids.ts'
import { isOfPatientsSide } from './sides.ts'
import type { Admitted, Booking, IdentityWord, Open, Person, Visit, Waiting } from './visit-shape.ts'

type Said = Pick<Booking, 'identity'>

const wordOn = ({ identity = [] }: Said, who: Ref): IdentityWord | undefined =>
  identity.find((word) => word.who === who)

/** Whoever came by this sign-in was somebody else, when it was last said. */
export const isDenied = (visit: Said, who: Ref): boolean => wordOn(visit, who)?.is === 'denied'

/** What is to be known of this person at the door: that they are confirmed since they were let in, or are outside and were last found to be another. */
export function identityAtDoor(visit: Said, person: Person): IdentityWord | undefined {
  const word = wordOn(visit, person.who)
  if (word === undefined) return undefined
  const counts = person.state === 'admitted' ? isOf(word, person) : word.is === 'denied'
  return counts ? word : undefined
}

/** When it was last said of somebody who waits at the door that they are another. */
export function deniedAtDoor(visit: Visit): Instant | undefined {
  const waiting = 'call' in visit ? visit.call.door.filter(({ state }) => state === 'waiting') : []
  return waiting
    .flatMap((one) => identityAtDoor(visit, one)?.at ?? [])
    .sort()
    .at(-1)
}

/** They wait since they were found to be another. */
export const isSentOut = (visit: Said, person: Waiting): boolean =>
  person.sentBackAt !== undefined && identityAtDoor(visit, person)?.at === person.sentBackAt

const isOf = (word: IdentityWord, { admittedAt }: Admitted): boolean =>
  word.is === 'confirmed' && word.admittedAt === admittedAt

/** Who of the patient's side is let in, and has not been confirmed since. Who was invited is nobody whom the chart is about. */
export const unconfirmed = (visit: Open): readonly Admitted[] =>
  visit.call.door.flatMap((one) =>
    one.state === 'admitted' && isOfPatientsSide(one.who) && identityAtDoor(visit, one) === undefined ? one : [],
  )

/** `in`: by what somebody said in the call, or outside of it by the clinician's word after the end. `denied`: nobody was confirmed since. */
export type KnownIdentity =
  | { readonly is: 'confirmed'; readonly in: 'call' | 'afterwards'; readonly at: Instant }
  | { readonly is: 'denied'; readonly at: Instant }

/** What is known for the visit as a whole; undefined where nobody said anything. One person who is confirmed is enough. */
export function identityIn(visit: Visit): KnownIdentity | undefined {
  const { identity = [] } = visit
  const last = (is: IdentityWord['is']) => identity.findLast((word) => word.is === is)?.at
  const inCall = last('confirmed')
  if (inCall !== undefined) return { is: 'confirmed', in: 'call', at: inCall }
  const after = visit.status === 'finished' ? visit.confirmedAfterwards : undefined
  if (after !== undefined) return { is: 'confirmed', in: 'afterwards', at: after.at }
  const denied = last('denied')
  return denied === undefined ? undefined : { is: 'denied', at: denied }
}

/** Whoever came was another, and nobody is confirmed: what was written is not of the patient for whom the visit was booked. */
export const isOfAnother = (visit: Visit): boolean => identityIn(visit)?.is === 'denied'

/** Refuses (`identity-unconfirmed`) such a visit's note for the chart. */
export function requireIdentified(visit: Visit): void {
  if (isOfAnother(visit)) throw new Refusal('identity-unconfirmed')
}
