// How what happened in a visit is read back from its row. Refuses a word that nobody can have said.
import { z } from 'zod'
import type { Instant, Ref } from '../domain/ids.ts'
import type { Outcome } from '../domain/visit/visit-shape.ts'
import { text } from './row-parts.ts'

const at = text<Instant>()
const by = text<Ref>()

const said = {
  by,
  at,
  inChart: z
    .object({
      appointment: z.enum(['fulfilled', 'noshow', 'booked', 'untouched', 'left', 'not-its-way', 'unknown']),
      encounter: z.enum(['finished', 'cancelled', 'left']).exactOptional(),
    })
    .exactOptional(),
  wrote: z.enum(['fulfilled', 'noshow']).exactOptional(),
}

export const OutcomeRow: z.ZodType<Outcome> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('unsaid') }),
  z.object({ is: z.enum(['came', 'did-not-come', 'technical-failure']), ...said }),
  z.object({ is: z.literal('telephone'), period: z.object({ start: at, end: at }).exactOptional(), ...said }),
])
