// Whether the clinician has said that she will be right back: told with each beat of the call, so that it ends with the page that says it.
// Refuses to outlive the call: whoever is out of it is not away from it.
import { signal } from '@preact/signals'
import type { Instant } from '../../server/wire/wire.ts'

/** `since`: what our server calls the beginning of it; absent until it has answered. */
type Away = { readonly since?: Instant }

export const rightBack = signal<Away | undefined>(undefined)

/** She is back, or in no call any more. */
export function comeBack(): void {
  rightBack.value = undefined
}

/** Our server's word on since when it is; it is kept, so that a server which was started anew tells the same. */
export function toldSince(since: Instant | undefined): void {
  if (since !== undefined && rightBack.peek() !== undefined && rightBack.peek()?.since !== since)
    rightBack.value = { since }
}
