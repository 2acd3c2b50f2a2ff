// One world a test: sandbox EHRs and the app on loopback, a folder of its own, a clock that can be moved, and people who sign in.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Client, Ehr, LaunchRequest } from '../../sandbox/ehr/contract.ts'
import { type EhrOptions, startEhr } from '../../sandbox/ehr/main.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { given } from '../../server/domain/given.ts'
import type { Iss, OrganisationId } from '../../server/domain/ids.ts'
import { type House, openHouse } from '../../server/house/house.ts'
import { createApp } from '../../server/http/app.ts'
import { type PerMinute, usualLimits } from '../../server/http/limits.ts'
import { openRecord } from '../../server/outside/record/record.ts'
import { openStore } from '../../server/outside/store/lowdb.ts'
import type { ClientKey, Config, Issuer, Organisation } from '../../server/settings/config.ts'
import { JitsiSettings, Policies } from '../../server/settings/organisations.ts'
import type { Person } from './people.ts'
import { printerFromSource } from './printer.ts'
import { redirectUris } from './redirect-uris.ts'
import { askingTwice } from './twice.ts'
import { type Background, backgroundOf } from './under-way.ts'
import { arrive, personOf } from './walk.ts'

export const jitsiSecret = 'a secret of the sandbox, thirty-two bytes or more'

const AuditLine = z.looseObject({ event: z.string(), outcome: z.string(), code: z.string().optional() })
const unlimited = Object.fromEntries(Object.keys(usualLimits).map((name) => [name, 1e9])) as PerMinute // sound: the same names

export type AuditLine = z.infer<typeof AuditLine>

export type World = {
  /** The first organisation's EHR; `ehrs` has one for each organisation. */
  readonly ehr: Ehr
  readonly ehrs: readonly Ehr[]
  readonly url: string
  readonly house: House
  /** All that was logged so far. */
  readonly log: () => string
  /** All audit lines so far. */
  audit(): Promise<readonly AuditLine[]>
  readonly directory: string
  /** How long the app chose to wait, in milliseconds, each time; it did not really. */
  readonly waits: readonly number[]
  /** The app's and the EHRs' time, in milliseconds since 1970. */
  readonly now: () => number
  /** Moves everybody's clock by minutes. */
  later(minutes: number): void
  signIn(launch: LaunchRequest, ehr?: Ehr): Promise<Person>
  /** What the house reads in the background, to wait for and to hold back. */
  readonly background: Background
  /** The app starts anew over the same folder, as after a crash; `change` is what the administrator changed meanwhile. */
  restart(change?: (config: Config) => Config): Promise<void>
  close(): Promise<void>
}

type Told = {
  /** With keys, the app proves itself by private_key_jwt, and the EHR fetches its public keys. */
  readonly clientKeys?: readonly ClientKey[]
  /** The app proves itself by a secret, sent in this way. */
  readonly clientSecret?: 'basic' | 'post'
  /** One EHR each; `riverside` alone unless told. */
  readonly organisations?: readonly string[]
  /** All of them alike, or one after the other. */
  readonly personality?: Personality | readonly Personality[]
  /** None that a test would meet, unless told. */
  readonly limits?: Partial<PerMinute>
  /** Told of every reply of the app once it is over. */
  readonly overhear?: (reply: Overheard) => void
  readonly config?: (config: Config) => Config
  /** Stands in the way of every EHR. */
  readonly inTheWay?: EhrOptions['inTheWay']
}

export type Overheard = { readonly url: string; readonly status: number; readonly head: string; readonly body: string }

type Running = { skewMs: number; readonly lines: string[]; readonly waits: number[]; readonly told: Told }

export async function openWorld(told: Told = {}): Promise<World> {
  const { clientKeys = [], organisations = ['riverside'] } = told
  const directory = await mkdtemp(join(tmpdir(), 'housecall-test-'))
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://localhost:${(server.address() as AddressInfo).port}` // sound: it listens on a port
  const state: Running = { skewMs: 0, lines: [], waits: [], told }
  const ehrs = await Promise.all(organisations.map((_id, i) => ehrFor(url, state, i)))
  const [ehr] = ehrs
  if (ehr === undefined) throw new Error('a world needs an organisation')
  const pairs = organisations.map((id, i) => ({ id, ehr: ehrs[i] ?? ehr }))
  let config = (told.config ?? ((c) => c))(withSecret(configFor(url, pairs, directory, clientKeys), told.clientSecret))
  let opened = await openApp(config, state, server)

  return {
    ...{ ehr, ehrs, url, directory, waits: state.waits },
    get house() {
      return opened.house
    },
    log: () => state.lines.join(''),
    audit: () => auditLines(directory),
    now: () => Date.now() + state.skewMs,
    later(minutes) {
      state.skewMs += minutes * 60_000
    },
    get background() {
      return opened.background
    },
    signIn: async (launch, at = ehr) => personOf(url, await arrive(url, at, launch)),
    async restart(change = (c) => c) {
      // Without anybody to take it a request would wait for ever: whoever asks meanwhile is told.
      answering(server, (_request, response) => void response.writeHead(503).end())
      await opened.close()
      config = change(config)
      opened = await openApp(config, state, server)
    },
    async close() {
      await opened.close()
      server.closeAllConnections()
      server.close()
      await Promise.all(ehrs.map((one) => one.close()))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** As an EHR makes them: with signs that a form and a header must write otherwise. */
export const clientSecret = 'p+ss: wörd & more=%2F'

function withSecret(config: Config, by: Told['clientSecret']): Config {
  if (by === undefined) return config
  const proof = { client: `client_secret_${by}`, secret: clientSecret } as const
  return {
    ...config,
    organisations: config.organisations.map((o) => ({ ...o, issuers: o.issuers.map((i) => ({ ...i, ...proof })) })),
  }
}

function authOf(url: string, { clientKeys = [], clientSecret: by }: Told): Client['auth'] {
  if (by !== undefined) return { kind: 'secret', secret: clientSecret, by }
  const jwksUrl = `${url}/.well-known/jwks.json`.replace('localhost', '127.0.0.1')
  return clientKeys.length === 0 ? { kind: 'public' } : { kind: 'private_key_jwt', jwksUrl }
}

function ehrFor(url: string, state: Running, which: number): Promise<Ehr> {
  const personality = [state.told.personality ?? []].flat()
  const its = personality[which] ?? personality[0]
  const auth = authOf(url, state.told)
  return startEhr({
    clients: [{ clientId: 'housecall', redirectUris: redirectUris(url, which, state.told.organisations), auth }],
    launchUrls: [{ url: `${url}/launch.html`, title: 'Housecall' }],
    now: () => new Date(Date.now() + state.skewMs),
    ...(its === undefined ? {} : { personality: its }),
    ...given({ inTheWay: state.told.inTheWay }),
  })
}

async function openApp(config: Config, state: Running, server: Server) {
  const { limits = {}, overhear } = state.told
  const store = await openStore({ directory: join(config.data, 'rows'), ring: config.sealKeys })
  const clock = () => Date.now() + state.skewMs
  const destination = { write: (line: string) => void state.lines.push(line) }
  const now = () => new Date(clock()).toISOString()
  const record = await openRecord({ level: 'info', destination, auditDirectory: join(config.data, 'audit'), now })
  const wait = async (ms: number) => void state.waits.push(ms)
  const house = openHouse({ config, store: askingTwice(store), record, clock, wait, print: printerFromSource() })
  const app = createApp(house, {
    client: 'test/support/pages',
    limits: { ...unlimited, ...limits },
  })
  answering(server, app)
  const background = backgroundOf(house)
  if (overhear) server.prependListener('request', (request, response) => overheard(request, response, overhear))
  return {
    house,
    background,
    async close() {
      house.live.close()
      await store.close()
      await record.close()
    },
  }
}

function answering(server: Server, by: (request: IncomingMessage, response: ServerResponse) => void): void {
  server.removeAllListeners('request')
  server.on('request', by)
}

/** Listens in on one reply, body and all, without changing it. */
function overheard(request: IncomingMessage, response: ServerResponse, tell: (reply: Overheard) => void): void {
  let body = ''
  for (const name of ['write', 'end'] as const) {
    const send = response[name].bind(response) as (...of: unknown[]) => never // sound: handed on as it came
    response[name] = (...of: unknown[]) => {
      if (typeof of[0] === 'string' || of[0] instanceof Uint8Array) body += Buffer.from(of[0]).toString('utf8')
      return send(...of)
    }
  }
  // A head that is written as one list is kept nowhere else.
  const { writeHead } = response
  let written: readonly unknown[] = []
  response.writeHead = (...of: unknown[]) => {
    written = of.slice(1)
    return writeHead.apply(response, of as never) // sound: handed on as it came
  }
  const { url = '' } = request
  response.once('close', () => {
    const head = response.getHeaderNames().map((name) => `${name}: ${String(response.getHeader(name))}`)
    tell({ url, status: response.statusCode, head: [...head, JSON.stringify(written)].join('\n'), body })
  })
}

async function auditLines(directory: string): Promise<readonly AuditLine[]> {
  const folder = join(directory, 'audit')
  const files = (await readdir(folder)).filter((f) => f.endsWith('.jsonl'))
  const text = await Promise.all(files.sort().map((f) => readFile(join(folder, f), 'utf8')))
  const lines = text.join('').split('\n').filter(Boolean)
  return lines.map((line) => AuditLine.parse(JSON.parse(line)))
}

type Pair = { readonly id: string; readonly ehr: Pick<Ehr, 'iss' | 'origin'> & Partial<Pick<Ehr, 'issuers'>> }

export function configFor(
  url: string,
  pairs: readonly Pair[],
  data: string,
  clientKeys: readonly ClientKey[] = [],
): Config {
  const client = clientKeys.length === 0 ? 'public' : 'private_key_jwt'
  return {
    ...{ url, data, clientKeys, host: '127.0.0.1', port: 0, trustedProxies: ['loopback'], logLevel: 'info' },
    sealKeys: [{ kid: 'k1', key: new Uint8Array(32).fill(7) }],
    roomKey: new Uint8Array(32).fill(9),
    organisations: pairs.map(
      ({ id, ehr }): Organisation => ({
        id: id as OrganisationId, // sound: passes the settings' own pattern
        name: 'Riverside Family Clinic',
        phone: '555-0100',
        timeZone: 'America/New_York',
        languages: ['en'],
        ...listed(issuersOf(id, ehr, client)),
        jitsi: JitsiSettings.parse({ origin: 'http://127.0.0.1:4020', issuer: 'housecall' }),
        jitsiSigner: { alg: 'HS256', secret: new TextEncoder().encode(jitsiSecret) },
        jitsiKeys: [],
        frameAncestors: [ehr.origin],
        joinWindow: { before: 30, after: 120 },
        leftOpenMinutes: 60,
        policies: Policies.parse({}),
      }),
    ),
  }
}

/** The sandbox's two base URLs are two doors to one hospital. */
const listed = (issuers: readonly Issuer[]) => (issuers.length > 1 ? { issuers, sharesIds: true } : { issuers })

/** One base URL for all, or one for the clinicians and one for the patients. */
function issuersOf(
  id: string,
  { iss, issuers = { provider: iss, patient: iss } }: Pair['ehr'],
  client: Issuer['client'],
): Issuer[] {
  const row = (name: string, base: string, title: string): Issuer => ({
    ...{ name, iss: base as Iss, title, clientId: 'housecall', client, can: {} }, // sound: the sandbox's own
  })
  const { provider, patient } = issuers
  if (provider === patient) return [row(id, provider, 'Clinic record')]
  const both = {
    clinicians: row(`${id}-clinicians`, provider, 'Clinic record'),
    patients: row(`${id}-patients`, patient, 'Patients’ record'),
  }
  return (['clinicians', 'patients'] as const).map((people) => ({ ...both[people], people }))
}

/** The EHRs of all organisations as issuers of the first one; `sharesIds` as its settings say it. */
export const underOneRoof =
  (sharesIds: boolean) =>
  (config: Config): Config => {
    const [first] = config.organisations
    if (first === undefined) throw new Error('a world has an organisation')
    const issuers = config.organisations.flatMap((o) => o.issuers)
    return { ...config, organisations: [{ ...first, issuers, sharesIds }] }
  }

/** Lists another server as an organisation's issuer. */
export const listing =
  (iss: string) =>
  (organisation: Organisation): Organisation => ({
    ...organisation,
    issuers: organisation.issuers.map((issuer) => ({ ...issuer, iss: iss as Iss })), // sound: our own server's
  })
