// Owns the personality of HAPI FHIR JPA 8.8.0 with nothing in front of it, as it was run on 29 November 2026: an open R4 server without any
// sign-in, which answers searches from a cache of a minute.
import type { Personality } from '../personality.ts'
import { launcher } from './launcher.ts'

export const hapi: Personality = {
  ...launcher,
  name: 'hapi',
  path: '/fhir',
  smart: { absent: true },
  fhir: {
    software: { name: 'HAPI FHIR Server', version: '8.8.0' },
    openProxy: true,
    searchesKeptSeconds: 60,
  },
}

/** The launcher with a HAPI behind it: the statement and the searches that its proxy hands on are HAPI's. */
export const launcherOverHapi: Personality = {
  ...launcher,
  name: 'launcher over hapi',
  // As at its address without simulation options in it.
  smart: { ...launcher.smart, launchOnly: true },
  fhir: { ...hapi.fhir, ...launcher.fhir },
}
