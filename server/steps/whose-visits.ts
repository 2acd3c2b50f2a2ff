// A clinician's own sign-in that brings a patient along: whether only that patient's visits are meant, the clinician says. Until then
// no other patient is within reach.
import { nameOf, wordsOf } from '../domain/ehr/names.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { chosen } from '../domain/sign-in/launch.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { whoseRecord } from '../house/merged.ts'
import type { BroughtPatient, WhoseVisits } from '../wire/wire.ts'
import type { Done, Tells } from './step.ts'

/** An EHR that does not tell who it is keeps nobody from choosing: then nobody is named. */
export async function broughtPatient(house: House, { launch, organisation }: SignedIn): Promise<Tells<BroughtPatient>> {
  if (launch.patient === undefined) return { body: {} satisfies BroughtPatient }
  const found = await whoseRecord(house, launch, launch.patient).catch(leftAlone)
  const name = nameOf(found?.record?.name, { now: house.now(), timeZone: organisation.timeZone })
  const body: BroughtPatient = given({ name, birthDate: wordsOf({ text: found?.record?.birthDate ?? '' }) })
  return { body }
}

export async function chooseVisits(house: House, caller: SignedIn, { whose }: WhoseVisits): Promise<Done> {
  const { before, after } = await house.changeLaunch(caller.launch.id, (l) => chosen(l, whose))
  if (before !== after) await house.happened(caller, 'visits-chosen', { code: whose })
  return {}
}
