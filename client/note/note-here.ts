// The note that is open on this page, for what stands beside it and writes into it at a press.
// Refuses to outlive the note's panel: with that it is gone.
import { signal } from '@preact/signals'
import type { Keeper } from './keeper.ts'

export const noteHere = signal<Keeper | undefined>(undefined)

export function isHere(keeper: Keeper): () => void {
  noteHere.value = keeper
  return () => {
    if (noteHere.peek() === keeper) noteHere.value = undefined
  }
}
