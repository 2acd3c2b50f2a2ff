// Who waits for a clinician at any of her visits, or asks for her otherwise, as her sign-in may know it: by name within its reach, beyond it as a number.
import { given } from '../domain/given.ts'
import { isWithin } from '../domain/sign-in/launch.ts'
import type { Asks, Waits } from '../domain/visit/queue.ts'
import { closesAt } from '../domain/visit/visit.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AskingVisit, OutOfReach, WaitingVisit, WhoWaits } from '../wire/wire.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'
import { clinicianKeys } from './visit-of.ts'

/** So many are named, the longest first: more fit on no screen. */
const mostNamed = 50

/** Somebody waits whose page is there. Of a patient for whom the sign-in is not, nothing is told that says who it is. */
export async function whoWaits(house: House, { launch, organisation }: SignedIn): Promise<WhoWaits> {
  const found = await house.queues.waitingFor(organisation.id, clinicianKeys(launch))
  const isTheirs = ({ of }: Pick<Waits, 'of'>) =>
    isOfEhr(organisation, of, launch.iss) && of.practitioners.some((one) => launch.self.includes(one))
  const theirs = found.waiting.filter(isTheirs)
  const named = theirs.filter(({ of }) => isWithin(launch, of))
  const outOfReach = inNumber(theirs.filter(({ of }) => !isWithin(launch, of)))
  // Who may be rung is rung, however late it is; a door that has closed is locked to everybody.
  const isOpen = ({ as, of }: Asks) => as === 'by-telephone' || house.now() < closesAt(of, organisation.joinWindow)
  const asking = found.asking
    .filter((one) => isTheirs(one) && isOpen(one))
    .map((one) => askingVisit(one, isWithin(launch, one.of)))
  const visits = named.slice(0, mostNamed).map(waitingVisit)
  return { visits, count: named.length, ...outOfReach, ...(asking.length > 0 && { asking }) }
}

const waitingVisit = ({
  visit,
  since,
  cameAt,
  another,
  unanswered,
  of: { appointment, name },
}: Waits): WaitingVisit => ({
  ...{ visit, appointment, since },
  ...given({ cameAt, another, unanswered }),
  patient: name,
})

/** Of whom the sign-in may not open it is told how they ask and since when. */
const askingVisit = ({ as, since, visit, of: { appointment, name } }: Asks, isNamed: boolean): AskingVisit =>
  isNamed ? { as, since, named: { visit, appointment, patient: name } } : { as, since }

/** The longest first. */
function inNumber(hidden: readonly Waits[]): { readonly outOfReach?: OutOfReach } {
  const [longest] = hidden
  if (longest === undefined) return {}
  const cameAt = hidden
    .flatMap((one) => one.cameAt ?? [])
    .toSorted()
    .at(-1)
  return { outOfReach: { count: hidden.length, since: longest.since, ...given({ cameAt }) } }
}
