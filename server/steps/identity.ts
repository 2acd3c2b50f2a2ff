// Who somebody in the call is, as a clinician says by what they answered: confirmed, or not this person, who is out of the room at once.
// Refuses a word on an admission that is over, and on a visit that has ended: there she says what she confirmed outside of the call.

import { confirmedOutside, saidToBe } from '../domain/visit/identity-said.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import type { WhoItIs } from '../wire/door.ts'
import type { VisitSeen } from './step.ts'

/** Whoever is denied has no token from now on, until they are let in anew. The same word again is written down once. */
export async function sayWhoItIs(house: House, caller: AtVisit, saying: WhoItIs): Promise<VisitSeen> {
  const [by, now] = [caller.person.who, house.now()]
  const { before, after } = await house.changeVisit(caller.visit.id, (v) => saidToBe(v, saying, by, now))
  const about = { doorId: saying.doorId, patient: after.patient }
  const event = saying.is === 'denied' ? 'identity-denied' : 'identity-confirmed'
  if (before !== after) await house.happened(caller, event, { ...about, code: 'in-call' })
  return seenBy(house, caller, after)
}

/** After the end, for whom nobody was confirmed in the call. */
export async function confirmOutside(house: House, caller: AtVisit): Promise<VisitSeen> {
  const [by, now] = [caller.person.who, house.now()]
  const { before, after } = await house.changeVisit(caller.visit.id, (v) => confirmedOutside(v, by, now))
  const about = { patient: after.patient, code: 'outside-of-call' }
  if (before !== after) await house.happened(caller, 'identity-confirmed', about)
  return seenBy(house, caller, after)
}
