// Owns the one way text from outside becomes a value here: parsed only behind a schema, undefined when it does not fit.
import { z } from 'zod'

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})

/** Reads JSON text with a schema; undefined when it is not JSON or not of that shape. */
export function readJson<Shape extends z.ZodType>(text: string, shape: Shape): z.output<Shape> | undefined {
  const parsed = Json.pipe(z.unknown()).safeParse(text)
  if (!parsed.success) return undefined
  const fitted = shape.safeParse(parsed.data)
  return fitted.success ? fitted.data : undefined
}
