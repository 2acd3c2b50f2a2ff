// What an EHR's refusal of a write means for the person at the screen: its status and OperationOutcome, read as one reason.
// Keeps a vendor's error number for support and nothing of what the outcome says in words: those may name a patient.

/**
 * `policy`: a rule of the house, such as Break-the-Glass: trying again does not help. `limit`: a quota that is used up for today.
 * `duplicate`: the EHR thinks it has this already. `conflict`: someone changed it meanwhile. `invalid`: the shape is not what it takes.
 * `not-supported`: it does not do this at all.
 */
export type Reason =
  | 'signed-out'
  | 'policy'
  | 'limit'
  | 'duplicate'
  | 'conflict'
  | 'invalid'
  | 'not-supported'
  | 'refused'

/** As much of an OperationOutcome as is looked at (http://hl7.org/fhir/R4/operationoutcome.html). */
export type OutcomeLike = {
  readonly issue: readonly {
    readonly severity?: string
    readonly code?: string
    readonly details?: { readonly coding?: readonly { readonly code?: string }[] }
  }[]
}

/** `outcome` may be missing: a refusal's body is often empty, or a proxy's page. Its severities do not matter: a refusal is one. */
export function reasonOf(status: number, outcome: OutcomeLike | undefined): Reason {
  if (status === 401) return 'signed-out'
  const codes = outcome?.issue.map((i) => i.code) ?? []
  const says = (...of: readonly string[]) => codes.some((code) => code !== undefined && of.includes(code))
  if (says('duplicate')) return 'duplicate'
  if (says('too-costly', 'throttled')) return 'limit'
  if (status === 403 || says('security', 'forbidden', 'suppressed')) return 'policy'
  // Both mean that someone changed it: Oracle Health says 409 where RFC 9110 says 412.
  if (status === 409 || status === 412 || says('conflict')) return 'conflict'
  if (status === 404 || status === 405 || says('not-supported')) return 'not-supported'
  return status === 400 || status === 422 ? 'invalid' : 'refused'
}

/** The vendor's own number of it, such as Epic's 59108: short, and no words. */
export function vendorCode(outcome: OutcomeLike | undefined): string | undefined {
  const codes = outcome?.issue.flatMap((i) => i.details?.coding?.map((c) => c.code) ?? []) ?? []
  return codes.find((code) => code !== undefined && /^[0-9]{3,8}$/.test(code))
}

/** Whether an answer that says "created" says at the same time that it failed: then only the chart itself can tell. */
export const saysFailed = (outcome: OutcomeLike | undefined): boolean =>
  outcome?.issue.some((i) => i.severity === 'fatal' || i.severity === 'error') ?? false

const longestSeconds = 24 * 3600
// Date.parse alone would read "1.5" and "in 5 minutes" as days long ago: to be asked again at once.
const httpDate = /^[A-Z][a-z]{2,8}, .+ GMT$/

/** Seconds to wait by a Retry-After (RFC 9110, 10.2.3: seconds or a date); undefined when it says nothing that can be read. */
export function retryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  const date = httpDate.test(text) ? Date.parse(text) : Number.NaN
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (date - nowMs) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), longestSeconds) : undefined
}
