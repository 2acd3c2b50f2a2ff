// Owns the generic personality: an EHR that does all of SMART App Launch 2.2 and the FHIR R4 a video visit needs, by the book.
import type { UserType } from '../contract.ts'
import type { Interaction, Personality } from '../personality.ts'

const reading: readonly Interaction[] = ['read', 'vread', 'search-type']
const writing: readonly Interaction[] = [...reading, 'create', 'update']

const patientsOwn = [
  'patient/*.rs',
  'user/*.rs',
  'patient/Consent.cu',
  'patient/Communication.c',
  'patient/QuestionnaireResponse.cu',
]

export const generic: Personality = {
  name: 'generic',
  capabilities: [
    'launch-ehr',
    'launch-standalone',
    'authorize-post',
    'client-public',
    'client-confidential-symmetric',
    'client-confidential-asymmetric',
    'sso-openid-connect',
    'context-banner',
    'context-style',
    'context-ehr-patient',
    'context-ehr-encounter',
    'context-standalone-patient',
    'context-standalone-encounter',
    'permission-offline',
    'permission-patient',
    'permission-user',
    'permission-v1',
    'permission-v2',
  ],
  may: (user: UserType) =>
    user === 'Practitioner' || user === 'PractitionerRole' ? ['user/*.cruds', 'patient/*.cruds'] : patientsOwn,
  types: {
    AllergyIntolerance: reading,
    Appointment: writing,
    AuditEvent: writing,
    Binary: ['read'],
    Communication: writing,
    Condition: reading,
    Consent: writing,
    DocumentReference: writing,
    Encounter: writing,
    HealthcareService: reading,
    Location: reading,
    MedicationRequest: reading,
    MedicationStatement: reading,
    Observation: reading,
    Organization: reading,
    Patient: reading,
    Person: reading,
    Practitioner: reading,
    PractitionerRole: reading,
    Provenance: writing,
    QuestionnaireResponse: writing,
    RelatedPerson: reading,
    Schedule: reading,
    Slot: reading,
  },
  system: ['transaction', 'batch'],
  conditionalCreate: true,
  accessTokenSeconds: 600,
  rotatesRefreshTokens: true,
  smart: { namesItself: true },
}
