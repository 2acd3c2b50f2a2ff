// Owns what Jitsi's server tells others of its rooms: the posts of contrib's mod_event_sync_component, in its words and at its addresses.
// Tells nothing of those in the lobby, nothing but the user of the token, and tries again where the real one does.
import { randomUUID } from 'node:crypto'
import type { Person, Room, Watch } from './rooms.ts'

/** As in Prosody's settings: `api_prefix`, and what `api_headers` has as Authorization. */
export type EventsOptions = { prefix: string; authorization: string }

type Occupant = { occupant_jid: string; joined_at: number; left_at?: number; name?: string; id?: string }
type Kept = { created_at: number; all: Map<Person, Occupant>; active: Set<Person> }

export type Reporter = Watch & { delivered(): Promise<void>; close(): void }

const tries = 4 // once, and api_retry_count
const retryMs = 1_000

type Tell = (path: string, event_name: string, room: Room, more: object) => void

/** Posts as the module does: nobody waits for an answer, so that two events may come in either order. */
export function openReporter(options: EventsOptions, domain: string, now: () => number): Reporter {
  const under = new Set<Promise<void>>()
  const away = new AbortController()
  const tell: Tell = (path, event_name, room, more) => {
    const post = posted(options, path, { event_name, ...more, ...named(room, domain) }, away.signal)
    const done = post.finally(() => under.delete(done))
    under.add(done)
  }
  return {
    ...watching(tell, domain, () => Math.floor(now() / 1000)),
    async delivered() {
      while (under.size > 0) await Promise.all(under)
    },
    close: () => away.abort(),
  }
}

function watching(tell: Tell, domain: string, seconds: () => number): Watch {
  const rooms = new WeakMap<Room, Kept>()
  const occupied = (path: 'joined' | 'left', room: Room, { active }: Kept, occupant: Occupant) =>
    tell(`occupant/${path}`, `muc-occupant-${path}`, room, { occupant, active_occupants_count: active.size })
  return {
    created(room) {
      const kept: Kept = { created_at: seconds(), all: new Map(), active: new Set() }
      rooms.set(room, kept)
      tell('room/created', 'muc-room-created', room, { created_at: kept.created_at })
    },
    joined(room, person) {
      const kept = rooms.get(room)
      if (!kept) return
      const occupant = {
        ...userOf(person),
        occupant_jid: `${randomUUID()}@${domain}/${person.id}`,
        joined_at: seconds(),
      }
      kept.all.set(person, occupant)
      kept.active.add(person)
      occupied('joined', room, kept, occupant)
    },
    left(room, person) {
      const kept = rooms.get(room)
      const occupant = kept?.all.get(person)
      if (!kept || !occupant) return
      occupant.left_at = seconds()
      kept.active.delete(person)
      occupied('left', room, kept, occupant)
    },
    destroyed(room) {
      const kept = rooms.get(room)
      if (!kept) return
      // An empty Lua table is written as an object.
      const all_occupants = kept.all.size > 0 ? [...kept.all.values()] : {}
      const times = { created_at: kept.created_at, destroyed_at: seconds() }
      tell('room/destroyed', 'muc-room-destroyed', room, { ...times, all_occupants })
    },
  }
}

const userOf = ({ pass }: Person) => ({
  ...(pass.name === undefined ? {} : { name: pass.name }),
  ...(pass.userId === undefined ? {} : { id: pass.userId }),
})

const named = ({ key }: Room, domain: string) => ({
  ...{ is_breakout: false, room_name: key, room_jid: `${key}@muc.${domain}` },
})

async function posted({ prefix, authorization }: EventsOptions, path: string, event: object, away: AbortSignal) {
  const headers = { 'content-type': 'application/json', authorization }
  const init = { method: 'POST', headers, body: JSON.stringify(event), signal: away }
  for (let left = tries; left > 0 && !away.aborted; left--) {
    const status = await fetch(`${prefix}/events/${path}`, init).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status > 0 && status < 500) return
    await new Promise<void>((done) => setTimeout(done, retryMs).unref())
  }
}
