// Mints Jitsi's room tokens: one token, one room, one person. Refuses nothing itself: who may have one is the visit's rule.
// Shape and reasons: what Prosody checks (typ, iss, aud as text, sub, room in lower case, nbf and exp without leeway).
import { CompactSign, type CryptoKey } from 'jose'
import type { Organisation } from '../config.ts'
import type { Instant, RoomName } from '../domain/ids.ts'

export type Jitsi = { mint(organisation: Organisation, seat: Seat): Promise<string> }

/** A person's place in one room. `id` is opaque: everyone in the room may see it. */
export type Seat = {
  readonly room: RoomName
  readonly id: string
  readonly name: string
  readonly moderator: boolean
  readonly now: Instant
  readonly expiresAt: Instant
}

// Always explicit: without `features` a moderator is told that recording and the like are allowed.
const features = {
  recording: false,
  livestreaming: false,
  transcription: false,
  'outbound-call': false,
  'send-groupchat': true,
  'name-readonly': true,
}

export function openJitsi(): Jitsi {
  const keys = new WeakMap<Organisation, Promise<CryptoKey>>()
  const keyOf = (organisation: Organisation) => {
    const kept = keys.get(organisation) ?? imported(organisation.jitsiSecret)
    keys.set(organisation, kept)
    return kept
  }
  return {
    async mint(organisation, { room, id, name, moderator, now, expiresAt }) {
      const user = { id, name, moderator, lobby_bypass: moderator }
      const { issuer, audience, subject } = organisation.jitsi
      const claims = {
        ...{ room, context: { user, features }, iss: issuer, aud: audience, sub: subject },
        ...{ nbf: seconds(now) - 30, exp: seconds(expiresAt) },
      }
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' }) // Prosody refuses a token without typ
        .sign(await keyOf(organisation))
    },
  }
}

const seconds = (at: Instant) => Math.floor(Date.parse(at) / 1000)

// As a CryptoKey once, not as bytes at every token: signing is the hot path of a room token.
function imported(secret: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}
