// Owns people in a call as their pages tell our server of them.
import type { InCall, Instant } from '../../server/wire/wire.ts'

// Sound, this cast: what a test calls an instant is one.
export const since = '2026-03-02T15:05:00.000Z' as Instant
export const person = (name: string, at: InCall['at'], seesYou = true): InCall => ({
  ...{ idInRoom: `id of ${name}`, name, at, since, seesYou },
})
