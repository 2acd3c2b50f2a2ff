// Owns the bundle of things every part of the sandbox EHR is given as its first argument. Holds no behaviour.
import type { App, Client, SeenRequest } from './contract.ts'
import type { Faults } from './faults.ts'
import type { Store } from './fhir/store.ts'
import type { Grants } from './oauth/grants.ts'
import type { Keys } from './oauth/keys.ts'
import type { Personality } from './personality.ts'

/** One FHIR base URL of the hospital, and whom it serves. */
export type Base = { iss: string; path: string; personality: Personality; users: 'all' | 'clinicians' | 'patients' }

export type Hospital = {
  origin: string
  bases: readonly Base[]
  /** The base it is seen from; `iss`, `issuer` and `personality` are that base's. */
  base: Base
  /** The FHIR base URL. */
  iss: string
  /** The OpenID Connect issuer: another URL than `iss`, as at the big vendors. */
  issuer: string
  clients: readonly Client[]
  apps: readonly App[]
  personality: Personality
  timeZone: string
  now: () => Date
  faults: Faults
  keys: Keys
  grants: Grants
  store: Store
  requests: SeenRequest[]
}
