// Owns the personality of Keycloak 26.5.6 as the authorization server in front of Medplum's FHIR, as it was run on 29 November 2026: it
// knows the scopes an administrator has made and no others, tells no launch context, and its tokens live for a minute.
import type { Personality } from '../personality.ts'
import { medplum } from './medplum.ts'

/** The optional client scopes somebody made for this app, one by one: Keycloak compares names, letter by letter. */
const made = [
  ...['openid', 'profile', 'email', 'offline_access', 'fhirUser', 'launch', 'launch/patient', 'launch/appointment'],
  ...['user/Appointment.rus', 'user/Patient.rs', 'user/Practitioner.rs', 'user/PractitionerRole.rs'],
  ...['user/RelatedPerson.rs', 'user/Person.r', 'user/Encounter.crus', 'user/DocumentReference.crus'],
  ...['patient/Appointment.rs', 'patient/Patient.rs', 'patient/RelatedPerson.rs', 'patient/Person.r'],
  'patient/Encounter.r',
]

export const keycloak: Personality = {
  ...medplum,
  name: 'keycloak',
  capabilities: [
    ...['launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-symmetric'],
    ...['client-confidential-asymmetric', 'sso-openid-connect', 'permission-offline', 'permission-user'],
    'permission-v2',
  ],
  accessTokenSeconds: 60,
  smart: {
    scopesSupported: made,
    refusesUnlistedScopes: true,
    contextless: true,
    appointment: 'never',
    namesItself: true,
    tellsSession: true,
    basic: 'either',
  },
}
