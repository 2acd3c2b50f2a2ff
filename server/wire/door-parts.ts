// What several of the requests at a door are made of: who is meant, and why, or what is said.
import { z } from 'zod'
import type { DoorId } from '../domain/ids.ts'
import { wordsLength } from '../domain/visit/turned-away.ts'

// Sound, this cast: a DoorId differs from text by its brand alone.
export const personAtDoor = { doorId: z.string().min(1).max(64) as unknown as z.ZodType<DoorId> }
/** One line of a clinician's own, which a patient reads. What ends a line is refused, and what would turn round the sentence that it is put into. */
const words = z
  .string()
  .max(wordsLength)
  .refine((said) => said.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(said))
export const whyOf = <Reason extends string>(reasons: readonly Reason[]) =>
  z.union([z.strictObject({ reason: z.enum(reasons) }), z.strictObject({ words })])
