// What is kept of the question whether a visit may be recorded. Its rules stand in recording.ts.
import type { Instant, Ref } from '../ids.ts'

export type Recording = {
  readonly askedBy: Ref
  readonly askedAt: Instant
  /** Each person's last word. */
  readonly answers: readonly Answer[]
}
type Answer = { readonly who: Ref; readonly agrees: boolean; readonly at: Instant }
