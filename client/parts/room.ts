// The part of Jitsi's IFrame API that a visit uses, in types of our own, and its script, loaded with retry and a time limit.
// Refuses to keep a load that failed: the next try begins anew.
import { errorName, field, meaningOf, type Trouble } from './call-words.ts'

/** What we ask of a running room. */
export type RoomApi = {
  on(event: RoomEvent, listener: (payload?: unknown) => void): unknown
  executeCommand(name: 'answerKnockingParticipant', id: string, approved: boolean): void
  executeCommand(name: 'kickParticipant', id: string): void
  executeCommand(name: 'endConference' | 'hangup'): void
  executeCommand(name: 'toggleE2EE' | 'setAudioOnly', on: boolean): void
  executeCommand(name: 'muteEveryone', media: 'audio'): void
  executeCommand(name: 'muteRemoteParticipant', id: string, media: 'audio'): void
  executeCommand(name: 'setVideoQuality', height: number): void
  executeCommand(name: 'toggleShareScreen'): void
  executeCommand(name: 'startRecording', how: { readonly mode: 'file' }): void
  executeCommand(name: 'stopRecording', mode: 'file'): void
  dispose(): void
}
type RoomEvent =
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

/** Someone in the room, or at the room's own door. */
export type Someone = { readonly id: string; readonly name: string }

export type RoomListener = {
  joined(): void
  lobby(): void
  /** Hung up, or fell out: not the end of the visit. */
  left(): void
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
}
export type DeviceState = 'on' | 'off' | 'failed'

/** Turns Jitsi's events into the few things that matter to a visit. */
export function listen(room: RoomApi, tell: RoomListener): void {
  let joined = false
  let me = ''
  const devices = listenToDevices(room, tell)
  const trouble = (what: Trouble) => {
    devices.over()
    tell.trouble(what)
  }
  room.on('videoConferenceJoined', (p) => {
    joined = true
    me = text(p, 'id')
    tell.joined()
    devices.inside(me)
  })
  room.on('videoConferenceLeft', () => {
    devices.over()
    tell.left()
  })
  room.on('readyToClose', () => tell.left())
  room.on('participantJoined', (p) => tell.came({ id: text(p, 'id'), name: text(p, 'displayName') }))
  room.on('participantLeft', (p) => tell.went(text(p, 'id')))
  room.on('knockingParticipant', (p) => {
    const who = field(p, 'participant')
    tell.knocked({ id: text(who, 'id'), name: text(who, 'name') })
  })
  room.on('participantKickedOut', (p) => {
    const kicked = field(p, 'kicked')
    if (field(kicked, 'local') === true) trouble('removed')
    else if (text(field(p, 'kicker'), 'id') === me)
      tell.takenOut({ id: text(kicked, 'id'), name: text(kicked, 'name') })
  })
  room.on('screenSharingStatusChanged', (p) => tell.sharing(field(p, 'on') === true))
  room.on('recordingStatusChanged', (p) => tell.recording(field(p, 'on') === true))
  room.on('errorOccurred', (p) => {
    const meaning = meaningOf(errorName(p), joined)
    if (meaning === 'lobby') tell.lobby()
    else if (meaning !== 'nothing') trouble(meaning)
  })
}

type Which = 'microphone' | 'camera'
const ofMedia: Readonly<Record<string, Which>> = { audio: 'microphone', video: 'camera' }

/**
 * Our own microphone and camera. The room says that the camera is off until it has one, and again when it lets go of it on the way out:
 * nobody closed it then. Before the room is entered the last word counts; inside, a change that is the room's own doing is taken back.
 */
function listenToDevices(room: RoomApi, tell: RoomListener) {
  let at: 'entering' | 'inside' | 'over' = 'entering'
  let me = ''
  const now = new Map<Which, DeviceState>()
  // What a change has replaced, until the room says whose it was.
  const before = new Map<Which, DeviceState>()
  const changed = (which: Which, p: unknown) => {
    const how = field(p, 'muted') === true ? 'off' : 'on'
    if (at === 'over') return
    if (at === 'inside') {
      before.set(which, now.get(which) ?? 'on')
      tell.device(which, how)
    }
    now.set(which, how)
  }
  const failed = (which: Which) => {
    now.delete(which)
    tell.device(which, 'failed')
  }
  room.on('micError', () => failed('microphone'))
  room.on('cameraError', () => failed('camera'))
  room.on('audioMuteStatusChanged', (p) => changed('microphone', p))
  room.on('videoMuteStatusChanged', (p) => changed('camera', p))
  room.on('participantMuted', (p) => {
    const which = ofMedia[text(p, 'mediaType')]
    const id = text(p, 'id')
    if (at !== 'inside' || which === undefined || (id !== me && id !== 'local')) return
    const was = before.get(which)
    before.delete(which)
    // Who is no longer in the room has no other name there.
    if (id === me || was === undefined) return
    now.set(which, was)
    tell.device(which, was)
  })
  return {
    inside(id: string) {
      me = id
      at = 'inside'
      for (const [which, how] of now) tell.device(which, how)
    },
    over() {
      at = 'over'
    },
  }
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

/** Brings Jitsi's script from its origin. False when it could not be had, in so many times. */
export async function loadRoomScript(origin: string, times = tries): Promise<boolean> {
  for (let n = 0; n < times; n++) {
    if (roomScriptLoaded()) return true
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, n * pauseMs))
    await loadOnce(`${origin}/external_api.js`)
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
