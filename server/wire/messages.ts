// What crosses the wire of what a clinician writes to somebody who waits. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { Instant } from '../domain/ids.ts'
import { type MessageText, readyMessages } from '../domain/visit/message-shape.ts'
import { personAtDoor, whyOf } from './door-parts.ts'

/** To one person who waits; `says` as their own page says it: one of the ready sentences, or one line of the clinician's own words. */
export const SendMessage = z.strictObject({ ...personAtDoor, says: whyOf(readyMessages) })
/** A page shows all that was written to its person, up to this one. */
export const MessagesShown = z.strictObject({ upTo: z.int().min(1).max(1_000_000) })
export type SendMessage = z.infer<typeof SendMessage>
export type MessagesShown = z.infer<typeof MessagesShown>

/** `n` counts a visit's messages. */
export type MessageToYou = { readonly n: number; readonly at: Instant; readonly says: MessageText }
/** As a clinician sees it. `shownAt`: when the person's page said that it shows it; absent until it did. */
export type SentMessage = Omit<MessageToYou, 'n'> & { readonly shownAt?: Instant }
export type { MessageText }
