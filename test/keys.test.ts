// `npm run keys`, run as an administrator would: what it prints starts the app, what it keeps to itself stays there.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../server/config.ts'

// An RSA key takes its time, most of all beside other tests.
vi.setConfig({ testTimeout: 60_000 })

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-keys-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

type Ran = { readonly code: number; readonly out: string; readonly err: string }

const keys = (...given: readonly string[]) =>
  new Promise<Ran>((done) => {
    execFile(process.execPath, ['--import', 'tsx', 'scripts/keys.ts', ...given], (cause, out, err) =>
      done({ code: cause === null ? 0 : Number(cause.code), out, err }),
    )
  })

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
  issuers: [{ iss: `https://${id}.example/fhir`, title: 'EHR', clientId: 'c', client: 'private_key_jwt' }],
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
  expect(new Set(read.organisations.map((o) => Buffer.from(o.jitsiSecret).toString())).size).toBe(2)
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
])('with %s nothing is made, and the right command is shown', async (_, given) => {
  const directory = await mkdtemp(join(root, 'none-'))

  const { code, out, err } = await keys(...given.map((word) => (word === 'd' ? join(directory, 'd') : word)))

  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/npm run keys -- <directory>|lower-case/)
  expect(await readdir(directory)).toEqual([])
})
