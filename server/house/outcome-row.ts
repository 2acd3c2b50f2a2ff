// How what clinicians said of a visit is read back from its row: who somebody was, and what happened. Refuses a word that nobody can have said.
import { z } from 'zod'
import type { Instant, Ref } from '../domain/ids.ts'
import type { IdentityWord, Outcome } from '../domain/visit/visit-shape.ts'
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
  z.object({ is: z.enum(['came', 'another-came', 'did-not-come', 'moved', 'technical-failure']), ...said }),
  z.object({ is: z.literal('telephone'), period: z.object({ start: at, end: at }).exactOptional(), ...said }),
])

export const IdentityRow: z.ZodType<IdentityWord> = z.object({
  who: by,
  is: z.enum(['confirmed', 'denied']),
  by,
  at,
  admittedAt: at,
})

export const ConfirmedAfterwardsRow = z.object({ by, at })
