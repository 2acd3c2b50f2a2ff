// Owns the personality of the public SMART sandbox (launch.smarthealthit.org): a launcher in front of an open FHIR server,
// whose proxy lets everybody in. After smart-launcher-v2's code, May 2025.
import type { Interaction, Personality } from '../personality.ts'
import { generic } from './generic.ts'

const everyInteraction: readonly Interaction[] = ['read', 'vread', 'search-type', 'create', 'update']

export const launcher: Personality = {
  name: 'launcher',
  capabilities: [
    ...['launch-ehr', 'launch-standalone', 'client-public', 'client-confidential-symmetric'],
    ...['client-confidential-asymmetric', 'sso-openid-connect', 'context-passthrough-banner'],
    ...['context-passthrough-style', 'context-ehr-patient', 'context-ehr-encounter', 'context-standalone-patient'],
    ...['context-standalone-encounter', 'permission-offline', 'permission-patient', 'permission-user'],
    ...['permission-v1', 'permission-v2', 'authorize-post'],
  ],
  // Whatever is asked is granted, to everybody.
  may: () => ['user/*.cruds', 'patient/*.cruds'],
  // The segment before `fhir` is where the real one may carry its simulation options.
  path: '/v/r4/fhir',
  types: Object.fromEntries(Object.keys(generic.types).map((type) => [type, everyInteraction])),
  system: ['transaction', 'batch'],
  conditionalCreate: true,
  accessTokenSeconds: 3600,
  rotatesRefreshTokens: true,
  smart: {
    scopesSupported: [
      ...['openid', 'profile', 'fhirUser', 'launch', 'launch/patient', 'launch/encounter'],
      ...['patient/*.*', 'user/*.*', 'offline_access'],
    ],
    // No fhirContext, whatever was open on the screen.
    appointment: 'never',
    issuerIsBase: true,
    // Its id_token has no kid, and tells fhirUser as `Practitioner/id`.
    namesKey: false,
    relativeFhirUser: true,
    // Id and secret as they stand in Basic, and no other way of sending them, whatever its smart-configuration lists.
    basic: 'plain',
    secretsBy: 'basic',
    codeFirst: { error: 'invalid_client', description: 'Invalid token: jwt malformed' },
    losesState: ['invalid_scope'],
  },
  fhir: {
    openProxy: true,
    // The proxy does not rewrite Location: it names the server behind it.
    locationBase: 'https://upstream-fhir.example/r4',
  },
}
