// One machine's worth of hospital: the sandbox EHR, the sandbox Jitsi, and the real app as a process of its own, as in production.
// The demo and the browser tests stand on it. Refuses to go on when the app does not become ready, saying what it said.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { builtMain } from './built.ts'
import type { Ehr } from './ehr/contract.ts'
import type { Personality } from './ehr/personality.ts'
import { endsWithUs } from './ending.ts'
import type { Jitsi } from './jitsi/main.ts'
import type { MailServer } from './mail/server.ts'
import { openServers, type RegisteredApp } from './servers.ts'
import { type AppEnv, randomText, redirectUris, type StagePlaces, settingsOf } from './stage-settings.ts'
import { type Certified, certified } from './tls.ts'

export type StageOptions = {
  /** 0 takes any free port. */
  readonly ports: { readonly app: number; readonly ehr: number; readonly jitsi: number }
  /** Which hospital's habits the EHR has; `generic` unless told. */
  readonly personality?: Personality
  /** A second Jitsi, for when the first does not answer. */
  readonly secondJitsi?: boolean
  /** Hashes of the scripts that may run in our pages: that of each Jitsi's own unless told; where there are none, whatever it serves. */
  readonly scripts?: readonly string[]
  /** The chart is shown beside the video, and has something in it. */
  readonly chart?: boolean
  /** What the clinic says of its calls and notes, beside that drafts may go into the chart. */
  readonly policies?: object
  /** Patients may read the pages in each language there is, and not in English alone. */
  readonly inAllLanguages?: boolean
  /** The clinic asks for consent to telehealth before anybody comes in. */
  readonly asksConsent?: boolean
  /** Asked for at the EHR, in place of what we ask for by ourselves. */
  readonly scopes?: string
  /** Jitsi's page has so many bytes of script more, as a real one. */
  readonly heavyBytes?: number
  /** The clinic has a mail server, and writes to the patients who ask for it. */
  readonly mail?: boolean
  /** All three speak TLS, by a certificate that is made on the spot. */
  readonly tls?: boolean
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
  /** What it got; absent where the clinic has none. */
  readonly mail?: Pick<MailServer, 'taken' | 'wrong' | 'faults'>
  /** Ends the app (SIGKILL: without a goodbye) and starts it anew over the same folder. */
  restartApp(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Settles with the app's exit code when it ends by itself. */
  readonly ended: Promise<number>
  close(): Promise<void>
}

/** Needs a build in dist/. Where one part does not open, those that did are closed again. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const place = await placeFor(options)
  const { app } = place
  const secrets = { jitsiSecret: randomText(32), jitsiEvents: randomText(32) }
  const servers = await openServers(whoseApp(place, secrets), {
    ...options,
    tls: place.tls,
    port: place.port,
    front: place.front,
  })
  try {
    const { ehr, jitsi, second, mail } = servers
    const env = await settingsOf(options, {
      ...{ app, port: place.port, issuers: ehr.issuers, ehr: ehr.origin, scopes: options.scopes, ...secrets },
      ...(place.tls && { believes: place.tls.path }),
      jitsi: { ...placeOf(jitsi, options), issuer: 'housecall', fallback: second ? [placeOf(second, options)] : [] },
      ...(mail && { mailPort: mail.port }),
      inAllLanguages: options.inAllLanguages === true,
      asksConsent: options.asksConsent === true,
      policies: { drafts: true, recording: true, ...(options.chart && { chart: true }), ...options.policies },
    })
    const running = await openApp(place.inner, env, options)
    return {
      ...{ app, ehr, jitsi, ended: running.ended, restartApp: running.restart },
      ...{ ...(second && { second }), ...(mail && { mail }) },
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

type Place = {
  /** The app's origin as browsers know it, and as it listens itself: two where TLS ends in front of it. */
  readonly app: string
  readonly inner: string
  readonly port: number
  readonly tls?: Certified
  readonly front?: number
}

/** The app on localhost, the hospital and Jitsi on 127.0.0.1: two sites, as in a real EHR's frame. */
async function placeFor({ ports, tls, data }: StageOptions): Promise<Place> {
  const port = ports.app || (await freePort())
  if (!tls) return { app: `http://localhost:${port}`, inner: `http://localhost:${port}`, port }
  const inner = await freePort()
  return {
    ...{ app: `https://localhost:${port}`, inner: `http://localhost:${inner}`, port: inner },
    ...{ tls: await certified(data), front: port },
  }
}

function placeOf(jitsi: Jitsi, { scripts = [jitsi.script()] }: StageOptions) {
  return { origin: jitsi.origin, ...(scripts.length > 0 && { script: scripts }) }
}

type Secrets = Pick<StagePlaces, 'jitsiSecret' | 'jitsiEvents'>

/** As deploy/ sets its Jitsi: by tokens of ours alone, and no room begins without our yes. */
const whoseApp = ({ app, inner }: Place, { jitsiSecret: secret, jitsiEvents }: Secrets): RegisteredApp => ({
  url: app,
  clients: [
    {
      ...{ clientId: 'housecall', redirectUris: redirectUris(app) },
      auth: { kind: 'private_key_jwt', jwksUrl: `${inner}/.well-known/jwks.json` },
    },
  ],
  realm: { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret },
  reservations: { prefix: `${inner}/jitsi/reservations`, authorization: `Bearer ${jitsiEvents}` },
})

type App = Pick<Stage, 'ended'> & { restart: Stage['restartApp']; stop(): Promise<void> }

async function openApp(app: string, env: AppEnv, options: StageOptions): Promise<App> {
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
  env: AppEnv,
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
