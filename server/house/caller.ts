// Who asks, as every step knows them: the sign-in, its clinic and, where the request names one, the visit.
import { type Launch, seen } from '../domain/sign-in/launch.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { House } from './house.ts'

export type Caller = { readonly launch: Launch; readonly organisation: Organisation }
export type Party = Caller & { readonly visit: Visit }

/** Who did it, for the audit trail: a reference and a role, never a name. */
export const doer = ({ launch, organisation }: Caller) => ({
  organisation: organisation.id,
  who: launch.fhirUser,
  role: launch.role,
})

/** The person is there: their sign-in does not idle. Written at most once a minute. */
export async function awake<C extends Caller>(house: House, caller: C): Promise<C> {
  const now = house.now()
  if (seen(caller.launch, now) === caller.launch) return caller
  return { ...caller, launch: await house.changeLaunch(caller.launch.id, (l) => seen(l, now)) }
}

/** A live call and a place at the door are not idle. */
export const isLive = ({ visit, launch }: Party): boolean =>
  visit.status === 'in-progress' || (visit.status === 'arrived' && launch.role !== 'clinician')
