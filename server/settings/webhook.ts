// What the settings say of an organisation's webhook: where it is told what happens in its visits, of what, and by which secrets that is signed.
// Refuses an address within a network, any that is not https, and a secret that is none (Standard Webhooks 1.0.0); never repeats a secret.
import { z } from 'zod'
import { given } from '../domain/given.ts'
import { webhookEventTypes } from '../domain/webhook/event-types.ts'
import { addressIn, isLoopbackAddress, isPublicAddress } from './addresses.ts'
import { always } from './issuer-row.ts'
import type { AskSetting } from './problems.ts'

export type Webhook = z.infer<typeof WebhookRow> & {
  /** The first signs and so do the others, while receivers go from one to the next. */
  readonly secrets: readonly Uint8Array[]
}

const isLocalName = (url: URL) => /(^|\.)localhost\.?$/.test(url.hostname)
/** Names that mean something within a network alone (RFC 6762, RFC 8375, ICANN's "internal"); a bare word is completed by the machine's resolver. */
const isInnerName = ({ hostname }: URL) =>
  /\.(local|internal|home\.arpa|lan|intranet)\.?$/.test(hostname) || !hostname.replace(/\.$/, '').includes('.')

export const WebhookRow = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, abort: true }).refine(
      (url) => {
        const { username, password, hash } = new URL(url)
        return username === '' && password === '' && hash === ''
      },
      { message: 'must have no user, no password and nothing after a #' },
    ),
    /** Which events are sent; all unless told. */
    events: z.array(z.enum(webhookEventTypes)).min(1).exactOptional(),
    /** Whether each event says which Appointment it is about. */
    appointment: z.boolean().default(false),
    /** For a trial on one machine: the address is of this machine, and may be http. */
    loopback: z.literal(true).exactOptional(),
  })
  .superRefine((row, context) => {
    // Looked at whatever else is wrong: all of it is said in one round.
    if (typeof row?.url !== 'string' || !URL.canParse(row.url)) return
    const wrong = wrongWith(new URL(row.url), row.loopback === true)
    if (wrong !== undefined) context.addIssue({ code: 'custom', path: ['url'], message: wrong })
  }, always)

function wrongWith(url: URL, loopback: boolean): string | undefined {
  const address = addressIn(url)
  const isHere = address === undefined ? isLocalName(url) : isLoopbackAddress(address)
  if (loopback)
    return isHere ? undefined : 'must be of this machine, since "loopback" is true; take that out for any other'
  if (url.protocol !== 'https:') return 'must be https'
  if (isHere) return 'is of this machine itself; for a trial on one machine set "loopback": true beside it'
  const isInside = address === undefined ? isInnerName(url) : !isPublicAddress(address)
  return isInside
    ? 'is within a network: give a name and an address that are reached from the internet, such as https://hooks.example.org/visits'
    : undefined
}

const [leastBytes, mostBytes, mostSecrets] = [24, 64, 5]
const secretShape = `must be whsec_ and base64 of ${leastBytes} to ${mostBytes} random bytes; several with commas between while you change it, ${mostSecrets} at most`

/** As the standard shows them: the base64 is of RFC 4648, 4, with or without its `=`. */
export const WebhookSecrets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.length <= mostSecrets && parts.every(isWebhookSecret), { message: secretShape, abort: true })
  .refine((parts) => new Set(parts).size === parts.length, { message: 'holds one secret twice' })
  .transform((parts) => parts.map(bytesOf))

const bytesOf = (secret: string): Uint8Array => new Uint8Array(Buffer.from(secret.slice('whsec_'.length), 'base64'))

function isWebhookSecret(secret: string): boolean {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return false
  const bytes = bytesOf(secret)
  const isWhole =
    Buffer.from(bytes).toString('base64').replaceAll('=', '') === secret.slice('whsec_'.length).replaceAll('=', '')
  return isWhole && bytes.length >= leastBytes && bytes.length <= mostBytes
}

/** `name`: of the variable with its secrets, which is not read where there is no webhook. */
export function webhookOf(
  ask: AskSetting,
  name: string,
  webhook: z.infer<typeof WebhookRow> | undefined,
): { webhook?: Webhook } {
  const secrets = webhook && ask(name, WebhookSecrets)
  return given({ webhook: webhook && { ...webhook, secrets: secrets ?? [] } })
}
