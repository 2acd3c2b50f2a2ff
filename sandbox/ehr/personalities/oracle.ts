// Owns the Oracle Health (Cerner Millennium) personality, after its CapabilityStatement and smart-configurations (August 2026):
// two bases for one tenant, the patients' read-only. Its searches and writes have their rules in oracle-rules.ts.
import type { Interaction, Personality } from '../personality.ts'
import { checkSearch, receive } from './oracle-rules.ts'

const tenant = 'c0ffee00-4a1b-4c58-9d2e-5a0d0b0e1ab5'
const reading: readonly Interaction[] = ['read', 'search-type']

/** What the CapabilityStatement lists, as far as R4 knows it; `-location` and its like are Oracle's own. */
const searchParams = {
  AllergyIntolerance: ['_id', 'patient', 'clinical-status', '_lastUpdated'],
  Appointment: ['_id', 'date', 'patient', 'practitioner', 'location', 'status'],
  Communication: ['_id', 'category', 'received', 'recipient'],
  Condition: ['_id', 'patient', 'encounter', 'subject', 'clinical-status', 'category', '_lastUpdated'],
  Consent: ['_id', 'patient', 'actor'],
  // No identifier here: a note is found again by patient, type and date.
  DocumentReference: ['_id', 'patient', 'encounter', 'period', 'type', 'category', 'date', '_lastUpdated'],
  // No appointment here, and no practitioner.
  Encounter: ['_id', 'patient', 'subject', 'status', 'date', 'identifier', 'account', '_lastUpdated'],
  Location: ['_id', 'identifier', 'address', 'address-city', 'address-state', 'name', 'organization', 'type'],
  MedicationRequest: ['_id', 'patient', 'intent', 'status', '_lastUpdated'],
  Observation: ['_id', 'patient', 'subject', 'category', 'code', 'date', '_lastUpdated'],
  Organization: ['_id', 'identifier', 'type', 'name', 'address'],
  Patient: ['_id', 'identifier', 'name', 'given', 'family', 'birthdate', 'phone', 'email', 'gender'],
  Person: ['_id', 'identifier'],
  Practitioner: ['_id', 'identifier', 'given', 'family', 'name', 'active'],
  Provenance: ['_id', 'target'],
  QuestionnaireResponse: ['_id', 'patient'],
  RelatedPerson: ['_id', 'identifier', 'patient'],
  Schedule: ['_id'],
  Slot: ['_id', 'start', 'service-type'],
} as const

// No PractitionerRole, HealthcareService or AuditEvent: Millennium serves none.
const readOnly: Personality['types'] = {
  ...Object.fromEntries(Object.keys(searchParams).map((type) => [type, reading])),
  Binary: ['read'],
}

const scopesFor = (letters: string) =>
  Object.keys(readOnly).flatMap((type) =>
    // A Binary is read, and never searched.
    ['patient', 'user'].flatMap((level) => [
      `${level}/${type}.read`,
      `${level}/${type}.${type === 'Binary' ? 'r' : letters}`,
    ]),
  )
const specials = ['fhirUser', 'launch', 'offline_access', 'online_access', 'openid', 'profile']

const both = {
  system: ['batch'],
  conditionalCreate: false,
  // 570 s, and the refresh token stays the same and good.
  accessTokenSeconds: 570,
  rotatesRefreshTokens: false,
} as const

const fhir = {
  searchParams,
  // No _include, no _sort.
  controls: ['_count'],
  checkSearch,
  ifMatch: 'required',
  answers: 'empty-located',
  repeatsOnPages: true,
  requestIds: true,
} as const

const smart = { appointment: 'none', refreshEverySeconds: 60 } as const

const sharedCapabilities = [
  ...['authorize-post', 'launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-asymmetric'],
  ...['client-confidential-symmetric', 'sso-openid-connect', 'context-banner', 'context-style', 'context-ehr-patient'],
  ...['permission-patient', 'permission-user', 'permission-offline', 'permission-online'],
  ...['permission-v1', 'permission-v2', 'health-cards'],
]

/** The patient persona (fhir-myrecord): another base URL, and nothing but reading. */
const myRecord: Personality = {
  ...both,
  name: 'oracle, patients',
  capabilities: [...sharedCapabilities, 'context-standalone-patient'],
  may: () => ['user/*.rs', 'patient/*.rs'],
  path: `/myrecord/r4/${tenant}`,
  types: readOnly,
  smart: { ...smart, scopesSupported: [...specials, 'launch/patient', ...scopesFor('rs')] },
  fhir,
}

export const oracle: Personality = {
  ...both,
  name: 'oracle',
  capabilities: [...sharedCapabilities, 'context-ehr-encounter'],
  may: () => ['user/*.cruds', 'patient/*.cruds'],
  path: `/r4/${tenant}`,
  forPatients: myRecord,
  types: {
    ...readOnly,
    Appointment: [...reading, 'create', 'patch'],
    Communication: [...reading, 'create'],
    DocumentReference: [...reading, 'create', 'update'],
    Encounter: [...reading, 'create', 'patch'],
    Provenance: [...reading, 'create'],
  },
  // A provider who starts outside the EHR gets neither patient nor encounter.
  smart: { ...smart, standaloneContext: false, scopesSupported: [...specials, ...scopesFor('crus')] },
  fhir: {
    ...fhir,
    receive,
    // An Encounter's status cannot be patched; an Appointment's can, along its transitions.
    patchable: { Appointment: ['status', 'cancelationReason'], Encounter: ['period', 'type', 'extension'] },
  },
}
