// How it is kept by which reading of its Appointment somebody can be let into a visit, or was.
import { z } from 'zod'
import { foundOtherwise, type LetInAsRead, type Visit, type WellRead } from '../domain/visit/visit-shape.ts'
import { text } from './row-parts.ts'

const at = text<Visit['start']>()
const someone = text<Visit['practitioners'][number]>()

export const WellReadRow: z.ZodType<WellRead> = z.object({
  at,
  patient: text<Visit['patient']>(),
  practitioners: z.array(someone),
  start: at,
})

export const LetInAsReadRow: z.ZodType<LetInAsRead> = z.object({
  at,
  readAt: at,
  start: at,
  found: z.object({ is: z.enum(foundOtherwise), at, start: at.exactOptional() }).exactOptional(),
  filedAnyway: z.object({ by: someone, at }).exactOptional(),
})
