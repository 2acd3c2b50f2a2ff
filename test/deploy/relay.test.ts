// The relay for networks that let nothing but TLS through: who comes in, where it leads to, and that it has its certificate without hands.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { blockOf, blocksOf } from './caddy.ts'
import { addressesOf, compose, text } from './deploy.ts'

const elsewhere = 'deploy/relay/compose.yaml'
const { services, networks } = compose()
const { turn, prosody, proxy } = services
const settings = text('deploy/relay/turnserver.conf')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

describe('the way in', () => {
  test('is TLS alone, for whoever has a word of Prosody’s', () => {
    for (const line of ['tls-listening-port=5349', 'no-udp', 'no-tcp', 'no-stun', 'use-auth-secret', 'stale-nonce=600'])
      expect(settings).toContain(line)
    expect(settings.filter((line) => /^(dtls|cli|no-auth|lt-cred-mech|user=|listening-port)/.test(line))).toEqual([])
  })

  test('a word is by the secret that only the relay and Prosody have, and good as long as the longest token', () => {
    const holders = Object.values(services).filter(({ environment }) =>
      Object.values(environment).includes(`\${TURN_SECRET}`),
    )

    expect(holders).toEqual([prosody, turn])
    // Four hours: docs/integrate.md, §6.
    expect(prosody?.environment.TURN_TTL).toBe(String(4 * 60 * 60))
  })

  test('Prosody names the host and the port that people reach', () => {
    const { TURNS_HOST, TURNS_PORT } = prosody?.environment ?? {}

    expect([TURNS_HOST, TURNS_PORT]).toEqual([`\${TURN_HOST}`, `\${TURNS_PORT}`])
    expect(turn?.environment.TURN_HOST).toBe(TURNS_HOST)
    expect([turn?.ports, proxy?.ports]).toEqual([[`\${TURNS_AT}:5349`], ['80:80', `\${HTTPS_AT}:443`]])
    // Without TLS nobody is helped who needs a relay: Jitsi's page takes TCP and TLS only, and those networks TLS only.
    expect(Object.keys(prosody?.environment ?? {}).filter((name) => /^(TURN|STUN)_(HOST|PORT)$/.test(name))).toEqual([])
  })
})

describe('the way out', () => {
  const bridge = addressesOf('jvb')
  const relay = addressesOf('turn')

  test('is shut for every address, private ones, loopback and a cloud’s metadata among them', () => {
    expect(settings.filter((line) => line.startsWith('denied-peer-ip'))).toEqual([
      'denied-peer-ip=0.0.0.0-255.255.255.255',
      'denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ])
    expect(settings).toEqual(expect.arrayContaining(['no-multicast-peers', 'no-tcp-relay']))
    expect(settings.filter((line) => /^allow/.test(line))).toEqual([])
  })

  test('but for the bridge’s, on a network that only the two share and that leads nowhere else', () => {
    const members = Object.entries(services).filter(([, service]) => service.networks.includes('relay'))

    expect(turn?.environment).toMatchObject({
      RELAY_FROM: relay.relay,
      RELAY_TO: bridge.relay,
      RELAY_AT: relay.outside,
    })
    expect(members.map(([name]) => name)).toEqual(['jvb', 'turn'])
    expect(networks.relay?.internal).toBe(true)
    // On the machine's own network, or on Jitsi's, it could be talked into more than its settings say.
    expect(turn?.networks).toEqual(['outside', 'relay'])
  })

  test('every address is of its network, and of nobody else’s', () => {
    const last = (address = '') => Number(address.split('.')[3])
    const within = (address = '', network = '') => {
      const [base = '', bits] = (networks[network]?.ipam?.config[0].subnet ?? '').split('/')
      // The first is the network's, the next its gateway's, the last for all.
      return bits === '29' && last(address) > last(base) + 1 && last(address) < last(base) + 7
    }

    expect(within(relay.outside, 'outside')).toBe(true)
    expect([relay.relay, bridge.relay].map((address) => within(address, 'relay'))).toEqual([true, true])
    for (const address of [...Object.values(relay), ...Object.values(bridge)]) expect(address).toMatch(/^198\.1[89]\./)
  })

  test('nobody takes it all', () => {
    const limit = (name: string) => Number(settings.find((line) => line.startsWith(`${name}=`))?.split('=')[1])

    expect(limit('user-quota')).toBeGreaterThan(0)
    expect(limit('total-quota')).toBeGreaterThan(limit('user-quota'))
    expect(limit('max-bps')).toBe(1_000_000)
  })
})

describe('its certificate', () => {
  const file = blocksOf(text('deploy/relay/Caddyfile'))
  const asks = services['relay-certificate']
  const mountOf = (service: typeof asks, target: string) =>
    service?.volumes.find((mount) => typeof mount !== 'string' && mount.target === target)

  test('is asked for at one authority, by the question that comes to port 80', () => {
    const issuer = blockOf(file, '').blocks[0]

    expect(issuer?.head).toBe('cert_issuer acme https://acme-v02.api.letsencrypt.org/directory')
    expect(issuer?.lines).toEqual(['disable_tlsalpn_challenge'])
    expect(blockOf(file, '').lines).toEqual(expect.arrayContaining(['http_port 8080', 'https_port 8443', 'admin off']))
    expect(blockOf(file, '{$TURN_HOST}').lines).toEqual(['respond 404'])
    expect(text('deploy/relay/start.sh')).toContain('/caddy/certificates/acme-v02.api.letsencrypt.org-directory/')
  })

  test('lies in a folder of its own, which the relay may only read, and no other name’s key lies there', () => {
    const kept = mountOf(asks, '/data')
    const read = mountOf(turn, '/certificates')

    expect(read).toMatchObject({ source: './certificates', read_only: true })
    expect(kept).toMatchObject({ source: './certificates' })
    expect([asks?.user, turn?.user]).toEqual([`\${APP_UID}:\${APP_GID}`, `\${APP_UID}:\${APP_GID}`])
    expect(proxy?.volumes).toContain('certificates:/data')
    expect(turn?.volumes.filter((mount) => typeof mount === 'string')).toEqual([])
  })

  test('whether it is well is asked where it answers', () => {
    expect(asks?.healthcheck?.test.at(-1)).toBe('http://127.0.0.1:8081/')
    expect(blockOf(file, 'http://:8081').lines).toEqual(['bind 127.0.0.1', 'respond 204'])
    expect(turn?.healthcheck?.test.at(-1)).toBe(`</dev/tcp/${turn?.environment.RELAY_AT}/5349`)
  })
})

test('on a machine of its own it is the same, with the ports that people and the authority want, and no more', () => {
  const other = compose(elsewhere)
  const here = (name: string) => {
    const { profiles, ports, networks: _, volumes, ...rest } = services[name] ?? {}
    return { ...rest, volumes: JSON.parse(JSON.stringify(volumes).replaceAll('./relay/', './')) as unknown }
  }
  const there = (name: string) => {
    const { profiles, ports, networks: _, ...rest } = other.services[name] ?? {}
    return rest
  }
  const at = addressesOf('turn', elsewhere).outside
  const own = { RELAY_AT: at, RELAY_FROM: at, RELAY_TO: `\${RELAY_TO}` }

  expect(there('relay-certificate')).toEqual(here('relay-certificate'))
  expect(there('turn')).toEqual({ ...here('turn'), environment: { ...turn?.environment, ...own } })
  expect(Object.entries(other.services).map(([name, { ports }]) => [name, ports])).toEqual([
    ['turn', ['443:5349']],
    ['relay-certificate', ['80:8080']],
  ])
})

describe('when it starts', () => {
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'housecall-relay-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  const running: ChildProcess[] = []
  // The whole group: what it started must not outlive it.
  afterEach(() => {
    for (const { pid, exitCode } of running.splice(0))
      if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL')
  })

  const host = 'turn.example.org'
  const secret = 'a1'.repeat(32)
  /** In coturn's place: writes down how it was called and what it is told. */
  const stub = `#!/bin/sh
echo "called $*" >>"$HEARD"
trap 'echo renewed >>"$HEARD"' USR2
trap 'echo stopped >>"$HEARD"; exit 0' TERM
while :; do sleep 0.02; done
`

  async function machine(left: Readonly<Record<string, string>> = {}) {
    const folder = await mkdtemp(join(root, 'machine-'))
    const kept = join(folder, `caddy/certificates/acme-v02.api.letsencrypt.org-directory/${host}`)
    await mkdir(kept, { recursive: true })
    await writeFile(join(folder, 'turnserver'), stub)
    await chmod(join(folder, 'turnserver'), 0o755)
    const env = {
      ...{ PATH: `${folder}${delimiter}${process.env.PATH}`, HEARD: join(folder, 'heard'), CERTIFICATES: folder },
      ...{ SETTINGS: 'deploy/relay/turnserver.conf', WRITTEN: join(folder, 'written'), LOOK_EVERY: '0.05' },
      ...{ TURN_HOST: host, TURN_SECRET: secret, RELAY_AT: '198.18.77.242' },
      ...{ RELAY_FROM: '198.18.77.250', RELAY_TO: '198.18.77.251', ...left },
    }
    const shell = spawn('/bin/sh', ['deploy/relay/start.sh'], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(shell)
    const said: string[] = []
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (piece) => said.push(String(piece)))
    const heard = () => readFile(join(folder, 'heard'), 'utf8').catch(() => '')
    const keep = (name: 'crt' | 'key', content: string) => writeFile(join(kept, `${host}.${name}`), content)
    return { shell, said, heard, keep, written: join(folder, 'written'), ended: once(shell, 'close') }
  }
  const until = eventually

  test('it waits for its certificate, then runs with this machine’s settings, and keeps the secret to itself', async () => {
    const { said, heard, keep, written, shell, ended } = await machine()
    await until(async () => expect(said.join('')).toContain(`Waiting for the certificate of ${host}.`))
    expect(await heard()).toBe('')

    await keep('crt', 'one')
    await keep('key', 'one')

    await until(async () => expect(await heard()).toBe(`called -c ${written}\n`))
    const lines = (await readFile(written, 'utf8')).split('\n')
    expect(lines).toEqual(expect.arrayContaining(settings))
    expect(lines).toEqual(
      expect.arrayContaining([
        ...[`realm=${host}`, `static-auth-secret=${secret}`, 'listening-ip=198.18.77.242'],
        ...['relay-ip=198.18.77.250', 'allowed-peer-ip=198.18.77.251'],
      ]),
    )
    expect((await stat(written)).mode & 0o777).toBe(0o600)
    expect(said.join('')).not.toContain(secret)

    shell.kill('SIGTERM')
    await ended
    expect(await heard()).toMatch(/stopped\n$/)
  })

  test('it takes a renewed certificate, and goes on with the calls it carries', async () => {
    const { heard, keep, said } = await machine()
    await keep('crt', 'one')
    await keep('key', 'one')
    await until(async () => expect(await heard()).toContain('called'))

    await keep('crt', 'two')
    await keep('key', 'two')

    await until(async () => expect(await heard()).toMatch(/^called .*\nrenewed\n/))
    expect(said.join('')).toContain(`The certificate of ${host} is a newer one.`)
    expect((await heard()).match(/called/g)).toHaveLength(1)
  })

  test.each(['TURN_HOST', 'TURN_SECRET', 'RELAY_AT', 'RELAY_FROM', 'RELAY_TO'])('not without %s', async (name) => {
    const { ended, said, heard } = await machine({ [name]: '' })

    const [code] = await ended

    expect(code).toBeGreaterThan(0)
    expect(said.join('')).toContain(`${name}: is not set`)
    expect(await heard()).toBe('')
  })

  test('it can be stopped while it still waits', async () => {
    const { shell, said, ended } = await machine()
    await until(async () => expect(said.join('')).toContain('Waiting'))

    shell.kill('SIGTERM')

    expect(await ended).toEqual([0, null])
  })
})
