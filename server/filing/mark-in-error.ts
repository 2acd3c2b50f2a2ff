// Marks a note in the chart as entered in error (http://hl7.org/fhir/R4/valueset-document-reference-status.html): US Core does it by PUT.
// Refuses (`ehr-…`) what the EHR does not take; asking twice is safe, for the note is read first.

import { isPatientOf } from '../domain/ehr/merged.ts'
import { idOf, relative } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Ehr } from '../outside/ehr/ehr.ts'
import { type Updated, updated } from './updated.ts'

export async function markInError(
  ehr: Ehr,
  { launch, visit }: { readonly launch: Launch; readonly visit: Visit },
  ref: Ref<'DocumentReference'>,
): Promise<void> {
  const kept = await ehr.read('DocumentReference', idOf(ref))
  if (kept === undefined) throw new Refusal('ehr-refused')
  if (kept.resource.status === 'entered-in-error') return
  // Moved to another patient's chart meanwhile, it is no longer ours to judge.
  if (!isPatientOf(visit, relative(launch.iss, kept.resource.subject?.reference ?? '')))
    throw new Refusal('amend-refused')
  // Without an ETag nothing says that it is still as it was read.
  if (kept.etag === undefined) throw new Refusal('amend-refused')
  const body = { ...kept.resource, status: 'entered-in-error' }
  const change = { method: 'PUT', body } as const
  const became = await updated(ehr, 'DocumentReference', { ...kept, etag: kept.etag }, change)
  // The note itself says whether it is marked, whatever the answer's status was: else the ledger would tell what is not so.
  if (became.now?.status !== 'entered-in-error') throw new Refusal(codeOf(became))
}

function codeOf({ sent, now, by }: Updated<'DocumentReference'>) {
  if (sent.outcome === 'refused') return sent.reason === 'signed-out' ? 'ehr-session-ended' : 'ehr-refused'
  if (sent.outcome !== 'written' && sent.outcome !== 'unknown') return 'ehr-unreachable'
  return by === 'answer' && now !== undefined ? 'ehr-refused' : 'ehr-failed'
}
