// Owns the Epic personality, after Epic's R4 CapabilityStatement (May 2026) and smart-configuration: no Encounter can be made,
// no Appointment changed, nothing sent in a Bundle, and no create is conditional. How a note is taken is in epic-note.ts.
import type { UserType } from '../contract.ts'
import { refuse } from '../fhir/outcomes.ts'
import type { Interaction, Personality } from '../personality.ts'
import { takeNote } from './epic-note.ts'

const reading: readonly Interaction[] = ['read', 'search-type']
const adding: readonly Interaction[] = [...reading, 'create']

const address = ['address', 'address-city', 'address-country', 'address-postalcode', 'address-state', 'address-use']

/** What the CapabilityStatement lists, as far as R4 knows it: Epic's own (`docstatus`, `onlyscannable`, …) are left out. */
const searchParams = {
  AllergyIntolerance: ['patient', '_id', 'clinical-status', 'category', 'code', 'criticality', 'date', 'identifier'],
  Appointment: [
    ...['date', 'identifier', 'patient', 'service-category', 'status', '_id', 'actor', 'appointment-type', 'based-on'],
    ...['location', 'part-status', 'practitioner', 'reason-code', 'reason-reference', 'service-type', 'slot'],
    ...['specialty', 'supporting-info'],
  ],
  Binary: ['_id'],
  Communication: ['based-on', 'category', 'encounter', 'part-of', 'patient', 'subject', '_id', 'identifier', 'sent'],
  Condition: ['category', 'clinical-status', 'code', 'encounter', 'onset-date', 'patient', 'recorded-date', '_id'],
  Consent: ['category', 'patient', 'status', '_id', 'action', 'actor', 'consentor', 'date', 'identifier', 'period'],
  DocumentReference: [
    ...['author', 'category', 'date', 'encounter', 'patient', 'period', 'status', 'subject', 'type', '_id'],
    ...['authenticator', 'contenttype', 'custodian', 'description', 'event', 'facility', 'format', 'identifier'],
    ...['language', 'related', 'relatesto', 'relation', 'security-label', 'setting'],
  ],
  Encounter: [
    ...['class', 'date', 'identifier', 'patient', 'subject', '_id', 'account', 'appointment', 'based-on', 'diagnosis'],
    ...['episode-of-care', 'location', 'location-period', 'part-of', 'participant', 'participant-type'],
    ...['practitioner', 'reason-code', 'reason-reference', 'service-provider', 'special-arrangement', 'status', 'type'],
  ],
  Location: ['type', '_id', ...address, 'identifier', 'name', 'operational-status', 'organization', 'partof', 'status'],
  MedicationRequest: ['category', 'date', 'intent', 'patient', 'status', 'subject', '_id', 'authoredon', 'encounter'],
  Observation: ['based-on', 'category', 'code', 'date', 'focus', 'patient', 'subject', '_id', 'encounter', 'status'],
  Organization: ['_id'],
  Patient: [
    ...['birthdate', 'family', 'gender', 'given', 'identifier', 'name', 'telecom', '_id', 'active', ...address],
    ...['death-date', 'email', 'general-practitioner', 'language', 'link', 'organization', 'phone', 'phonetic'],
  ],
  Practitioner: [
    'family',
    'given',
    'identifier',
    'name',
    '_id',
    'active',
    ...address,
    'communication',
    'email',
    'phone',
  ],
  PractitionerRole: [
    ...['email', 'identifier', 'location', 'organization', 'phone', 'practitioner', 'role', 'specialty', 'telecom'],
    ...['_id', 'active', 'date', 'endpoint', 'service'],
  ],
  QuestionnaireResponse: ['encounter', 'patient', 'subject', '_id', 'author', 'authored', 'questionnaire', 'status'],
  RelatedPerson: ['patient', '_id', 'active', ...address, 'birthdate', 'gender', 'identifier', 'name', 'relationship'],
} as const

/** Nobody's chart is searched without saying whose; Observations want a category or a code, Conditions a category. */
function checkSearch(type: string, params: URLSearchParams): void {
  const needs = chartNeeds[type]
  if (needs === undefined || params.has('_id')) return
  if (!params.has('patient') && !params.has('subject')) throw refuse(400, 'required', `Say whose ${type} is meant.`)
  if (needs.length > 0 && !needs.some((name) => params.has(name)))
    throw refuse(400, 'required', `${type} is searched by ${needs.join(' or ')}.`)
}
const chartNeeds: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: [],
  Condition: ['category'],
  MedicationRequest: [],
  Observation: ['category', 'code'],
}

/** A client is registered for single APIs, and gets no more than those whatever it asks for; patients write no notes. */
const cliniciansApis = ['user/*.rs', 'patient/*.rs'].concat(
  ['DocumentReference', 'Communication', 'QuestionnaireResponse'].flatMap((type) => [
    `user/${type}.cruds`,
    `patient/${type}.cruds`,
  ]),
)

export const epic: Personality = {
  name: 'epic',
  // Neither permission-online nor context-ehr-appointment: Epic has them not.
  capabilities: [
    ...['launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-asymmetric', 'context-banner'],
    ...['context-style', 'context-ehr-patient', 'context-ehr-encounter', 'context-standalone-patient'],
    ...['permission-offline', 'permission-patient', 'permission-user', 'permission-v1', 'permission-v2'],
    ...['sso-openid-connect', 'authorize-post'],
  ],
  may: (user: UserType) =>
    user === 'Practitioner' || user === 'PractitionerRole' ? cliniciansApis : ['user/*.rs', 'patient/*.rs'],
  path: '/interconnect-fhir-oauth/api/FHIR/R4',
  types: {
    AllergyIntolerance: reading,
    // Read and search only: an app can neither book nor fulfil.
    Appointment: reading,
    Binary: reading,
    Communication: adding,
    Condition: reading,
    Consent: reading,
    DocumentReference: [...adding, 'update'],
    // Read and search only: registration makes Encounters, no app does.
    Encounter: reading,
    Location: reading,
    MedicationRequest: reading,
    Observation: reading,
    Organization: reading,
    Patient: reading,
    Practitioner: reading,
    PractitionerRole: reading,
    Provenance: ['read'],
    QuestionnaireResponse: adding,
    RelatedPerson: reading,
  },
  system: [],
  // If-None-Exist is not refused but read past: a replay makes a second note.
  conditionalCreate: false,
  accessTokenSeconds: 3600,
  rotatesRefreshTokens: true,
  smart: {
    // Epic's list names no resource scopes, nor offline_access; they are granted nevertheless.
    scopesSupported: ['epic.scanning.dmsusername', 'fhirUser', 'launch', 'openid', 'profile'],
    clientAuth: ['public', 'private_key_jwt'],
    appointment: 'none',
  },
  fhir: {
    searchParams,
    controls: ['_count', '_include'],
    checkSearch,
    receive: takeNote,
    // 201 with an empty body, a relative Location and no ETag; Prefer: return=representation is honoured.
    answers: 'empty-relative',
  },
}
