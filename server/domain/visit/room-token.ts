// A Jitsi room token as header and claims: one person, one room, one end. Pure; what is signed with lies outside.
// Refuses, as a fault of ours, whatever must never be minted: nothing is guessed, no claim is left to a default, no wildcard.
import type { Instant, RoomName } from '../ids.ts'
import { earliest, latest, plus, secondsBetween } from '../instant.ts'

/** What a token may say a person may do. All of them stand in each token: what is not said would be offered to moderators. */
export const features = [
  ...(['recording', 'livestreaming', 'transcription', 'live-translation'] as const),
  ...(['outbound-call', 'inbound-call', 'sip-outbound-call', 'sip-inbound-call'] as const),
  ...(['send-groupchat', 'send-private-message', 'create-polls', 'file-upload', 'screen-sharing'] as const),
  'name-readonly',
] as const
export type Features = { readonly [Name in (typeof features)[number]]: boolean }

/** What a token says of a person in one room. Everyone in the room may see `user`: its `id` is opaque. */
export type RoomClaims = {
  readonly signing: { readonly alg: 'HS256' } | { readonly alg: 'RS256'; readonly kid: string }
  readonly issuer: string
  readonly audience: string
  /** Prosody's internal XMPP domain, or the tenant. */
  readonly subject: string
  readonly room: RoomName
  readonly user: {
    readonly id: string
    readonly name: string
    readonly moderator: boolean
    /** Past Jitsi's lobby; a moderator without it waits there like everybody. */
    readonly lobbyBypass: boolean
  }
  readonly features: Features
  readonly now: Instant
  readonly expiresAt: Instant
}

/** Seconds a token may last at most: it cannot be taken back. */
export const longestTokenSeconds = 4 * 3600
/** The Appointment's end and an hour more, so that a call can reconnect; an hour at least, four at most. */
export function tokenEnd(end: Instant, now: Instant): Instant {
  return earliest(latest(plus(end, 3600), plus(now, 3600)), plus(now, longestTokenSeconds))
}
/** Prosody knows no leeway, and its clock may be behind ours. */
const backdated = 30

/** What Prosody reads (jitsi-meet, token/util.lib.lua and luajwtjitsi.lib.lua); `test/sandbox/jitsi/tokens.test.ts` holds the table. */
export function roomTokenOf(claims: RoomClaims) {
  for (const fault of faultsOf(claims)) throw new Error(`no room token is minted ${fault}`)
  const { signing, issuer, audience, subject, room, user, now, expiresAt } = claims
  const { id, name, moderator, lobbyBypass } = user
  return {
    // Prosody refuses a token without `typ`, and jose sets none by itself.
    header:
      signing.alg === 'RS256' ? { alg: signing.alg, kid: signing.kid, typ: 'JWT' } : { alg: signing.alg, typ: 'JWT' },
    payload: {
      iss: issuer,
      aud: audience,
      sub: subject,
      room,
      nbf: seconds(now) - backdated,
      exp: seconds(expiresAt),
      context: { user: { id, name, moderator, lobby_bypass: lobbyBypass }, features: claims.features },
    },
  }
}

// Read as unknown: a cast somewhere above is no reason to sign. No value is repeated, since a name may stand in it.
function* faultsOf({ signing, issuer, audience, subject, room, user, features: given, now, expiresAt }: RoomClaims) {
  if (signing.alg !== 'HS256' && signing.alg !== 'RS256') yield 'with that algorithm'
  if (signing.alg === 'RS256' && !filled(signing.kid)) yield 'by RS256 without a kid'
  for (const [claim, value] of Object.entries({ issuer, audience, subject, id: user.id, name: user.name }))
    if (!filled(value)) yield `without its ${claim} as text`
  if (String(subject).includes('*')) yield 'for every domain'
  // Jitsi joins rooms in lower case; `*` would open them all.
  if (typeof room !== 'string' || !/^[a-z0-9-]+$/.test(room))
    yield 'for no room, for every room, or for one in capitals'
  // Prosody takes the text "true" for a moderator and not for the lobby.
  for (const [claim, value] of Object.entries({ moderator: user.moderator, lobbyBypass: user.lobbyBypass }))
    if (typeof value !== 'boolean') yield `whose ${claim} is no boolean`
  if (features.some((name) => typeof given[name] !== 'boolean')) yield 'whose features are not all said'
  if (Object.keys(given).length !== features.length) yield 'with a feature nobody knows'
  const lasts = secondsBetween(now, expiresAt)
  if (!(lasts > 0 && lasts <= longestTokenSeconds)) yield 'without an end within four hours'
}

const filled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const seconds = (at: Instant) => Math.floor(Date.parse(at) / 1000)
