// Jitsi, seen from here: signs room tokens by the organisation's secret or key, and asks whether a Jitsi answers.
// Refuses nothing itself: who may have a token is the visit's rule, and what a token is stands in domain/room-token.ts.
import { CompactSign, type CryptoKey, importJWK } from 'jose'
import type { Organisation } from '../config.ts'
import type { Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { roomTokenOf, type Seat } from '../domain/room-token.ts'

export type Jitsi = {
  mint(organisation: Organisation, seat: Omit<Seat, 'signing'>): Promise<string>
  /** Whether the Jitsi at this origin shows its script; an answer as old as `atMostOld` seconds (30 unless told) will do. */
  answers(origin: string, atMostOld?: number): Promise<boolean>
}

export function openJitsi(now: () => Instant): Jitsi {
  const keys = new WeakMap<Organisation, Promise<CryptoKey>>()
  const keyOf = (organisation: Organisation) => {
    const kept = keys.get(organisation) ?? imported(organisation.jitsiSigner)
    keys.set(organisation, kept)
    return kept
  }
  const heard = new Map<string, { readonly at: Instant; readonly answer: Promise<boolean> }>()
  return {
    async mint(organisation, seat) {
      const { jitsiSigner } = organisation
      const signing =
        jitsiSigner.alg === 'RS256'
          ? ({ alg: 'RS256', kid: jitsiSigner.key.kid } as const)
          : ({ alg: 'HS256' } as const)
      const { header, payload } = roomTokenOf({ ...seat, signing })
      return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader(header)
        .sign(await keyOf(organisation))
    },
    answers(origin, atMostOld = keptSeconds) {
      const before = heard.get(origin)
      if (before !== undefined && now() < plus(before.at, atMostOld)) return before.answer
      const answer = showsScript(origin)
      heard.set(origin, { at: now(), answer })
      return answer
    },
  }
}

const keptSeconds = 30
const patienceMs = 2_000

/** A browser's first request of a call, without anything of ours in it. A sign-in page in front of Jitsi is no script. */
async function showsScript(origin: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const init = { method: 'HEAD', credentials: 'omit', redirect: 'error', signal } as const
    const { ok, headers } = await fetch(`${origin}/external_api.js`, init)
    return ok && (headers.get('content-type') ?? '').includes('javascript')
  } catch {
    return false // No connection, or no answer in time: the visit is held elsewhere.
  }
}

// As a CryptoKey once, not as bytes at every token: signing is the hot path of a room token.
async function imported(signer: Organisation['jitsiSigner']): Promise<CryptoKey> {
  if (signer.alg === 'HS256')
    return crypto.subtle.importKey('raw', Uint8Array.from(signer.secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ])
  return (await importJWK({ ...signer.key }, 'RS256')) as CryptoKey // sound: an RSA key, as the settings checked
}
