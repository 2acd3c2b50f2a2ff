// Mints Jitsi's room tokens: one token, one room, one person. Refuses nothing itself: who may have one is the visit's rule.
// Shape and reasons: what Prosody checks (typ, iss, aud as text, sub, room in lower case, nbf and exp without leeway).
import { createHmac } from 'node:crypto'
import type { Organisation } from '../config.ts'
import type { Instant, RoomName } from '../domain/ids.ts'

export type Jitsi = { mint(organisation: Organisation, seat: Seat): string }

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
  return {
    mint({ jitsi, jitsiSecret }, { room, id, name, moderator, now, expiresAt }) {
      const user = { id, name, moderator, lobby_bypass: moderator }
      const claims = {
        ...{ room, context: { user, features }, iss: jitsi.issuer, aud: jitsi.audience, sub: jitsi.subject },
        ...{ nbf: seconds(now) - 30, exp: seconds(expiresAt) },
      }
      const signed = `${header}.${part(claims)}`
      // Not through WebCrypto, and so not through jose: its trip to a thread and back takes ten times as long as this HMAC.
      return `${signed}.${createHmac('sha256', jitsiSecret).update(signed).digest('base64url')}`
    },
  }
}

/** One part of a JWT (RFC 7519, 7.1). */
const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
const header = part({ alg: 'HS256', typ: 'JWT' }) // Prosody refuses a token without typ

const seconds = (at: Instant) => Math.floor(Date.parse(at) / 1000)
