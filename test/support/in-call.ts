// Owns people in a call as their pages tell our server of them.
import type { Someone } from '../../client/call/same-person.ts'
import type { InCall, Instant } from '../../server/wire/wire.ts'

// Sound, this cast: what a test calls an instant is one.
export const since = '2026-03-02T15:05:00.000Z' as Instant
export const person = (name: string, at: InCall['at'], seesYou = true): InCall => ({
  ...{ idInRoom: `id of ${name}`, name, at, since, seesYou },
})

/** Somebody in a room, by name: Jitsi tells no more where presence_identity is not loaded. */
export const shown = (name: string, id = `connection of ${name}`): Someone => ({ id, name })
/** The same as a room tells it that passes on the token's user; `whose` is the person's name at our server. */
export const shownWithId = (name: string, whose = name): Someone => ({ ...shown(name), idInRoom: `id of ${whose}` })
