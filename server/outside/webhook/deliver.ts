// Sends one event to an organisation's webhook, once, and says what came of it. Taken is what is answered 2xx within fifteen seconds, and nothing
// else: nobody is followed. Refuses to connect to any address within a network, whatever its name says at that moment.
import { given } from '../../domain/given.ts'
import type { Instant } from '../../domain/ids.ts'
import { retryAfter } from '../../domain/note/ehr-refusal.ts'
import type { NotTaken, Outgoing, Sent } from '../../domain/webhook/outbox.ts'
import { isLoopbackAddress, isPublicAddress } from '../../settings/addresses.ts'
import type { Webhook } from '../../settings/webhook.ts'
import { ask } from '../ask.ts'
import { InsideAddress, type NameLookUp, type Reach } from '../pinned.ts'
import { signedHeaders } from './signature.ts'

/** What of an answer is read: its status says all. */
const mostBytes = 1_000
const timeoutMs = 15_000

/** Where a webhook may lead: anywhere but inside; for a trial, this machine and nothing else. */
export const reachOf = ({ loopback }: Pick<Webhook, 'loopback'>, lookUp?: NameLookUp): Reach => ({
  open: loopback === true ? isLoopbackAddress : isPublicAddress,
  ...given({ lookUp }),
})

/** `now`: the time that the signature says. */
export async function deliver(
  webhook: Webhook,
  event: Pick<Outgoing, 'id' | 'body'>,
  now: Instant,
  lookUp?: NameLookUp,
): Promise<Sent> {
  const timestamp = Math.floor(Date.parse(now) / 1000)
  const headers = {
    ...{ 'content-type': 'application/json', accept: '*/*', 'user-agent': 'Housecall' },
    ...signedHeaders(webhook.secrets, event, timestamp),
  }
  const question = {
    method: 'POST',
    headers,
    body: event.body,
    mostBytes,
    timeoutMs,
    reach: reachOf(webhook, lookUp),
  } as const
  try {
    const answered = await ask(webhook.url, question)
    return sentBy(answered.status, retryAfter(answered.headers.get('retry-after'), Date.parse(now)))
  } catch (cause) {
    return { is: 'not-taken', why: whyNot(cause) }
  }
}

function sentBy(status: number, seconds: number | undefined): Sent {
  if (status >= 200 && status < 300) return { is: 'taken', status }
  const why = whyByStatus[status] ?? (status >= 300 && status < 400 ? 'redirected' : 'refused')
  // Only who is busy is believed: 410 wants no more at all, and others rest as long as the schedule says.
  return { is: 'not-taken', why, status, ...given({ retryAfter: why === 'busy' ? seconds : undefined }) }
}

/** Standard Webhooks 1.0.0, "Responding to webhooks". */
const whyByStatus: Readonly<Record<number, NotTaken>> = {
  410: 'gone',
  429: 'busy',
  502: 'busy',
  503: 'busy',
  504: 'busy',
}

const whyByCode: Readonly<Record<string, NotTaken>> = {
  ...{ ECONNREFUSED: 'no-answer', EHOSTUNREACH: 'no-answer', ENETUNREACH: 'no-answer', ETIMEDOUT: 'no-answer' },
  ...{ ENOTFOUND: 'unknown-host', EAI_AGAIN: 'unknown-host' },
}

function whyNot(cause: unknown): NotTaken {
  if (cause instanceof InsideAddress) return 'inside'
  if (!(cause instanceof Error)) return 'cut'
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'too-slow'
  const code = codeOf(cause)
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH/.test(code)) return 'certificate'
  return whyByCode[code] ?? 'cut'
}

/** Where several addresses were tried, that of the first. */
function codeOf(cause: Error): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : undefined
  if (first instanceof Error) return codeOf(first)
  return 'code' in cause ? String(cause.code) : ''
}
