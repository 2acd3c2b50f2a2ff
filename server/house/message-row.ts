// How what was written to those who wait is read back, as part of a visit's row.
import { z } from 'zod'
import { type Message, readyMessages } from '../domain/visit/message-shape.ts'
import { text } from './row-parts.ts'

const at = text<Message['at']>()
const said = z.union([z.object({ reason: z.enum(readyMessages) }), z.object({ words: z.string() })])

export const MessageRow: z.ZodType<Message> = z.object({
  n: z.int(),
  to: text<Message['to']>(),
  by: text<Message['by']>(),
  at,
  says: said,
  shownAt: at.exactOptional(),
})
