// At which Jitsi a call is held, for everybody, and what a clinic's policies make of it: what each side may do in it.
// What is said here is said three times: in the token, to the page, and (by modules) in Jitsi.
import type { Naming } from './display-name.ts'
import type { Features } from './room-token.ts'
import { withCall } from './visit.ts'
import type { Open } from './visit-shape.ts'

/**
 * Moves the call to `origin`, only while it is still held where the caller last saw it: of two who ask for a move at once, one decides,
 * and both go to the same place.
 */
export const movedTo = (visit: Open, seenAt: string | undefined, origin: string): Open =>
  visit.call.jitsi === seenAt && seenAt !== origin ? withCall(visit, { jitsi: origin }) : visit

/** What a clinic allows in its calls. */
export type CallPolicies = {
  readonly names: Naming
  readonly recording: boolean
  readonly chat: boolean
  readonly screenShare: boolean
  readonly fileShare: boolean
  readonly polls: boolean
  readonly breakoutRooms: boolean
  readonly reactions: boolean
  /** Encrypted between the browsers. It goes through the videobridge, wants Chromium-like browsers, and excludes recording. */
  readonly endToEnd: boolean
  /** No side learns the other's address: peer-to-peer goes by a TURN server or not at all. */
  readonly relayOnly: boolean
}

/** What one person's page is told of the call. */
export type CallRules = Omit<CallPolicies, 'names'>

/** `recordingAgreed`: everyone in the visit has agreed to be recorded. */
type Whose = { readonly moderator: boolean; readonly recordingAgreed: boolean }

export function rulesFor(policies: CallPolicies, { moderator, recordingAgreed }: Whose): CallRules {
  const { chat, fileShare, polls, breakoutRooms, reactions, endToEnd, relayOnly } = policies
  const recording = policies.recording && moderator && recordingAgreed && !endToEnd
  const screenShare = policies.screenShare && moderator
  return { recording, chat, screenShare, fileShare, polls, breakoutRooms, reactions, endToEnd, relayOnly }
}

/** The same as a token says it: each feature said, also each that is off. */
export const featuresOf = ({ recording, chat, polls, fileShare, screenShare }: CallRules): Features => ({
  recording,
  livestreaming: false,
  transcription: false,
  'live-translation': false,
  'outbound-call': false,
  'inbound-call': false,
  'sip-outbound-call': false,
  'sip-inbound-call': false,
  'send-groupchat': chat,
  'send-private-message': chat,
  'create-polls': polls,
  'file-upload': fileShare,
  'screen-sharing': screenShare,
  'name-readonly': true, // else anybody could take the doctor's name
})
