// What came of a message to a patient, by mail. Refuses nothing.
import { notTaken } from '../webhook/outbox.ts'

/**
 * Why it was not taken: `turned-down` for good by whom it is for or by their server; `busy` for now. `login`: our user or password. `no-tls`: the
 * server would take it in the clear alone. `no-address`: the record has none. The others as of a webhook.
 */
export const notSent = [...notTaken, 'turned-down', 'login', 'no-tls', 'no-address'] as const
export type NotSent = (typeof notSent)[number]

/** `status`: as the server's protocol has it. */
export type NoticeSent =
  | { readonly is: 'taken'; readonly status?: number }
  | { readonly is: 'not-taken'; readonly why: NotSent; readonly status?: number; readonly retryAfter?: number }
