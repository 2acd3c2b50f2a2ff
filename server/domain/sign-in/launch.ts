// One sign-in: who came, from which EHR, for which patient, and how long it lasts.
// Refuses a sign-in that has idled or lasted too long, and patients the launch was not for.

import type { Language } from '../ehr/languages.ts'
import { isPatientOf, type KnownAs } from '../ehr/merged.ts'
import type { Style } from '../ehr/style.ts'
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { AppointmentId, Instant, Iss, LaunchId, OrganisationId, Ref, VisitId } from '../ids.ts'
import { earliest, plus } from '../instant.ts'
import { retention } from '../retention.ts'
import type { AuthorizationServer } from './one-server.ts'

/** What the token endpoint gave. `expiresAt` is when the access token ends, absent when the EHR did not say. */
export type Tokens = {
  readonly accessToken: string
  readonly refreshToken?: string
  /**
   * Absent while the refresh token was never used. `sent`: used, and no new one came back yet, so spent. `lasting`: an earlier refresh
   * gave no new one, so the EHR takes the same one again.
   */
  readonly refreshUse?: 'sent' | 'lasting'
  readonly expiresAt?: Instant
  readonly scope: string
  /** The token endpoint that gave them, and the only one a refresh token goes to. Absent in rows of an older app. */
  readonly issuedBy?: string
}

export type Side = 'clinicians' | 'patients'

/** A sign-in on its way into a window of its own: `keyHash` is of the key that fetches it, once; `visit` is what it opens there. */
export type HandOver = { readonly keyHash: string; readonly expiresAt: Instant; readonly visit?: VisitId }

type Kept = { readonly id: LaunchId; readonly revision: number; readonly expiresAt: Instant }

export type Launch = Kept & {
  readonly organisation: OrganisationId
  readonly iss: Iss
  /** Which of our two registrations at this EHR was used, where it keeps one for each side. */
  readonly people?: Side
  /** From the type of the verified fhirUser, and from nothing else. */
  readonly role: 'clinician' | 'patient' | 'representative'
  readonly fhirUser: Ref
  readonly name: string
  /** A representative's own number, by their record. */
  readonly phone?: string
  /** The languages of ours that they speak, by their own record, preferred first; absent for a clinician, and where it says none. */
  readonly speaks?: readonly Language[]
  /** All the references by which an Appointment may name this person: fhirUser and their own PractitionerRoles. */
  readonly self: readonly Ref[]
  /** The EHR has not told their PractitionerRoles yet: `self` may grow. */
  readonly rolesUnread?: true
  /** What the EHR says that a clinician is; absent where their roles say none, or several. */
  readonly profession?: string
  /** The patients this person comes for: themselves, or whom they represent. Empty for a clinician. */
  readonly patients: readonly Ref<'Patient'>[]
  /** SMART launch context. */
  readonly patient?: Ref<'Patient'>
  readonly encounter?: Ref<'Encounter'>
  readonly appointment?: AppointmentId
  /** Several that were open in the EHR, of which the person chooses; then `appointment` is absent. */
  readonly appointments?: readonly AppointmentId[]
  readonly patientBanner: boolean
  /** It began at our own page, and not in an EHR: nobody else's screen stands around ours. */
  readonly standalone?: true
  /** The EHR brought the patient along, and nobody has said yet that only theirs are meant. */
  readonly patientUnasked?: true
  /** How the EHR looks; absent where it does not say. */
  readonly style?: Style
  /** SHA-256, base64url, of the cookie's value. */
  readonly secretHash: string
  /** Hash of the second cookie, for the window this sign-in was handed to. */
  readonly windowHash?: string
  /** A sign-in being handed to such a window. */
  readonly handOver?: HandOver
  readonly tokens: Tokens
  readonly startedAt: Instant
  readonly seenAt: Instant
  readonly endsAt: Instant
  /** The visits whose Appointment this sign-in was verified against. */
  readonly visits: readonly VisitId[]
  /** When the record by which a representative acts was read again; absent while it was read at the sign-in alone. */
  readonly actingReadAt?: Instant
  /** Those of them whose Appointment the EHR has since said, to this sign-in, not to know. */
  readonly notFound?: readonly VisitId[]
}

/** Between leaving for the EHR's sign-in and coming back from it. The id is a hash of SMART's `state`. */
export type Pending = {
  readonly id: string
  readonly revision: number
  readonly expiresAt: Instant
  readonly organisation: OrganisationId
  readonly iss: Iss
  readonly people?: Side
  readonly standalone?: true
  readonly nonce: string
  readonly codeVerifier: string
  /** Where the browser was sent. Absent in rows of an older app. */
  readonly server?: AuthorizationServer
  /** SHA-256, base64url, of the value of the cookie that binds this to one browser. */
  readonly secretHash: string
  readonly spent: boolean
  /** Somebody was refused with it, and that is written down: whoever comes back with it again and again is not. */
  readonly refused?: true
}

const idleSeconds = 30 * 60
export const endsAt = (startedAt: Instant): Instant => plus(startedAt, retention.launch)
export const idlesAt = (launch: Launch): Instant => earliest(plus(launch.seenAt, idleSeconds), launch.endsAt)

/** Passes on a launch that still lasts; refuses `session-ended`. */
export function requireLasting(launch: Launch, now: Instant): Launch {
  if (now >= idlesAt(launch)) throw new Refusal('session-ended')
  return launch
}

/** The person did something, or is in a live call. Written at most once a minute. */
export const seen = (launch: Launch, now: Instant): Launch =>
  now < plus(launch.seenAt, 60) ? launch : { ...launch, seenAt: now, expiresAt: launch.endsAt }

/** Remembers that this launch was verified against the visit's Appointment. */
export function opened(launch: Launch, visit: VisitId): Launch {
  const { notFound = [], ...rest } = launch
  const visits = launch.visits.includes(visit) ? launch.visits : [...launch.visits, visit]
  if (!notFound.includes(visit)) return visits === launch.visits ? launch : { ...launch, visits }
  const others = notFound.filter((id) => id !== visit)
  return { ...rest, visits, ...given({ notFound: others.length > 0 ? others : undefined }) }
}

/** `isAll`: there are no others, so that they are looked for no more. */
export type RolesTold = Pick<Launch, 'profession'> & { readonly roles: readonly Ref[]; readonly isAll: boolean }

/** A clinician's roles, as the EHR told them. */
export function rolesKnown({ rolesUnread, ...launch }: Launch, { roles, isAll, profession }: RolesTold): Launch {
  const self = [...new Set([...launch.self, ...roles])]
  return { ...launch, self, ...given({ rolesUnread: isAll ? undefined : rolesUnread, profession }) }
}

/** Whom a representative still acts for, as the EHR says now: nobody else than at the sign-in, by whichever record of this `person`. */
export function actingFor(launch: Launch, patients: readonly Ref<'Patient'>[], person: KnownAs, now: Instant): Launch {
  const isTheirs = (one: Ref<'Patient'>) => isPatientOf(person, one)
  const still = (one: Ref<'Patient'>) => patients.includes(one) || (isTheirs(one) && patients.some(isTheirs))
  return { ...launch, patients: launch.patients.filter(still), actingReadAt: now }
}

/** The EHR, asked again with this sign-in's own token, knows of no such Appointment: the visit must be opened anew. */
export const lost = (launch: Launch, visit: VisitId): Launch =>
  launch.notFound?.includes(visit) ? launch : { ...launch, notFound: [...(launch.notFound ?? []), visit] }

/** Whether another access token is needed: this one ends within half a minute, or is the one the EHR has just `refused`. */
export const needsRenewal = ({ accessToken, expiresAt }: Tokens, now: Instant, refused?: string): boolean =>
  accessToken === refused || (expiresAt !== undefined && plus(now, 30) >= expiresAt)

export const renewable = ({ refreshToken, refreshUse }: Tokens): boolean =>
  refreshToken !== undefined && refreshUse !== 'sent'

/** Spends the refresh token, before it goes out: used twice, a rotating EHR ends the sign-in (RFC 9700, 4.14.2). Refuses a spent one. */
export function sentOnce(launch: Launch): Launch {
  const { tokens } = launch
  if (!renewable(tokens)) throw new Refusal('ehr-session-ended')
  return tokens.refreshUse === 'lasting' ? launch : { ...launch, tokens: { ...tokens, refreshUse: 'sent' } }
}

/**
 * The EHR refused to renew the tokens: its session is over, the account perhaps closed, and it tells no more. Our own sign-in goes on for
 * the call that runs and the note that is written, and ends once no call of theirs can be left: a token for a room lasts four hours.
 */
export const unrenewed = (launch: Launch, used: Tokens, now: Instant): Launch => ({
  ...launch,
  tokens: { ...used, refreshUse: 'sent' },
  endsAt: earliest(launch.endsAt, plus(now, retention.unrenewed)),
})

/** Whether the EHR can be asked with these tokens at all: they have not run out, or can be renewed. */
export const mayAsk = (tokens: Tokens, now: Instant): boolean => !needsRenewal(tokens, now) || renewable(tokens)

/** Spends the state: a second callback with it must find nothing (RFC 9700, 4.7). Refuses another browser's
 * without spending it. `brought` are hashes. */
export function spent(pending: Pending, brought: readonly string[], now: Instant): Pending {
  const next = abandoned(pending, now)
  if (!brought.includes(pending.secretHash)) throw new Refusal('launch-elsewhere')
  return next
}

/** Somebody was refused with this state. The same object where it is known already. */
export const refusedOnce = (pending: Pending): Pending => (pending.refused ? pending : { ...pending, refused: true })

/** Spends the state whoever brings it: it came to another EHR's address, so nothing that comes with it is believed any more. */
export function abandoned(pending: Pending, now: Instant): Pending {
  if (pending.spent || now >= pending.expiresAt) throw new Refusal('launch-unknown')
  return { ...pending, spent: true }
}

/**
 * The clinician says whose visits they are here for: of the one patient that the EHR brought along, or of all on their day. What was never asked stays as
 * the EHR said it.
 */
export function chosen(launch: Launch, whose: 'one' | 'all'): Launch {
  const { patientUnasked, ...rest } = launch
  if (patientUnasked === undefined) return launch
  if (whose === 'one') return rest
  const { patient: _patient, encounter: _encounter, appointment: _appointment, appointments: _several, ...all } = rest
  return all
}

/** Whether our page must say itself whose visit this is: a screen around ours says it only for the patient it was opened for. */
export const needsBanner = ({ patientBanner, patient, standalone }: Launch): boolean =>
  patientBanner || patient === undefined || standalone === true

/** Whether somebody's visits are within this launch's reach: it is for no one patient, or for this one. */
export const isWithin = ({ patient }: Pick<Launch, 'patient'>, person: KnownAs): boolean =>
  patient === undefined || isPatientOf(person, patient)

/** Refuses `other-patient` when the launch is for one patient and the Appointment's is another. */
export function requireSamePatient(launch: Pick<Launch, 'patient'>, person: KnownAs): void {
  if (!isWithin(launch, person)) throw new Refusal('other-patient')
}

/** Whether it is a patient's, or who acts for one, who comes for this person. */
export const comesFor = ({ patients }: Pick<Launch, 'patients'>, person: KnownAs): boolean =>
  patients.some((one) => isPatientOf(person, one))

/** Names a person among all that are signed in: a reference means somebody under one FHIR base URL alone. */
export const personOf = ({ organisation, iss, fhirUser }: Pick<Launch, 'organisation' | 'iss' | 'fhirUser'>): string =>
  `${organisation} ${iss} ${fhirUser}`
