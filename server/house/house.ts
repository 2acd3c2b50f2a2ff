// Everything a step may use, put together once: settings, shelves, the EHR, Jitsi, the clock. Steps get it as their first argument.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Profile, profileOf, type Statement } from '../domain/ehr/capability.ts'
import { Refusal } from '../domain/errors.ts'
import type { DoorId, Instant, LaunchId, OrganisationId, Ref, VisitId } from '../domain/ids.ts'
import { instant, plus } from '../domain/instant.ts'
import type { Holder } from '../domain/note/lease.ts'
import type { Note } from '../domain/note/note.ts'
import type { Launch, Pending, People, Tokens } from '../domain/sign-in/launch.ts'
import { roomName } from '../domain/visit/room.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { type Bearer, type Ehr, openEhr } from '../outside/ehr/ehr.ts'
import { askCensus, type Census } from '../outside/jitsi/census.ts'
import { type Jitsi, openJitsi } from '../outside/jitsi/jitsi.ts'
import { type Live, openLive } from '../outside/live.ts'
import { type Memory, openMemory } from '../outside/memory/memory.ts'
import { openPrinter, type Printer } from '../outside/pdf.ts'
import type { Recorder } from '../outside/record/record.ts'
import { openSmart, type Smart } from '../outside/smart/smart.ts'
import { type Changed, type Row, type Shelf, ShelfConflict, type Store } from '../outside/store/store.ts'
import type { Config, Issuer, Organisation } from '../settings/config.ts'
import { bearerOf, openBearers } from './access-tokens.ts'
import { LaunchRow, NoteRow, PendingRow, VisitRow } from './rows.ts'
import { type Happened, openTrail } from './trail.ts'

export type House = {
  readonly config: Config
  readonly now: () => Instant
  readonly random: Random
  /** This process, in the leases of notes. */
  readonly holder: Holder
  readonly smart: Smart
  readonly jitsi: Jitsi
  readonly census: Census
  readonly live: Live
  /** What is known of open pages and calls while this process lives. */
  readonly memory: Memory
  /** Makes a PDF of a page of words. */
  readonly print: Printer
  readonly record: Pick<Recorder, 'log'>
  /** Writes down what happened: the one way into the audit trail. */
  readonly happened: Happened
  readonly pendings: Shelf<Pending>
  readonly launches: Shelf<Launch>
  readonly visits: Shelf<Visit>
  readonly notes: Shelf<Note>
  /** The EHR as this sign-in may use it; refreshes its tokens when they end. */
  ehr(launch: Launch): Ehr
  /** The EHR before there is a sign-in row: at the callback. */
  ehrWith(issuer: Issuer, tokens: Tokens): Ehr
  /** What that EHR can do for this sign-in. Never refuses: what /metadata does not say is weighed as untold. */
  profile(launch: Pick<Launch, 'iss' | 'people' | 'tokens'>): Promise<Profile>
  /** Lets so many milliseconds pass. */
  wait(ms: number): Promise<void>
  /** Does it again and again, every so many milliseconds, until what comes back is called. */
  every(ms: number, act: () => void): () => void
  /** Changes a visit and tells everyone who watches it; of one that is over memory keeps no call. */
  changeVisit(id: VisitId, change: (visit: Visit) => Visit): Promise<Changed<Visit>>
  /** Changes a sign-in; refuses (`session-ended`) one that was signed out meanwhile. */
  changeLaunch(id: LaunchId, change: (launch: Launch) => Launch): Promise<Changed<Launch>>
  /** Adds the row unless someone else just did. */
  addOnce<R extends Row>(shelf: Shelf<R>, row: R): Promise<void>
}

type Random = {
  launchId(): LaunchId
  doorId(): DoorId
  /** 256 bits for a cookie. */
  secret(): string
}

type Parts = {
  readonly config: Config
  readonly store: Store
  readonly record: Recorder
  readonly clock?: () => number
  readonly live?: Live
  readonly wait?: House['wait']
  readonly every?: House['every']
}

export function openHouse({ config, store, record, clock = Date.now, live = openLive(), ...parts }: Parts): House {
  const { wait = sleep, every = repeated } = parts
  const now = () => instant(clock())
  const smart = openSmart({ redirectUri: `${config.url}/smart/callback`, clientKeys: config.clientKeys, now })
  const visits = store.shelf({
    name: 'visits',
    schema: VisitRow,
    indexes: { practitioner: (v: Visit) => v.practitioners, room: (v: Visit) => roomsOf(config, v) },
  })
  const launches = store.shelf({ name: 'launches', schema: LaunchRow, indexes: {} })
  const changeLaunch = changing(launches)
  const issuerOfLaunch = (launch: Launch) => issuerOf(config, launch).issuer
  const bearers = openBearers({ launches, change: changeLaunch, smart, issuerOf: issuerOfLaunch, now })
  const memory = openMemory()
  let looks = clock() // rises with every change, also over a restart
  const changeVisit: House['changeVisit'] = async (id, change) => {
    const changed = await visits.change(id, change)
    const visit = changed.after
    if (!('call' in visit)) memory.forget(id)
    live.publish(visitTopic(id), visit.revision)
    looks = Math.max(looks + 1, clock())
    for (const practitioner of visit.practitioners)
      live.publish(clinicianTopic(visit.organisation, practitioner), looks)
    return changed
  }
  const statements = kept<Statement | undefined>(now)
  const ehrFor = (issuer: Issuer, bearer: Bearer): Ehr => {
    const ehr = openEhr({ iss: issuer.iss, bearer, now: clock })
    return { ...ehr, statement: () => statements(issuer.iss, ehr.statement) }
  }
  return {
    config,
    now,
    random,
    holder: { process: random.secret(), alone: store.alone },
    smart,
    jitsi: openJitsi(now),
    census: askCensus,
    live,
    memory,
    print: openPrinter(),
    record,
    happened: openTrail(record.audit),
    pendings: store.shelf({ name: 'pendings', schema: PendingRow, indexes: {} }),
    launches,
    visits,
    notes: store.shelf({ name: 'notes', schema: NoteRow, indexes: { unfiled: unfiledBy } }),
    ehr: (launch) => ehrFor(issuerOfLaunch(launch), bearers(launch.id)),
    ehrWith: (issuer, tokens) => ehrFor(issuer, bearerOf(tokens)),
    async profile({ tokens, ...from }) {
      const { organisation, issuer } = issuerOf(config, from)
      const [statement, capabilities] = await Promise.all([
        ehrFor(issuer, bearerOf(tokens)).statement(),
        smart.capabilities(issuer),
      ])
      return profileOf({
        ...(statement === undefined ? {} : { statement }),
        ...(issuer.ehr === undefined ? {} : { kind: issuer.ehr }),
        ...{ smart: capabilities, scope: tokens.scope, can: issuer.can, policies: organisation.policies },
      })
    },
    wait,
    every,
    changeLaunch,
    async addOnce(shelf, row) {
      await shelf.add(row).catch((cause: unknown) => {
        if (!(cause instanceof ShelfConflict && cause.code === 'taken')) throw cause
      })
    },
    changeVisit,
  }
}

/** By which room a visit is found: also after its end, when late word of it may come. */
function roomsOf({ roomKey }: Config, visit: Visit): readonly string[] {
  if ('call' in visit) return [visit.call.room]
  const { organisation, appointment, opening } = visit
  return visit.status === 'finished' ? [roomName(roomKey, organisation, appointment, opening)] : []
}

/** On whose day a note stays until it is in the chart: its writer's, and once it is signed that of who signed it, who alone may file it. */
const unfiledBy = (note: Note): readonly string[] =>
  settled(note) ? [] : [`${note.organisation}:${note.docStatus === 'final' ? note.signedBy : note.author}`]
const settled = (note: Note) =>
  note.docStatus === 'final' && (note.filing.state === 'filed' || note.filing.state === 'entered-in-error')

export const visitTopic = (id: VisitId): string => `visit:${id}`
/** Practitioner/1 of one organisation is someone else in another. */
export const clinicianTopic = (organisation: OrganisationId, ref: Ref): string => `clinician:${organisation}:${ref}`
/** Tells that a sign-in has ended. */
export const launchTopic = (id: LaunchId): string => `launch:${id}`

/**
 * The organisation and issuer of a listed FHIR base URL, compared to the letter; refuses `unknown-issuer` before anything is fetched.
 * An EHR may register us twice under one base URL, once for each side: `people` says which, and nothing else; clinicians unless told.
 */
export function issuerOf(
  config: Config,
  { iss, people }: { readonly iss: string; readonly people?: People },
): { organisation: Organisation; issuer: Issuer } {
  for (const organisation of config.organisations) {
    const [only, ...more] = organisation.issuers.filter((i) => i.iss === iss)
    if (only === undefined) continue
    const issuer = more.length === 0 ? only : [only, ...more].find((i) => i.people === (people ?? 'clinicians'))
    if (issuer) return { organisation, issuer }
  }
  throw new Refusal('unknown-issuer')
}

/** How a secret is kept: SHA-256, base64url. The secrets are 256 random bits, so nothing slower is needed. */
export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

const random: Random = {
  launchId: () => randomBytes(16).toString('base64url') as LaunchId, // sound: made here
  doorId: () => randomBytes(12).toString('base64url') as DoorId, // sound: made here
  secret: () => randomBytes(32).toString('base64url'),
}

/** How long an answer is kept, and how long that there was none, in seconds. */
const keptSeconds = { said: 600, untold: 60 }

const repeated: House['every'] = (ms, act) => {
  const timer = setInterval(act, ms).unref()
  return () => clearInterval(timer)
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Keeps an answer per key for ten minutes, one that says nothing for one: who does not answer is not waited for at each page. */
function kept<T>(now: () => Instant) {
  const answers = new Map<string, { until: Instant; answer: Promise<T> }>()
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const before = answers.get(key)
    if (before && before.until > now()) return before.answer
    const answer = ask()
    answers.set(key, { until: plus(now(), keptSeconds.said), answer })
    answer
      .then((said) => said ?? answers.set(key, { until: plus(now(), keptSeconds.untold), answer }))
      .catch(() => answers.delete(key))
    return answer
  }
}

/** Changes a sign-in; refuses one that is no longer there. */
const changing =
  (launches: Shelf<Launch>): House['changeLaunch'] =>
  async (id, change) =>
    launches.change(id, change).catch((cause: unknown) => {
      if (cause instanceof ShelfConflict && cause.code === 'missing') throw new Refusal('session-ended')
      throw cause
    })
