// What the doctor says of a Jitsi behind its door: whom it takes, who is moderator there, who waits, and which relays let people in.
import { createPublicKey } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { breaksVisits, type Finding, type Report, reportOf } from '../../doctor/finding.ts'
import { examineJitsis } from '../../doctor/jitsi.ts'
import { reached, type Tried } from '../../doctor/jitsi-relay.ts'
import { certificate } from '../../sandbox/certificate.ts'
import type { Realm } from '../../sandbox/jitsi/token.ts'
import { keyPair } from '../../sandbox/key-pair.ts'
import type { Instant, RoomName } from '../../server/domain/ids.ts'
import { isRehearsalRoom } from '../../server/domain/visit/room.ts'
import { type Config, type Organisation, readConfig } from '../../server/settings/config.ts'
import { JitsiKeys } from '../../server/settings/variables.ts'
import { openClinic, secrets } from './clinic.ts'
import { found, worldOf } from './doctor.ts'
import { pages, startRealm } from './prosody.ts'
import type { Modules } from './prosody-rooms.ts'
import { startRelay } from './relay.ts'

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

const secret = secrets.HOUSECALL_JITSI_SECRET_RIVERSIDE
const realm: Realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', now: Date.now, secret }

let clinic: { readonly config: Config; readonly organisation: Organisation; close(): Promise<void> }
beforeAll(async () => {
  const { env, close } = await openClinic()
  const config = readConfig(env)
  const [organisation] = config.organisations
  if (organisation === undefined) throw new Error('the settings have an organisation')
  clinic = { config, organisation, close }
})
afterAll(() => clinic.close())

type On = {
  readonly tenant?: string
  readonly subject?: string
  readonly breakoutRooms?: boolean
  readonly script?: ReturnType<typeof pages>
  readonly world?: ReturnType<typeof worldOf>
  readonly signer?: Organisation['jitsiSigner']
}

/** The report on the clinic's Jitsi, set like this. */
async function reportOn(
  set: Partial<Modules> = {},
  { tenant = '', subject = 'meet.jitsi', breakoutRooms = false, script = pages(), world = worldOf(), signer }: On = {},
) {
  const { config, organisation } = clinic
  const inside = await startRealm({ realm, ...set }, script)
  open.push(inside)
  const servers = [
    {
      origin: inside.origin,
      issuer: 'housecall',
      audience: 'jitsi',
      subject: tenant || subject,
      ...(tenant && { tenant }),
    },
  ]
  const parts = await examineJitsis(world, config, {
    ...organisation,
    jitsiSigner: signer ?? organisation.jitsiSigner,
    jitsi: { ...organisation.jitsi, servers },
    policies: { ...organisation.policies, breakoutRooms },
  })
  return { report: reportOf('riverside', '', parts), inside, world }
}

const of = (report: Report): readonly Finding[] => report.parts.find(({ kind }) => kind === 'jitsi')?.findings ?? []
const results = (report: Report, ...ids: readonly string[]) => ids.map((id) => found(report, id).result)

describe('a Jitsi that is set as a clinic’s must be', () => {
  test('takes our tokens and no others, lets patients wait and clinicians in, and is left empty', async () => {
    const { report, inside } = await reportOn()

    expect(of(report).filter(breaksVisits)).toEqual([])
    expect(of(report).flatMap(({ id, result }) => (result === 'ok' ? [id] : []))).toEqual([
      ...['jitsi', 'jitsi-clock', 'jitsi-signalling', 'jitsi-frames', 'jitsi-domain', 'jitsi-sign-in', 'jitsi-xmpp'],
      ...['jitsi-strangers', 'jitsi-tokens', 'jitsi-rooms', 'jitsi-moderators', 'jitsi-lobby'],
      ...['jitsi-identities', 'jitsi-bridge', 'jitsi-names', 'jitsi-recording', 'jitsi-telephone', 'jitsi-wildcard'],
      'jitsi-breakout',
    ])
    expect(found(report, 'jitsi-moderators').means).toBe('Clinicians are moderators, patients are not.')
    expect(found(report, 'jitsi-lobby').means).toMatch(/^Patients wait in Jitsi's lobby too, until/)
    expect([inside.faults, inside.people()]).toEqual([[], 0])
  })

  test('is shown tokens for one room of nobody’s, good for two minutes, which stand in no line of the doctor’s', async () => {
    const { report, inside, world } = await reportOn()

    const shown = inside.tokens.filter((token) => token !== '')
    const claims = shown.map((token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
    expect(shown.length).toBe(6)
    // One is for every room, and ends before the others: nothing else mints such a token.
    const [every, ...more] = claims.filter(({ room }) => room === '*')
    expect([every.exp - every.nbf, more.length]).toEqual([60, 0])
    claims.splice(claims.indexOf(every), 1)
    expect(new Set(claims.map(({ room }) => room)).size).toBe(1)
    expect(claims[0].room).toMatch(/^doctor-[a-z0-9]{6}[a-z2-7]{8}-[a-z2-7]{32}$/)
    expect(claims.map(({ exp, nbf }) => exp - nbf)).toEqual([150, 150, 150, 150, 150])
    const printed = JSON.stringify(report) + world.lines.join('\n')
    for (const token of shown)
      for (const part of token.split('.').slice(1)) if (part) expect(printed).not.toContain(part)
  })
})

test('a tenant of a Jitsi that several share has a way in and rooms of its own', async () => {
  const { report, inside } = await reportOn({}, { tenant: 'clinic1' })

  expect(results(report, 'jitsi-tokens', 'jitsi-rooms', 'jitsi-moderators', 'jitsi-lobby')).toEqual(Array(4).fill('ok'))
  expect(new Set(inside.paths)).toEqual(new Set(['/xmpp-websocket', '/clinic1/xmpp-websocket']))
})

describe('a Jitsi that lets in whom it must not', () => {
  test.each<[takes: 'no-token' | 'anybody', details: readonly string[]]>([
    ['no-token', ['none']],
    ['anybody', ['none', 'forged', 'unsigned', 'over']],
  ])('%s: no visit is held there', async (takes, details) => {
    const { report } = await reportOn({ takes })

    expect(found(report, 'jitsi-strangers')).toMatchObject({ result: 'failed', essential: true, details })
    expect(found(report, 'jitsi-strangers').ask?.text).toMatch(/ENABLE_AUTH=1 .*JWT_ALLOW_EMPTY=0/)
    expect(found(report, 'jitsi-tokens').result).toBe(takes === 'anybody' ? 'not-checked' : 'ok')
    expect(report.visits).toBe('would-not-work')
  })
})

describe('a Jitsi that refuses our tokens', () => {
  test.each<[what: string, other: object, means: RegExp, ask: RegExp]>([
    [
      'another secret',
      { secret: 'another-secret-another-secret-another' },
      /another secret or key/,
      /HOUSECALL_JITSI_SECRET_RIVERSIDE/,
    ],
    ['a key server', { keys: { by: 'jwks', keyOf: () => undefined } }, /does not take HS256/, /"jitsi\.signing"/],
    ['another issuer', { issuer: 'other' }, /another issuer/, /JWT_ACCEPTED_ISSUERS .*housecall/],
    ['another audience', { audience: 'other' }, /another audience/, /JWT_ACCEPTED_AUDIENCES to jitsi/],
    ['a clock that is behind', { now: () => Date.now() - 60_000 }, /not good yet/, /NTP/],
    ['a clock that is ahead', { now: () => Date.now() + 600_000 }, /they are over/, /NTP/],
  ])('for %s: says so, and asks nothing more', async (_, other, means, ask) => {
    const { report, inside } = await reportOn({ realm: { ...realm, ...other } as Realm }) // sound: a secret stays a secret

    expect(found(report, 'jitsi-tokens')).toMatchObject({ result: 'failed', means: expect.stringMatching(means) })
    expect(found(report, 'jitsi-tokens').ask?.text).toMatch(ask)
    expect(results(report, 'jitsi-moderators', 'jitsi-lobby', 'jitsi-turn')).toEqual(Array(3).fill('not-checked'))
    expect(inside.heard).not.toContain('presence')
  })

  test('for the sub in them: it lets them in, and opens no room', async () => {
    const { report } = await reportOn({}, { subject: 'elsewhere.example' })

    expect(found(report, 'jitsi-rooms')).toMatchObject({
      result: 'failed',
      means: 'Our tokens open no room: Prosody wants another sub in them.',
      ask: { text: expect.stringContaining('"jitsi.subject"') },
    })
  })
})

test.each<[behind: number, result: string, means: RegExp]>([
  [20, 'warning', /20 s behind ours/],
  [-20, 'warning', /20 s ahead of ours/],
  [40, 'failed', /40 s behind ours: it would refuse our tokens/],
])('Prosody’s own clock counts, not that of the proxy before it: %i s behind', async (behind, result, means) => {
  const { report } = await reportOn({ realm: { ...realm, now: () => Date.now() - behind * 1000 } })

  const clock = found(report, 'jitsi-clock')
  expect([clock.result, clock.asked]).toEqual([result, 'since when Prosody takes a token to be over'])
  expect(clock.means.replaceAll(/(19|21|39|41)(?= s)/g, (s) => `${s === '19' || s === '21' ? 20 : 40}`)).toMatch(means)
})

describe('who is what in a room', () => {
  test.each<[what: string, set: Partial<Modules>, means: string]>([
    [
      'jicofo makes owners of all who come',
      { jicofo: 'makes-owners' },
      'Every participant is a moderator: patients could mute, remove and let in.',
    ],
    [
      'and nobody waits',
      { jicofo: 'makes-owners', lobby: false },
      'Every participant is a moderator: patients could mute, remove and let in.',
    ],
    [
      'jicofo has a sign-in',
      { jicofo: 'with-sign-in' },
      'Jicofo has its own sign-in: it makes every participant a moderator.',
    ],
    [
      'token_affiliation is not loaded',
      { affiliation: false },
      'Clinicians are no moderators: they can let nobody in.',
    ],
  ])('%s: no visit is held there', async (_, set, means) => {
    const { report, inside } = await reportOn(set)

    expect(found(report, 'jitsi-moderators')).toMatchObject({ result: 'failed', essential: true, means })
    expect(found(report, 'jitsi-moderators').ask?.text).toMatch(
      /JICOFO_ENABLE_AUTH=0, ENABLE_AUTO_OWNER=0, and token_affiliation/,
    )
    expect(inside.people()).toBe(0)
  })

  test('without a lobby a token is all it takes, which is a warning: our own door stands before it', async () => {
    const { report } = await reportOn({ lobby: false })

    expect(found(report, 'jitsi-lobby')).toMatchObject({
      ...{ result: 'warning', means: "Nobody waits in Jitsi's lobby: a token is all it takes." },
      ask: { text: expect.stringContaining('lobby_autostart') },
    })
    expect(found(report, 'jitsi-moderators').result).toBe('ok')
  })

  test('a clinician who waits in the lobby herself waits for ever', async () => {
    const { report } = await reportOn({ bypass: false })

    expect(found(report, 'jitsi-lobby')).toMatchObject({ result: 'failed', essential: true })
    expect(found(report, 'jitsi-lobby').ask?.text).toMatch(/token_lobby_bypass/)
    expect(found(report, 'jitsi-moderators').result).toBe('not-checked')
  })

  test('without presence_identity a visit works, and people are known by their names alone', async () => {
    const { report } = await reportOn({ identity: false })

    expect(found(report, 'jitsi-identities')).toMatchObject({
      ...{ result: 'missing', essential: false, means: 'Its rooms tell people apart by their names alone.' },
      ask: { of: 'us', text: 'Add presence_identity to XMPP_MODULES.' },
    })
    expect(of(report).filter(breaksVisits)).toEqual([])
  })

  test.each<[allowed: boolean, has: boolean, result: string]>([
    [true, true, 'ok'],
    [true, false, 'missing'],
    [false, true, 'warning'],
  ])('breakout rooms, allowed: %s, there: %s: %s', async (allowed, breakout, result) => {
    const { report } = await reportOn({ breakout }, { breakoutRooms: allowed })

    expect(found(report, 'jitsi-breakout').result).toBe(result)
  })
})

describe('what a clinic’s Jitsi must do or refuse', () => {
  const tried = ['jitsi-bridge', 'jitsi-names', 'jitsi-recording', 'jitsi-telephone', 'jitsi-wildcard']

  test.each<[what: string, set: Partial<Modules>, id: string, means: RegExp, ask: RegExp]>([
    ['no videobridge', { bridge: 'away' }, 'jitsi-bridge', /jicofo has no videobridge/, /JVB_AUTH_PASSWORD/],
    [
      'names that can be changed',
      { without: ['muc_displayname'] },
      'jitsi-names',
      /take another's name/,
      /muc_displayname to XMPP_MUC_MODULES/,
    ],
    [
      'recordings for whoever moderates',
      { without: ['filter_iq_jibri'] },
      'jitsi-recording',
      /record a call, whatever the token says/,
      /filter_iq_jibri to XMPP_MODULES/,
    ],
    [
      'telephones for whoever moderates',
      { without: ['filter_iq_rayo'] },
      'jitsi-telephone',
      /a telephone, whatever the token says/,
      /filter_iq_rayo to XMPP_MODULES/,
    ],
    [
      'rooms that a token for every room opens',
      { without: ['token_no_wildcard'] },
      'jitsi-wildcard',
      /A token for every room would open them all/,
      /token_no_wildcard to XMPP_MUC_MODULES/,
    ],
  ])('%s: it is told, and nothing else is', async (_, set, id, means, ask) => {
    const { report, inside } = await reportOn(set)

    expect(found(report, id)).toMatchObject({
      ...{ result: 'failed', essential: true, means: expect.stringMatching(means) },
      ask: { of: 'us', text: expect.stringMatching(ask) },
    })
    expect(report.visits).toBe('would-not-work')
    expect(results(report, ...tried.filter((one) => one !== id))).toEqual(Array(4).fill('ok'))
    expect([inside.faults, inside.people()]).toEqual([[], 0])
  })

  test('a videobridge of which nobody says anything is waited for, and then none', async () => {
    const { report } = await reportOn({ bridge: 'silent' }, { world: worldOf({ timeoutMs: 3_000 }) })

    expect(found(report, 'jitsi-bridge')).toMatchObject({
      ...{ result: 'failed', means: 'No call begins: jicofo gives nobody a videobridge within 6 s.' },
    })
    expect(report.visits).toBe('would-not-work')
  })

  test('is tried with a key as with a secret', async () => {
    const { privateKey, publicKey } = keyPair('RS256')
    const jwk = { ...privateKey, kid: 'ours', alg: 'RS256' }
    const [key] = JitsiKeys.parse({ keys: [jwk] }).keys
    if (key === undefined) throw new Error('there is one')
    const { issuer, audience, domain, now } = realm
    const keyed: Realm = {
      issuer,
      audience,
      domain,
      now,
      keys: { by: 'jwks', keyOf: () => createPublicKey({ key: { ...publicKey }, format: 'jwk' }) },
    }

    const { report } = await reportOn({ realm: keyed }, { signer: { alg: 'RS256', key } })

    expect(results(report, 'jitsi-tokens', ...tried)).toEqual(Array(6).fill('ok'))
  })

  test('is not known where no clinician gets in, and how to look by hand is said', async () => {
    const { report } = await reportOn({ bypass: false })

    expect(results(report, ...tried)).toEqual(Array(5).fill('not-checked'))
    expect(tried.map((id) => found(report, id).ask?.of)).toEqual(Array(5).fill('us'))
  })
})

describe('the room of a visit that has ended', () => {
  /** As our own app answers, by these settings. */
  const app = (name: string) => {
    const { config, organisation } = clinic
    const at = new Date().toISOString() as Instant // sound: an instant's own form
    return isRehearsalRoom(config.roomKey, organisation.id, name as RoomName, at) ? 200 : 403
  }

  test('stays shut where Jitsi asks the app, and the doctor rehearses a visit there all the same', async () => {
    const { report } = await reportOn({ reservations: app })

    expect(results(report, 'jitsi-rooms', 'jitsi-moderators', 'jitsi-lobby', 'jitsi-ended-visits')).toEqual(
      Array(4).fill('ok'),
    )
    expect(of(report).filter(breaksVisits)).toEqual([])
  })

  test('opens again where Jitsi asks nobody, which is said; visits go on', async () => {
    const { report } = await reportOn()

    expect(found(report, 'jitsi-ended-visits')).toMatchObject({
      ...{ result: 'missing', essential: false },
      means: "A clinician's old token opens the room of an ended visit again.",
      ask: { of: 'us', text: expect.stringContaining('PROSODY_RESERVATION_ENABLED=1') },
    })
    expect(of(report).filter(breaksVisits)).toEqual([])
  })
})

describe('where no room opens', () => {
  test.each<[jicofo: 'away' | 'silent', why: RegExp]>([
    ['away', /jicofo is not there \(service-unavailable\)/],
    ['silent', /jicofo is not there \(no answer within 9 s\)/],
  ])('since jicofo is %s, nobody meets', async (jicofo, why) => {
    const { report } = await reportOn({ jicofo }, { world: worldOf({ timeoutMs: 3_000 }) })

    expect(found(report, 'jitsi-rooms')).toMatchObject({ result: 'failed', means: expect.stringMatching(why) })
    expect(results(report, 'jitsi-moderators', 'jitsi-lobby')).toEqual(['not-checked', 'not-checked'])
  })

  test.each<[status: number, means: RegExp, ask: RegExp]>([
    [403, /says no to the doctor's too \(403\)/, /HOUSECALL_JITSI_EVENTS/],
    [404, /says no to the doctor's too \(404\)/, /reservations_api_headers/],
    [0, /gives no answer \(0\)/, /Start the app/],
    [500, /gives no answer \(500\)/, /Start the app/],
  ])('since whom Jitsi asks first answers %i, nobody meets', async (status, means, ask) => {
    const { report } = await reportOn({ reservations: () => status })

    expect(found(report, 'jitsi-rooms')).toMatchObject({ result: 'failed', means: expect.stringMatching(means) })
    expect(found(report, 'jitsi-rooms').ask?.text).toMatch(ask)
    expect(report.visits).toBe('would-not-work')
  })
})

describe('where nothing is said about tokens', () => {
  test('a Jitsi that keeps silent does not keep the doctor', async () => {
    const { report } = await reportOn({ mute: true }, { world: worldOf({ timeoutMs: 3_000 }) })

    expect(found(report, 'jitsi-xmpp').means).toBe('Nothing behind its door was asked: it does not answer.')
    expect(results(report, 'jitsi-tokens', 'jitsi-turn')).toEqual(['not-checked', 'not-checked'])
  })

  test('a page that names a domain Prosody does not know lets nobody in', async () => {
    const { report } = await reportOn({}, { script: pages('other.example') })

    expect(found(report, 'jitsi-xmpp')).toMatchObject({ result: 'failed', essential: true })
  })

  test('a domain that stands in our settings alone may be another', async () => {
    const { report } = await reportOn(
      {},
      {
        script: { ...pages(), '/config.js': undefined },
        subject: 'x.example',
        world: worldOf({ timeoutMs: 3_000 }),
      },
    )

    expect(found(report, 'jitsi-xmpp')).toMatchObject({
      result: 'warning',
      ask: { text: expect.stringContaining('subject') },
    })
  })
})

describe('relays', () => {
  const service = (type: string, port: number, transport: string, more = '') =>
    `<service type="${type}" host="127.0.0.1" port="${port}" transport="${transport}" ${more}/>`
  const good = 'username="1999999999:u" password="their-word"'
  const password = 'their-word'

  test('that let people in are told by how one gets there, and nothing is left at them', async () => {
    const relay = await startRelay({ by: 'udp', password })
    const stream = await startRelay({ by: 'tcp', password })
    open.push(relay, stream)
    const relays =
      service('stun', relay.port, 'udp') +
      service('turn', relay.port, 'udp', good) +
      service('turn', stream.port, 'tcp', good)

    const { report, world } = await reportOn({ relays })

    const told = found(report, 'jitsi-turn')
    expect(told).toMatchObject({
      result: 'warning',
      means: 'A relay lets people in by UDP, TCP: a network with nothing but TLS on 443 stays out.',
      details: [
        `stun:127.0.0.1:${relay.port} by UDP: answers`,
        `turn:127.0.0.1:${relay.port} by UDP: lets-in`,
        `turn:127.0.0.1:${stream.port} by TCP: lets-in`,
      ],
    })
    expect(relay.held.size + stream.held.size).toBe(0)
    expect(JSON.stringify(report) + world.lines.join()).not.toMatch(/their-word|1999999999/)
  })

  test('by TLS show their certificate, which a browser would have to trust', async () => {
    const days = (n: number) => new Date(Date.now() + n * 86_400_000)
    const relay = await startRelay({ by: 'tls', password, tls: certificate(days(-1), days(100)) })
    open.push(relay)

    const { report } = await reportOn({ relays: service('turns', relay.port, 'tcp', good) })

    expect(found(report, 'jitsi-turn').means).toBe(
      `A relay lets people in by TLS on ${relay.port}: a network with nothing but TLS on 443 stays out.`,
    )
    expect(found(report, 'jitsi-turn-certificate')).toMatchObject({
      ...{ result: 'warning', means: "The relay's certificate is trusted by nobody here, or for another name." },
    })
  })

  test('with another secret than Prosody’s let nobody in', async () => {
    const relay = await startRelay({ by: 'udp', password: 'another word' })
    open.push(relay)

    const { report } = await reportOn({ relays: service('turn', relay.port, 'udp', good) })

    expect(found(report, 'jitsi-turn')).toMatchObject({
      ...{ result: 'warning', means: `A relay lets nobody in (turn:127.0.0.1:${relay.port} by UDP).` },
      ask: { text: expect.stringContaining('static-auth-secret') },
    })
  })

  test('that nobody is told how to enter, that are over too soon, and that keep silent, are told apart', async () => {
    const relay = await startRelay({ by: 'udp', password })
    const mute = await startRelay({ by: 'tcp', password, silent: true })
    open.push(relay, mute)
    const soon = `${good} expires="${new Date(Date.now() + 30 * 60_000).toISOString()}"`
    const means = async (relays: string) =>
      found((await reportOn({ relays }, { world: worldOf({ timeoutMs: 3_000 }) })).report, 'jitsi-turn').means

    expect(await means('')).toBe('It names no relay: closed networks get no picture.')
    expect(await means(service('turn', relay.port, 'udp'))).toMatch(/^Nobody is told how to get in at turn:/)
    expect(await means(service('turn', relay.port, 'udp', soon))).toBe('After 30 min its relay lets nobody in again.')
    expect(await means(service('turn', mute.port, 'tcp', good))).toMatch(/^No relay answers from here/)
  })
  test('by TLS on 443 get any network through; one that keeps silent beside it costs time', () => {
    const tls: Tried = {
      ...{ kind: 'turns', host: 'relay.example.org', port: 443, by: 'tls', outcome: 'lets-in' },
      credentials: { username: 'u', password },
    }
    const mute: Tried = { ...tls, kind: 'turn', port: 3478, by: 'udp', outcome: 'silent' }
    const told = (...all: readonly Tried[]) => reached(clinic.organisation, all, all, 0)

    expect(told(tls)).toMatchObject({
      ...{ result: 'ok', means: 'A relay lets people in by TLS on 443: any network gets through.' },
    })
    expect(told(tls, mute)).toMatchObject({
      ...{ result: 'warning', means: expect.stringMatching(/; silent: turn:relay\.example\.org:3478 by UDP\.$/) },
    })
  })
})
