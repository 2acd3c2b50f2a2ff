// Marks a note in the chart as entered in error (http://hl7.org/fhir/R4/valueset-document-reference-status.html): US Core does it by PUT.
// Refuses (`ehr-…`) what the EHR does not take; asking twice is safe, for the note is read first.

import { idOf, relative } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Ehr, Written } from '../outside/ehr/ehr.ts'
import { leftAlone } from './find-note.ts'

export async function markInError(
  ehr: Ehr,
  { launch, visit }: { readonly launch: Launch; readonly visit: Visit },
  ref: Ref<'DocumentReference'>,
): Promise<void> {
  const kept = await ehr.read('DocumentReference', idOf(ref))
  if (kept === undefined) throw new Refusal('ehr-refused')
  if (kept.resource.status === 'entered-in-error') return
  // Moved to another patient's chart meanwhile, it is no longer ours to judge.
  if (relative(launch.iss, kept.resource.subject?.reference ?? '') !== visit.patient) throw new Refusal('amend-refused')
  // Without an ETag nothing says that it is still as it was read.
  if (kept.etag === undefined) throw new Refusal('amend-refused')
  const body = { ...kept.resource, status: 'entered-in-error' }
  const sent = await ehr.write({ method: 'PUT', path: ref, body, ifMatch: kept.etag })
  if (sent.outcome === 'written') return
  // An answer that was lost: the note itself says whether it is marked, and else the ledger would go on calling it filed.
  const now = sent.outcome === 'unknown' ? await ehr.read('DocumentReference', idOf(ref)).catch(leftAlone) : undefined
  if (now?.resource.status !== 'entered-in-error') throw new Refusal(codeOf(sent))
}

function codeOf(sent: Exclude<Written, { outcome: 'written' }>) {
  if (sent.outcome === 'refused') return sent.reason === 'signed-out' ? 'ehr-session-ended' : 'ehr-refused'
  return sent.outcome === 'unknown' ? 'ehr-failed' : 'ehr-unreachable'
}
