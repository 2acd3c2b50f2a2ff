// The shape of a remedy: what a person is told where something stands in the way.
import type { Code } from '../../server/wire/wire.ts'

/** A refusal's code, `fault` for a fault of ours, `offline` when nobody answered, `unavailable` when only what stands before our system did. */
export type ProblemCode = Code | 'fault' | 'offline' | 'unavailable'
export type Action = 'retry' | 'reopen' | 'call' | 'list' | 'sign-in'
export type Remedy = {
  readonly title: string
  readonly says: string
  /** What to do; where it differs, for the patient's side, for the clinician's, and for who is not known yet. */
  readonly todo: string | { readonly patient: string; readonly clinician: string; readonly either?: string }
  readonly action: Action
  /** What to read out on the telephone. */
  readonly support: string
}

export const r = (support: string, action: Action, title: string, says: string, todo: Remedy['todo']): Remedy => ({
  title,
  says,
  todo,
  action,
  support,
})
