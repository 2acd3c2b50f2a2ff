// How many are in a room, by the count of Jitsi's own server (mod_muc_census). Asked from here alone: that address has no password.
// Without an answer in its form and in time there is no count.
import { z } from 'zod'
import type { RoomName } from '../../domain/ids.ts'
import { roomFromJitsi } from '../../domain/visit/room.ts'
import { ask, jsonOf } from '../ask.ts'
import { listOf } from '../list-of.ts'

/** `url` is where /room-census lies; a room that is not listed is empty. */
export type Census = (url: string, room: RoomName) => Promise<number | undefined>

const Counted = z.object({
  // An empty Lua table may come as an object.
  room_census: z.union([
    listOf(z.object({ room_name: z.string(), participants: z.int().min(0) })),
    z.strictObject({}).transform(() => []),
  ]),
})

// The clinician has pressed "end", and waits.
const patienceMs = 1_000
/** Some thousand rooms. */
const mostBytes = 256_000

export const askCensus: Census = async (url, room) => {
  try {
    const answered = await ask(url, { mostBytes, timeoutMs: patienceMs })
    if (answered.status !== 200) return undefined
    const { room_census } = Counted.parse(jsonOf(answered))
    const named = room_census.filter(({ room_name }) => roomFromJitsi(room_name) === room)
    return named.reduce((sum, { participants }) => sum + participants, 0)
  } catch {
    return undefined // No connection, too late, or another answer: the visit ends all the same.
  }
}
