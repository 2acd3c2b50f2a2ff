// One machine's worth of hospital: the sandbox EHR, the sandbox Jitsi, and the real app as a process of its own, as in production.
// The demo and the browser tests stand on it. Refuses to go on when the app does not become ready, saying what it said.
import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { clinic } from '../fhir-fixtures/clinic.ts'
import { builtMain } from './built.ts'
import type { Ehr } from './ehr/contract.ts'
import { startEhr } from './ehr/main.ts'
import type { Personality } from './ehr/personality.ts'
import { endsWithUs } from './ending.ts'
import { type Jitsi, startJitsi } from './jitsi/main.ts'

export type StageOptions = {
  /** 0 takes any free port. */
  readonly ports: { readonly app: number; readonly ehr: number; readonly jitsi: number }
  /** Which hospital's habits the EHR has; `generic` unless told. */
  readonly personality?: Personality
  /** A second Jitsi, for when the first does not answer. */
  readonly secondJitsi?: boolean
  /** Hashes of the scripts that may run in our pages: that of each Jitsi's own unless told; where there are none, whatever it serves. */
  readonly scripts?: readonly string[]
  /** What the clinic says of its calls and notes, beside that drafts may go into the chart. */
  readonly policies?: object
  /** Asked for at the EHR, in place of what we ask for by ourselves. */
  readonly scopes?: string
  /** A folder of its own: settings, keys, rows, audit. */
  readonly data: string
  readonly logLevel?: 'silent' | 'error' | 'warn' | 'info'
  /** Gets the app's log, line by line. */
  readonly onLog?: (text: string) => void
}

export type Stage = {
  /** The app's origin. */
  readonly app: string
  readonly ehr: Ehr
  readonly jitsi: Jitsi
  readonly second?: Jitsi
  /** Ends the app (SIGKILL: without a goodbye) and starts it anew over the same folder. */
  restartApp(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Settles with the app's exit code when it ends by itself. */
  readonly ended: Promise<number>
  close(): Promise<void>
}

const secret = (bytes: number) => randomBytes(bytes).toString('base64url')

/** Needs a build in dist/. Where one part does not open, those that did are closed again. */
export async function openStage(options: StageOptions): Promise<Stage> {
  // The app on localhost, the hospital and Jitsi on 127.0.0.1: two sites, as in a real EHR's frame.
  const port = options.ports.app || (await freePort())
  const app = `http://localhost:${port}`
  const jitsiSecret = secret(32)
  const servers = await openServers(app, jitsiSecret, options)
  try {
    const { ehr, jitsi, second } = servers
    const env = await settings(options, {
      ...{ app, port, issuers: ehr.issuers, ehr: ehr.origin, jitsiSecret, scopes: options.scopes },
      jitsi: { ...placeOf(jitsi, options), issuer: 'housecall', fallback: second ? [placeOf(second, options)] : [] },
      policies: { drafts: true, recording: true, ...options.policies },
    })
    const running = await openApp(app, env, options)
    return {
      ...{ app, ehr, jitsi, ...(second && { second }), ended: running.ended, restartApp: running.restart },
      async close() {
        await running.stop()
        await servers.close()
      },
    }
  } catch (cause) {
    await servers.close()
    throw cause
  }
}

function placeOf(jitsi: Jitsi, { scripts = [jitsi.script()] }: StageOptions) {
  return { origin: jitsi.origin, ...(scripts.length > 0 && { script: scripts }) }
}

type Servers = { readonly ehr: Ehr; readonly jitsi: Jitsi; readonly second?: Jitsi; close(): Promise<void> }

async function openServers(app: string, jitsiSecret: string, options: StageOptions): Promise<Servers> {
  const opened: { close(): Promise<void> }[] = []
  const close = async () => void (await Promise.all(opened.map((one) => one.close())))
  try {
    const auth = { kind: 'private_key_jwt', jwksUrl: `${app}/.well-known/jwks.json` } as const
    const ehr = await startEhr({
      port: options.ports.ehr,
      clients: [{ clientId: 'housecall', redirectUris: redirectUris(app), auth }],
      launchUrls: [{ url: `${app}/launch.html`, title: 'Housecall' }],
      ...(options.personality && { personality: options.personality }),
    })
    opened.push(ehr)
    const realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret } as const
    const frameAncestors = [app, ehr.origin]
    const jitsi = await startJitsi({ ...realm, frameAncestors, port: options.ports.jitsi })
    opened.push(jitsi)
    if (!options.secondJitsi) return { ehr, jitsi, close }
    const second = await startJitsi({ ...realm, frameAncestors })
    opened.push(second)
    return { ehr, jitsi, second, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

type Env = Record<string, string>
type Places = {
  app: string
  port: number
  issuers: Ehr['issuers']
  ehr: string
  jitsi: object
  policies: object
  scopes: string | undefined
  jitsiSecret: string
}

/** Fresh secrets for each stage; nothing is kept from one to the next. */
async function settings({ data, logLevel = 'warn' }: StageOptions, at: Places): Promise<Env> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const config = join(data, 'organisations.json')
  const keys = join(data, 'client-keys.json')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const key = { ...privateKey.export({ format: 'jwk' }), kid: secret(8), alg: 'ES384', use: 'sig' }
  await writeFile(config, JSON.stringify({ organisations: [organisation(at)] }, undefined, 2), { mode: 0o600 })
  await writeFile(keys, JSON.stringify({ keys: [key] }), { mode: 0o600 })
  return {
    HOUSECALL_CONFIG: config,
    HOUSECALL_URL: at.app,
    HOUSECALL_HOST: 'localhost',
    HOUSECALL_PORT: String(at.port),
    HOUSECALL_DATA: data,
    HOUSECALL_SEAL_KEYS: `demo:${secret(32)}`,
    HOUSECALL_ROOM_KEY: secret(32),
    HOUSECALL_CLIENT_KEYS: keys,
    HOUSECALL_JITSI_SECRET_HARBOR: at.jitsiSecret,
    HOUSECALL_LOG: logLevel,
  }
}

const organisation = ({ issuers, ehr, jitsi, policies, scopes }: Places) => ({
  id: 'harbor',
  name: clinic.organization.name,
  phone: '555-0100',
  timeZone: clinic.timeZone,
  accent: '#0b6b6b',
  emergency: 'This page is not watched at all hours. In an emergency, call 911.',
  beforeVisit: 'Keep your medicines, your last letters and a glass of water at hand.',
  ...listed(issuerRows(issuers).map((row) => ({ ...row, ...(scopes !== undefined && { scopes }) }))),
  jitsi,
  frameAncestors: [ehr],
  policies,
})

/** Two base URLs of the sandbox are two doors to one hospital. */
const listed = (issuers: readonly object[]) => (issuers.length > 1 ? { issuers, sharesIds: true } : { issuers })
const names = ['ehr', 'staff', 'patients'] as const

/** Each of the issuers below has its own. */
const redirectUris = (app: string) => names.map((name) => `${app}/smart/callback/harbor/${name}`)

/** One base URL, or one for the staff and one for the patients. */
function issuerRows({ provider, patient }: Ehr['issuers']) {
  const row = (name: (typeof names)[number], iss: string, title: string) => ({
    ...{ name, iss, title, clientId: 'housecall', client: 'private_key_jwt' },
  })
  return provider === patient
    ? [row('ehr', provider, 'Sandbox EHR')]
    : [
        { ...row('staff', provider, 'Sandbox EHR (staff)'), people: 'clinicians' },
        { ...row('patients', patient, 'Sandbox EHR (patients)'), people: 'patients' },
      ]
}

type App = Pick<Stage, 'ended'> & { restart: Stage['restartApp']; stop(): Promise<void> }

async function openApp(app: string, env: Env, options: StageOptions): Promise<App> {
  let told: (code: number) => void = () => undefined
  const ended = new Promise<number>((done) => {
    told = done
  })
  let child = await started(app, env, options, told)
  return {
    ended,
    async restart(signal) {
      await stopped(child, signal)
      child = await started(app, env, options, told)
    },
    stop: () => stopped(child, 'SIGTERM'),
  }
}

async function started(
  app: string,
  env: Env,
  options: StageOptions,
  told: (code: number) => void,
): Promise<ChildProcess> {
  const child = endsWithUs(spawn(process.execPath, [builtMain], { env, stdio: ['ignore', 'pipe', 'pipe'] }))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
      options.onLog?.(text)
    })
  }
  child.once('exit', (code) => told(code ?? 1))
  for (let left = 600; left > 0 && child.exitCode === null; left--) {
    const answer = await fetch(`${app}/healthz`).catch(() => undefined)
    if (answer?.ok) return child
    await new Promise((done) => setTimeout(done, 50))
  }
  await stopped(child, 'SIGKILL')
  throw new Error(`the app did not start. It said:\n${said}`)
}

async function stopped(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await gone
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}
