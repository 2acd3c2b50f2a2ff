// Everything a step may use, put together once: settings, shelves, the EHR, Jitsi, the clock. Steps get it as their first argument.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Refusal } from '../domain/errors.ts'
import type { DoorId, Instant, InvitationId, LaunchId, VisitId } from '../domain/ids.ts'
import { instantsOf } from '../domain/instant.ts'
import type { Holder } from '../domain/note/lease.ts'
import { type Note, unfiledBy } from '../domain/note/note.ts'
import { codeFrom, type InvitationCode } from '../domain/sign-in/invitation-code.ts'
import { type Launch, type Pending, personOf } from '../domain/sign-in/launch.ts'
import { roomsOf } from '../domain/visit/room.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { askCensus, type Census } from '../outside/jitsi/census.ts'
import { type Jitsi, openJitsi } from '../outside/jitsi/jitsi.ts'
import { openRoomScripts, type RoomScripts } from '../outside/jitsi/room-scripts.ts'
import { type Live, openLive } from '../outside/live.ts'
import { type Memory, openMemory } from '../outside/memory/memory.ts'
import { openPrinter, type Printer } from '../outside/pdf/printer.ts'
import type { Log, Recorder } from '../outside/record/record.ts'
import type { Trace } from '../outside/record/trace.ts'
import { openSmart, type Smart } from '../outside/smart/smart.ts'
import { type Changed, type Row, type Shelf, ShelfConflict, type Store } from '../outside/store/store.ts'
import type { Config } from '../settings/config.ts'
import { signInSettings } from '../settings/issuer.ts'
import type { ChangeLaunch } from './access-tokens.ts'
import { type Ehrs, openEhrs } from './ehrs.ts'
import { type Goings, openGoings } from './goings.ts'
import { invitationIndexes } from './invitation-indexes.ts'
import type { Notices } from './notices.ts'
import { openPace, type Pace } from './pace.ts'
import { openQueues, type Queues } from './queues.ts'
import type { RepeatedRefusals } from './repeated-refusals.ts'
import { NoteRow, VisitRow } from './rows.ts'
import { LaunchRow, PendingRow } from './sign-in-rows.ts'
import { keepSilence } from './silence.ts'
import { telling } from './telling.ts'
import type { Happened } from './trail.ts'
import { visitIndexes } from './visit-indexes.ts'
import type { Webhooks } from './webhooks.ts'
import { openWrittenDown } from './written-down.ts'

export type House = Ehrs & {
  readonly config: Config
  readonly now: () => Instant
  readonly random: Random
  /** How this process names itself in a note's lease. */
  readonly holder: Holder
  readonly smart: Smart
  readonly jitsi: Jitsi
  /** Which of Jitsi's scripts may run in our pages, and where they get it. */
  readonly roomScripts: RoomScripts
  readonly census: Census
  readonly live: Live
  /** What is known of open pages and calls while this process lives. */
  readonly memory: Memory
  /** Makes a PDF of a page of words. */
  readonly print: Printer
  readonly log: Log
  /** Writes down what happened: the one way into the audit trail. */
  readonly happened: Happened
  /** Writes down how many refusals were counted that do not stand in the trail each by itself. */
  readonly sumUpRefusals: RepeatedRefusals['sumUp']
  readonly signInsUnderWay: Shelf<Pending>
  readonly launches: Shelf<Launch>
  readonly visits: Shelf<Visit>
  readonly notes: Shelf<Note>
  /** The same house for what is done for one request: each line of its log and of the trail says so. */
  doing(trace: Trace): House
  /** Lets so many milliseconds pass. */
  wait(ms: number): Promise<void>
  /** Runs `act` every `ms` until the returned function is called. */
  every(ms: number, act: () => void): () => void
  readonly queues: Queues
  readonly pace: Pace
  /** Changes a visit and tells everyone who watches it; once it is over, what memory held of its call is dropped. */
  changeVisit(id: VisitId, change: (visit: Visit) => Visit): Promise<Changed<Visit>>
  /** Tells them that how it is with somebody's page is another now. */
  stirVisit(visit: Visit, whose?: 'days'): void
  readonly goings: Goings
  /** What the outside is told: no step knows of it, for it reads the trail. */
  readonly webhooks: Webhooks
  /** What patients are told by mail: no step knows of it either. */
  readonly notices: Notices
  readonly changeLaunch: ChangeLaunch
  /** Adds the row unless someone else just did. */
  addOnce<R extends Row>(shelf: Shelf<R>, row: R): Promise<void>
}

type Random = {
  launchId(): LaunchId
  doorId(): DoorId
  invitationId(): InvitationId
  /** 50 bits, to be typed. */
  code(): InvitationCode
  /** 256 bits for a cookie. */
  secret(): string
}

type Parts = {
  readonly config: Config
  readonly store: Store
  readonly record: Recorder
  readonly clock?: () => number
  readonly live?: Live
  /** How many event streams may be open at once; 20,000 unless told. */
  readonly mostStreams?: number
  readonly wait?: House['wait']
  readonly every?: House['every']
  readonly print?: Printer
}

export function openHouse({ config, store, record, clock = Date.now, live = openLive(), ...parts }: Parts): House {
  const { wait = sleep, every = repeated, mostStreams = 20_000, print = openPrinter() } = parts
  const now = instantsOf(clock)
  const smart = openSmart({ ...signInSettings(config), now })
  const shelves = shelvesOf(store, config)
  const changeLaunch = changing(shelves.launches)
  const memory = openMemory(mostStreams, now())
  const queues = openQueues({ visits: shelves.visits, memory, live, clock, now })
  const told = telling(shelves.visits, { config, memory, live, clock, queues })
  const written = openWrittenDown({ config, store, record, visits: shelves.visits, memory, now, every })
  const house = {
    ...{ config, now, random, smart, live, memory, wait, every },
    ...shelves,
    holder: { process: random.secret(), onlyProcess: store.onlyProcess },
    jitsi: openJitsi(now),
    roomScripts: scriptsOf(config, record, now),
    census: askCensus,
    print,
    ...written,
    log: record.log,
    ...openEhrs({
      config,
      smart,
      launches: shelves.launches,
      changeLaunch,
      clock,
      ...written,
      batches: memory.batches,
    }),
    changeLaunch,
    queues,
    pace: openPace({ visits: shelves.visits, clock, now }),
    changeVisit: told.changeVisit,
    stirVisit: told.stirVisit,
    notes: told.tellingNotes(shelves.notes),
    goings: goingsBy(memory, now, told),
    addOnce,
  }
  return Object.assign(house, { doing: openDoing(house, record) })
}

const goingsBy = (
  memory: Memory,
  now: House['now'],
  { stirVisit, changeVisit }: Pick<House, 'stirVisit' | 'changeVisit'>,
) =>
  openGoings({
    ...{ memory, now, stirVisit },
    keepSilence: (visit, who) => keepSilence({ memory, now, changeVisit }, visit, who),
  })

const scriptsOf = ({ data, organisations }: Config, { log }: Recorder, now: House['now']): RoomScripts =>
  openRoomScripts({
    ...{ folder: join(data, 'jitsi-scripts'), organisations, now },
    tell: (code, which) => log.warn('jitsi-script', { code, ...which }),
  })

const addOnce: House['addOnce'] = async (shelf, row) => {
  await shelf.add(row).catch((cause: unknown) => {
    if (!(cause instanceof ShelfConflict && cause.code === 'taken')) throw cause
  })
}

/**
 * The same house for each request, but that its log and its way into the trail say for which. Made when something is written: a stream of
 * events keeps its house for hours.
 */
function openDoing(house: Omit<House, 'doing'>, record: Recorder): House['doing'] {
  class ForOneRequest {
    readonly #trace: Trace
    constructor(trace: Trace) {
      this.#trace = trace
    }
    get log(): Log {
      return record.logFor(this.#trace)
    }
    get happened(): Happened {
      return (by, event, more) => house.happened(by, event, { ...more, ...this.#trace })
    }
    get ehr(): House['ehr'] {
      return (launch, by = this.happened) => house.ehr(launch, by)
    }
  }
  Object.setPrototypeOf(ForOneRequest.prototype, house)
  return (trace) => new ForOneRequest(trace) as unknown as House // sound: all else is the house's own
}

function shelvesOf(
  store: Store,
  { roomKey }: Config,
): Pick<House, 'signInsUnderWay' | 'launches' | 'visits' | 'notes'> {
  // As older notes are found, without the EHR: that each note's visit says.
  const unfiled = (note: Note) => unfiledBy(note).map((who) => `${note.organisation}:${who}`)
  return {
    signInsUnderWay: store.shelf({ name: 'pendings', schema: PendingRow, indexes: {} }),
    launches: store.shelf({
      name: 'launches',
      schema: LaunchRow,
      indexes: { organisation: (l: Launch) => [l.organisation], person: (l: Launch) => [personOf(l)] },
    }),
    visits: store.shelf({
      name: 'visits',
      schema: VisitRow,
      indexes: { ...visitIndexes, ...invitationIndexes, room: (v: Visit) => roomsOf(roomKey, v) },
    }),
    notes: store.shelf({ name: 'notes', schema: NoteRow, indexes: { unfiled } }),
  }
}

const random: Random = {
  launchId: () => randomBytes(16).toString('base64url') as LaunchId, // sound: made here
  doorId: () => randomBytes(12).toString('base64url') as DoorId, // sound: made here
  invitationId: () => randomBytes(16).toString('base64url') as InvitationId, // sound: made here
  code: () => codeFrom(randomBytes(10)),
  secret: () => randomBytes(32).toString('base64url'),
}

const repeated: House['every'] = (ms, act) => {
  const timer = setInterval(act, ms).unref()
  return () => clearInterval(timer)
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Changes a sign-in; refuses one that is no longer there. */
const changing =
  (launches: Shelf<Launch>): House['changeLaunch'] =>
  async (id, change) =>
    launches.change(id, change).catch((cause: unknown) => {
      if (cause instanceof ShelfConflict && cause.code === 'missing') throw new Refusal('session-ended')
      throw cause
    })
