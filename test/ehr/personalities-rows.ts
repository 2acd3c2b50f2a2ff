// Owns the table of EHRs: what each kind is asked, takes and refuses on the way of one visit from two launches to the chart.
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Expected, Row } from './personalities.ts'

const clinicianSignsIn = ['GET Practitioner', 'GET PractitionerRole', 'GET metadata']
const opening = ['GET Appointment', 'GET Patient']
/** The visit's Encounter may ask for an interpreter: where the EHR lists such a search, or the launch had one open. */
const openingWithEncounter = ['GET Appointment', 'GET Encounter', 'GET Patient']
/** What neither depends on the EHR nor should ever grow: an admission reads the Appointment again, and nothing else is asked. */
const both = {
  'clinician opens': openingWithEncounter,
  'patient opens': opening,
  'from the door to the signature': ['GET Appointment'],
}

const signedText = { docStatus: 'final', contentType: 'text/plain;charset=utf-8', marked: true } as const

/** By the book: what of the visit is missing is made, all at once, and the Appointment is done. */
const wholeEncounter = ['appointment', 'class', 'identifier', 'participant', 'period']
  .concat('resourceType', 'status', 'statusHistory', 'subject', 'type')
  .sort()
const madeWhole = { is: 'made by us', status: 'finished', class: 'VR', has: wholeEncounter } as const
const done = { status: 'fulfilled', told: 'fulfilled' } as const
const searchesThrice = ['GET Encounter', 'GET Encounter', 'GET Encounter']
const byTheBook: Expected = {
  known: { clinician: true, patient: true },
  read: {
    ...both,
    'clinician signs in': clinicianSignsIn,
    'patient signs in': ['GET Patient'],
    'clinician lists': ['GET Appointment', 'GET Appointment'],
    'patient lists': ['GET Appointment', 'GET Appointment'],
  },
  // The patient's record first: it may have been joined to another since.
  filing: ['GET Patient', ...searchesThrice, 'POST Bundle', 'GET Appointment', 'PUT Appointment'],
  encounter: madeWhole,
  note: signedText,
  appointment: done,
  told: { kind: 'generic', line: 'This EHR files notes with their encounter, and takes corrections.' },
}

/** The launch names no Appointment, so that one of the list is picked. */
const launched: Expected = {
  ...byTheBook,
  known: { clinician: false, patient: false },
  read: { ...byTheBook.read, 'clinician lists': ['GET Appointment'], 'patient lists': ['GET Appointment'] },
}

const registeredHas = ['class', 'period', 'resourceType', 'status', 'subject']
const leftAsItWas = { is: 'left as it was', status: 'in-progress', class: 'AMB' } as const

/** Nothing but the note can be written: it goes on the Encounter of the launch, and the schedule stays as it was. */
const atEpic: Expected = {
  known: { clinician: true, patient: false },
  read: {
    ...both,
    'clinician signs in': clinicianSignsIn,
    'patient signs in': ['GET Patient'],
    'clinician opens': ['GET Appointment', 'GET Encounter', 'GET Encounter', 'GET Patient'],
    'clinician lists': ['GET Appointment', 'GET Appointment', 'GET Encounter'],
    'patient lists': ['GET Appointment'],
  },
  filing: ['GET Patient', 'GET Encounter', 'POST DocumentReference'],
  encounter: { ...leftAsItWas, has: ['appointment', ...registeredHas] },
  note: signedText,
  appointment: { status: 'booked', told: 'left' },
  told: {
    kind: 'epic',
    line: 'This EHR files notes, but cannot create encounters and does not let appointments be marked as done.',
  },
}

/** No PractitionerRole, no _include; the patients' base has a /metadata of its own. */
const readAtOracle: Expected['read'] = {
  ...both,
  'clinician signs in': ['GET Practitioner', 'GET PractitionerRole 404', 'GET metadata'],
  'clinician opens': opening,
  'patient signs in': ['GET Patient', 'GET metadata'],
  'clinician lists': ['GET Appointment', 'GET Patient'],
  'patient lists': ['GET Appointment', 'GET Patient'],
}
/** From booked by way of checked-in, each step read before it is taken. */
// Oracle answers a change with nothing: each is read again, for what it says then is what is so.
const step = ['GET Appointment', 'PATCH Appointment', 'GET Appointment']
const twoSteps = [...step, ...step]

const atOracle: Expected = {
  known: { clinician: false, patient: false },
  read: readAtOracle,
  // The Appointment is read before the Encounter is made, for the place it may name.
  filing: [
    ...['GET Patient', 'GET Encounter', 'GET Encounter', 'GET Appointment'],
    ...['POST Encounter', 'POST DocumentReference', ...twoSteps],
  ],
  encounter: {
    ...{ is: 'made by us', status: 'finished' },
    // The server's own doing: it cannot be written.
    class: 'AMB',
    has: ['class', 'identifier', 'resourceType', 'serviceProvider', 'status', 'subject', 'type'],
  },
  note: signedText,
  appointment: done,
  told: { kind: 'oracle', line: 'This EHR files notes with their encounter, and takes corrections.' },
}

const atOracleOnTheirs: Expected = {
  ...atOracle,
  read: {
    ...readAtOracle,
    'clinician opens': openingWithEncounter,
    'clinician lists': [...readAtOracle['clinician lists'], 'GET Encounter'].sort(),
  },
  filing: ['GET Patient', 'GET Encounter', 'GET Encounter', 'POST DocumentReference', ...twoSteps],
  encounter: { ...leftAsItWas, has: registeredHas },
}

/** Nothing is told of the Appointment. No _include is listed, so that the patients of a list are read one by one. */
const atMedplum: Expected = {
  ...launched,
  read: {
    ...launched.read,
    'clinician lists': ['GET Appointment', 'GET Patient'],
    'patient lists': ['GET Appointment', 'GET Patient'],
  },
}

/** Neither is the patient: the whole day is listed, with each of its patients. */
const atKeycloak: Expected = {
  ...atMedplum,
  read: {
    ...atMedplum.read,
    'clinician lists': ['GET Appointment', 'GET Appointment', ...Array<string>(6).fill('GET Patient')],
  },
}

const alone = { settings: {}, registered: 'none' } as const

export const rows: readonly Row[] = [
  { is: 'a generic EHR', personality: generic, ...alone, expected: byTheBook },
  { is: 'Epic, from an encounter', personality: epic, settings: {}, registered: 'linked', expected: atEpic },
  {
    ...{ is: 'Oracle Health', personality: oracle, registered: 'none' },
    settings: { serviceProvider: clinic.organization.reference },
    expected: atOracle,
  },
  {
    ...{ is: 'Oracle Health, from an encounter', personality: oracle, registered: 'unlinked', settings: {} },
    expected: atOracleOnTheirs,
  },
  { is: 'the public launcher', personality: launcher, ...alone, expected: launched },
  {
    is: 'the public launcher in front of a server without transactions',
    personality: { ...launcher, system: [] },
    ...alone,
    expected: {
      ...launched,
      filing: [
        'GET Patient',
        ...searchesThrice,
        'POST Encounter',
        'POST DocumentReference',
        'GET Appointment',
        'PUT Appointment',
      ],
    },
  },
  { is: 'Medplum', personality: medplum, ...alone, expected: atMedplum },
  { is: 'Keycloak in front of Medplum', personality: keycloak, ...alone, expected: atKeycloak },
]
