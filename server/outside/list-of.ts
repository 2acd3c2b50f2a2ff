// A list from outside, read item by item: the first wrong one ends the reading.
// zod alone looks at all of them and has a sentence for each: over a list of two million wrong ones it would sit for half a minute.
import { z } from 'zod'

export function listOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((items, context) => {
    const read: T[] = []
    for (const one of items) {
      const { success, data } = item.safeParse(one)
      if (!success) {
        context.addIssue({ code: 'custom', message: 'holds what is none of these' })
        return z.NEVER
      }
      read.push(data)
    }
    return read
  })
}
