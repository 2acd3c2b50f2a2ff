// What crosses the wire about a call: the entry to its room, who is really in it, whether it may be recorded. Part of wire.ts, through which the client reads it.

import type { Instant, RoomName } from '../domain/ids.ts'
import type { CallRules } from '../domain/visit/call.ts'

/** `agreed`: everyone in the visit agreed, and it may run. `mine` is one's own word; `open`: how many have not answered. */
export type RecordingView = {
  readonly agreement: 'asked' | 'agreed' | 'refused'
  readonly mine: 'asked' | 'agreed' | 'refused'
  readonly open: number
}

/** `POST …/visits/:visit/room-tokens` */
export type RoomToken = {
  /** Jitsi's origin, such as `https://meet.example.org`. */
  readonly origin: string
  /** The address of Jitsi's script: a path of ours where the settings say which one may run here. */
  readonly script: string
  /** As Jitsi's script wants it: after the tenant and a slash, where there is one. */
  readonly room: RoomName | `${string}/${RoomName}`
  readonly token: string
  readonly expiresAt: Instant
  readonly displayName: string
  /** The same person's, in the token: by it Jitsi and its pages know them where Jitsi passes on the token's user, whatever they are called. */
  readonly idInRoom: string
  readonly moderator: boolean
  readonly call: CallRules
}

/** `POST …/visits/:visit/presence`: who is really in the call, as their own pages tell. */
export type CallView = {
  /** This page's number among the person's own. */
  readonly seat: number
  /** False once the same person came to the call by another page. */
  readonly newest: boolean
  /** The server's time. */
  readonly now: Instant
  /** Since when the others read that this person will be right back. */
  readonly awaySince?: Instant
  readonly others: readonly InCall[]
}
export type InCall = {
  /** The id in this person's token. */
  readonly idInRoom: string
  /** As the room shows it. */
  readonly name: string
  /** `door`: at the room's own door; `gone`: left, or not heard of any more. */
  readonly at: 'door' | 'in' | 'gone'
  readonly since: Instant
  /** Whether their room shows the one who asks. */
  readonly seesYou: boolean
  /** Their page is in the call, and neither picture nor sound comes through between it and the room. */
  readonly mediaBlocked?: true
  /** Since when they will be right back, as they say themselves. */
  readonly awaySince?: Instant
  /** They interpret a sign language: who cannot see them misses what is said. */
  readonly signs?: true
}
