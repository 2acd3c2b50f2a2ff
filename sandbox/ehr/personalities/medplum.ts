// Owns the Medplum personality, after Medplum server 4.5.2 as it was run (29 November 2026) and its code: nothing but UUIDs for ids, searches
// that count only when asked to and know no day, transactions that are batches, a
// sign-in that is remembered for an hour, and codes that are looked at before the client.
import type { Interaction, Personality } from '../personality.ts'
import { generic } from './generic.ts'

const everything: readonly Interaction[] = ['read', 'vread', 'search-type', 'create', 'update', 'patch']

export const medplum: Personality = {
  name: 'medplum',
  capabilities: [
    ...['authorize-post', 'permission-v1', 'permission-v2', 'client-confidential-asymmetric'],
    ...['client-confidential-symmetric', 'client-public', 'context-banner', 'context-ehr-patient'],
    ...['context-ehr-encounter', 'context-standalone-patient', 'context-style', 'launch-ehr', 'launch-standalone'],
    ...['permission-offline', 'permission-patient', 'permission-user', 'sso-openid-connect'],
  ],
  // What was asked is granted; an access policy may narrow it, and a fresh project has none.
  may: () => ['user/*.cruds', 'patient/*.cruds'],
  path: '/fhir/R4',
  types: Object.fromEntries(Object.keys(generic.types).map((type) => [type, everything])),
  system: ['transaction', 'batch'],
  conditionalCreate: true,
  accessTokenSeconds: 3600,
  rotatesRefreshTokens: true,
  smart: {
    scopesSupported: [
      ...['patient/*.rs', 'user/*.cruds', 'openid', 'fhirUser', 'launch', 'launch/patient'],
      ...['offline_access', 'online_access'],
    ],
    // The scope comes back as it was asked for, and no Appointment ever does.
    appointment: 'never',
    echoes: ['launch/patient', 'launch/encounter', 'launch/appointment'],
    relativeFhirUser: true,
    neverNeedsBanner: true,
    // A fresh installation's only key; and its own web app launches with a slash at the end of `iss`.
    signs: 'ES256',
    slashInLaunch: true,
    basic: 'plain',
    refusesClients: { error: 'invalid_request', description: 'Invalid client' },
    codeFirst: { error: 'invalid_request', description: 'Invalid code' },
    sparesReuse: true,
    remembersSeconds: 3600,
    requestsPerMinute: 160,
  },
  fhir: {
    software: { name: 'medplum', version: '4.5.2', publisher: 'Medplum' },
    ids: 'uuid',
    maxCount: 1000,
    daysFindNothing: true,
    countsWhenAsked: true,
    includesUnlisted: true,
    takesDanglingReferences: true,
    transactionsAreBatches: true,
    ifMatch: 'put-only',
    patchable: { Appointment: ['status', 'cancelationReason'], Encounter: ['status', 'period'] },
  },
}
