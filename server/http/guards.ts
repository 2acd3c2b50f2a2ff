// Names the caller and checks that the visit is theirs, before any step runs. Identity comes from the sealed launch row alone.
// Refuses everything it cannot prove: no cookie, another launch's cookie, an idle sign-in, a visit not verified for this launch, or no longer;
// and whose invitation holds no longer. An invited person passes the guards that name them, and no other.
import type { Request, Response } from 'express'
import type { Language } from '../domain/ehr/languages.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { InvitationId, LaunchId, VisitId } from '../domain/ids.ts'
import { idlesAt, type Launch, requireLasting, requireSamePatient } from '../domain/sign-in/launch.ts'
import { opens } from '../domain/sign-in/secret.ts'
import type { RoleAtVisit } from '../domain/visit/invitation-shape.ts'
import { isVisitId } from '../domain/visit/room.ts'
import {
  type AtVisit,
  awake,
  type Caller,
  type Invitee,
  isLive,
  type Party,
  type SignedIn,
  signedInBy,
} from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { inviteeOf } from '../house/invitations.ts'
import { stillNamed } from '../house/reviews.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { Organisation } from '../settings/config.ts'
import { secretsIn } from './cookies.ts'
import { looks } from './request-line.ts'

/** What is known of a request by now, whatever is refused later. `inWords`: a refusal is shown as a page, not as JSON. */
export type Known = {
  /** The house as it writes down what is done for this request. */
  readonly house?: House
  readonly requestId?: string
  /** Where it came from (address.ts), read while the connection was open. */
  readonly address?: string
  readonly caller?: Caller
  readonly visit?: VisitId
  /** Whose page is asked for. */
  readonly role?: RoleAtVisit
  /** What they speak, by their record. */
  readonly speaks?: readonly Language[]
  readonly inWords?: boolean
  /** Whose page it is, where the issuer says so: people who cannot sign in there are told whom they can call. */
  readonly clinic?: Organisation | undefined
  /** The sign-in of this path has ended: its cookie is good for nothing any more. */
  readonly over?: boolean
}

export const knownOf = (response: Response): Known => response.locals // sound: `know` alone writes it

/** From where requests begin on: the house that says for which of them it writes. */
export function houseOf(response: Response): House {
  const { house } = knownOf(response)
  if (house === undefined) throw new Error('a request begins with its number')
  return house
}

export const know = ({ res }: Request, known: Known): void => void Object.assign(res?.locals ?? {}, known)

export type Guard<C extends Caller> = (house: House, request: Request) => Promise<C>

/**
 * The launch in this path, if the cookie opens it, even one that has idled out. Undefined for a wrong cookie and for no such launch
 * alike; without a cookie the store is not asked.
 */
export async function openedBy(house: House, request: Request): Promise<Launch | undefined> {
  const secrets = secretsIn(house.config, request, 'housecall')
  if (secrets.length === 0) return undefined
  const launch = await house.launches.get(param(request, 'launch') as LaunchId) // sound: only a row's own id finds a row
  if (launch === undefined || house.now() >= idlesAt(launch)) know(request, { over: true })
  return launch !== undefined && secrets.some((secret) => opens(secret, launch)) ? launch : undefined
}

/** Anyone signed in. */
export const signedIn: Guard<SignedIn> = async (house, request) => {
  const launch = await openedBy(house, request)
  if (launch === undefined) throw new Refusal('session-ended')
  requireLasting(launch, house.now())
  const caller = signedInBy(house.config, launch)
  know(request, { caller })
  // Pages ask by themselves: only what a person does (or a live call, see `watching`) keeps a sign-in from idling.
  return looks(request) ? caller : awake(house, caller)
}

/** A clinician, whatever the visit. */
export const clinicianHome: Guard<SignedIn> = async (house, request) =>
  only('clinician', await signedIn(house, request))

/** Anyone whose launch was verified against the visit's Appointment, and whom that, as it was last read, still names. */
export const anyParty: Guard<Party> = async (house, request) => {
  const caller = await signedIn(house, request)
  const id = param(request, 'visit') as VisitId // sound: compared with the launch's own list below
  if (isVisitId(id)) know(request, { visit: id })
  // The same answer for a visit of others and for none at all: nobody learns which exist.
  if (!caller.launch.visits.includes(id)) throw new Refusal('not-your-visit')
  const visit = await house.visits.get(id)
  if (visit === undefined || visit.organisation !== caller.organisation.id) throw new Refusal('not-your-visit')
  // Their own list may be older than what the settings now say of the organisation's EHRs.
  if (!isOfEhr(caller.organisation, visit, caller.launch.iss)) throw new Refusal('not-your-visit')
  requireSamePatient(caller.launch, visit)
  return stillNamed(house, { ...caller, visit })
}

/**
 * Who came by an invitation, as it holds now; undefined for everybody else. A sign-in is looked for first: it is what nearly everybody has. Refuses as
 * `inviteeOf` does.
 */
export async function inviteeAt(house: House, request: Request): Promise<Invitee | undefined> {
  const secrets = secretsIn(house.config, request, 'housecall')
  const id = param(request, 'launch')
  if (secrets.length === 0 || (await house.launches.get(id as LaunchId)) !== undefined) return undefined // sound: only a row's own id finds a row
  const invitee = await inviteeOf(house, id as InvitationId, secrets) // sound: the same
  know(request, given({ caller: invitee, visit: invitee?.visit.id }))
  return invitee
}

/** At the visit of this path, which must be theirs. */
async function invitedHere(house: House, request: Request): Promise<Invitee | undefined> {
  const invitee = await inviteeAt(house, request)
  if (invitee !== undefined && param(request, 'visit') !== invitee.visit.id) throw new Refusal('not-your-visit')
  return invitee
}

/** Anyone signed in, or invited. */
export const signedInOrInvited: Guard<SignedIn | Invitee> = async (house, request) =>
  (await inviteeAt(house, request)) ?? signedIn(house, request)

/** Anyone who may be at this visit: by their sign-in, or by an invitation to it. */
export const anybody: Guard<AtVisit> = async (house, request) =>
  (await invitedHere(house, request)) ?? anyParty(house, request)

/** Like `anybody`; a live call or a place at the door keeps a sign-in from idling. */
export const watchingAnybody: Guard<AtVisit> = async (house, request) =>
  (await invitedHere(house, request)) ?? watching(house, request)

/** Who comes to the door and waits there: the patient's side, and whoever was invited. */
export const comer: Guard<AtVisit> = async (house, request) =>
  (await invitedHere(house, request)) ?? patient(house, request)

/** Like `anyParty`; a live call or a place at the door keeps the sign-in from idling. */
export const watching: Guard<Party> = async (house, request) => {
  const party = await anyParty(house, request)
  return isLive(party) ? awake(house, party) : party
}

export const clinician: Guard<Party> = async (house, request) => only('clinician', await anyParty(house, request))
export const patient: Guard<Party> = async (house, request) => only('patient', await anyParty(house, request))

function only<C extends Caller>(side: 'clinician' | 'patient', caller: C): C {
  const isClinician = caller.person.role === 'clinician'
  if (isClinician !== (side === 'clinician'))
    throw new Refusal(side === 'clinician' ? 'clinician-only' : 'patient-only')
  return caller
}

function param(request: Request, name: string): string {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}
