// Jitsi, seen from here: signs room tokens by the organisation's secret or key, and asks whether a Jitsi answers.
// Who may have a token is the visit's rule, and what a token is stands in domain/visit/room-token.ts.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { CompactSign, type CryptoKey, importJWK } from 'jose'
import type { Instant } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'
import { type RoomClaims, roomTokenOf } from '../../domain/visit/room-token.ts'
import type { Organisation } from '../../settings/config.ts'
import { type Answered, ask } from '../ask.ts'

export type Jitsi = {
  mint(organisation: Organisation, claims: Omit<RoomClaims, 'signing'>): Promise<string>
  /** Whether the Jitsi at this origin shows its script, and has its rooms behind it; an answer as old as `atMostOld` seconds (30 unless told) will do. */
  answers(origin: string, atMostOld?: number): Promise<boolean>
}

export function openJitsi(now: () => Instant): Jitsi {
  const signers = new WeakMap<Organisation, Sign>()
  const signerOf = (organisation: Organisation) => {
    const kept = signers.get(organisation) ?? signing(organisation.jitsiSigner)
    signers.set(organisation, kept)
    return kept
  }
  const heard = new Map<string, { readonly at: Instant; readonly answer: Promise<boolean> }>()
  return {
    async mint(organisation, claims) {
      const { jitsiSigner } = organisation
      const by =
        jitsiSigner.alg === 'RS256'
          ? ({ alg: 'RS256', kid: jitsiSigner.key.kid } as const)
          : ({ alg: 'HS256' } as const)
      return signerOf(organisation)(roomTokenOf({ ...claims, signing: by }))
    },
    answers(origin, atMostOld = keptSeconds) {
      const before = heard.get(origin)
      if (before !== undefined && now() < plus(before.at, atMostOld)) return before.answer
      const answer = Promise.all([showsScript(origin), hasRooms(origin)]).then((both) => both.every(Boolean))
      heard.set(origin, { at: now(), answer })
      return answer
    },
  }
}

const keptSeconds = 30
const patienceMs = 2_000

/** A browser's first request of a call. A sign-in page in front of Jitsi is no script. */
async function showsScript(origin: string): Promise<boolean> {
  const answered = await asked(`${origin}/external_api.js`, 'HEAD')
  return answered?.status === 200 && (answered.headers.get('content-type') ?? '').includes('javascript')
}

/** Without an upgrade Prosody answers with a page, or that it wants one; the web server in front of a Prosody that is away, with 502 to 504. */
async function hasRooms(origin: string): Promise<boolean> {
  const { status = 0 } = (await asked(`${origin}/xmpp-websocket`, 'GET')) ?? {}
  return status === 200 || (status >= 400 && status < 500)
}

/** Without anything of ours in it; undefined without a connection, or an answer in time: the visit is held elsewhere. */
const asked = (url: string, method: 'GET' | 'HEAD'): Promise<Answered | undefined> =>
  ask(url, { method, mostBytes: 0, timeoutMs: patienceMs }).catch(() => undefined)

type Sign = (token: ReturnType<typeof roomTokenOf>) => Promise<string>

// Keys are read once, not at every token: signing is the hot path of one.
function signing(signer: Organisation['jitsiSigner']): Sign {
  if (signer.alg === 'HS256') return bySecret(createSecretKey(signer.secret))
  const key = importJWK({ ...signer.key }, 'RS256') as Promise<CryptoKey> // sound: an RSA key, as the settings checked
  return async ({ header, payload }) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload))).setProtectedHeader(header).sign(await key)
}

/**
 * A JWS in its compact form (RFC 7515, 7.1). An HMAC of a few hundred bytes takes microseconds; handed to another thread, as WebCrypto does it
 * (and an RSA key needs it, which takes a thousand times as long), it costs several times that on the way there and back.
 */
function bySecret(secret: KeyObject): Sign {
  return async ({ header, payload }) => {
    const input = `${part(header)}.${part(payload)}`
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
  }
}

const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
