// Who waits for a clinician at any of her visits, as her sign-in may know it: by name within its reach, beyond it as a number.
import { isWithin } from '../domain/sign-in/launch.ts'
import type { Waits } from '../domain/visit/queue.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { OutOfReach, WaitingVisit, WhoWaits } from '../wire/wire.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'
import { clinicianKeys } from './visit-of.ts'

/** So many are named, the longest first: more fit on no screen. */
const mostNamed = 50

/** Somebody waits whose page is there. Of a patient for whom the sign-in is not, nothing is told that says who it is. */
export async function whoWaits(house: House, { launch, organisation }: SignedIn): Promise<WhoWaits> {
  const found = await house.queues.waitingFor(organisation.id, clinicianKeys(launch))
  const theirs = found.filter(
    ({ of }) => isOfEhr(organisation, of, launch.iss) && of.practitioners.some((one) => launch.self.includes(one)),
  )
  const named = theirs.filter(({ of }) => isWithin(launch, of))
  const outOfReach = inNumber(theirs.filter(({ of }) => !isWithin(launch, of)))
  return { visits: named.slice(0, mostNamed).map(waitingVisit), count: named.length, ...outOfReach }
}

const waitingVisit = ({ visit, since, cameAt, of: { appointment, name } }: Waits): WaitingVisit => ({
  ...{ visit, appointment, since, cameAt },
  patient: name,
})

/** The longest first. */
function inNumber(hidden: readonly Waits[]): { readonly outOfReach?: OutOfReach } {
  const [longest] = hidden
  if (longest === undefined) return {}
  const [cameAt = longest.since] = hidden.map((one) => one.cameAt).toSorted((a, b) => b.localeCompare(a))
  return { outOfReach: { count: hidden.length, since: longest.since, cameAt } }
}
