// A clinician says once how late she is: the pages of all who wait for her say so, with the time at which she said it, until it has run out.
import { given } from '../domain/given.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { clinicianKeys } from '../house/visit-of.ts'
import type { LateWord, SayLate } from '../wire/late.ts'
import type { Tells } from './step.ts'

export async function sayLate(house: House, caller: SignedIn, { minutes }: SayLate): Promise<Tells<LateWord>> {
  const { launch, organisation } = caller
  await house.queues.sayLate(organisation.id, clinicianKeys(launch), minutes)
  await house.happened(caller, 'late-said', { code: `minutes-${minutes}` })
  return myLateWord(house, caller)
}

export async function myLateWord(house: House, { launch, organisation }: SignedIn): Promise<Tells<LateWord>> {
  const body: LateWord = given({ late: house.queues.lateWord(organisation.id, clinicianKeys(launch)) })
  return { body }
}
