// `npm run keys -- … --jitsi`, as docs/keys.md says it: the app starts with what it makes, and a key is turned while visits go on.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../server/settings/config.ts'
import { commandRuns } from '../support/command.ts'

// An RSA key takes its time, most of all beside other tests.
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-keys-jitsi-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const keys = (...given: readonly string[]) => commandRuns('scripts/keys.ts', given)

const organisation = {
  ...{ id: 'riverside', name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York' },
  issuers: [{ name: 'ehr', iss: 'https://riverside.example/fhir', title: 'EHR', clientId: 'c', client: 'public' }],
  jitsi: { origin: 'https://meet.example', issuer: 'housecall', signing: 'RS256' },
}
const KeyFile = z.object({ keys: z.array(z.record(z.string(), z.string())) })

test('the commands of docs/keys.md make a key, put another first and drop the old one', async () => {
  const config = join(root, 'organisations.json')
  await writeFile(config, JSON.stringify({ organisations: [organisation] }))
  const page = await readFile('docs/keys.md', 'utf8')
  const [make = '', sign = '', drop = ''] = [...page.matchAll(/^ *npm run --silent keys -- \S+ (.*--jitsi.*)$/gm)].map(
    (m) => m[1],
  )
  const directory = join(root, 'data')
  const run = async (command: string, [newer = '', older = '']: readonly string[] = []) =>
    keys(directory, ...command.replace('NEW_KID', newer).replace('OLD_KID', older).split(' '))
  const kidsNow = (env: Record<string, string>) =>
    readConfig(env).organisations[0]?.jitsiKeys.map(({ kid }) => kid) ?? []

  const made = await run(make)
  const [name = '', path = ''] = made.out.trim().split('=')
  const env = {
    ...{ HOUSECALL_CONFIG: config, HOUSECALL_URL: 'https://visits.example.org', HOUSECALL_DATA: root, [name]: path },
    ...{ HOUSECALL_SEAL_KEYS: `k1:${'A'.repeat(43)}`, HOUSECALL_ROOM_KEY: 'A'.repeat(43) },
  }
  const [first = ''] = kidsNow(env)
  const added = await run(make)
  const [, second = ''] = kidsNow(env)
  const signing = await run(sign, [second, first])
  const both = kidsNow(env)
  const dropping = await run(drop, [second, first])

  expect([made, added, signing, dropping].map(({ code }) => code)).toEqual([0, 0, 0, 0])
  expect([name, path]).toEqual(['HOUSECALL_JITSI_KEYS_RIVERSIDE', join(directory, 'jitsi-keys-riverside.json')])
  expect(added.out).toBe(`${first}  RS256  signs\n${second}  RS256  published\n`)
  expect(both).toEqual([second, first])
  expect(kidsNow(env)).toEqual([second])
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600')
  expect(await readdir(directory)).toEqual(['jitsi-keys-riverside.json'])
  const kept = KeyFile.parse(JSON.parse(await readFile(path, 'utf8'))).keys[0]
  for (const part of [kept?.d, kept?.p])
    expect([made, added, signing, dropping].map((r) => r.out + r.err).join()).not.toContain(part)
})

test.each([
  ['an organisation besides', ['--jitsi', 'riverside', '--organisation', 'riverside']],
  ['a key for EHRs besides', ['--jitsi', 'riverside', '--add-client-key', 'ES384']],
  ['an id the settings would refuse', ['--jitsi', 'River Side']],
  ['a key to drop where there is none', ['--jitsi', 'riverside', '--drop', 'a']],
])('with %s nothing is made, in words an administrator can act on', async (_, given) => {
  const directory = await mkdtemp(join(root, 'none-'))

  const { code, out, err } = await keys(directory, ...given)

  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/npm run keys -- <directory>|lower-case|cannot be read/)
  expect(await readdir(directory)).toEqual([])
})
