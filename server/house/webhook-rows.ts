// How the rows of what is told to the outside are read back.
import { z } from 'zod'
import type { Instant, OrganisationId } from '../domain/ids.ts'
import { webhookEventTypes } from '../domain/webhook/event-types.ts'
import { notTaken, type Outbox } from '../domain/webhook/outbox.ts'
import type { TrailPlace } from '../outside/record/trail-reader.ts'
import { everyRow, text } from './row-parts.ts'

const at = text<Instant>()

export const OutboxRow: z.ZodType<Outbox> = z.object({
  ...everyRow<Outbox['id']>(),
  organisation: text<OrganisationId>(),
  lastNumber: z.int(),
  events: z.array(
    z.object({
      id: z.string(),
      type: z.enum(webhookEventTypes),
      body: z.string(),
      at,
      attempts: z.int(),
      dueAt: at,
      givenUp: z.object({ at, why: z.enum(notTaken) }).exactOptional(),
    }),
  ),
  leftOut: z.int().exactOptional(),
})

/** How far the trail was read; or that the webhook at this address wants no more. */
export type OutsideTold = {
  readonly id: string
  readonly revision: number
  readonly expiresAt: Instant
} & (
  | { readonly is: 'read-until'; readonly place: TrailPlace }
  | { readonly is: 'switched-off'; readonly url: string; readonly since: Instant }
)

export const OutsideToldRow: z.ZodType<OutsideTold> = z.discriminatedUnion('is', [
  z.object({
    ...everyRow<string>(),
    is: z.literal('read-until'),
    place: z.object({ book: z.string(), offset: z.int() }),
  }),
  z.object({ ...everyRow<string>(), is: z.literal('switched-off'), url: z.string(), since: at }),
])
