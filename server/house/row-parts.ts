// What the schemas of our rows are made of.
import { z } from 'zod'
import { withoutSlash } from '../domain/ehr/reference.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'

/** A branded or referenced id: the brand was checked when the row was made, and the seal says it is ours. */
export const text = <T extends string>() => z.string().min(1) as unknown as z.ZodType<T> // sound: T differs from string by its brand alone

/** Within, no base URL has a slash at its end, whoever wrote the row. */
export const base = text<Visit['iss']>().transform(withoutSlash)

export const everyRow = <Id extends string>() => ({
  id: text<Id>(),
  revision: z.int(),
  expiresAt: text<Visit['expiresAt']>(),
})
