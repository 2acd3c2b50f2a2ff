// Owns the resources the EHR's tests write, and how they read Bundles.
import type { BundleEntry, DocumentReference, Encounter } from 'fhir/r4'
import type { Reply } from './app.ts'

type Person = { reference: string }

export function encounterOf(patient: Person): Encounter {
  return {
    resourceType: 'Encounter',
    status: 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
    subject: { reference: patient.reference },
  }
}

export function noteOf(patient: Person, text: string, encounter?: string): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ system: 'http://loinc.org', code: '11506-3' }] },
    subject: { reference: patient.reference },
    content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: Buffer.from(text).toString('base64') } }],
    ...(encounter && { context: { encounter: [{ reference: encounter }] } }),
  }
}

export function entriesOf({ body }: Reply): BundleEntry[] {
  // Sound: the tests read only what the server under test calls a Bundle.
  return (body.entry ?? []) as BundleEntry[]
}
