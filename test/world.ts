// One world a test: the sandbox EHR and the app on loopback, a folder of its own, a clock that can be moved, and people who sign in.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import type { Ehr, LaunchRequest } from '../sandbox/ehr/contract.ts'
import { startEhr } from '../sandbox/ehr/main.ts'
import { createApp } from '../server/app.ts'
import type { Config } from '../server/config.ts'
import type { Iss, OrganisationId } from '../server/domain/ids.ts'
import { type House, openHouse } from '../server/house.ts'
import { openRecord } from '../server/outside/record.ts'
import { openStore } from '../server/outside/store-lowdb.ts'
import type { Outcome } from '../server/wire.ts'

export const jitsiSecret = 'a secret of the sandbox, thirty-two bytes or more'

export type World = {
  readonly ehr: Ehr
  readonly url: string
  readonly house: House
  /** All that was logged so far. */
  readonly log: () => string
  /** All audit lines so far. */
  audit(): Promise<readonly { event: string; outcome: string; code?: string }[]>
  readonly directory: string
  /** Moves the app's clock by minutes. */
  later(minutes: number): void
  signIn(launch: LaunchRequest): Promise<Person>
  /** The app starts anew over the same folder, as after a crash. */
  restart(): Promise<void>
  close(): Promise<void>
}

export type Answer = {
  readonly status: number
  readonly code?: string
  readonly body: unknown
  readonly headers: Record<string, string>
}

/** Someone signed in, with the cookie of their launch: supertest's agent would drop a Secure cookie over http. */
export type Person = {
  readonly home: string
  readonly cookie: string
  get(path: string): Promise<Answer>
  post(path: string, body?: object, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body: object, headers?: Record<string, string>): Promise<Answer>
}

type Told = { readonly client?: 'public' | 'private_key_jwt'; readonly config?: (config: Config) => Config }

export async function openWorld(told: Told = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'housecall-test-'))
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const redirectUris = [`${url}/smart/callback`]
  const auth = { kind: 'public' } as const
  const ehr = await startEhr({
    clients: [{ clientId: 'housecall', redirectUris, auth }],
    launchUrls: [{ url: `${url}/launch.html`, title: 'Housecall' }],
  })
  const config = (told.config ?? ((c) => c))(configFor(url, ehr, directory))
  const state = { skewMs: 0, lines: [] as string[] }
  let opened = await openApp(config, state, server)

  return {
    ehr,
    url,
    directory,
    get house() {
      return opened.house
    },
    log: () => state.lines.join(''),
    async audit() {
      const files = (await readdir(join(directory, 'audit'))).filter((f) => f.endsWith('.jsonl'))
      const text = await Promise.all(files.sort().map((f) => readFile(join(directory, 'audit', f), 'utf8')))
      return text
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    },
    later(minutes) {
      state.skewMs += minutes * 60_000
    },
    signIn: (launch) => signIn(ehr, url, launch),
    async restart() {
      await opened.close()
      opened = await openApp(config, state, server)
    },
    async close() {
      await opened.close()
      server.closeAllConnections()
      server.close()
      await ehr.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function openApp(config: Config, state: { skewMs: number; lines: string[] }, server: Server) {
  const store = await openStore({ directory: join(config.data, 'rows'), ring: config.sealKeys })
  const clock = () => Date.now() + state.skewMs
  const destination = { write: (line: string) => void state.lines.push(line) }
  const now = () => new Date(clock()).toISOString()
  const record = await openRecord({ level: 'info', destination, auditDirectory: join(config.data, 'audit'), now })
  const house = openHouse({ config, store, record, clock })
  const app = createApp(house, { client: 'test/pages' })
  server.removeAllListeners('request')
  server.on('request', app)
  return {
    house,
    async close() {
      house.live.close()
      await store.close()
      await record.close()
    },
  }
}

export function configFor(url: string, ehr: Pick<Ehr, 'iss' | 'origin'>, data: string): Config {
  return {
    url,
    host: '127.0.0.1',
    port: 0,
    data,
    logLevel: 'info',
    sealKeys: [{ kid: 'k1', key: new Uint8Array(32).fill(7) }],
    roomKey: new Uint8Array(32).fill(9),
    clientKeys: [],
    organisations: [
      {
        id: 'riverside' as OrganisationId, // sound: passes the settings' own pattern
        name: 'Riverside Family Clinic',
        phone: '555-0100',
        timeZone: 'America/New_York',
        issuers: [{ iss: ehr.iss as Iss, title: 'Clinic record', clientId: 'housecall', client: 'public' }], // sound: the sandbox's own
        jitsi: { origin: 'http://127.0.0.1:4020', issuer: 'housecall', audience: 'jitsi', subject: 'meet.jitsi' },
        jitsiSecret: new TextEncoder().encode(jitsiSecret),
        frameAncestors: [ehr.origin],
        joinWindow: { before: 30, after: 120 },
      },
    ],
  }
}

/** Walks the launch as a browser would: launch URL, our redirect, the EHR's sign-in, our callback. */
async function signIn(ehr: Ehr, url: string, launch: LaunchRequest): Promise<Person> {
  const start = new URL(await ehr.launchUrl(launch))
  const left = await request(url).get(`/smart/launch${start.search}`).redirects(0)
  if (left.status !== 303) throw new Error(`the launch answered ${left.status} ${JSON.stringify(left.body)}`)
  const back = await fetch(left.headers.location ?? '', { redirect: 'manual' })
  const callback = new URL(back.headers.get('location') ?? '')
  const arrived = await request(url)
    .get(`${callback.pathname}${callback.search}`)
    .set('Cookie', cookiesOf(left.headers))
    .redirects(0)
  if (arrived.status !== 303) throw new Error(`the callback answered ${arrived.status} ${JSON.stringify(arrived.body)}`)
  return personAt(url, arrived.headers.location ?? '', cookiesOf(arrived.headers))
}

export function personAt(url: string, home: string, cookie: string): Person {
  const ask = async (
    method: 'get' | 'post' | 'put',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const sending = request(url)
      [method](`${home}${path}`)
      .set({ Cookie: cookie, Origin: url, ...headers })
    const answer = await (body === undefined ? sending : sending.send(body))
    const text: unknown = answer.text ? JSON.parse(answer.text) : undefined
    const code = codeOf(text)
    return { status: answer.status, body: text, headers: answer.headers, ...(code === undefined ? {} : { code }) }
  }
  return {
    home,
    cookie,
    get: (path) => ask('get', path),
    post: (path, body = {}, headers) => ask('post', path, body, headers),
    put: (path, body, headers) => ask('put', path, body, headers),
  }
}

/** Our code in an OperationOutcome; undefined for anything else. */
export function codeOf(body: unknown): string | undefined {
  const outcome = body as Partial<Outcome> | undefined // sound: each step is asked for before it is taken
  return outcome?.resourceType === 'OperationOutcome' ? outcome.issue?.[0].details.coding[0].code : undefined
}

export function cookiesOf(headers: { 'set-cookie'?: unknown }): string {
  const set = headers['set-cookie']
  const lines = Array.isArray(set) ? set : []
  return lines
    .map((c) => String(c).split(';')[0] ?? '')
    .filter((c) => !c.endsWith('='))
    .join('; ')
}
