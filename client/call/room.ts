// The part of Jitsi's IFrame API that a visit uses, in types of our own, and its script, loaded with retry and a time limit.
// Refuses to keep a load that failed: the next try begins anew.

import { bridgeIn } from './bridge-log.ts'
import type { roomLook } from './room-config.ts'
import { type DeviceState, listenToDevices } from './room-devices.ts'
import type { Someone } from './same-person.ts'
import { errorName, field, type Meaning, meaningOf, type Trouble } from './trouble.ts'
import type { Lost } from './way-back.ts'

/** What we ask of a running room. */
export type RoomApi = {
  on(event: RoomEvent, listener: (payload?: unknown) => void): unknown
  executeCommand(name: 'answerKnockingParticipant', id: string, approved: boolean): void
  executeCommand(name: 'kickParticipant' | 'pinParticipant', id: string): void
  executeCommand(name: 'endConference' | 'hangup'): void
  executeCommand(name: 'toggleE2EE' | 'setAudioOnly', on: boolean): void
  executeCommand(name: 'muteEveryone', media: 'audio'): void
  executeCommand(name: 'muteRemoteParticipant', id: string, media: 'audio'): void
  executeCommand(name: 'setVideoQuality', height: number): void
  executeCommand(name: 'toggleAudio' | 'toggleVideo'): void
  executeCommand(name: 'overwriteConfig', config: ReturnType<typeof roomLook>): void
  executeCommand(name: 'startRecording', how: { readonly mode: 'file' }): void
  executeCommand(name: 'stopRecording', mode: 'file'): void
  getCurrentDevices(): Promise<unknown>
  dispose(): void
}
type RoomEvent =
  | 'browserSupport'
  | 'videoConferenceJoined'
  | 'videoConferenceLeft'
  | 'readyToClose'
  | 'participantJoined'
  | 'participantLeft'
  | 'participantKickedOut'
  | 'knockingParticipant'
  | 'errorOccurred'
  | 'audioMuteStatusChanged'
  | 'videoMuteStatusChanged'
  | 'participantMuted'
  | 'micError'
  | 'cameraError'
  | 'screenSharingStatusChanged'
  | 'recordingStatusChanged'
  | 'p2pStatusChanged'
  | 'dataChannelOpened'
  | 'log'

/** Why a room gave up, by its own word. */
export type GaveUp = Exclude<Lost, 'silence'>

export type RoomListener = {
  /** The room's own page has loaded; once more in the same frame, where it loaded itself anew. */
  loaded(): void
  /** It has camera and microphone, or knows that it gets none: nobody is asked any more. */
  ready(): void
  joined(): void
  lobby(): void
  /** Hung up: not the end of the visit. */
  left(): void
  /** The room has given up, and mends nothing any more; nobody has left it. */
  gone(by: GaveUp): void
  trouble(what: Trouble): void
  came(who: Someone): void
  went(id: string): void
  knocked(who: Someone): void
  /** Somebody else was taken out from this very room frame, by our page or by its own menus; what another clinician does is hers. */
  takenOut(who: Someone): void
  /** Our own microphone or camera: works, was switched off, or could not be had. */
  device(which: 'microphone' | 'camera', how: DeviceState): void
  sharing(on: boolean): void
  /** Whether the room is being recorded, whoever began it. */
  recording(on: boolean): void
  /** A connection for sound and picture: to the other browser, or by the videobridge. */
  connected(by: 'direct' | 'bridge', on: boolean): void
}

/** Turns Jitsi's events into the few things that matter to a visit. */
export function listen(room: RoomApi, tell: RoomListener): void {
  let at: 'entering' | 'joined' | 'gone' | 'over' = 'entering'
  const devices = listenToDevices(room, tell.device)
  const gone = (by: GaveUp) => {
    if (at === 'gone' || at === 'over') return
    at = 'gone'
    devices.over()
    tell.gone(by)
  }
  const trouble = (what: Trouble) => {
    at = 'over'
    devices.over()
    tell.trouble(what)
  }
  room.on('videoConferenceJoined', (p) => {
    if (at === 'gone' || at === 'over') return
    at = 'joined'
    tell.joined()
    devices.inside(text(p, 'id'))
  })
  listenToLeaving(room, {
    left() {
      if (at === 'over') return
      at = 'over'
      tell.left()
    },
    out: devices.over,
    fellOut: () => at === 'joined' && gone('line'),
  })
  room.on('browserSupport', () => (at === 'joined' ? gone('line') : at === 'entering' && tell.loaded()))
  room.on('videoMuteStatusChanged', (p) => at === 'entering' && field(p, 'muted') === false && tell.ready())
  room.on('errorOccurred', (p) => {
    if (at === 'gone' || at === 'over') return
    heed(meaningOf(errorName(p), at === 'joined'), { gone, trouble, lobby: () => tell.lobby() })
  })
  listenToState(room, tell)
  listenToPeople(room, tell, trouble)
}

type Heeding = Pick<RoomListener, 'gone' | 'trouble' | 'lobby'>

function heed(meaning: Meaning, { gone, trouble, lobby }: Heeding): void {
  if (meaning === 'lobby') lobby()
  else if (meaning === 'bridge' || meaning === 'line' || meaning === 'shut') gone(meaning)
  else if (meaning !== 'nothing') trouble(meaning)
}

function listenToState(room: RoomApi, tell: RoomListener): void {
  for (const event of ['micError', 'cameraError'] as const) room.on(event, () => tell.ready())
  room.on('screenSharingStatusChanged', (p) => tell.sharing(field(p, 'on') === true))
  room.on('recordingStatusChanged', (p) => tell.recording(field(p, 'on') === true))
  listenToMedia(room, tell)
}

const goodbyeMs = 3_000

/**
 * Whoever hangs up, by our button or by the room's own, is told to be out and then that the frame may be closed. A room that falls apart or
 * loads itself anew says the first alone: nobody has left it.
 */
function listenToLeaving(room: RoomApi, tell: { left(): void; out(): void; fellOut(): void }): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  room.on('videoConferenceLeft', () => {
    tell.out()
    timer ??= setTimeout(tell.fellOut, goodbyeMs)
  })
  room.on('readyToClose', () => {
    clearTimeout(timer)
    tell.out()
    tell.left()
  })
}

function listenToMedia(room: RoomApi, { connected }: RoomListener): void {
  room.on('p2pStatusChanged', (p) => connected('direct', field(p, 'isP2p') === true))
  let isLogged = false
  room.on('log', (p) => {
    const on = bridgeIn(p)
    if (on === undefined) return
    isLogged = true
    connected('bridge', on)
  })
  // Where the channel runs within the connection to the videobridge, sound and picture can go once it is open. By a websocket it proves nothing.
  room.on('dataChannelOpened', () => isLogged || connected('bridge', true))
}

function listenToPeople(room: RoomApi, tell: RoomListener, trouble: (what: Trouble) => void): void {
  let me = ''
  // Of who is taken out the room tells no token's id any more.
  const came = new Map<string, Someone>()
  room.on('videoConferenceJoined', (p) => {
    me = text(p, 'id')
  })
  room.on('participantJoined', (p) => {
    const idInRoom = text(field(p, 'userContext'), 'id')
    const who = { id: text(p, 'id'), name: text(p, 'displayName'), ...(idInRoom === '' ? {} : { idInRoom }) }
    came.set(who.id, who)
    tell.came(who)
  })
  room.on('participantLeft', (p) => tell.went(text(p, 'id')))
  room.on('knockingParticipant', (p) => {
    const who = field(p, 'participant')
    tell.knocked({ id: text(who, 'id'), name: text(who, 'name') })
  })
  room.on('participantKickedOut', (p) => {
    const kicked = field(p, 'kicked')
    if (field(kicked, 'local') === true) trouble('removed')
    else if (text(field(p, 'kicker'), 'id') === me)
      tell.takenOut({ ...came.get(text(kicked, 'id')), id: text(kicked, 'id'), name: text(kicked, 'name') })
  })
}

/** As long as our server takes a name: a room that says more must not silence the page. */
const longest = 300

const text = (value: unknown, key: string): string => {
  const found = field(value, key)
  return typeof found === 'string' ? found.slice(0, longest) : ''
}

const tries = 3
const limitMs = 10_000
const pauseMs = 1_000

/** Brings Jitsi's script from where our server says that it lies. False when it could not be had, in so many times. */
export async function loadRoomScript(script: string, times = tries): Promise<boolean> {
  for (let n = 0; n < times; n++) {
    if (roomScriptLoaded()) return true
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, n * pauseMs))
    await loadOnce(script)
  }
  return roomScriptLoaded()
}

// A sign-in proxy answers 200 with a page: the script "loads" and defines nothing.
const roomScriptLoaded = () => typeof Reflect.get(window, 'JitsiMeetExternalAPI') === 'function'

function loadOnce(src: string): Promise<void> {
  return new Promise((resolve) => {
    const script = document.createElement('script')
    const done = () => {
      clearTimeout(timer)
      script.remove()
      resolve()
    }
    const timer = setTimeout(done, limitMs)
    script.addEventListener('load', done)
    script.addEventListener('error', done)
    script.async = true
    script.src = src
    document.head.append(script)
  })
}
