// How the rows of what patients are told are read back. No address stands in them: that is the visit's.
import { z } from 'zod'
import type { DoorId, Instant, OrganisationId, VisitId } from '../domain/ids.ts'
import { notSent } from '../domain/notice/sent.ts'
import { channels, type Thread } from '../domain/notice/thread.ts'
import { noticeKinds } from '../domain/notice/words.ts'
import { everyRow, text } from './row-parts.ts'

const at = text<Instant>()
const hours = { start: at, end: at }

export const ThreadRow: z.ZodType<Thread> = z.object({
  ...everyRow<string>(),
  organisation: text<OrganisationId>(),
  visit: text<VisitId>(),
  channel: z.enum(channels),
  lastNumber: z.int(),
  told: z.object({ ...hours, is: z.enum(['on', 'off']) }).exactOptional(),
  sequence: z.int(),
  notices: z.array(
    z.object({
      kind: z.enum(noticeKinds),
      ...hours,
      sequence: z.int(),
      doorId: text<DoorId>().exactOptional(),
      at,
      attempts: z.int(),
      dueAt: at,
      givenUp: z.object({ at, why: z.enum(notSent) }).exactOptional(),
    }),
  ),
})
