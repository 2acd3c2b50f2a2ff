// What the doctor says: one finding a question, the same in the table and in the JSON, and whether a visit would work.
// Holds no secret and nothing of a person: what stands here is printed.

export type Result = 'ok' | 'missing' | 'warning' | 'failed' | 'not-checked'

/** Who is to do it: the EHR's administrator, or we, in our settings or in front of our own server. */
export type Ask = { readonly of: 'ehr' | 'us'; readonly text: string }

export type Finding = {
  readonly id: string
  readonly asked: string
  readonly result: Result
  /** True where no visit works without it, or no sign-in. */
  readonly essential: boolean
  /** What it means for visits, in one sentence that fits a line of the table. */
  readonly means: string
  readonly ask?: Ask
  /** More for the JSON's readers: names, counts, verdicts. */
  readonly details?: readonly string[]
}

/** What must stand in the EHR's own list of apps. */
export type Registration = {
  readonly launchUrl: string
  readonly redirectUri: string
  readonly jwksUrl: string
  readonly scopes: string
}

/** One thing looked at: an issuer, a Jitsi, or what else an organisation has of its own. */
export type Part = {
  readonly about: string
  readonly kind: 'issuer' | 'jitsi' | 'organisation'
  readonly findings: readonly Finding[]
  readonly register?: Registration
}

export type Report = {
  /** The shape's number: it rises when a reader of the JSON would have to change. */
  readonly doctor: 1
  readonly subject: string
  readonly at: string
  readonly visits: 'would-work' | 'would-not-work'
  readonly parts: readonly Part[]
}

export const ofEhr = (text: string): Ask => ({ of: 'ehr', text })
export const ofUs = (text: string): Ask => ({ of: 'us', text })

type Extra = { readonly ask?: Ask; readonly details?: readonly string[]; readonly essential?: boolean }

/** The five answers there are to one question. What failed is essential unless told otherwise, what is missing is not. */
export function about(id: string, asked: string) {
  const finding =
    (result: Result, weighs: boolean) =>
    (means: string, { essential = weighs, ...extra }: Extra = {}): Finding => ({
      id,
      asked,
      result,
      essential,
      means,
      ...extra,
    })
  return {
    ok: finding('ok', false),
    missing: finding('missing', false),
    warning: finding('warning', false),
    failed: finding('failed', true),
    unchecked: finding('not-checked', false),
  }
}

export const breaksVisits = ({ essential, result }: Finding): boolean =>
  essential && (result === 'missing' || result === 'failed')

export function reportOf(subject: string, at: string, parts: readonly Part[]): Report {
  const broken = parts.some(({ findings }) => findings.some(breaksVisits))
  return { doctor: 1, subject, at, visits: broken ? 'would-not-work' : 'would-work', parts }
}
