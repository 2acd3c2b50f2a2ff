// What a Jitsi makes of tokens when they are shown at its door: of ours, and of those that nobody should be let in with.
// Each is for a room that no visit has and that is joined by nobody but the doctor, and ends within two minutes.

import { randomBytes } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose'
import { given } from '../server/domain/given.ts'
import type { RoomName } from '../server/domain/ids.ts'
import { instant } from '../server/domain/instant.ts'
import { featuresOf, rulesFor } from '../server/domain/visit/call.ts'
import { base32, rehearsalRoom, rehearsalSeconds } from '../server/domain/visit/room.ts'
import { openJitsi } from '../server/outside/jitsi/jitsi.ts'
import { type Config, jitsiKeysName, type Organisation, secretName } from '../server/settings/config.ts'
import type { JitsiServer } from '../server/settings/organisations.ts'
import { type Ask, about, type Finding, ofUs } from './finding.ts'
import { connect, type Shown } from './jitsi-line.ts'
import { settings } from './jitsi-settings.ts'
import type { World } from './request.ts'
import type { Server } from './xmpp.ts'

export type Keyring = {
  /** Where Jitsi asks the app before a room begins, the app says yes to this one. */
  readonly room: RoomName
  /** As the room of a visit that has ended: the app says yes to no such room. */
  readonly shut: RoomName
  /**
   * As the app mints them: a clinician's is a moderator's and passes Jitsi's lobby, a patient's does neither. One for every room the app mints
   * for nobody; the doctor's own is good for half a minute.
   */
  token(of: 'clinician' | 'patient' | 'everyRoom', from?: number): Promise<string>
}

const lasts = rehearsalSeconds * 1000
const hour = 3_600_000

type Settings = { readonly config: Pick<Config, 'roomKey'>; readonly organisation: Organisation }

/** Tokens for one room that nobody has used and nobody can guess, signed as the organisation's are. */
export function keyringFor(world: World, { config, organisation }: Settings, server: JitsiServer): Keyring {
  const jitsi = openJitsi(() => instant(world.now()))
  const room = rehearsalRoom(config.roomKey, organisation.id, instant(world.now()), randomBytes(5))
  const { issuer, audience, subject } = server
  return {
    room,
    shut: `doctor-${base32(randomBytes(20))}` as RoomName, // sound: of the letters that a room's name has
    async token(of, from = world.now()) {
      const moderator = of !== 'patient'
      const features = featuresOf(rulesFor(organisation.policies, { moderator, recordingAgreed: false }))
      const name = `Doctor's ${moderator ? 'clinician' : 'patient'}`
      const user = { id: base32(randomBytes(10)), name, moderator, lobbyBypass: moderator }
      const until = { now: instant(from), expiresAt: instant(from + (of === 'everyRoom' ? everyRoomLasts : lasts)) }
      const token = await jitsi.mint(organisation, { issuer, audience, subject, room, user, features, ...until })
      return of === 'everyRoom' ? forEveryRoom(organisation, token) : token
    },
  }
}

const everyRoomLasts = 30_000

/** The same token for no room of its own: what `roomTokenOf` refuses to make. */
async function forEveryRoom({ jitsiSigner }: Organisation, token: string): Promise<string> {
  const header = { ...decodeProtectedHeader(token), alg: jitsiSigner.alg }
  const key =
    jitsiSigner.alg === 'HS256' ? Uint8Array.from(jitsiSigner.secret) : await importJWK(jitsiSigner.key, 'RS256')
  return new SignJWT({ ...decodeJwt(token), room: '*' }).setProtectedHeader(header).sign(key)
}

/** Who must not be let in, and what each of them shows; `none` shows nothing. */
const strangers = ['none', 'forged', 'unsigned', 'over'] as const
type Stranger = (typeof strangers)[number]
const called: Readonly<Record<Stranger, string>> = {
  none: 'no token',
  forged: 'a forged token',
  unsigned: 'an unsigned token',
  over: 'a token that is over',
}

export type Refusals = {
  readonly finding: Finding
  /** Whether anybody is let in, whatever they show. */
  readonly open: boolean
  /** How far Prosody's clock is ahead of ours, in seconds, where its refusal tells. */
  readonly aheadSeconds?: number
}

/** Comes to the door as everyone who must not be let in, one after the other: Jitsi counts how often somebody comes. */
export async function turnedAway(world: World, server: Server, keys: Keyring, none: Shown): Promise<Refusals> {
  const shown: Record<string, Shown> = { none }
  const over = await keys.token('patient', world.now() - hour)
  const tokens = { ...forgeries(await keys.token('patient')), over }
  for (const [stranger, token] of Object.entries(tokens)) {
    const came = await connect(world, server, { token, room: keys.room })
    if (came.came === 'in') await came.line.leave()
    shown[stranger] = came
  }
  const which = (came: Shown['came']) => strangers.filter((one) => shown[one]?.came === came)
  const ahead = aheadBy(shown.over, over)
  return {
    finding: verdict(which('in'), which('unheard')),
    open: which('in').includes('forged'),
    ...given({ aheadSeconds: ahead }),
  }
}

const base64url = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64url')

/** The same claims, signed by nobody, or said to need no signature (RFC 8725, 2.1). */
function forgeries(token: string) {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const length = Buffer.from(signature, 'base64url').length
  return {
    forged: `${header}.${claims}.${base64url(randomBytes(length))}`,
    unsigned: `${base64url(JSON.stringify({ alg: 'none', typ: 'JWT' }))}.${claims}.`,
  }
}

function verdict(taken: readonly Stranger[], unheard: readonly Stranger[]): Finding {
  const { ok, failed, unchecked } = about('jitsi-strangers', 'its door, with tokens that are not good, and with none')
  const words = (of: readonly Stranger[]) => of.map((one) => called[one]).join(', ')
  if (taken.length > 0)
    return failed(`Anybody may come in, and listen: it takes ${words(taken)}.`, {
      ask: ofUs(`Let nobody in without a good token: ${settings}.`),
      details: taken,
    })
  if (unheard.length > 0) return unchecked(`It gives no answer to ${words(unheard)}.`)
  return ok('It turns away who has no token, a forged one, an unsigned one, or one that is over.')
}

/** "Not acceptable by exp (3480 sec since expired)": newer ones count the seconds by their own clock. */
function aheadBy(shown: Shown | undefined, token: string): number | undefined {
  const since = shown?.came === 'refused' ? /by exp \((\d+)(?:\.\d+)? sec since/.exec(shown.text)?.[1] : undefined
  if (since === undefined || shown?.came !== 'refused') return undefined
  return Math.round(endOf(token) + Number(since) - shown.at / 1000)
}

/** In seconds since 1970, as the token itself has it. */
const endOf = (token: string): number => decodeJwt(token).exp ?? Number.NaN

/** What came of ours; `line` stays open, for what there is to ask. */
export function ours(shown: Shown, organisation: Organisation, server: JitsiServer, open: boolean): Finding {
  const { ok, failed, unchecked } = about('jitsi-tokens', 'its door, with a token of ours')
  if (shown.came === 'in' && open) return unchecked('It lets everybody in: whether it reads our tokens is not told.')
  if (shown.came === 'in') return ok('It takes our tokens.')
  if (shown.came === 'refused') {
    const [means, ask] = refusalOf(shown.text, organisation, server)
    return failed(`It refuses our tokens: ${means}.`, { ask })
  }
  return failed('It gives no answer to our tokens, though it turns others away.', {
    ask: ofUs(keyless(organisation)),
  })
}

const keyless = ({ jitsiSigner: signer }: Organisation) =>
  signer.alg === 'RS256'
    ? `See that Prosody can fetch our key ${signer.key.kid}: cache_keys_url or JWT_ASAP_KEYSERVER, and its log.`
    : "See Prosody's log."

/** Prosody's own words (token/util.lib.lua, luajwtjitsi.lib.lua) in ours; others are not repeated, since they are not known. */
function refusalOf(
  text: string,
  organisation: Organisation,
  { issuer, audience }: JitsiServer,
): readonly [string, Ask] {
  const { id, jitsiSigner: signer } = organisation
  const variable = signer.alg === 'RS256' ? jitsiKeysName(id) : secretName(id)
  const rows: readonly (readonly [said: RegExp, means: string, ask: string])[] = [
    [/signature$/i, 'they are signed with another secret or key', sameSecret(variable, signer.alg)],
    [
      /'iss'/,
      'it accepts another issuer',
      `Set JWT_ACCEPTED_ISSUERS (and JWT_APP_ID) to ${issuer}, or "jitsi.issuer" to its own.`,
    ],
    [
      /'aud'/,
      'it accepts another audience',
      `Set JWT_ACCEPTED_AUDIENCES to ${audience}, or "jitsi.audience" to its own.`,
    ],
    [
      /'?kid|\balg\b|typ$|Invalid token/,
      `it does not take ${signer.alg}`,
      `Set "jitsi.signing" to how Prosody reads tokens: a secret is HS256, a key server RS256.`,
    ],
    [/public key|verification key/, 'it finds no key for them', keyless(organisation)],
    [/by nbf/, 'by its clock they are not good yet', ntp],
    [/by exp/, 'by its clock they are over', ntp],
    [/token required/, 'it did not see them', 'Let the proxy in front of Jitsi pass on the query of /xmpp-websocket.'],
  ]
  const found = rows.find(([said]) => said.test(text))
  return found === undefined ? ['it does not say why', ofUs("See Prosody's log.")] : [found[1], ofUs(found[2])]
}

const ntp = 'Let this machine and the one with Jitsi both keep their time by NTP.'
const sameSecret = (variable: string, alg: string) =>
  alg === 'RS256'
    ? `See that the keys Prosody fetches are those of ${variable}.`
    : `Make JWT_APP_SECRET at Jitsi what ${variable} is here.`
