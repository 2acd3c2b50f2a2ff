// Signs what is told to the outside (Standard Webhooks 1.0.0, "Signature scheme"): HMAC-SHA256 over `id.timestamp.body`, the very bytes sent.
import { createHmac } from 'node:crypto'

/** `timestamp` in whole seconds since 1970. With several secrets there are several signatures, and a receiver needs one of them. */
export const signedHeaders = (
  secrets: readonly Uint8Array[],
  { id, body }: { readonly id: string; readonly body: string },
  timestamp: number,
): Readonly<Record<string, string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': secrets.map((secret) => `v1,${hmac(secret, `${id}.${timestamp}.${body}`)}`).join(' '),
})

const hmac = (secret: Uint8Array, text: string) => createHmac('sha256', secret).update(text).digest('base64')
