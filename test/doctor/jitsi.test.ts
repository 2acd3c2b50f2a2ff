// What the doctor says of an organisation's Jitsi: what keeps a call from starting, and what may, as far as it shows before its door.
import { afterEach, describe, expect, test } from 'vitest'
import { breaksVisits } from '../../doctor/finding.ts'
import { certificate } from '../../sandbox/certificate.ts'
import { openClinic } from './clinic.ts'
import { found, type Script, startScripted, worldOf } from './doctor.ts'

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

async function clinic(told: Parameters<typeof openClinic>[0] = {}) {
  const opened = await openClinic(told)
  open.push(opened)
  return opened
}

const script = { type: 'application/javascript', body: 'window.JitsiMeetExternalAPI = class {}' }
const docker = (lines: readonly string[] = []) => ({
  type: 'application/javascript',
  body: ['var config = {};', "config.hosts.domain = 'meet.jitsi';", ...lines].join('\n'),
})
const whole: Script = {
  '/external_api.js': script,
  '/config.js': docker(["config.hosts.authdomain = 'meet.jitsi';"]),
  '/housecall-doctor': { type: 'text/html', body: '<p>Jitsi Meet</p>' },
}

/** The report on a clinic whose Jitsi answers as the script says; the second is listed as its fallback. */
async function reportOf(answers: Script, second?: Script, world = worldOf()) {
  const [first, other] = await Promise.all(
    [answers, ...(second === undefined ? [] : [second])].map((s) => startScripted(s)),
  )
  if (first === undefined) throw new Error('one was started')
  open.push(first, ...(other === undefined ? [] : [other]))
  const fallback = other === undefined ? {} : { fallback: [{ origin: other.origin }] }
  const { report } = await clinic({
    organisation: { jitsi: { origin: first.origin, issuer: 'housecall', ...fallback } },
  })
  return { told: await report(world), first, other }
}

describe('a Jitsi that works', () => {
  test('but speaks no XMPP, as the sandbox’s, is said to as far as it can be seen: the rest is left to try by hand', async () => {
    const { report } = await clinic()

    const part = (await report()).parts.find(({ kind }) => kind === 'jitsi')

    expect(part?.findings.filter(breaksVisits)).toEqual([])
    expect(part?.findings.filter(({ result }) => result === 'ok').map(({ id }) => id)).toEqual([
      ...['jitsi', 'jitsi-script', 'jitsi-clock', 'jitsi-signalling', 'jitsi-frames'],
    ])
    const byHand = part?.findings.filter(({ asked }) => asked.startsWith('nothing'))
    expect(byHand?.map(({ id, result }) => [id, result])).toEqual(
      [
        ...['jitsi-tokens', 'jitsi-moderators', 'jitsi-lobby', 'jitsi-bridge', 'jitsi-names', 'jitsi-recording'],
        ...['jitsi-telephone', 'jitsi-wildcard', 'jitsi-turn'],
      ].map((id) => [id, 'not-checked']),
    )
    expect(byHand?.every(({ ask }) => ask?.of === 'us')).toBe(true)
    expect(byHand?.[0]?.means).toBe('Whether it takes our tokens is not known: it speaks no XMPP.')
    expect(found(await report(), 'jitsi-xmpp').means).toBe(
      "It speaks no XMPP: it is the sandbox's Jitsi, or none at all.",
    )
    expect(found(await report(), 'jitsi-moderators').ask?.text).toMatch(
      /JICOFO_ENABLE_AUTH=0, ENABLE_AUTO_OWNER=0, and token_affiliation/,
    )
  })

  test('is shown no token where nothing speaks XMPP', async () => {
    const { first } = await reportOf(whole)

    expect(first.heard.map((line) => line.trimEnd()).sort()).toEqual([
      ...['GET /config.js', 'GET /external_api.js', 'GET /housecall-doctor', 'GET /room-census'],
      ...['GET /xmpp-websocket', 'GET /xmpp-websocket'],
    ])
  })
})

describe('no call would start', () => {
  test('where nothing listens', async () => {
    const gone = await clinic()
    await gone.app.close()

    const { report } = await clinic({ organisation: { jitsi: { origin: gone.app.origin, issuer: 'housecall' } } })
    const told = await report()

    expect(found(told, 'jitsi')).toMatchObject({
      ...{ result: 'failed', essential: true, means: 'No call would start: nothing listens there.' },
    })
    expect(found(told, 'jitsi-signalling').means).toBe('Nobody would be connected: nothing listens there.')
    expect(['jitsi-clock', 'jitsi-frames'].map((id) => found(told, id).result)).toEqual(['not-checked', 'not-checked'])
    expect(told.visits).toBe('would-not-work')
  })

  test.each<[what: string, answer: Script[string], why: RegExp]>([
    ['a page to sign in', { type: 'text/html', body: '<p>Sign in</p>' }, /answered 200, not as itself/],
    ['a page that talks of it', { type: 'text/html', body: 'JitsiMeetExternalAPI' }, /answered 200, not as itself/],
    ['a redirect', { status: 302, headers: { location: '/login' } }, /answered 302/],
    ['nothing', { status: 404 }, /answered 404/],
  ])('where %s stands in the script’s place', async (_, answer, why) => {
    const { told } = await reportOf({ ...whole, '/external_api.js': answer })

    expect(found(told, 'jitsi')).toMatchObject({
      result: 'failed',
      means: expect.stringMatching(why),
      ask: { of: 'us' },
    })
    expect(told.visits).toBe('would-not-work')
  })

  test('where the proxy passes no websockets on', async () => {
    const { told } = await reportOf(whole)

    expect(found(told, 'jitsi-signalling')).toMatchObject({
      ...{ result: 'failed', essential: true, means: 'Nobody would be connected: the websocket was answered 404.' },
    })
  })

  test('where its signalling is down', async () => {
    const { jitsi, report } = await clinic()
    jitsi.faults.on('signalling-down')

    expect(found(await report(), 'jitsi-signalling').means).toMatch(/answered 503/)
  })

  test('where its page lets itself be shown by others only, or by none', async () => {
    const elsewhere = await clinic({ jitsiNames: () => ['https://elsewhere.example'] })
    const barred = { ...whole, '/housecall-doctor': { headers: { 'x-frame-options': 'DENY' } } }

    for (const told of [await elsewhere.report(), (await reportOf(barred)).told]) {
      expect(found(told, 'jitsi-frames')).toMatchObject({ result: 'failed', essential: true })
      expect(found(told, 'jitsi-frames').ask?.text).toMatch(/CSP_HEADER=frame-ancestors http/)
    }
  })

  test.each<[behind: number, result: string]>([
    [40, 'failed'],
    [20, 'warning'],
    [0, 'ok'],
    [-20, 'warning'],
  ])('where its clock is %i s behind: %s', async (behind, result) => {
    const { told } = await reportOf(whole, undefined, worldOf({ aheadMs: behind * 1000 }))

    expect(found(told, 'jitsi-clock').result).toBe(result)
  })
})

describe('a warning is', () => {
  test('a room that the EHR’s frame may not have in it', async () => {
    const { report } = await clinic({ jitsiNames: (ours) => [ours] })

    expect(found(await report(), 'jitsi-frames')).toMatchObject({
      ...{ result: 'warning', means: "Inside the EHR's frame the call would stay empty." },
    })
  })

  test.each<[policy: string, result: string]>([
    ["frame-ancestors 'self' *", 'ok'],
    ["default-src 'self'; frame-ancestors http:", 'ok'],
    ["frame-ancestors 'none'", 'failed'],
    ['frame-ancestors https:', 'failed'],
    ["script-src 'self'", 'ok'],
  ])('%s: %s', async (policy, result) => {
    const page = { headers: { 'content-security-policy': policy, 'x-frame-options': 'DENY' } }
    const { told } = await reportOf({
      ...whole,
      '/housecall-doctor': policy.startsWith('script') ? { body: '' } : page,
    })

    expect(found(told, 'jitsi-frames').result).toBe(result)
  })

  test.each<[what: string, lines: readonly string[], means: RegExp]>([
    ['that asks for no tokens: every participant may be moderator', [], /every participant may be a moderator/],
    [
      'with guests',
      ["config.hosts.anonymousdomain = 'guest.meet.jitsi';", "config.hosts.authdomain = 'meet.jitsi';"],
      /lets guests in/,
    ],
  ])('a Jitsi %s', async (_, lines, means) => {
    const { told } = await reportOf({ ...whole, '/config.js': docker(lines) })

    expect(found(told, 'jitsi-sign-in')).toMatchObject({ result: 'warning', means: expect.stringMatching(means) })
    expect(found(told, 'jitsi-sign-in').ask?.text).toMatch(/ENABLE_AUTH=1 AUTH_TYPE=jwt/)
  })

  test('another domain than our tokens say', async () => {
    const own = {
      type: 'application/javascript',
      body: "var config = { hosts: {\n  // domain: 'x',\n  domain: 'meet.example.org',\n} }",
    }
    const { told } = await reportOf({ ...whole, '/config.js': own })

    expect(found(told, 'jitsi-domain')).toMatchObject({
      ...{ result: 'warning', means: 'Its own domain is meet.example.org, but our tokens say meet.jitsi.' },
      ask: { of: 'us', text: expect.stringContaining('"jitsi.subject" to meet.example.org') },
    })
    // Not docker's: that it names no authdomain says nothing.
    expect(found(told, 'jitsi-sign-in').result).toBe('not-checked')
  })

  test('a list of its rooms for everybody', async () => {
    const { told } = await reportOf({ ...whole, '/room-census': { body: { room_census: [] } } })

    expect(found(told, 'jitsi-open')).toMatchObject({ result: 'warning', ask: { of: 'us' } })
    expect(() => found(told, 'jitsi-open', 'riverside')).toThrow()
  })

  test('a fallback that is out of order: visits go on at the first', async () => {
    const { jitsi, ehr } = await clinic()
    const broken = await startScripted({})
    open.push(broken)
    const settings = { origin: jitsi.origin, issuer: 'housecall', fallback: [{ origin: broken.origin }] }
    const { report, app } = await clinic({ organisation: { jitsi: settings, frameAncestors: [ehr.origin] } })

    const told = await report()

    expect(told.parts.flatMap(({ kind, about }) => (kind === 'jitsi' ? [about] : []))).toEqual([
      jitsi.origin,
      broken.origin,
    ])
    expect(found(told, 'jitsi', broken.origin)).toMatchObject({ result: 'failed', essential: false })
    expect(found(told, 'jitsi', jitsi.origin).result).toBe('ok')
    expect(found(told, 'jitsi-frames', jitsi.origin).ask?.text).toContain(app.origin)
  })
})

describe('its certificate', () => {
  test.each<[days: number, result: string, means: RegExp]>([
    [5, 'warning', /^The certificate is good for 5 more days\.$/],
    [100, 'ok', /^The certificate is good for 100 more days\.$/],
  ])('that ends in %i days: %s', async (days, result, means) => {
    const server = await startScripted(
      whole,
      certificate(new Date(), new Date(Date.now() + days * 86_400_000 + 60_000)),
    )
    open.push(server)
    const { report } = await clinic({ organisation: { jitsi: { origin: server.origin, issuer: 'housecall' } } })

    expect(found(await report(), 'jitsi-certificate')).toMatchObject({ result, means: expect.stringMatching(means) })
  })
})
