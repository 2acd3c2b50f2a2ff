// `npm run keys`, run as an administrator would: what it prints starts the app, what it keeps to itself stays there.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { type ClientKey, readConfig } from '../../server/settings/config.ts'
import { commandRuns } from '../support/command.ts'
import { ask } from '../support/people.ts'
import { openWorld } from '../support/world.ts'

// An RSA key takes its time, most of all beside other tests.
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-keys-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const keys = (...given: readonly string[]) => commandRuns('scripts/keys.ts', given)

const linesOf = (out: string) =>
  Object.fromEntries(
    out
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

const KeyFile = z.object({ keys: z.array(z.record(z.string(), z.string())) })
const keyFile = async (path: string) => KeyFile.parse(JSON.parse(await readFile(path, 'utf8'))).keys

const organisation = (id: string) => ({
  ...{ id, name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York' },
  issuers: [{ name: 'ehr', iss: `https://${id}.example/fhir`, title: 'EHR', clientId: 'c', client: 'private_key_jwt' }],
  jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
})

test('the app starts with the lines an administrator was given', async () => {
  const directory = join(root, 'new', 'secrets')
  const config = join(root, 'organisations.json')
  await writeFile(config, JSON.stringify({ organisations: [organisation('riverside'), organisation('north-side')] }))

  const { code, out } = await keys(directory, '--organisation', 'riverside', '--organisation', 'north-side')

  const rest = { HOUSECALL_CONFIG: config, HOUSECALL_URL: 'https://visits.example.org', HOUSECALL_DATA: root }
  const read = readConfig({ ...linesOf(out), ...rest })
  expect(code).toBe(0)
  expect(read.clientKeys.map(({ kty, alg }) => [kty, alg])).toEqual([
    ['RSA', 'RS384'],
    ['EC', 'ES384'],
  ])
  const secrets = read.organisations.map(
    ({ jitsiSigner: by }) => by.alg === 'HS256' && Buffer.from(by.secret).toString(),
  )
  expect(new Set([...secrets, ...read.organisations.map(({ jitsiEvents }) => jitsiEvents)]).size).toBe(4)
  expect([read.sealKeys.length, read.roomKey.length]).toEqual([1, 32])
})

test('a private key is in its file alone, which only its owner may read', async () => {
  const directory = join(root, 'private')

  const { out, err } = await keys(directory, '--organisation', 'riverside')

  const path = linesOf(out).HOUSECALL_CLIENT_KEYS ?? ''
  const { mode } = await stat(path)
  const parts = (await keyFile(path)).flatMap((key) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].flatMap((n) => key[n] ?? []))
  expect(path).toBe(join(directory, 'client-keys.json'))
  expect((mode & 0o777).toString(8)).toBe('600')
  expect(((await stat(directory)).mode & 0o777).toString(8)).toBe('700')
  expect(err).toContain(path)
  expect(parts).toHaveLength(7)
  for (const part of parts) expect(out + err).not.toContain(part)
})

test('keys that EHRs already know are not overwritten, and no new secrets are shown', async () => {
  const directory = join(root, 'twice')
  const first = await keys(directory, '--organisation', 'riverside')
  const before = await readFile(join(directory, 'client-keys.json'), 'utf8')

  const second = await keys(directory, '--organisation', 'riverside')

  expect([first.code, second.code, second.out]).toEqual([0, 1, ''])
  expect(second.err).toContain('not overwritten')
  expect(await readFile(join(directory, 'client-keys.json'), 'utf8')).toBe(before)
})

test.each([
  ['no directory', ['--organisation', 'riverside']],
  ['no organisation', ['d']],
  ['an id the settings would refuse', ['d', '--organisation', 'River Side']],
  ['an option nobody knows', ['d', '--organisation', 'riverside', '--force']],
  ['an organisation and a change of keys', ['d', '--organisation', 'riverside', '--drop', 'a']],
  ['two changes of keys', ['d', '--drop', 'a', '--sign-with', 'b']],
  ['a kind of key SMART does not name', ['d', '--add-client-key', 'RS256']],
])('with %s nothing is made, and the right command is shown', async (_, given) => {
  const directory = await mkdtemp(join(root, 'none-'))

  const { code, out, err } = await keys(...given.map((word) => (word === 'd' ? join(directory, 'd') : word)))

  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/npm run keys -- <directory>|lower-case|ES384 nor RS384/)
  expect(await readdir(directory)).toEqual([])
})

/** The keys of a new deployment, in a folder of their own. */
async function deployed() {
  const directory = await mkdtemp(join(root, 'deployed-'))
  await keys(directory, '--organisation', 'riverside')
  const path = join(directory, 'client-keys.json')
  return { directory, path, kids: async () => (await keyFile(path)).map(({ kid = '' }) => kid) }
}

test('keys are changed while the clinic works: the EHR lets everyone in before, between and after', async () => {
  const { directory, path, kids } = await deployed()
  const [old = '', other = ''] = await kids()
  const read = async () => (await keyFile(path)) as unknown as ClientKey[] // sound: the app's own schema reads the same file
  const world = await openWorld({ clientKeys: await read() })
  onTestFinished(() => world.close())
  const user = clinic.practitioners.chen.reference
  const before = await world.signIn({ user })
  const published: string[][] = []
  const restarted = async () => {
    const clientKeys = await read()
    await world.restart((config) => ({ ...config, clientKeys }))
    expect((await (await world.signIn({ user })).get('/api/appointments')).status).toBe(200)
    const { body } = await ask(world.url, '/.well-known/jwks.json')
    published.push(KeyFile.parse(body).keys.map(({ kid = '' }) => kid))
  }

  // The page for administrators, command by command.
  let fresh = ''
  for (const command of await commandsOf('docs/keys.md')) {
    const named = command.replace('NEW_KID', fresh).replace('OLD_KID', old)
    const { code } = await keys(directory, ...named.split(' ').slice(1))
    expect(code).toBe(0)
    fresh ||= (await kids()).at(-1) ?? ''
    await restarted()
  }

  expect(published).toEqual([
    [old, other, fresh],
    [fresh, old, other],
    [fresh, other],
  ])
  // Whoever was signed in under the old key is still: also the renewal of her token is signed with the new one.
  world.later(11)
  expect((await before.get('/api/appointments')).status).toBe(200)
})

/** What stands after `npm run --silent keys -- ` in the page's shell blocks: the directory and the options. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const found = [...(await readFile(page, 'utf8')).matchAll(/^ *npm run --silent keys -- ((?!.*--jitsi).+)$/gm)]
  expect(found).toHaveLength(3)
  return found.map(([, options = '']) => options)
}

test('a changed file stays its owner’s alone, nothing lies beside it, and nothing private is shown', async () => {
  const { directory, path, kids } = await deployed()

  const { out, err } = await keys(directory, '--add-client-key', 'RS384')

  const [first = '', second = '', third = ''] = await kids()
  expect(out).toBe(`${first}  RS384  signs\n${second}  ES384  published\n${third}  RS384  published\n`)
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600')
  expect(await readdir(directory)).toEqual(['client-keys.json'])
  const parts = (await keyFile(path)).flatMap((key) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].flatMap((n) => key[n] ?? []))
  expect(parts).toHaveLength(13)
  for (const part of parts) expect(out + err).not.toContain(part)
})

test('the last key, a key nobody knows, and a file of something else are left as they are', async () => {
  const { directory, path, kids } = await deployed()
  const [first = '', second = ''] = await kids()
  await keys(directory, '--drop', second)
  const before = await readFile(path, 'utf8')

  const last = await keys(directory, '--drop', first)
  const unknown = await keys(directory, '--drop', second)
  const strange = await keys(directory, '--sign-with', second)

  expect([last.code, unknown.code, strange.code]).toEqual([1, 1, 1])
  expect(last.err).toMatch(/only key/)
  expect(unknown.err).toContain(`There are: ${first}`)
  expect(await readFile(path, 'utf8')).toBe(before)
  await writeFile(path, '{"keys":[{"kid":"a","d":"the-private-half"}]}')
  const broken = await keys(directory, '--add-client-key', 'ES384')
  expect([broken.code, broken.out]).toEqual([1, ''])
  expect(broken.err).not.toContain('the-private-half')
  expect(await readFile(path, 'utf8')).toContain('the-private-half')
})
