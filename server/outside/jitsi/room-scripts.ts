// Jitsi's script for our pages: fetched by us, compared with the hashes that the settings approve, kept, and served from our own origin.
// Refuses what no hash approves. What was approved once goes on being served, whatever its Jitsi shows meanwhile and over a restart.
import type { Instant, OrganisationId } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'
import { fileOfScript, hashesOf, longestScript, pathOfScript, type ScriptHash } from '../../domain/visit/room-script.ts'
import type { Organisation } from '../../settings/config.ts'
import type { JitsiServer } from '../../settings/organisations.ts'
import { ask, Unreadable } from '../ask.ts'
import { keepScript, readScripts } from './kept-scripts.ts'

export type RoomScripts = {
  /**
   * Where our pages get this Jitsi's script: below our own origin where the settings approve one, else at Jitsi itself. Undefined
   * where none of those approved is to be had; then Jitsi is asked, once in half a minute at most, whoever wants to know.
   */
  of(server: JitsiServer): Promise<string | undefined>
  /** The same as far as it is known at this moment, by the origin of each Jitsi: nobody waits for it. */
  known(servers: readonly JitsiServer[]): Readonly<Record<string, string>>
  /** An approved script by its file's name. Asks nobody: strangers may want it. */
  file(name: string): Promise<Uint8Array | undefined>
  /** Looks at what each Jitsi shows, and keeps what is approved. */
  look(): Promise<void>
}

/** What is told of a Jitsi's script, each in one word of the log. */
export type ScriptNews = 'unapproved' | 'updated' | 'missing' | 'silent' | 'altered' | 'not-kept'

type Parts = {
  readonly folder: string
  readonly organisations: readonly Pick<Organisation, 'id' | 'jitsi'>[]
  readonly now: () => Instant
  /** `which` is absent where it is about the folder. */
  readonly tell: (news: ScriptNews, which?: Which) => void
}

/** `jitsi`: 1 is the organisation's first, the others its fallbacks. */
type Which = { readonly organisation: OrganisationId; readonly jitsi: number }
type Listed = JitsiServer & { readonly which: Which }

/** Seconds for which what a Jitsi showed is true enough: while we have a script, and while we have none. */
const staleAfter = 600
const againAfter = 30

type Held = Parts & {
  readonly servers: readonly Listed[]
  /** Approved scripts, by each hash that the settings name. */
  readonly scripts: Map<ScriptHash, Uint8Array>
  /** What each Jitsi showed last, by its origin. */
  readonly shown: Map<string, readonly ScriptHash[]>
  readonly looks: Map<string, { readonly at: Instant; readonly done: Promise<void> }>
}

export function openRoomScripts(parts: Parts): RoomScripts {
  const servers = parts.organisations.flatMap(({ id, jitsi }) =>
    jitsi.servers.map((server, n) => ({ ...server, which: { organisation: id, jitsi: n + 1 } })),
  )
  const held: Held = { ...parts, servers, scripts: new Map(), shown: new Map(), looks: new Map() }
  let reading: Promise<void> | undefined
  const read = () => {
    reading ??= readKept(held)
    return reading
  }
  const origins = [...new Set(servers.filter(({ script }) => script !== undefined).map(({ origin }) => origin))]
  return {
    async of(server) {
      if (server.script === undefined) return addressOf(held, server)
      await read()
      const known = addressOf(held, server)
      const looked = lookAt(held, server.origin, known === undefined ? againAfter : staleAfter)
      if (known !== undefined) return known
      await looked
      return addressOf(held, server)
    },
    known: (servers) =>
      Object.fromEntries(
        servers.map((server) => [server.origin, addressOf(held, server)]).filter(([, at]) => at !== undefined),
      ),
    async file(name) {
      await read()
      for (const [hash, bytes] of held.scripts) if (fileOfScript(hash) === name) return bytes
      return undefined
    },
    async look() {
      for (const { script, which } of servers) if (script === undefined) parts.tell('unapproved', which)
      await read()
      await Promise.all(origins.map((origin) => lookAt(held, origin, 0)))
    },
  }
}

function addressOf(held: Held, server: JitsiServer): string | undefined {
  if (server.script === undefined) return `${server.origin}/external_api.js`
  const best = bestOf(held, server)
  return best && pathOfScript(best)
}

/** The approved script that the Jitsi shows itself, else the first of those approved that we have. */
function bestOf({ scripts, shown }: Held, { origin, script = [] }: JitsiServer): ScriptHash | undefined {
  const ours = script.filter((hash) => scripts.has(hash))
  return ours.find((hash) => shown.get(origin)?.includes(hash)) ?? ours[0]
}

async function readKept(held: Held): Promise<void> {
  try {
    const { scripts, altered } = await readScripts(held.folder)
    for (const bytes of scripts) taken(held, bytes)
    if (altered > 0) held.tell('altered')
  } catch {
    held.tell('altered') // A folder that cannot be read: Jitsi itself may still show what is approved.
  }
}

/** Has a script from now on, where the settings approve it; answers whether they do so anywhere. What is approved is its content, wherever it came from. */
function taken({ scripts, servers }: Held, bytes: Uint8Array): boolean {
  const named = hashesOf(bytes).all.filter((hash) => servers.some(({ script = [] }) => script.includes(hash)))
  for (const hash of named) scripts.set(hash, bytes)
  return named.length > 0
}

/** One look at a Jitsi at a time, and none where the last is younger than so many seconds. */
function lookAt(held: Held, origin: string, youngerThan: number): Promise<void> {
  const last = held.looks.get(origin)
  if (last !== undefined && held.now() < plus(last.at, youngerThan)) return last.done
  const done = look(held, origin)
  held.looks.set(origin, { at: held.now(), done })
  return done
}

async function look(held: Held, origin: string): Promise<void> {
  const approving = held.servers.filter((server) => server.origin === origin && server.script !== undefined)
  const bytes = await fetched(origin)
  if (bytes === undefined) return approving.forEach(({ which }) => void held.tell('silent', which))
  const { all } = hashesOf(bytes)
  held.shown.set(origin, all)
  const before = held.scripts.size
  // Where the disc is full the call goes on with what is in memory.
  if (taken(held, bytes) && held.scripts.size > before)
    await keepScript(held.folder, bytes).catch(() => held.tell('not-kept'))
  for (const server of approving)
    if (!server.script?.some((hash) => all.includes(hash)))
      held.tell(bestOf(held, server) === undefined ? 'missing' : 'updated', server.which)
}

const patienceMs = 5_000

/** What this Jitsi shows as its script now; undefined without an answer of 200, whole and in time. */
async function fetched(origin: string): Promise<Uint8Array | undefined> {
  const limits = { mostBytes: longestScript, timeoutMs: patienceMs }
  const answered = await ask(`${origin}/external_api.js`, limits).catch(() => undefined)
  return answered?.status === 200 && !(answered.body instanceof Unreadable) ? answered.body : undefined
}
