// Owns the words of the signalling socket, both ways. Refuses what is not one of them.
import { z } from 'zod'
import type { Pass, Role } from './token.ts'

const Id = z.string().min(1).max(64)
const Media = z.enum(['audio', 'video'])
const Name = z.string().max(200)

export const FromClient = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connect'), token: z.string().max(16_000), resume: z.string().max(80).optional() }),
  z.object({
    type: z.literal('join'),
    room: z.string().min(1).max(200),
    tenant: z.string().max(200).optional(),
    name: Name.optional(),
    audioMuted: z.boolean().default(false),
    videoMuted: z.boolean().default(false),
  }),
  z.object({ type: z.literal('knock') }),
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('answer-knock'), id: Id, approved: z.boolean() }),
  z.object({ type: z.literal('kick'), id: Id }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('lobby'), on: z.boolean() }),
  z.object({ type: z.literal('recording'), on: z.boolean() }),
  z.object({ type: z.literal('dial'), to: z.string().max(200) }),
  z.object({ type: z.literal('mute'), media: Media, id: Id.optional() }),
  z.object({ type: z.literal('name'), name: Name }),
  z.object({ type: z.literal('chat'), text: z.string().max(10_000), to: Id.optional() }),
  z.object({ type: z.literal('endpoint-text'), to: Id.or(z.literal('')), text: z.string().max(10_000) }),
  z.object({ type: z.literal('state'), audioMuted: z.boolean(), videoMuted: z.boolean() }),
  z.object({ type: z.literal('signal'), to: Id, payload: z.record(z.string(), z.unknown()) }),
])
export type FromClient = z.output<typeof FromClient>

/** What everyone in the room knows of everyone. `userContext`: the `context.user` of their token, where presence_identity is loaded. */
export type Seen = {
  id: string
  name: string
  role: Role
  audioMuted: boolean
  videoMuted: boolean
  userContext?: Pass['user']
}

export type FromServer =
  | { type: 'refused'; stage: 'connect' | 'join'; text: string }
  | {
      type: 'connected'
      resume: string
      features: Readonly<Record<string, boolean>>
      nameReadonly: boolean
      byWebsocket: boolean
    }
  | { type: 'resumed' }
  /** `focus`: nobody makes rooms. `reservation`: whoever is asked before a room begins says no, or nothing. */
  | { type: 'no-room'; why: 'focus' }
  | { type: 'no-room'; why: 'reservation'; code: number; text: string }
  | { type: 'members-only' }
  | { type: 'joined'; self: Seen; others: readonly Seen[]; lobby: boolean }
  | { type: 'access-denied' }
  | { type: 'knocking'; id: string; name: string }
  | { type: 'knock-gone'; id: string }
  | { type: 'lobby'; on: boolean }
  | { type: 'recording'; on: boolean }
  | { type: 'participant-joined'; participant: Seen }
  | { type: 'participant-left'; id: string }
  | { type: 'kicked'; id: string; by: { id: string; name: string } }
  | { type: 'destroyed'; reason: string }
  | { type: 'mute'; media: 'audio' | 'video'; by: string }
  | { type: 'name'; id: string; name: string }
  | { type: 'chat'; from: string; nick: string; text: string; private: boolean }
  | { type: 'endpoint-text'; from: string; text: string }
  | { type: 'state'; id: string; audioMuted: boolean; videoMuted: boolean }
  | { type: 'signal'; from: string; payload: Record<string, unknown> }
  | { type: 'bridge-silent' }
  | { type: 'bridge-gone'; againMs: number }
  | { type: 'forgotten'; againMs: number }
  /** Nobody is there who could be brought in by telephone. */
  | { type: 'no-telephone' }
  | { type: 'not-allowed'; action: string }
