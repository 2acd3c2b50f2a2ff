// What a clinic's Jitsi must do or refuse, tried in the room of the rehearsal while patient and clinician are in it: a videobridge for their
// pictures, a recording, a telephone, and a token for every room. Says what came of each; what it means is said elsewhere.
// Refuses to ask for what would do harm where it is not refused: no recording begins, and nobody is rung.
import type { Line, Shown } from './jitsi-line.ts'
import { enterRoom, type Got, type ReplyToTry, type Tries } from './jitsi-rehearsal.ts'
import { type Element, escaped, within } from './xmpp.ts'

type Trying = {
  readonly clinician: Line
  readonly room: string
  /** Comes to the door with a token for every room. */
  readonly anyRoom: () => Promise<Shown>
  readonly bridgeMs: number
  readonly settleMs: number
}

/** `both`: the patient is inside, too, so that there is somebody to carry pictures between. */
export async function tryOut(trying: Trying, both: boolean): Promise<Tries> {
  const { clinician, room } = trying
  const bridge = both ? { bridge: await bridgeFor(trying) } : {}
  const asked = async (body: string) => replyIn(await clinician.ask('set', `${room}/focus`, body))
  return {
    ...bridge,
    recording: await asked(recording),
    telephone: await asked(transcriber(room)),
    everyRoom: await everyRoom(trying),
  }
}

/** Once two are inside, jicofo gives each of them a place at a videobridge, or says that it has none. */
async function bridgeFor({ clinician, room, bridgeMs }: Trying): Promise<'there' | 'none' | 'silent'> {
  const word = await clinician.next((stanza) => isInvited(stanza) || saysNone(stanza, room), bridgeMs)
  if (word === undefined) return 'silent'
  return isInvited(word) ? 'there' : 'none'
}

const isInvited = (stanza: Element) =>
  stanza.name === 'iq' && within(stanza, 'jingle')?.attrs.action === 'session-initiate'
const saysNone = (stanza: Element, room: string) =>
  stanza.name === 'presence' &&
  stanza.attrs.from === `${room}/focus` &&
  within(stanza, 'bridgeNotAvailable') !== undefined

/** With the name of a stream, which jicofo takes for no recording of a file (JibriRecorder): Prosody's module looks at the mode alone. */
const recording =
  '<jibri xmlns="http://jitsi.org/protocol/jibri" action="start" recording_mode="file" streamid="doctor"/>'

/** Who writes down what is said: the least of what goes by telephone, and gone with the room. */
const transcriber = (room: string) =>
  '<dial xmlns="urn:xmpp:rayo:1" from="doctor" to="jitsi_meet_transcribe">' +
  `<header xmlns="urn:xmpp:rayo:1" name="JvbRoomName" value="${escaped(room)}"/></dial>`

function replyIn(answer: Element | undefined): ReplyToTry {
  if (answer === undefined) return 'silent'
  return answer.attrs.type === 'error' && within(answer, 'forbidden') !== undefined ? 'refused' : 'taken'
}

async function everyRoom({ room, anyRoom, settleMs }: Trying): Promise<ReplyToTry> {
  const shown = await anyRoom()
  if (shown.came !== 'in') return shown.came === 'refused' ? 'refused' : 'silent'
  try {
    return replyOf(await enterRoom(shown.line, room, settleMs))
  } finally {
    await shown.line.leave()
  }
}

/** Sent to the lobby is not refused: the token was good enough for the door. */
function replyOf(got: Got): ReplyToTry {
  if (got.to !== 'nowhere') return 'taken'
  return got.because === 'no-answer' ? 'silent' : 'refused'
}
