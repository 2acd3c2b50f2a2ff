// From the EHR's launch to a sign-in of ours: leaving for the EHR, coming back, and signing out.
// Refuses issuers that are not listed before anything is fetched, and anyone whose identity is not proven.

import { lookOf } from '../domain/ehr/look.ts'
import { covers } from '../domain/ehr/scopes.ts'
import type { Style } from '../domain/ehr/style.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId, Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { oauthWordIn } from '../domain/oauth-words.ts'
import { retention } from '../domain/retention.ts'
import {
  abandoned,
  endsAt,
  type Launch,
  needsBanner,
  type Pending,
  refusedOnce,
  spent,
} from '../domain/sign-in/launch.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import { invitedUntil } from '../domain/visit/invited.ts'
import { type Invitee, type SignedIn, signedInBy } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { atTheirDoor, type Identity, whoIs } from '../house/identity.ts'
import { lookForRoles } from '../house/own-roles.ts'
import { endSignIn } from '../house/sign-ins.ts'
import type { Issuer, Organisation } from '../settings/config.ts'
import { callbackOf, issuerOf } from '../settings/issuer.ts'
import type { Me, OrganisationList } from '../wire/wire.ts'
import type { Done, Tells } from './step.ts'

type Arrival = Awaited<ReturnType<House['smart']['finish']>>

/** How the browser goes, and the cookie that binds the way back to this browser; its `state` is this attempt's alone. */
export type SignInStart = {
  readonly way: Awaited<ReturnType<House['smart']['begin']>>['way']
  readonly cookie: { readonly state: string; readonly value: string; readonly path: string; readonly seconds: number }
}

/** SMART App Launch 2.2, "Launch App": EHR launch with `launch`, standalone without; only that may ask `again` who is there. */
export async function startSignIn(
  house: House,
  listed: Parameters<typeof issuerOf>[1],
  { launch, again }: { readonly launch?: string; readonly again: boolean },
): Promise<SignInStart> {
  const { organisation, issuer } = issuerOf(house.config, listed)
  // To the letter as it came: an EHR may compare it so (SMART App Launch 2.2, "Obtain authorization code": aud).
  const aud = listed.iss
  const { chart } = organisation.policies
  const asked =
    launch === undefined ? { aud, chart, ...(again ? ({ prompt: 'login' } as const) : {}) } : { aud, chart, launch }
  const { way, state, nonce, codeVerifier, server } = await house.smart.begin(issuer, asked)
  const value = house.random.secret()
  const id = hashed(state)
  const expiresAt = plus(house.now(), retention.pending)
  const from = { iss: issuer.iss, ...sideOf(issuer) }
  const kept = { id, revision: 0, expiresAt, organisation: organisation.id, ...from, nonce, codeVerifier, server }
  const how = launch === undefined ? { standalone: true as const } : {}
  await house.signInsUnderWay.add({ ...kept, ...how, secretHash: hashed(value), spent: false })
  const path = callbackOf(house.config, issuer)
  return { way, cookie: { state, value, path, seconds: retention.pending } }
}

/** The path the browser came back to, the query as it came, and what it brought as the cookie of this `state`. */
export type ComeBack = { readonly at: string; readonly query: URLSearchParams; readonly secrets: readonly string[] }

/** The callback. Answers the new launch's handle and its cookie's value. */
export async function arrive(
  house: House,
  { at, query, secrets }: ComeBack,
): Promise<{ launch: Launch; secret: string }> {
  const state = query.get('state') ?? ''
  const error = query.get('error')
  // Some send an error back without `state`: it is the EHR's answer, and of nobody's attempt. Anybody may send such an address, so
  // nothing is spent or written down for it, and nothing of its text is shown.
  if (state === '' && error) throw new Refusal('launch-declined', { detail: { oauth: oauthWordIn(error) } })
  const pending = await spend(house, state, { at, secrets })
  const { organisation, issuer } = issuerOf(house.config, pending)
  const { arrival, ...seen } = await prove(house, issuer, query, {
    ...pending,
    state,
    chart: organisation.policies.chart,
  }).catch(auditRefusal(house, pending))
  const value = house.random.secret()
  const launch = await house.launches.add(launchRow(house, { ...pending, organisation, issuer }, arrival, seen, value))
  await house.happened(signedInBy(house.config, launch), 'launch')
  // Where they were not told in time: so that the day finds them.
  void lookForRoles(house, launch)
  return { launch, secret: value }
}

/** Exchanges the code and reads who came; what either refuses is refused. */
async function prove(
  house: House,
  issuer: Issuer,
  query: URLSearchParams,
  departed: Parameters<House['smart']['finish']>[2],
) {
  const { state, nonce, codeVerifier, server, chart } = departed
  const arrival = await house.smart.finish(issuer, query, { state, nonce, codeVerifier, ...given({ server, chart }) })
  atTheirDoor(arrival.fhirUser, issuer.people)
  // Without its Appointment there is no visit: said here, and not as a puzzle later on.
  if (!covers(arrival.tokens.scope, 'Appointment', 'r')) throw new Refusal('scope-missing')
  // Asked while who came is read, so that the day finds it waiting; it refuses nothing and is kept for a while.
  void house.profile({ iss: issuer.iss, ...sideOf(issuer), tokens: arrival.tokens })
  const [person, style] = await Promise.all([
    whoIs(house, issuer, arrival),
    house.smart.style(issuer, arrival.styleUrl),
  ])
  return { arrival, person, ...given({ style }) }
}

/** Once for each state: a stranger may come back with it as often as they like. */
const auditRefusal =
  (house: House, { id, organisation }: Pending) =>
  async (cause: unknown): Promise<never> => {
    const code = cause instanceof Refusal ? cause.code : 'fault'
    const { before, after } = await house.signInsUnderWay.change(id, refusedOnce)
    if (before !== after)
      await house.happened({ organisation: { id: organisation } }, 'launch-refused', { outcome: 'refused', code })
    throw cause
  }

// The state must be spent before the exchange: a second callback with it must find nothing (RFC 9700, 4.7).
async function spend(house: House, state: string, { at, secrets }: Pick<ComeBack, 'at' | 'secrets'>) {
  const id = hashed(state)
  const pending = await house.signInsUnderWay.get(id)
  if (pending === undefined) throw new Refusal('launch-unknown')
  const now = house.now()
  // Another EHR's answer, or one that was sent there: whose code it is, nobody knows (RFC 9700, 4.4).
  if (callbackOf(house.config, issuerOf(house.config, pending).issuer) !== at) {
    await house.signInsUnderWay.change(id, (p) => abandoned(p, now))
    return auditRefusal(house, pending)(new Refusal('launch-mixed-up'))
  }
  const spend = (p: Pending) => spent(p, secrets.map(hashed), now)
  return (await house.signInsUnderWay.change(id, spend).catch(auditRefusal(house, pending))).after
}

type From = {
  readonly organisation: Organisation
  readonly issuer: Issuer
  readonly standalone?: true
}

function launchRow(
  house: House,
  { organisation, issuer, standalone }: From,
  { tokens, patient, encounter, appointment, appointments, needPatientBanner }: Arrival,
  { person, style }: { person: Identity; style?: Style },
  secret: string,
): Launch {
  const now: Instant = house.now()
  return {
    id: house.random.launchId(),
    revision: 0,
    expiresAt: endsAt(now),
    organisation: organisation.id,
    iss: issuer.iss,
    ...sideOf(issuer),
    ...person,
    patientBanner: needPatientBanner,
    ...given({ standalone, patientUnasked: standalone && unaskedOf(person.role, patient) }),
    secretHash: hashed(secret),
    tokens,
    startedAt: now,
    seenAt: now,
    endsAt: endsAt(now),
    visits: [],
    ...given({ style }),
    ...(patient === undefined ? {} : { patient: `Patient/${patient}` as const }),
    ...(encounter === undefined ? {} : { encounter: `Encounter/${encounter}` as const }),
    ...(appointment === undefined ? {} : { appointment: appointment as AppointmentId }), // sound: fhirContext's pattern is FHIR's id
    ...(appointments === undefined ? {} : { appointments: appointments as AppointmentId[] }), // sound: the same
  }
}

/** A patient remembered from somebody's launch before, or picked on the way in: whether a clinician means nobody else, nobody has said. */
const unaskedOf = (role: Launch['role'], patient: string | undefined): true | undefined =>
  role === 'clinician' && patient !== undefined ? true : undefined

/** Ends this sign-in: its row goes, and the tokens in it. */
export async function signOut(house: House, caller: SignedIn): Promise<Done> {
  await endSignIn(house, caller.launch, 'sign-out')
  return { signedOut: caller.launch.id }
}

/** Who somebody is here, and at which clinic; whoever was invited has no launch, and of it nothing. */
export async function me(house: House, caller: SignedIn | Invitee): Promise<Tells<Me>> {
  const { person, organisation } = caller
  const { id, name, phone, timeZone, accent, logo, languages, texts } = organisation
  const { beforeVisit, emergency, support } = organisation
  const body: Me = {
    launch: caller.signIn,
    role: person.role,
    name: person.name,
    organisation: {
      id,
      name,
      phone,
      timeZone,
      ...(organisation.policies.recording ? { recording: true } : {}),
      ...(organisation.policies.chart ? { chart: true } : {}),
      ...(logo === undefined ? {} : { logo: `/brand/${id}` }),
      language: languages[0] ?? 'en',
      ...given({ beforeVisit, emergency, support, texts }),
      jitsi: organisation.jitsi.origin,
      scripts: house.roomScripts.known(organisation.jitsi.servers),
    },
    ...(person.role === 'clinician' && languages.length > 1 ? { languages } : {}),
    ...('launch' in caller ? ofLaunch(caller.launch, accent) : ofInvitation(caller)),
  }
  return { body }
}

const ofLaunch = (launch: Launch, accent: Organisation['accent']) => ({
  look: lookOf({ style: launch.style, accent, small: launch.role === 'clinician' }),
  patientBanner: needsBanner(launch),
  ...given({ patientUnasked: launch.patientUnasked }),
  onePatient: launch.patient !== undefined || launch.role !== 'clinician',
  endsAt: launch.endsAt,
})

const ofInvitation = ({ visit, organisation: { accent, joinWindow } }: Invitee) => ({
  look: lookOf({ accent, small: false }),
  patientBanner: false,
  onePatient: true,
  visit: visit.id,
  endsAt: invitedUntil(visit, joinWindow),
})

const sideOf = ({ people }: Pick<Issuer, 'people'>) => given({ people })

/** Whom one can sign in to when no EHR opened the page. */
export function organisations(house: House): OrganisationList {
  const links = house.config.organisations.flatMap((organisation) =>
    organisation.issuers.map(({ title, ...issuer }) => ({
      name: organisation.name,
      title,
      signIn: `/smart/launch?${new URLSearchParams({ iss: issuer.asListed ?? issuer.iss, ...sideOf(issuer) })}`,
    })),
  )
  return { organisations: links }
}
