// What signing and filing a note are doing on this page, and what stands in their way.
import type { Problem } from '../base/api.ts'

export type Work = { readonly at: 'idle' | 'busy' } | StuckWork

/** What stands in the way since `since`, in milliseconds by our server's clock; `byItself`: nobody had pressed. */
export type StuckWork = {
  readonly at: 'stuck'
  readonly problem: Problem
  readonly since: number
  readonly byItself?: true
}
