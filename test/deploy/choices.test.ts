// What an administrator may choose when the secrets are made: a relay and where it answers, and keys in place of Jitsi's secret.
import { createHash } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../server/settings/config.ts'
import { openWorld } from '../support/world.ts'
import { compose, text } from './deploy.ts'
import { machine, run, usual, written } from './script.ts'

// RSA keys take their time.
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-choices-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('a relay', () => {
  /** What compose is told; the keys, which are not looked at here, come from a docker that makes none. */
  async function told(...choice: readonly string[]) {
    const folder = await mkdtemp(join(root, 'relay-'))
    const bin = await machine(root, `[ "$1" = build ] || echo HOUSECALL_JITSI_SECRET_RIVERSIDE=${'j'.repeat(64)}`)
    expect((await run([...usual, ...choice, '--into', folder], root, bin)).code).toBe(0)
    return (await written(folder)).compose
  }

  test('at an address of its own has port 443 there, and the proxy has it at the other', async () => {
    expect(await told('--turn', 'turn.example.org', '--turn-address', '203.0.113.8')).toMatchObject({
      ...{ COMPOSE_PROFILES: 'turn', TURN_HOST: 'turn.example.org', TURNS_PORT: '443' },
      ...{ TURNS_AT: '203.0.113.8:443', HTTPS_AT: '203.0.113.7:443' },
    })
  })

  test('beside the proxy, at one address, has another port', async () => {
    expect(await told('--turn', 'turn.example.org')).toMatchObject({
      ...{ COMPOSE_PROFILES: 'turn', TURNS_PORT: '5349', TURNS_AT: '5349', HTTPS_AT: '443' },
    })
  })

  test('at an address of IPv6 has it in brackets', async () => {
    expect(await told('--turn', 'turn.example.org', '--turn-address', '2001:db8::8')).toMatchObject({
      TURNS_AT: '[2001:db8::8]:443',
    })
  })

  test('is not there unless somebody asks for it, and what compose reads is in form all the same', async () => {
    expect(await told()).toMatchObject({ COMPOSE_PROFILES: '', TURN_HOST: '', TURNS_AT: '5349', HTTPS_AT: '443' })
  })
})

describe('keys in place of a secret', () => {
  const Example = z.object({ organisations: z.tuple([z.looseObject({ jitsi: z.looseObject({}) })]) })
  const [clinic] = Example.parse(JSON.parse(text('deploy/organisations.example.json'))).organisations
  const issuer = {
    name: 'north',
    iss: 'https://north.example.org/fhir',
    title: 'North',
    clientId: 'north',
    client: 'public',
  }
  const north = { ...clinic, id: 'north-side', issuers: [issuer] }

  let folder = ''
  let ran = { code: 1, said: '' }
  beforeAll(async () => {
    folder = await mkdtemp(join(root, 'keys-'))
    const choice = ['--organisation', 'north-side', '--signing', 'RS256']
    ran = await run([...usual, ...choice, '--into', folder], root)
  })

  /** The app's settings as they were written, with the files where they lie on this machine. */
  async function started() {
    const file = join(folder, 'organisations.json')
    const organisations = [clinic, north].map((one) => ({ ...one, jitsi: { ...one.jitsi, signing: 'RS256' } }))
    await writeFile(file, JSON.stringify({ organisations }))
    const here = (at: string) => at.replace('/run/housecall', join(folder, 'secrets'))
    const { app } = await written(folder)
    const env = Object.fromEntries(Object.entries(app).map(([name, value]) => [name, here(value)]))
    const kept = { HOUSECALL_CONFIG: file, HOUSECALL_DATA: folder, HOUSECALL_URL: 'https://visits.example.org' }
    return readConfig({ ...env, ...kept, HOUSECALL_CLIENT_KEYS: here('/run/housecall/client-keys.json') }).organisations
  }

  test('neither side has a secret, every organisation signs by the one key, and it is said what is left to do', async () => {
    const { app, compose: told } = await written(folder)
    const organisations = await started()

    expect(ran.code).toBe(0)
    expect([told.JWT_SIGN_TYPE, told.JWT_APP_SECRET]).toEqual(['RS256', ''])
    expect(Object.keys(app).filter((name) => name.startsWith('HOUSECALL_JITSI_SECRET'))).toEqual([])
    expect(organisations.map(({ jitsiSigner }) => jitsiSigner.alg)).toEqual(['RS256', 'RS256'])
    expect(new Set(organisations.map(({ jitsiKeys }) => jitsiKeys[0]?.kid)).size).toBe(1)
    expect(ran.said).toContain('"signing": "RS256"')
    // As the container sees it, in the folder that compose mounts.
    expect(app.HOUSECALL_JITSI_KEYS_NORTH_SIDE).toBe('/run/housecall/jitsi-keys-riverside.json')
  })

  test('the private one is for the app alone', async () => {
    const { mode, uid } = await stat(join(folder, 'secrets/jitsi-keys-riverside.json'))

    expect((mode & 0o777).toString(8)).toBe('600')
    expect(String(uid)).toBe((await written(folder)).compose.APP_UID)
  })

  test('Prosody finds the public one where it is told to look, in both its ways', async () => {
    const { compose: told } = await written(folder)
    const [{ jitsiKeys } = { jitsiKeys: [] }] = await started()
    const world = await openWorld({
      config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, jitsiKeys })) }),
    })
    onTestFinished(() => world.close())
    const kid = jitsiKeys[0]?.kid ?? ''
    const set = /^cache_keys_url="([^"]+)"$/.exec(told.XMPP_CONFIGURATION ?? '')?.[1] ?? ''
    const one = `${told.JWT_ASAP_KEYSERVER}/${createHash('sha256').update(kid).digest('hex')}.pem`
    const asked = (address: string) => fetch(world.url + new URL(address).pathname)

    expect(await (await asked(set)).json()).toMatchObject({ keys: [{ kid, kty: 'RSA', alg: 'RS256' }] })
    expect(await (await asked(one)).text()).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    // Within this machine, by the network that only the two share.
    expect([set, one].map((address) => new URL(address).origin)).toEqual(['http://app:4000', 'http://app:4000'])
  })

  test('all of it reaches Prosody, which parts its own lines at commas', async () => {
    const { environment = {} } = compose().services.prosody ?? {}

    for (const name of ['JWT_ASAP_KEYSERVER', 'JWT_SIGN_TYPE', 'JWT_APP_SECRET'])
      expect(environment[name]).toBe(`\${${name}}`)
    expect(environment.XMPP_CONFIGURATION?.split(',')[0]).toBe(`\${XMPP_CONFIGURATION}`)
    expect((await written(folder)).compose.XMPP_CONFIGURATION).not.toMatch(/[,\s]/)
  })
})
