// One row of the table of refusals (errors.ts): the HTTP status, FHIR's issue type, a sentence for whoever reads the reply itself, and whether it is
// written down that somebody met it.

export type RefusalRow = {
  readonly status: number
  readonly issue: IssueType
  readonly says: string
  /** Somebody was refused access to something: that is written down. */
  readonly audited: boolean
}

/** The values of http://hl7.org/fhir/issue-type that we use. */
type IssueType =
  | 'login'
  | 'expired'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'required'
  | 'conflict'
  | 'business-rule'
  | 'too-long'
  | 'not-supported'
  | 'throttled'
  | 'transient'
  | 'processing'
  | 'exception'

export const refusalRow = (status: number, issue: IssueType, says: string, audit?: 'audited'): RefusalRow => ({
  status,
  issue,
  says,
  audited: audit === 'audited',
})
