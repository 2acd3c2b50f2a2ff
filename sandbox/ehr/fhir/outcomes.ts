// Owns how the FHIR server says no: an OperationOutcome for every refusal, with the HTTP status it travels under.
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { getStatus, OperationOutcomeError } from './medplum.ts'

/** The status is kept in the outcome's id, as the router does with its own, and taken out before it is sent. */
const statusId = /^status-(\d{3})$/

/** A refusal to throw anywhere on the way to the repository and back. */
export function refuse(status: number, code: OperationOutcomeIssue['code'], text: string): Error {
  return refuseAll(status, [{ severity: 'error', code, details: { text }, diagnostics: text }])
}

export function refuseAll(status: number, issue: OperationOutcomeIssue[]): Error {
  return new OperationOutcomeError({ resourceType: 'OperationOutcome', id: `status-${status}`, issue })
}

export function statusOf(outcome: OperationOutcome): number {
  const own = statusId.exec(outcome.id ?? '')?.[1]
  return own ? Number(own) : getStatus(outcome)
}

/** The outcome as it is sent: without the id that only tells the status. */
export function bare({ id: _id, ...outcome }: OperationOutcome): OperationOutcome {
  return outcome
}
