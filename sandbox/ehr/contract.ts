// Owns the words the sandbox EHR and those who start it share: who may connect, who launches what, and what is handed back.
// Holds no behaviour.
import type { FhirResource } from 'fhir/r4'
import type { JSONWebKeySet } from 'jose'
import type { Board } from '../board.ts'
import type { Faults } from './faults.ts'

type ClientAuth =
  | { kind: 'public' }
  /** `by` is how it was registered to send it; left out, either way. */
  | { kind: 'secret'; secret: string; by?: 'basic' | 'post' }
  | { kind: 'private_key_jwt'; jwksUrl?: string; jwks?: JSONWebKeySet }

export type Client = { clientId: string; redirectUris: readonly string[]; auth: ClientAuth }

/** An app in the EHR's menu. With `clientId`, launches made for it serve that client alone. */
export type App = { url: string; title: string; clientId?: string }

export type UserType = 'Practitioner' | 'PractitionerRole' | 'Patient' | 'RelatedPerson' | 'Person'
export type UserRef = `${UserType}/${string}`

/** How fhirContext is told: SMART 2.1's objects, 2.0's bare strings, the 2020 draft's member, or not at all. */
export type ContextShape = 'objects' | 'bare-strings' | 'appointment-member' | 'none'

/** What is open on the EHR's screen while the app starts. Ids may be given bare or as `Type/id`. */
export type LaunchRequest = {
  user: UserRef
  patient?: string
  encounter?: string
  appointment?: string
  /** References that fhirContext names beside the Appointment, as they are to stand there. */
  besides?: readonly string[]
  contextShape?: ContextShape
  needPatientBanner?: boolean
  /** The title or the URL of one of `launchUrls`; the first when left out. */
  app?: string
}

/**
 * One FHIR request as it was seen. `status` is 0 while unanswered, and stays 0 when the connection was cut. `user` is whom its token
 * was given to, where it was any good.
 */
export type SeenRequest = {
  method: string
  path: string
  query: string
  status: number
  auth: boolean
  user?: UserRef
  headers: Readonly<Record<string, string>>
}

export type FhirOf<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>

export type Ehr = {
  origin: string
  /** The FHIR base URL; the clinicians', where patients have one of their own. */
  iss: string
  /** The FHIR base URLs a launch of either kind names: two where patients have one of their own. */
  issuers: { provider: string; patient: string }
  desktopUrl: string
  portalUrl: string
  /** The app's launch URL with `iss` and a fresh `launch`, good once and for five minutes. */
  launchUrl(request: LaunchRequest): Promise<string>
  faults: Faults
  /** The same as a person switches them. */
  board: Board
  /** The id under which this one is kept: itself, or the UUID that stands for it where the EHR has none but those. */
  idOf(id: string): string
  resource<T extends FhirResource['resourceType']>(type: T, id: string): FhirOf<T> | undefined
  all<T extends FhirResource['resourceType']>(type: T): FhirOf<T>[]
  /** Changes the world behind everyone's back: writes a new version, checks and asks nobody. */
  put(resource: FhirResource): Promise<void>
  remove(type: FhirResource['resourceType'], id: string): Promise<void>
  requests: readonly SeenRequest[]
  close(): Promise<void>
}
