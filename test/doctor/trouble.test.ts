// What the doctor says of EHRs that are wrong in ways the sandbox never is: redirects, pages instead of JSON, old versions, bad keys,
// certificates, silence. And that it tells nobody anything.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { certificateEnds } from '../../doctor/reach.ts'
import { certificate } from '../../sandbox/certificate.ts'
import {
  doctor,
  found,
  jwks,
  metadata,
  ReportJson,
  reportOn,
  type Script,
  smart,
  startScripted,
  worldOf,
} from './doctor.ts'

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

async function told(script: Script | ((origin: string) => Script), tls?: { cert: string; key: string }) {
  const ehr = await startScripted(script, tls)
  open.push(ehr)
  return ehr
}
const reported = async (script: Parameters<typeof told>[0]) => reportOn((await told(script)).iss)

const reads = { interaction: [{ code: 'read' }, { code: 'search-type' }] }
const searched = (...names: readonly string[]) => ({ searchParam: names.map((name) => ({ name })) })
const readable = [
  { type: 'Appointment', ...reads, ...searched('patient', 'actor', 'date') },
  { type: 'Patient', ...reads },
  { type: 'Practitioner', ...reads },
]

describe('the smart-configuration', () => {
  test('that redirects is not followed, and the base URL it leads to is named without its query', async () => {
    const elsewhere = await told({})
    const headers = { location: `${elsewhere.origin}/r4/.well-known/smart-configuration?session=hush` }
    const report = await reported({ '/fhir/.well-known/smart-configuration': { status: 302, headers } })

    const { result, ask } = found(report, 'smart-configuration')
    expect(result).toBe('failed')
    expect(ask?.text).toContain(`If ${elsewhere.origin}/r4 is the EHR's own`)
    expect(JSON.stringify(report)).not.toContain('hush')
    expect(elsewhere.heard).toEqual([])
  })

  test('that is a page for people is no sign-in', async () => {
    const page = { type: 'text/html', body: '<h1>Welcome to the hospital</h1>' }
    const report = await reported({ '/fhir/.well-known/smart-configuration': page, '/fhir/metadata': page })

    expect(found(report, 'smart-configuration')).toMatchObject({ result: 'failed', ask: { of: 'us' } })
    expect(found(report, 'metadata').means).toMatch(/no CapabilityStatement/)
    expect(report.visits).toBe('would-not-work')
  })

  test('that is not there: the server may be a FHIR server, but nobody can sign in', async () => {
    const report = await reported(metadata(readable))

    expect(found(report, 'smart-configuration').means).toBe('It answered 404: no SMART sign-in at this address.')
    expect(found(report, 'metadata').result).toBe('ok')
    expect(report.visits).toBe('would-not-work')
  })

  test.each<[what: string, changes: Record<string, unknown>, id: string, finding: object]>([
    ['without endpoints', { token_endpoint: undefined }, 'smart-configuration', { result: 'failed' }],
    [
      'with relative endpoints',
      { token_endpoint: '../token' },
      'endpoints',
      { result: 'warning', details: ['token_endpoint'] },
    ],
    [
      'with endpoints over plain http',
      { token_endpoint: 'http://ehr.example/token' },
      'endpoints',
      { result: 'failed' },
    ],
    ['with an endpoint of another kind', { token_endpoint: 'javascript:1' }, 'endpoints', { result: 'failed' }],
    ['without jwks_uri', { jwks_uri: undefined }, 'identity', { result: 'failed', details: ['jwks_uri'] }],
    ['without a word of PKCE', { code_challenge_methods_supported: undefined }, 'pkce', { result: 'warning' }],
    ['with PKCE of another kind', { code_challenge_methods_supported: ['S512'] }, 'pkce', { result: 'warning' }],
    ['with plain PKCE', { code_challenge_methods_supported: ['S256', 'plain'] }, 'pkce', { result: 'warning' }],
    ['without grant types', { grant_types_supported: undefined }, 'members', { details: ['grant_types_supported'] }],
    ['with grant types that are no list', { grant_types_supported: 'all' }, 'members', { result: 'warning' }],
    [
      'without any launch',
      { capabilities: ['sso-openid-connect'] },
      'launch-ehr',
      { result: 'missing', essential: true },
    ],
    ['without the launch from the chart', { capabilities: ['launch-standalone'] }, 'launch-ehr', { essential: false }],
    [
      'that keeps quiet about who signs in',
      { capabilities: ['launch-ehr'] },
      'sso-openid-connect',
      { result: 'warning' },
    ],
    ['with v1 scopes alone', { capabilities: ['permission-v1'] }, 'permission', { result: 'ok' }],
    [
      'with clients of another kind',
      { capabilities: ['client-public'] },
      'client-kind',
      { result: 'missing', details: ['public'] },
    ],
    ['with a list of scopes that lacks some', { scopes_supported: ['user/*.rs'] }, 'scopes', { result: 'warning' }],
    [
      'with launches that name the Appointment',
      { capabilities: ['context-ehr-appointment'] },
      'context-ehr-appointment',
      { result: 'ok' },
    ],
  ])('%s is told under what it concerns', async (_, changes, id, finding) => {
    const report = await reported((origin) => ({ ...smart(origin, changes), ...jwks, ...metadata(readable) }))

    expect(found(report, id)).toMatchObject(finding)
  })

  test('asks for every scope its list lacks, by name', async () => {
    const listed = ['openid', 'fhirUser', 'launch', 'launch/appointment', 'user/*.cruds', 'patient/Patient.rs']
    const report = await reported((origin) => ({ ...smart(origin, { scopes_supported: listed }), ...jwks }))

    expect(found(report, 'scopes').details).toContain('patient/Appointment.rs')
    expect(found(report, 'scopes').details?.filter((scope) => scope.startsWith('user/'))).toEqual([])
  })
})

describe("the EHR's keys", () => {
  const rsa = (more: object) => ({ kty: 'RSA', n: 'AQAB', e: 'AQAB', ...more })
  test.each<[what: string, script: Script, result: string]>([
    ['are not there', {}, 'failed'],
    ['are a page', { '/jwks': { type: 'text/html', body: '<p>Keys</p>' } }, 'failed'],
    ['are for another algorithm', { '/jwks': { body: { keys: [{ kty: 'EC', crv: 'P-521' }] } } }, 'failed'],
    ['say another algorithm', { '/jwks': { body: { keys: [rsa({ alg: 'RS512' })] } } }, 'failed'],
    [
      'say what their curve cannot',
      { '/jwks': { body: { keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES384' }] } } },
      'failed',
    ],
    ['are a shared secret', { '/jwks': { body: { keys: [{ kty: 'oct', alg: 'HS256' }] } } }, 'failed'],
    ['are of a curve', { '/jwks': { body: { keys: [{ kty: 'EC', crv: 'P-384' }] } } }, 'ok'],
    ['are for PS256', { '/jwks': { body: { keys: [rsa({ alg: 'PS256' })] } } }, 'ok'],
    ['are for sealing', { '/jwks': { body: { keys: [rsa({ use: 'enc' })] } } }, 'failed'],
    ['cannot be told apart', { '/jwks': { body: { keys: [rsa({ kid: 'a' }), rsa({})] } } }, 'warning'],
    ['are two with names', { '/jwks': { body: { keys: [rsa({ kid: 'a' }), rsa({ kid: 'b' })] } } }, 'ok'],
  ])('that %s: %o gives %s', async (_, script, result) => {
    const report = await reported((origin) => ({ ...smart(origin), ...script, ...metadata(readable) }))

    expect(found(report, 'ehr-keys').result).toBe(result)
    expect(report.visits).toBe(result === 'failed' ? 'would-not-work' : 'would-work')
  })
})

describe('the CapabilityStatement', () => {
  const withSmart = (script: Script) => reported((origin) => ({ ...smart(origin), ...jwks, ...script }))

  test('of another FHIR version: no visit', async () => {
    const report = await withSmart(metadata(readable, { fhirVersion: '3.0.2' }))

    expect(found(report, 'metadata')).toMatchObject({ result: 'failed', essential: true })
    expect(found(report, 'metadata').means).toBe('It speaks FHIR 3.0.2, and visits need R4.')
  })

  test('without Appointments: no visit', async () => {
    const report = await withSmart(metadata([{ type: 'Patient', ...reads }]))

    expect(found(report, 'reads').means).toMatch(/^No visit: no reading of Appointment, Practitioner\.$/)
    expect(report.visits).toBe('would-not-work')
  })

  test('with Appointments that cannot be searched: a visit works only where launches name them', async () => {
    const unsearchable = readable.map((one) => ({ ...one, searchParam: [] }))
    const capabilities = ['launch-ehr', 'sso-openid-connect', 'context-ehr-appointment']
    const [without, named] = await Promise.all([
      withSmart(metadata(unsearchable)),
      reported((origin) => ({ ...smart(origin, { capabilities }), ...jwks, ...metadata(unsearchable) })),
    ])

    expect([without.visits, named.visits]).toEqual(['would-not-work', 'would-work'])
  })

  test('that redirects, and one that never comes, are told as not answered', async () => {
    const moved = await withSmart({ '/fhir/metadata': { status: 301, headers: { location: '/r4/metadata' } } })
    const silent = await told((origin) => ({ ...smart(origin), ...jwks, '/fhir/metadata': undefined }))
    const late = await reportOn(silent.iss, worldOf({ timeoutMs: 3_000 }))

    expect(found(moved, 'metadata').means).toMatch(/not followed/)
    expect(found(late, 'metadata').means).toMatch(/no answer within 3 s/)
    expect(found(late, 'smart-configuration').result).toBe('ok')
  })
})

describe('the way there', () => {
  test('an address without TLS is asked nothing', async () => {
    const report = await reportOn('http://ehr.example/fhir')

    expect(found(report, 'reach')).toMatchObject({ result: 'failed', essential: true, ask: { of: 'ehr' } })
    expect(found(report, 'smart-configuration').result).toBe('not-checked')
  })

  test('a name nobody knows is said to be unknown', async () => {
    const report = await reportOn('https://ehr.invalid/fhir')

    expect(found(report, 'reach').means).toMatch(/^The EHR is not reached: /)
    expect(found(report, 'certificate').result).toBe('not-checked')
  })

  const day = 24 * 60 * 60 * 1000
  const now = Date.parse('2026-05-01T12:00:00Z')

  test.each([
    [90 * day, 'ok', 'The certificate is good for 90 more days.'],
    [1.5 * day, 'warning', 'The certificate is good for 1 more day.'],
    [-day, 'failed', 'The certificate has ended: nobody can sign in.'],
  ])('a certificate with %d ms left: %s', (left, result, means) => {
    expect(certificateEnds(now + left, 'ehr.example', now)).toMatchObject({ result, means })
  })

  test('no answer tells the time: the clock is not checked', async () => {
    const answer = { status: 404, headers: { date: 'yesterday' } }
    const report = await reported({ '/fhir/metadata': answer, '/fhir/.well-known/smart-configuration': answer })

    expect(found(report, 'clock').result).toBe('not-checked')
  })

  test('an answer from a cache is as old as it says', async () => {
    const headers = { date: new Date(Date.now() - 600_000).toUTCString(), age: '600' }
    const answer = { status: 404, headers }
    const report = await reported({ '/fhir/metadata': answer, '/fhir/.well-known/smart-configuration': answer })

    expect(found(report, 'clock').result).toBe('ok')
  })
})

describe('an https address', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'housecall-doctor-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000)
  const script = (origin: string): Script => ({ ...smart(origin), ...jwks, ...metadata(readable) })

  test('whose certificate this machine was told to trust is reached, and its days are counted', async () => {
    const pair = certificate(inDays(-1), inDays(100.5))
    const ehr = await told(script, pair)
    await writeFile(join(folder, 'root.pem'), pair.cert)

    const { code, out } = await doctor([ehr.iss, '--json'], { NODE_EXTRA_CA_CERTS: join(folder, 'root.pem') })

    const report = ReportJson.parse(JSON.parse(out))
    const means = (id: string) => report.parts[0]?.findings.find((one) => one.id === id)?.means
    expect(means('reach')).toBe('The EHR answers over TLS.')
    expect(means('certificate')).toBe('The certificate is good for 100 more days.')
    expect(code).toBe(0)
  })

  test('that nobody vouches for is not reached, and NODE_EXTRA_CA_CERTS is named', async () => {
    const ehr = await told(script, certificate(inDays(-1), inDays(100)))

    const report = await reportOn(ehr.iss)

    expect(found(report, 'reach').means).toMatch(/signed by nobody this machine trusts/)
    expect(found(report, 'reach').ask?.text).toContain('NODE_EXTRA_CA_CERTS')
    expect(ehr.heard).toEqual([])
  })

  test('whose certificate has ended is said to have ended', async () => {
    const ehr = await told(script, certificate(inDays(-10), inDays(-1)))

    expect(found(await reportOn(ehr.iss), 'certificate')).toMatchObject({ result: 'failed', ask: { of: 'ehr' } })
  })
})

describe('the doctor itself', () => {
  test('has no credential to send, and asks with GET alone', async () => {
    const ehr = await told((origin) => ({ ...smart(origin), ...jwks, ...metadata(readable) }))

    await reportOn(ehr.iss)

    expect(ehr.heard.toSorted()).toEqual([
      'GET /fhir/.well-known/smart-configuration ',
      'GET /fhir/metadata ',
      'GET /jwks ',
    ])
  })

  test('shows what an EHR says without the characters that steer a terminal', async () => {
    const name = 'Evil\u001b[2J\u202eEHR'
    const ehr = await told((origin) => ({
      ...smart(origin, { capabilities: [] }),
      ...metadata(readable, { fhirVersion: name }),
    }))

    const { out } = await doctor([ehr.iss])

    expect(out).toContain('Evil [2J EHR')
    expect(out).not.toContain('\u001b')
  })
})
