// What is kept of what a clinician wrote to somebody who waits: as types, part of the visit's row (visit-shape.ts).

import type { Instant, Ref } from '../ids.ts'
import type { SaidWhy } from './turned-away.ts'

/** Each a sentence that patients read in their own language. The first is so in any case. */
export const readyMessages = ['not-forgotten', 'soon', 'papers', 'quiet-place', 'somebody-with-you'] as const

/** What is said, in the words that reasons are said in: one of the ready ones, or the clinician's own, one line of them. */
export type MessageText = SaidWhy<(typeof readyMessages)[number]>

/**
 * `n` counts a visit's messages from 1. `to`: whoever waited at the door; `shownAt`: when their page said that it shows it, absent until it did.
 */
export type Message = {
  readonly n: number
  readonly to: Ref
  readonly by: Ref
  readonly at: Instant
  readonly says: MessageText
  readonly shownAt?: Instant
}
