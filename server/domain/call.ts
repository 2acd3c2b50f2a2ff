// What a clinic's policies make of a call: what each side may do in it, and the name a person has there.
// Refuses nothing: it gives less. What is said here is said three times: in the token, to the page, and (by modules) in Jitsi.
import type { Ref } from './ids.ts'
import type { Features } from './room-token.ts'
import type { Open } from './visit.ts'

export type Naming = 'full' | 'first-and-initial' | 'role'

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
  ...{ recording, livestreaming: false, transcription: false, 'live-translation': false },
  ...{ 'outbound-call': false, 'inbound-call': false, 'sip-outbound-call': false, 'sip-inbound-call': false },
  ...{ 'send-groupchat': chat, 'send-private-message': chat, 'create-polls': polls },
  ...{ 'file-upload': fileShare, 'screen-sharing': screenShare },
  'name-readonly': true, // else anybody could take the doctor's name
})

type Role = 'clinician' | 'patient' | 'representative'
const words: Readonly<Record<Role, string>> = {
  clinician: 'Clinician',
  patient: 'Patient',
  representative: 'Representative',
}

/** The name to be shown in the room; the role's word where there is no name to make it of. */
export function shownName(naming: Naming, role: Role, name: string): string {
  if (naming === 'role') return words[role]
  return (naming === 'full' ? name.trim() : firstAndInitial(name)) || words[role]
}

const title = /^(dr|prof|mr|mrs|ms|mx|miss|sir|dame|rev|fr)\.?$/i
const degree =
  /^(md|do|rn|np|pa|pac|aprn|crnp|fnp|dnp|cnm|phd|psyd|pharmd|mbbs|dds|dmd|lcsw|lmft|jr|sr|ii|iii|iv|esq)$/i
const wordsIn = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => word !== '' && !title.test(word) && !degree.test(word.replaceAll(/[.-]/g, '')))

/** `Dr. Wei Chen, MD` and `Chen, Wei` are both `Wei C.` */
function firstAndInitial(name: string): string {
  const [before = [], ...rest] = name.split(',').map(wordsIn)
  const after = rest.flat()
  // Words after a comma that are no degrees: the family name came first.
  const [first, family] = after.length > 0 ? [after[0], before.at(-1)] : [before[0], before.slice(1).at(-1)]
  const initial = [...(family ?? '')][0]
  return [first ?? '', initial === undefined ? '' : `${initial}.`].filter(Boolean).join(' ')
}

/** What this person is called in the visit's room; undefined before they first had a token. */
export const calledIn = (visit: Pick<Open, 'attendance'>, who: Ref): string | undefined =>
  visit.attendance.find((a) => a.who === who)?.called

/**
 * Keeps what someone who has joined is called in the room, for the whole visit. Nobody else there is called the same:
 * the room knows people by their names alone, and the clinician's page opens its lobby by them.
 */
export function called(visit: Open, who: Ref, wish: string): Open {
  if (calledIn(visit, who) !== undefined) return visit
  const taken = visit.attendance.map((a) => a.called)
  let name = wish
  // Room for the number: a name that was as long as any may be stays one.
  for (let n = 2; taken.includes(name); n++) name = `${[...wish].slice(0, 114).join('')} (${n})`
  return { ...visit, attendance: visit.attendance.map((a) => (a.who === who ? { ...a, called: name } : a)) }
}

/**
 * Where the visit's call is held. Changes it only while it is still held where the caller last saw it: of two who ask for
 * a move at once, one decides, and both go to the same place.
 */
export const held = (visit: Open, seenAt: string | undefined, origin: string): Open =>
  visit.jitsi === seenAt && seenAt !== origin ? { ...visit, jitsi: origin } : visit
