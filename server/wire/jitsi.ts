// What Jitsi's server tells and asks of rooms: the bodies of contrib's event_sync_component and of mod_reservations, as far as we use them.
// Refuses other events; drops names, addresses and whatever else a token's user context holds.
import { z } from 'zod'

/** Seconds since 1970, by Prosody's clock. */
const Seconds = z.number().min(0).max(99_999_999_999)

const Occupant = z.object({
  /** Anew for each connection. */
  occupant_jid: z.string().min(1).max(1_000),
  /** The `id` of the token's user; recorders and telephones have none. */
  id: z.string().max(200).optional().catch(undefined),
  joined_at: Seconds,
  left_at: Seconds.optional(),
})
export type Occupant = z.infer<typeof Occupant>

const room = { room_name: z.string().min(1).max(500) }
// Lua knows one kind of table: an empty list comes as {}.
const Occupants = z.union([z.array(Occupant).max(1_000), z.strictObject({}).transform((): Occupant[] => [])])

export const CallEvent = z.discriminatedUnion('event_name', [
  z.object({ event_name: z.literal('muc-room-created'), ...room }),
  z.object({ event_name: z.literal('muc-occupant-joined'), ...room, occupant: Occupant }),
  z.object({
    event_name: z.literal('muc-occupant-left'),
    ...room,
    occupant: Occupant.extend({ left_at: Seconds }),
  }),
  z.object({
    event_name: z.literal('muc-room-destroyed'),
    ...room,
    created_at: Seconds.optional(),
    destroyed_at: Seconds,
    all_occupants: Occupants.default([]),
  }),
])
export type CallEvent = z.infer<typeof CallEvent>

/** What mod_reservations asks before a room begins. `mail_owner` is an address of Prosody's own making, and only said back. */
export const Reservation = z.object({
  name: z.string().min(1).max(500),
  start_time: z.iso.datetime(),
  mail_owner: z.string().max(1_000),
})
export type Reservation = z.infer<typeof Reservation>
