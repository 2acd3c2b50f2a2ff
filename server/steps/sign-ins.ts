// The clinic looks who is signed in, and ends sign-ins: one, a person's, or all of an organisation; and people those of their own.
// Refuses to guess whom a reference means where several EHRs may have it.
import { given } from '../domain/given.ts'
import type { OrganisationId } from '../domain/ids.ts'
import { type Launch, personOf } from '../domain/sign-in/launch.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { endSignIn, opaque, signInsAt, signInsOf } from '../house/sign-ins.ts'
import { ownBase } from '../settings/bases.ts'
import type { Ended, EndSignIns, SignIns } from '../wire/control.ts'
import type { OtherSignIns } from '../wire/wire.ts'
import type { Tells } from './step.ts'

/** Of one organisation, or of all; who began last stands last. */
export async function listSignIns(house: House, organisation: string | undefined): Promise<SignIns> {
  const ids = house.config.organisations.map(({ id }) => id).filter((id) => (organisation ?? id) === id)
  const launches = (await Promise.all(ids.map((id) => signInsAt(house, id)))).flat()
  const inOrder = launches.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  return {
    signIns: inOrder.map((launch) => ({
      id: opaque(house, 'sign-in', launch.id),
      person: opaque(house, 'person', personOf(launch)),
      role: launch.role,
      organisation: launch.organisation,
      ...given({ issuer: issuerOfLaunch(house, launch) }),
      began: launch.startedAt,
      seen: launch.seenAt,
    })),
  }
}

/** Answers how many were ended. */
export async function endSignIns(house: House, which: EndSignIns): Promise<Ended> {
  const found = await meant(house, which)
  const bases = new Set(found.map((launch) => baseOf(house, launch)))
  const isReference = 'person' in which && which.person?.includes('/') === true
  if (isReference && bases.size > 1) {
    const several = found.flatMap((launch) => issuerOfLaunch(house, launch) ?? [])
    return { ended: 0, several: [...new Set(several)].toSorted() }
  }
  for (const launch of found) await endSignIn(house, launch, 'sign-in-ended', 'by-clinic')
  return { ended: found.length }
}

/** How often the caller is signed in beside this once. */
export async function otherSignIns(house: House, { launch }: SignedIn): Promise<Tells<OtherSignIns>> {
  const body: OtherSignIns = { others: (await othersOf(house, launch)).length }
  return { body }
}

/** Ends the caller's sign-ins but this one. */
export async function endOtherSignIns(house: House, { launch }: SignedIn): Promise<Tells<OtherSignIns>> {
  for (const other of await othersOf(house, launch)) await endSignIn(house, other, 'sign-in-ended', 'by-person')
  const body: OtherSignIns = { others: 0 }
  return { body }
}

const othersOf = async (house: House, launch: Launch) =>
  (await signInsOf(house, launch)).filter(({ id }) => id !== launch.id)

async function meant(house: House, which: EndSignIns): Promise<readonly Launch[]> {
  if ('signIn' in which) {
    const all = await Promise.all(house.config.organisations.map(({ id }) => signInsAt(house, id)))
    return all.flat().filter(({ id }) => opaque(house, 'sign-in', id) === which.signIn)
  }
  const { organisation, person, issuer } = which
  const known = house.config.organisations.some(({ id }) => id === organisation)
  const launches = known ? await signInsAt(house, organisation as OrganisationId) : [] // sound: one of ours
  return launches.filter(
    (launch) =>
      (issuer === undefined || issuerOfLaunch(house, launch) === issuer) &&
      (person === undefined || launch.self.some((ref) => ref === person) || isCalled(house, launch, person)),
  )
}

/** Undefined where a reference means the same under all base URLs of the organisation. */
function baseOf({ config }: House, { organisation, iss }: Launch): string | undefined {
  const listed = config.organisations.find(({ id }) => id === organisation)
  return listed && ownBase(listed, iss)
}

const isCalled = (house: House, launch: Launch, person: string) => opaque(house, 'person', personOf(launch)) === person

function issuerOfLaunch({ config }: House, { organisation, iss, people }: Launch): string | undefined {
  const listed = config.organisations.find(({ id }) => id === organisation)?.issuers.filter((i) => i.iss === iss) ?? []
  const [only, ...more] = listed
  return (more.length === 0 ? only : listed.find((i) => i.people === (people ?? 'clinicians')))?.name
}
