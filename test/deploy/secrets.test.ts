// The script that makes a new machine's secrets, run as an administrator would: what it writes starts the app and fills every gap in compose.
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../server/settings/config.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import { compose, composeFile, text, variablesOf } from './deploy.ts'
import { hosts, machine, rest, run as runIn, usual, written } from './script.ts'

// An RSA key takes its time.
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-deploy-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const run = (given: readonly string[], path?: string, file?: string) => runIn(given, root, path, file)

/** A folder of its own, and what the script left there. */
async function made(...more: readonly string[]) {
  const folder = await mkdtemp(join(root, 'made-'))
  const ran = await run([...usual, ...more, '--into', folder])
  return { ...ran, folder, ...(await written(folder)) }
}

/** The usual machine, made once for those who only look at it: keys take their time. */
let usualMachine: ReturnType<typeof made> | undefined
const look = () => {
  usualMachine ??= made()
  return usualMachine
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('on a new machine', () => {
  test('the app starts with what was written for it, and the example of organisations', async () => {
    const { code, folder, app, compose: forCompose } = await look()
    const given = compose().services.app?.environment ?? {}
    const url = given.HOUSECALL_URL?.replace(`\${APP_HOST}`, forCompose.APP_HOST ?? '')
    const kept = { HOUSECALL_CONFIG: 'deploy/organisations.example.json', HOUSECALL_DATA: folder }

    const config = readConfig({
      ...{ ...given, ...app, ...kept, HOUSECALL_URL: url },
      HOUSECALL_CLIENT_KEYS: join(folder, 'secrets/client-keys.json'),
    })

    expect(code).toBe(0)
    expect(config.url).toBe('https://visits.example.org')
    expect(config.clientKeys.map(({ alg }) => alg)).toEqual(['RS384', 'ES384'])
    expect([config.sealKeys.length, config.roomKey.length]).toEqual([1, 32])
    expect(config.organisations[0]?.jitsiEvents).toHaveLength(64)
  })

  test('Prosody believes the tokens the app makes: one secret, one issuer, one audience, one domain', async () => {
    const { app, compose: forCompose } = await made('--organisation', 'north-side')
    const example = readFile('deploy/organisations.example.json', 'utf8').then((file) => JSON.parse(file) as unknown)
    const { environment = {} } = compose().services.prosody ?? {}

    expect(app.HOUSECALL_JITSI_SECRET_RIVERSIDE).toBe(forCompose.JWT_APP_SECRET)
    expect(app.HOUSECALL_JITSI_SECRET_NORTH_SIDE).toBe(forCompose.JWT_APP_SECRET)
    expect(forCompose.JWT_APP_SECRET?.length).toBeGreaterThanOrEqual(43)
    // And the app believes what Prosody tells it of each organisation's rooms.
    expect(forCompose.JITSI_ORGANISATIONS).toBe('riverside north-side')
    expect(app.HOUSECALL_JITSI_EVENTS_RIVERSIDE).toBe(forCompose.JITSI_EVENTS_SECRET)
    expect(app.HOUSECALL_JITSI_EVENTS_NORTH_SIDE).toBe(forCompose.JITSI_EVENTS_SECRET)
    expect(await example).toMatchObject({
      organisations: [
        {
          jitsi: {
            origin: 'https://meet.example.org',
            issuer: environment.JWT_ACCEPTED_ISSUERS,
            audience: environment.JWT_ACCEPTED_AUDIENCES,
            // Prosody's own domain, which is meet.jitsi unless XMPP_DOMAIN says otherwise.
            subject: environment.XMPP_DOMAIN ?? 'meet.jitsi',
          },
        },
      ],
    })
  })

  test('every gap in compose is filled, and nothing is written that nobody reads', async () => {
    const { compose: written, app } = await look()
    const gaps = [...text(composeFile).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? '')
    // Compose's own.
    const own = ['COMPOSE_PROFILES']

    expect([...new Set([...gaps, ...own])].toSorted()).toEqual(Object.keys(written).toSorted())
    const empty = Object.keys(written).filter((name) => written[name] === '')
    // No relay, no keys instead of a secret, and no EHR that shows the app in a frame.
    expect(empty.toSorted()).toEqual([
      ...['COMPOSE_PROFILES', 'EHR_FRAMES', 'JWT_ASAP_KEYSERVER', 'TURN_HOST', 'XMPP_CONFIGURATION'],
    ])
    expect(Object.keys(app)).toEqual(
      expect.arrayContaining(['HOUSECALL_SEAL_KEYS', 'HOUSECALL_ROOM_KEY', 'HOUSECALL_JITSI_SECRET_RIVERSIDE']),
    )
    // Compose says where it lies in the container.
    expect(Object.keys(app)).not.toContain('HOUSECALL_CLIENT_KEYS')
  })

  test('each secret is its own, on every machine, and none is shown', async () => {
    const names = ['JWT_APP_SECRET', 'JICOFO_AUTH_PASSWORD', 'JVB_AUTH_PASSWORD', 'TURN_SECRET', 'JITSI_EVENTS_SECRET']
    const machines = [await look(), await made()]
    const secrets = machines.flatMap(({ compose: written }) => names.map((name) => written[name] ?? ''))

    expect(new Set(secrets).size).toBe(10)
    for (const { said, app } of machines)
      for (const secret of [...secrets, app.HOUSECALL_ROOM_KEY ?? '']) expect(said).not.toContain(secret)
    // Text that Lua, YAML and a shell all take as it stands.
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43,}$/)
  })

  test('only their owner can read them, and the app is never run as root', async () => {
    const { folder, compose: written } = await look()
    const modes = await Promise.all(
      ['.env', 'app.env', 'secrets', 'secrets/client-keys.json', 'data', 'certificates'].map((name) =>
        modeOf(join(folder, name)),
      ),
    )
    const { uid, gid } = await stat(join(folder, 'secrets/client-keys.json'))

    expect(modes).toEqual(['600', '600', '700', '600', '700', '700'])
    expect([written.APP_UID, written.APP_GID]).toEqual([String(uid), String(gid)])
    expect(uid).not.toBe(0)
    for (const name of ['data', 'certificates']) expect((await stat(join(folder, name))).uid).toBe(uid)
  })
})

describe('what is there already', () => {
  test.each(['.env', 'app.env', 'secrets/client-keys.json', 'secrets/jitsi-keys-riverside.json'])(
    '%s is left as it is, and nothing is put beside it',
    async (name) => {
      const folder = await mkdtemp(join(root, 'there-'))
      await mkdir(join(folder, 'secrets'))
      await writeFile(join(folder, name), 'kept')

      const { code, said } = await run([...usual, '--into', folder])

      expect([code, await readFile(join(folder, name), 'utf8')]).toEqual([1, 'kept'])
      expect(said).toContain('not overwritten')
      expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(
        [...new Set(['secrets', name])].toSorted(),
      )
    },
  )
})

test.each([
  ['nothing at all', []],
  ['no organisation', [...hosts, ...rest.slice(0, 4)]],
  ['an address with https://', ['--app', 'https://visits.example.org', ...usual.slice(2)]],
  ['one name for both', ['--app', 'meet.example.org', ...usual.slice(2)]],
  ['a name that is only a word', ['--app', 'visits', ...usual.slice(2)]],
  ['an id the settings would refuse', [...usual.slice(0, -1), 'River Side']],
  ['an id that is a command', [...usual.slice(0, -1), 'x;id']],
  ['an e-mail address that is a line', [...hosts, '--address', '203.0.113.7', '--email', 'a@b\nX=1', ...rest.slice(4)]],
  ['an option nobody knows', [...usual, '--force', 'yes']],
  ['a relay under the name of Jitsi', [...usual, '--turn', 'meet.example.org']],
  ['a relay at the proxy’s address', [...usual, '--turn', 'turn.example.org', '--turn-address', '203.0.113.7']],
  ['an address for no relay', [...usual, '--turn-address', '203.0.113.8']],
  ['a way to sign that Prosody does not take', [...usual, '--signing', 'ES256']],
])('with %s nothing is made', async (_, given) => {
  const folder = await mkdtemp(join(root, 'none-'))

  const { code, said } = await run([...given, '--into', folder])

  expect(code).toBeGreaterThan(0)
  expect(said).toMatch(/Usage: |is no |a host name each|a host name of its own|needs another|--turn is missing/)
  expect(await readdir(folder)).toEqual([])
})

describe('on a machine that has Docker and no Node', () => {
  test('the image’s first stage makes the keys, without a network', async () => {
    const folder = await mkdtemp(join(root, 'docker-'))
    const lines = [
      'SEAL_KEYS=a:b',
      'ROOM_KEY=c',
      'CLIENT_KEYS=/keys/client-keys.json',
      `JITSI_SECRET_RIVERSIDE=${'j'.repeat(64)}`,
    ]
    const keys = `touch ${join(folder, 'secrets/client-keys.json')}; printf 'HOUSECALL_%s\\n' ${lines.join(' ')}`
    const bin = await machine(root, `[ "$1" = build ] || { ${keys}; }`)

    const { code } = await run([...usual, '--into', folder], bin)

    const asked = await readFile(join(bin, 'asked'), 'utf8')
    expect(code).toBe(0)
    expect(asked).toMatch(/^build .*--target build .*--file \S+\/deploy\/Dockerfile/m)
    expect(asked).toMatch(
      /^run .*--network none .*\/secrets:\/keys .*npm run --silent keys -- \/keys --organisation riverside$/m,
    )
    expect(Object.keys(variablesOf(await readFile(join(folder, 'app.env'), 'utf8')))).toHaveLength(4)
  })

  test('when that fails nothing is left behind, and what was said is shown', async () => {
    const folder = await mkdtemp(join(root, 'failed-'))
    const bin = await machine(root, 'echo "Cannot connect to the Docker daemon" >&2; exit 1')

    const { code, said } = await run([...usual, '--into', folder], bin)

    expect(code).toBe(1)
    expect(said).toContain('Cannot connect to the Docker daemon')
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(['certificates', 'data', 'secrets'])
  })
})

describe('the script of Jitsi’s image', () => {
  const body = `!function(){self.JitsiMeetExternalAPI=class{}}()\n// wörd ${'x'.repeat(40_000)}\n`
  const hash = `sha384-${createHash('sha384').update(body).digest('base64')}`

  /** A machine whose Docker has an image with this script, and an image with Node; a Node beside it or none. */
  async function withImage(script: string, nodeHere: boolean) {
    const file = join(await mkdtemp(join(root, 'image-')), 'external_api.min.js')
    await writeFile(file, script)
    const node = `while [ "$1" != node ]; do shift; done; shift; exec ${process.execPath} "$@"`
    const bin = await machine(
      root,
      `case "$*" in build*) ;; *'--entrypoint cat'*) cat ${file} ;; *'node -e'*) ${node} ;; *) exit 1 ;; esac`,
    )
    return { bin, path: nodeHere ? `${bin}${delimiter}${process.env.PATH}` : bin }
  }

  test.each([true, false])(
    'is told by its hash, as the settings take it (Node on the machine: %s)',
    async (nodeHere) => {
      const { bin, path } = await withImage(body, nodeHere)

      const { code, said } = await run(['--script'], path)

      expect([code, said]).toEqual([0, `${hash}\n`])
      expect(
        JitsiSettings.safeParse({ origin: 'https://meet.example.org', issuer: 'x', script: said.trim() }).success,
      ).toBe(true)
      const web = compose().services.web?.image ?? ''
      expect(web).toMatch(/^ghcr\.io\/jitsi\/web:stable-\d+/)
      expect(await readFile(join(bin, 'asked'), 'utf8')).toContain(
        `run --rm --network none --entrypoint cat ${web} /usr/share/jitsi-meet/libs/external_api.min.js`,
      )
    },
  )

  test('is told to who makes a new machine, for the settings', async () => {
    const folder = await mkdtemp(join(root, 'approving-'))
    const { path } = await withImage(body, true)

    const { code, said } = await run([...usual, '--into', folder], path)

    expect(code).toBe(0)
    expect(said).toContain(`each "jitsi" needs "script": "${hash}"`)
  })

  test.each([
    ['is another thing', '<!doctype html><title>404</title>'],
    ['is empty', ''],
  ])(
    'is not told where what lies there %s: the machine is made all the same, and it is said what is left to do',
    async (_, script) => {
      const folder = await mkdtemp(join(root, 'no-script-'))
      const { path } = await withImage(script, true)

      const alone = await run(['--script'], path)
      const made = await run([...usual, '--into', folder], path)

      expect([alone.code, alone.said]).toEqual([1, expect.stringContaining('could not be looked at')])
      expect([made.code, made.said]).toEqual([0, expect.stringContaining('./secrets.sh --script')])
      for (const { said } of [alone, made]) expect(said).not.toContain('sha384-')
    },
  )
})

test('the keys are made without asking a registry whether there is a newer npm', async () => {
  let asked = 0
  const registry = createServer((_, response) => {
    asked += 1
    response.writeHead(404).end()
  })
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening))
  const { port } = registry.address() as AddressInfo // sound: it listens on a port
  const home = await mkdtemp(join(root, 'home-'))
  await writeFile(join(home, '.npmrc'), `registry=http://127.0.0.1:${port}/\n`)
  const folder = await mkdtemp(join(root, 'asks-'))

  const { code } = await runIn([...usual, '--into', folder], home)

  expect([code, asked]).toEqual([0, 0])
  await new Promise((closed) => registry.close(closed))
})

test('in its own folder it lets the containers read what is no secret, however private the clone was', async () => {
  const repository = await mkdtemp(join(root, 'clone-'))
  const folder = join(repository, 'deploy')
  for (const name of ['jitsi/web/nginx-custom', 'relay'])
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  const files = ['secrets.sh', 'Caddyfile', 'jitsi/web/nginx-custom/private.conf', 'relay/turnserver.conf']
  for (const file of files) {
    await copyFile(join('deploy', file), join(folder, file))
    await chmod(join(folder, file), 0o600)
  }
  for (const linked of ['node_modules', 'scripts', 'server', 'package.json'])
    await symlink(join(process.cwd(), linked), join(repository, linked))

  const { code } = await run(usual, undefined, join(folder, 'secrets.sh'))

  expect(code).toBe(0)
  expect(await modeOf(join(folder, 'Caddyfile'))).toBe('644')
  expect(await modeOf(join(folder, 'jitsi/web/nginx-custom'))).toBe('755')
  expect(await modeOf(join(folder, 'jitsi/web/nginx-custom/private.conf'))).toBe('644')
  expect(await modeOf(join(folder, 'relay/turnserver.conf'))).toBe('644')
  expect(await modeOf(join(folder, '.env'))).toBe('600')
})
