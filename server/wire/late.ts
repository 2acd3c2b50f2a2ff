// What crosses the wire of how late a clinician says that she is. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { Instant } from '../domain/ids.ts'

/** About so many minutes; none takes the word back. */
export const SayLate = z.strictObject({ minutes: z.int().min(0).max(120) })
export type SayLate = z.infer<typeof SayLate>

/** `GET …/late`, and after `POST …/late`: the clinician's own word while it holds. */
export type LateWord = { readonly late?: SaidLate }
/** About how many minutes late a clinician is, and when she said so. */
export type SaidLate = { readonly minutes: number; readonly at: Instant }
