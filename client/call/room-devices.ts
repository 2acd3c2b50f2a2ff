// Our own microphone and camera, as the room tells of them: what somebody closed, and what could not be had.
// Refuses to take for a person's doing what the room does by itself while it opens and when it is left.
import { field } from './trouble.ts'

export type DeviceState = 'on' | 'off' | 'failed'
type Which = 'microphone' | 'camera'
type Room = { on(event: RoomEvent, listener: (payload?: unknown) => void): unknown }
type RoomEvent = 'micError' | 'cameraError' | 'audioMuteStatusChanged' | 'videoMuteStatusChanged' | 'participantMuted'
const ofMedia: Readonly<Record<string, Which>> = { audio: 'microphone', video: 'camera' }

/**
 * The room says that the camera is off until it has one, and again when it lets go of it on the way out: nobody closed it then. Before
 * the room is entered the last word counts; inside, a change that turns out to be the room's own doing is taken back.
 */
export function listenToDevices(room: Room, tell: (which: Which, how: DeviceState) => void) {
  let at: 'entering' | 'inside' | 'over' = 'entering'
  let me = ''
  const now = new Map<Which, DeviceState>()
  // What a change has replaced, until the room says whose it was.
  const before = new Map<Which, DeviceState>()
  const changed = (which: Which) => (p: unknown) => {
    const how = field(p, 'muted') === true ? 'off' : 'on'
    if (at === 'inside') {
      before.set(which, now.get(which) ?? 'on')
      tell(which, how)
    }
    if (at !== 'over') now.set(which, how)
  }
  const failed = (which: Which) => () => {
    now.delete(which)
    tell(which, 'failed')
  }
  room.on('micError', failed('microphone'))
  room.on('cameraError', failed('camera'))
  room.on('audioMuteStatusChanged', changed('microphone'))
  room.on('videoMuteStatusChanged', changed('camera'))
  room.on('participantMuted', (p) => {
    const [which, id] = [ofMedia[String(field(p, 'mediaType'))], field(p, 'id')]
    if (at !== 'inside' || which === undefined || (id !== me && id !== leaving)) return
    const was = before.get(which)
    before.delete(which)
    if (id === leaving && was !== undefined) tell(which, was)
  })
  const inside = (id: string) => {
    me = id
    at = 'inside'
    for (const [which, how] of now) tell(which, how)
  }
  const over = () => {
    at = 'over'
  }
  return { inside, over }
}

/** What the room calls us as soon as we are no longer in it. */
const leaving = 'local'
