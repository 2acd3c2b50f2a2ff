// Owns Epic's numbered refusals: the codes its OperationOutcomes carry, and the faults that come under such a number.
import type { OperationOutcomeIssue } from '@medplum/fhirtypes'
import type { Faults } from '../faults.ts'
import { refuseAll } from '../fhir/outcomes.ts'

/** Where Epic's error numbers come from. */
const system = 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369'

const meanings = {
  '4130': ['security', 'Break-the-Glass security does not authorize you to access the selected patient/resource.'],
  '4131': ['security', 'The patient you are attempting to access is restricted. You must break the glass.'],
  '4134': ['security', 'The patient you are attempting to access is restricted.'],
  '4135': ['too-costly', 'Please try again tomorrow.'],
  '59012': ['business-rule', 'The content is not taken'],
  '59108': ['required', 'Required element missing'],
  '59141': ['duplicate', 'An attempt was made to create a duplicate record.'],
} as const satisfies Readonly<Record<string, readonly [OperationOutcomeIssue['code'], string]>>

export type EpicCode = keyof typeof meanings

export function epicRefusal(status: number, code: EpicCode, detail?: string): Error {
  const [type, meaning] = meanings[code]
  const text = detail === undefined ? meaning : `${meaning}: ${detail}`
  const details = { coding: [{ system, code, display: meaning }], text }
  return refuseAll(status, [
    { severity: code === '4134' ? 'information' : 'fatal', code: type, details, diagnostics: text },
  ])
}

/** What Epic's policies do to a note although nothing is wrong with it. */
export function noteTrouble(faults: Faults): void {
  const glass = faults.strike('break-the-glass')
  if (glass) throw epicRefusal(403, glass.code === '4131' || glass.code === '4134' ? glass.code : '4130')
  if (faults.strike('note-duplicate')) throw epicRefusal(422, '59141')
  // Not 429: trying again soon is exactly what does not help.
  if (faults.strike('note-daily-limit')) throw epicRefusal(400, '4135')
}
