// `npm run doctor -- <organisation id>`: our own client, keys, Jitsi and frames beside what each of the organisation's EHRs can do.
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { breaksVisits } from '../../doctor/finding.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { startMailServer } from '../../sandbox/mail/server.ts'
import { publicKeys } from '../../server/settings/public-keys.ts'
import { clientKey, openClinic, secrets } from './clinic.ts'
import { doctor, found, ReportJson, type Script } from './doctor.ts'

// The command is started as a process of its own.
const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

async function clinic(told: Parameters<typeof openClinic>[0] = {}) {
  const opened = await openClinic(told)
  open.push(opened)
  return opened
}
const reported = async (told: Parameters<typeof openClinic>[0]) => (await clinic(told)).report()

describe('our own client', () => {
  test('that is registered, and whose keys are found, is known to the EHR', async () => {
    const report = await reported({})

    expect(report.parts.flatMap(({ findings }) => findings).filter(breaksVisits)).toEqual([])
    expect(found(report, 'token-endpoint')).toMatchObject({
      result: 'ok',
      details: ['status: 400', 'error: invalid_grant'],
    })
    expect(found(report, 'authorize').result).toBe('ok')
    expect(found(report, 'signing-key').means).toMatch(/ES384/)
    expect(found(report, 'own-jwks').result).toBe('ok')
    expect(report.parts.map(({ kind }) => kind)).toEqual(['organisation', 'jitsi', 'issuer'])
  })

  test('that the EHR does not know: no visit, and the twelve hours of a new Epic client are named', async () => {
    const report = await reported({ registered: { clientId: 'another' } })

    expect(report.visits).toBe('would-not-work')
    expect(found(report, 'token-endpoint')).toMatchObject({ result: 'failed', essential: true })
    expect(found(report, 'token-endpoint').ask?.text).toMatch(/up to 12 h/)
    expect(found(report, 'authorize')).toMatchObject({ result: 'warning', essential: false })
  })

  test('whose redirect URI is another is known by its proof, and warned about', async () => {
    const report = await reported({ registered: { redirectUris: ['https://elsewhere.example/smart/callback'] } })

    expect(found(report, 'token-endpoint').result).toBe('ok')
    expect(found(report, 'authorize')).toMatchObject({ result: 'warning', ask: { of: 'ehr' } })
    expect(found(report, 'authorize').ask?.text).toMatch(
      /\/smart\/callback\/riverside\/ehr is registered to the letter/,
    )
  })

  test('that is public is known without a proof', async () => {
    const report = await reported({ registered: { auth: { kind: 'public' } }, issuer: { client: 'public' } })

    expect(found(report, 'token-endpoint').means).toBe('The EHR knows our client.')
    expect(report.parts[0]?.findings.map(({ id }) => id)).not.toContain('own-jwks')
  })

  test('with a secret the EHR does not have is not taken, and the secret is shown nowhere', async () => {
    const report = await reported({
      registered: { auth: { kind: 'secret', secret: 'theirs' } },
      issuer: { client: 'client_secret_basic', clientSecret: 'HOUSECALL_CLIENT_SECRET_RIVERSIDE' },
      env: { HOUSECALL_CLIENT_SECRET_RIVERSIDE: 'hush-hush' },
    })

    expect(found(report, 'token-endpoint').result).toBe('failed')
    expect(JSON.stringify(report)).not.toContain('hush-hush')
  })

  test('whose kind the EHR does not list is warned about', async () => {
    const report = await reported({
      personality: epic,
      issuer: { client: 'client_secret_post', clientSecret: 'HOUSECALL_CLIENT_SECRET_RIVERSIDE' },
      env: { HOUSECALL_CLIENT_SECRET_RIVERSIDE: 'hush-hush' },
    })

    expect(found(report, 'client-kind')).toMatchObject({ result: 'warning', details: ['public', 'private_key_jwt'] })
  })

  test('is not judged by a token endpoint that is out of order', async () => {
    const { ehr, report } = await clinic()
    ehr.faults.on('token-endpoint-500')

    expect(found(await report(), 'token-endpoint')).toMatchObject({ result: 'warning' })
  })

  test('whose sign-in comes back with an error is told which', async () => {
    const { ehr, report } = await clinic()
    ehr.faults.on('auth_invalid_client_id')

    expect(found(await report(), 'authorize').means).toBe(
      'From our own page, the EHR sends people back with invalid_client.',
    )
  })
})

describe('our public keys', () => {
  const other = publicKeys([clientKey('other')])
  test.each<[what: string, answer: Script[string], result: string, means: RegExp]>([
    ['behind a redirect', { status: 302, headers: { location: '/keys' } }, 'failed', /EHRs follow none/],
    ['that are others', { body: other }, 'failed', /other keys than these settings/],
    ['with the private half', { body: { keys: [clientKey('ours')] } }, 'failed', /no secret any more/],
    ['behind a page', { type: 'text/html', body: '<p>Sign in</p>' }, 'failed', /something else/],
    ['that are not there', { status: 404 }, 'failed', /something else \(404\)/],
  ])('%s are of no use to an EHR', async (_, answer, result, means) => {
    const report = await reported({ app: { '/.well-known/jwks.json': answer } })

    expect(found(report, 'own-jwks')).toMatchObject({ result, means: expect.stringMatching(means), ask: { of: 'us' } })
    expect(report.visits).toBe('would-not-work')
  })

  test('that are not reached from here may still be reached by the EHR: a warning', async () => {
    const { app, report } = await clinic({ registered: { auth: { kind: 'public' } } })
    await app.close()

    const told = await report()
    expect(found(told, 'own-jwks')).toMatchObject({ result: 'warning', essential: false })
    expect(found(told, 'own-app')).toMatchObject({ result: 'warning', means: expect.stringMatching(/nothing listens/) })
  })
})

describe('what stands around the visit', () => {
  test('no origin for frames is warned about where an EHR opens apps', async () => {
    expect(found(await reported({ organisation: { frameAncestors: [] } }), 'frames').result).toBe('warning')
    expect(found(await reported({}), 'frames').result).toBe('ok')
  })

  test('a webhook is looked at where there is one, and sent no event', async () => {
    const secret = 'whsec_d2ViaG9vay1zZWNyZXQtd2ViaG9vay1zZWNyZXQ='
    const heard: string[] = []
    const listening = createServer(({ method }, response) => {
      heard.push(method ?? '')
      response.writeHead(405).end()
    })
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
    const { port } = listening.address() as AddressInfo // sound: it listens on a port
    const told = { env: { HOUSECALL_WEBHOOK_SECRET_RIVERSIDE: secret } }
    const webhook = { url: `http://127.0.0.1:${port}/x`, loopback: true }
    const unknown = { url: 'https://hooks.invalid/' }

    const here = await reported({ ...told, organisation: { webhook } })
    const nowhere = await reported({ ...told, organisation: { webhook: unknown } })
    listening.close()

    expect(found(here, 'webhook')).toMatchObject({
      result: 'warning',
      means: expect.stringMatching(/this machine alone/),
    })
    expect(found(nowhere, 'webhook')).toMatchObject({ result: 'warning', essential: false, ask: { of: 'us' } })
    expect(heard).toEqual(['HEAD'])
  })

  test('a mail server is signed in at where there is one, and sent no mail', async () => {
    const server = await startMailServer({ login: { user: 'housecall', password: 'right' } })
    const from = { name: 'Riverside', address: 'visits@riverside.example' }
    const mail = { host: '127.0.0.1', port: server.port, tls: 'none', user: 'housecall', from, loopback: true }
    const by = (password: string) => ({ HOUSECALL_MAIL_PASSWORD_RIVERSIDE: password })

    const here = await reported({ env: by('right'), organisation: { mail } })
    const wrong = await reported({ env: by('wrong'), organisation: { mail } })
    const clear = await reported({ env: by('right'), organisation: { mail: { ...mail, tls: 'starttls' } } })
    await server.close()

    expect(found(here, 'mail')).toMatchObject({ result: 'warning', means: expect.stringMatching(/this machine alone/) })
    expect(found(wrong, 'mail')).toMatchObject({ means: expect.stringMatching(/not take the user and the password/) })
    expect(found(clear, 'mail')).toMatchObject({ essential: false, means: expect.stringMatching(/offers no TLS/) })
    expect([server.taken.length, server.signedIn()]).toEqual([0, 1])
  })

  test('an address for this machine alone is a warning, and a test EHR beside a real address is a question', async () => {
    expect(found(await reported({}), 'own-address').result).toBe('warning')

    const report = await reported({ env: { HOUSECALL_URL: 'https://visits.invalid' } })
    expect(found(report, 'own-address').result).toBe('ok')
    expect(found(report, 'test-or-real')).toMatchObject({ result: 'warning', ask: { of: 'us' } })
  })

  test('an organisation whose patients have no place to sign in has no visits', async () => {
    const report = await reported({ issuer: { people: 'clinicians' } })

    expect(found(report, 'both-sides').means).toBe('No issuer is for patients: they cannot come in.')
    expect(report.visits).toBe('would-not-work')
  })
})

describe('an organisation on Oracle Health', () => {
  test('has two base URLs, and only the clinicians are asked for what they write', async () => {
    const { ehr, report } = await clinic({ personality: oracle })

    const told = await report()
    const ids = (iss: string) => told.parts.find(({ about }) => about === iss)?.findings.map(({ id }) => id) ?? []
    expect(told.visits).toBe('would-work')
    expect(ids(ehr.issuers.provider)).toContain('fileNotes')
    expect(ids(ehr.issuers.patient)).not.toContain('fileNotes')
    expect([found(told, 'both-sides').result, found(told, 'shared-ids').result]).toEqual(['ok', 'ok'])
    const [ours, issuers] = [false, true].map((is) => told.parts.filter(({ kind }) => (kind === 'issuer') === is))
    expect(ours?.map(({ register }) => register)).toEqual([undefined, undefined])
    expect(issuers?.map(({ register }) => /\buser\//.test(register?.scopes ?? ''))).toEqual([true, false])
  })

  test('that lists one base URL is asked for the other, and for its serviceProvider', async () => {
    const report = await reported({ personality: oracle, oneSide: true })

    expect(found(report, 'both-sides')).toMatchObject({ result: 'warning', ask: { of: 'us' } })
    expect(found(report, 'service-provider').result).toBe('warning')
  })

  test('cannot have visits when its two sides are said to be two EHRs', async () => {
    const report = await reported({ personality: oracle, organisation: { sharesIds: false } })

    expect(found(report, 'shared-ids').result).toBe('ok')
    expect(found(report, 'both-sides')).toMatchObject({
      ...{ result: 'missing', means: 'One EHR has no issuer for patients: its visits cannot take place.' },
      ask: { of: 'us', text: expect.stringContaining('"sharesIds": true') },
    })
    expect(report.visits).toBe('would-not-work')
  })

  test('is asked whether it really shares its ids with an EHR of another maker', async () => {
    const { ehr } = await clinic({})
    const other = { name: 'other', iss: ehr.iss, title: 'Other', clientId: 'housecall', client: 'private_key_jwt' }
    const { env, report } = await clinic({ personality: oracle })
    const file = JSON.parse(await readFile(env.HOUSECALL_CONFIG, 'utf8')) as { organisations: [{ issuers: object[] }] } // sound: written above
    file.organisations[0].issuers.push(other)
    await writeFile(env.HOUSECALL_CONFIG, JSON.stringify(file))

    expect(found(await report(), 'shared-ids')).toMatchObject({
      ...{
        result: 'warning',
        details: [/: oracle$/, /: oracle$/, /: generic$/].map((is) => expect.stringMatching(is)),
      },
      ask: { of: 'us', text: expect.stringContaining('"sharesIds": false') },
    })
  })

  test('is content with a serviceProvider', async () => {
    const report = await reported({ personality: oracle, issuer: { serviceProvider: 'Organization/675844' } })

    expect(found(report, 'service-provider').result).toBe('ok')
  })
})

describe("the administrator's own word", () => {
  test('counts: what is switched off is said to be, and by whom', async () => {
    const report = await reported({ issuer: { can: { transaction: false } } })

    expect(found(report, 'transaction')).toMatchObject({
      ...{ result: 'missing', asked: 'the settings', details: ['verdict: switched-off'] },
      ask: { of: 'us', text: expect.stringContaining('"can": { "transaction": false }') },
    })
  })

  test('counts for whose EHR it is, and for the type of the notes', async () => {
    const noteType = { code: '75496-0', display: 'Telehealth Note' }
    const report = await reported({ issuer: { ehr: 'epic', noteType, can: { createEncounters: true } } })

    expect(found(report, 'ehr-kind').means).toBe('Taken for Epic: the settings say so.')
    expect(found(report, 'note-type')).toMatchObject({ result: 'warning', ask: { of: 'us' } })
    expect(found(report, 'createEncounters').result).toBe('ok')
  })

  test('and the clinic’s policies count: no Encounter is made where it wants none', async () => {
    const policies = { createEncounters: false, notesWithoutEncounter: true, drafts: false }

    expect(found(await reported({ organisation: { policies } }), 'createEncounters').details).toEqual([
      'verdict: not-allowed',
    ])
  })
})

describe('the command', () => {
  test('reads the settings as the app does, from the environment or from a file of it, and shows no secret', async () => {
    const { env, folder } = await clinic()
    await writeFile(
      join(folder, 'housecall.env'),
      Object.entries(env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )

    const [byEnvironment, byFile] = await Promise.all([
      doctor(['riverside', '--json'], env),
      doctor(['riverside', '--env', join(folder, 'housecall.env')]),
    ])

    expect(ReportJson.parse(JSON.parse(byEnvironment.out)).visits).toBe('would-work')
    expect([byEnvironment.code, byFile.code]).toEqual([0, 0])
    expect(byFile.out).toMatch(/\n==== riverside\n\nWhat will work\n {2}\+ settings /)
    const said = [byEnvironment, byFile].map(({ out, err }) => out + err).join('')
    for (const secret of Object.values(secrets)) expect(said).not.toContain(secret.split(':').at(-1))
    expect(byFile.out.split('\n').filter((line) => line.length > 100 && !line.includes('http'))).toEqual([])
  })

  test('says all that is wrong with the settings, and that the app does not start with them', async () => {
    const { code, out } = await doctor(['riverside'])

    expect(code).toBe(1)
    expect(out).toMatch(/! settings +The app does not start with these settings\./)
    expect(out).toMatch(/- HOUSECALL_CONFIG: is not set/)
    expect(out).toMatch(/- HOUSECALL_URL: is not set/)
  })

  test('names the organisations there are when it is given another', async () => {
    const { env } = await clinic()

    const { code, out, err } = await doctor(['lakeside'], env)

    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/no organisation "lakeside", but: riverside\./)
  })
})

test('a colour on which white text cannot be read is warned about, with the one that is shown', async () => {
  const light = found(await reported({ organisation: { accent: '#ffcc00' } }), 'accent')

  expect(light).toMatchObject({ result: 'warning', essential: false })
  expect(light.means).toMatch(/^White text cannot be read on #ffcc00: pages show #[0-9a-f]{6} in its place\.$/)
  expect(found(await reported({ organisation: { accent: '#0B6B6B' } }), 'accent').result).toBe('ok')
})

describe('what to do in an emergency', () => {
  const languages = ['en', 'es', 'fr', 'ar']
  const texts = { es: { emergency: 'En una emergencia, llame al 911.' }, fr: { support: 'Accueil, 555-0100' } }
  const said = async (organisation: object) => found(await reported({ organisation: { ...organisation } }), 'emergency')

  test('is warned about where patients may read a language in which the clinic does not say it', async () => {
    const emergency = 'In an emergency, call 911.'

    const lacking = await said({ languages, texts, emergency })
    expect(lacking).toMatchObject({ result: 'warning', essential: false })
    expect(lacking.means).toBe('Who reads French and Arabic is told in another language what to do in an emergency.')
    expect(lacking.ask?.text).toMatch(
      /^Give "texts\.fr\.emergency", "texts\.ar\.emergency", or take these languages out/,
    )
    expect((await said({ languages: ['en', 'ar'] })).means).toBe(
      'Who reads Arabic is not told what to do in an emergency.',
    )
  })

  test('is well where it is said in each, and no question where there is one language', async () => {
    expect((await said({ languages: ['en', 'es'], texts: { es: texts.es } })).result).toBe('ok')
    const plain = await reported({})
    expect(plain.parts.flatMap(({ findings }) => findings).filter(({ id }) => id === 'emergency')).toEqual([])
  })
})
