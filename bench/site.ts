// One site to measure: a folder, real settings, and the built app as a process of its own, as in production. Its log goes to a file.
// Refuses to go on when the app does not become ready. Everything is ended and removed, also when a benchmark is interrupted.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtMain } from '../sandbox/built.ts'
import { endsWithUs } from '../sandbox/ending.ts'
import { keyPair } from '../sandbox/key-pair.ts'
import { get } from './http.ts'

export type Site = {
  readonly url: string
  readonly data: string
  readonly iss: string
  readonly sealKey: Uint8Array
  readonly roomKey: Uint8Array
  readonly jitsiSecret: string
  readonly settings: Readonly<Record<string, string>>
  /** Ends what runs here and removes the folder. */
  close(): Promise<void>
}

export type App = {
  readonly pid: number
  /** Milliseconds from the command to the first 200 of /healthz. */
  readonly readyMs: number
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export const organisation = 'harbor'
const begun = new Map<Site, Set<ChildProcess>>()

type SiteAsked = { readonly port: number; readonly ehr: string; readonly policies?: object }

/** `ehr` is the origin of an EHR, or of none where nobody asks it. */
export async function openSite({ port, ehr, policies = {} }: SiteAsked): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'housecall-bench-'))
  const [sealKey, roomKey, jitsiSecret] = [randomBytes(32), randomBytes(32), randomBytes(32).toString('base64url')]
  const url = `http://127.0.0.1:${port}`
  const at = { url, port, data, iss: `${ehr}/fhir`, ehr, sealKey, roomKey, jitsiSecret }
  const site: Site = { ...at, settings: await settings({ ...at, policies }), close: () => closed(site) }
  begun.set(site, new Set())
  return site
}

type Place = Omit<Site, 'settings' | 'close'> & {
  readonly port: number
  readonly ehr: string
  readonly policies: object
}

async function settings(at: Place): Promise<Record<string, string>> {
  const [config, keys] = [join(at.data, 'organisations.json'), join(at.data, 'client-keys.json')]
  const key = { ...keyPair('ES384').privateKey, kid: 'bench', alg: 'ES384', use: 'sig' }
  const harbor = {
    ...{ id: organisation, name: 'Harbor Health', phone: '555-0100', timeZone: 'America/New_York' },
    issuers: [{ name: 'ehr', iss: at.iss, title: 'Sandbox EHR', clientId: 'housecall', client: 'private_key_jwt' }],
    jitsi: { origin: 'http://127.0.0.1:9', issuer: 'housecall' },
    frameAncestors: [at.ehr],
    policies: at.policies,
  }
  await writeFile(config, JSON.stringify({ organisations: [harbor] }), { mode: 0o600 })
  await writeFile(keys, JSON.stringify({ keys: [key] }), { mode: 0o600 })
  return {
    NODE_ENV: 'production',
    HOUSECALL_CONFIG: config,
    HOUSECALL_URL: at.url,
    HOUSECALL_HOST: '127.0.0.1',
    HOUSECALL_PORT: String(at.port),
    HOUSECALL_DATA: at.data,
    HOUSECALL_SEAL_KEYS: `bench:${Buffer.from(at.sealKey).toString('base64url')}`,
    HOUSECALL_ROOM_KEY: Buffer.from(at.roomKey).toString('base64url'),
    HOUSECALL_CLIENT_KEYS: keys,
    HOUSECALL_JITSI_SECRET_HARBOR: at.jitsiSecret,
    HOUSECALL_JITSI_EVENTS_HARBOR: randomBytes(32).toString('base64url'),
  }
}

/** Starts the app of a site; `flags` are Node's, `handles` is how many files and connections it may have open (as many as we, unless told). */
export async function startApp(site: Site, flags: readonly string[] = [], handles?: number): Promise<App> {
  const path = join(site.data, 'app.log')
  const log = await open(path, 'a')
  const began = performance.now()
  const limited = handles === undefined ? [] : ['/bin/sh', '-c', `ulimit -n ${handles}; exec "$@"`, 'sh']
  const [program = '', ...given] = [...limited, process.execPath, ...flags, builtMain]
  const child = endsWithUs(spawn(program, given, { env: site.settings, stdio: ['ignore', log.fd, log.fd] }))
  begun.get(site)?.add(child)
  await log.close()
  while (child.exitCode === null) {
    const answer = await get(`${site.url}/healthz`).catch(() => undefined)
    if (answer?.status === 200) return running(site, child, performance.now() - began)
    await new Promise((done) => setTimeout(done, 2))
  }
  throw new Error(`the app did not start. It said:\n${(await readFile(path, 'utf8')).slice(-2000)}`)
}

function running(site: Site, child: ChildProcess, readyMs: number): App {
  return {
    pid: child.pid ?? 0,
    readyMs,
    async stop(signal = 'SIGTERM') {
      await ended(child, signal)
      begun.get(site)?.delete(child)
    },
  }
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await gone
}

async function closed(site: Site): Promise<void> {
  await Promise.all([...(begun.get(site) ?? [])].map((child) => ended(child, 'SIGKILL')))
  begun.delete(site)
  await rm(site.data, { recursive: true, force: true })
}

const besides = new Set<() => Promise<void>>()

/** What else must be closed when a benchmark is interrupted; answers how to close it otherwise. */
export function alsoClosing(close: () => Promise<void>): () => Promise<void> {
  besides.add(close)
  return () => {
    besides.delete(close)
    return close()
  }
}

/** For who interrupts a benchmark. */
export const closeAll = async (): Promise<void> =>
  void (await Promise.all([...[...begun.keys()].map(closed), ...[...besides].map((close) => close())]))

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}
