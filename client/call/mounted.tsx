// One mounted room: its frame, what happens in it, and what is said and done beside it.
// Refuses to open a microphone or a camera that was closed when the room was left.
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me, RoomToken } from '../../server/wire/wire.ts'
import { announce } from '../ui/announce.ts'
import { useRepeated } from '../ui/repeated.ts'
import { Wait } from '../ui/wait.tsx'
import { NothingThrough, type Reachable, useMedia } from './blocked.tsx'
import { type CallNow, useTold } from './call-now.ts'
import { type Out, type Room, useEnding, useRoom } from './ending.ts'
import { useFollow } from './entry.ts'
import { Frame } from './frame.tsx'
import { closedBefore, type OwnDevices, useOwnDevices } from './own-devices.ts'
import { type People, usePeople, useRoomDoor } from './people.ts'
import { type DeviceNames, useChangedInRoom } from './picked-names.ts'
import { type Progress, usePresence } from './presence.ts'
import { type QualityState, useAskedQuality } from './quality.ts'
import { type RecorderState, useRecorder } from './recorder.ts'
import { Reopened } from './reopened.tsx'
import { listen, type RoomApi } from './room.ts'
import { roomLook } from './room-config.ts'
import type { Someone } from './same-person.ts'
import { useSilence } from './silence.ts'
import { Notes, Strip } from './strip.tsx'
import { AtRoomDoor, type Doorstep, Uninvited, useUninvited } from './uninvited.tsx'
import type { Why } from './watchdog.ts'
import { WaysOut } from './way-out.tsx'
import { type WhoIsHere, whoIsHere } from './who-is-here.ts'
import { callWords, reopenedWords } from './words.ts'

export type CallProps = {
  readonly me: Me
  readonly side: 'clinician' | 'patient'
  /** The visit's own: entries are asked for below it, and presence is told. */
  readonly path: string
  readonly camera: boolean
  /** Nobody answers this page: who is in the call is not known any more. */
  readonly lost?: boolean
  /** Where the server says the call is held. */
  readonly heldAt?: string | undefined
  /** Whom the room's own door is opened to, and who is to be out of it; absent where this side lets nobody in. */
  readonly doorstep?: Doorstep
  /** Whom a clinician can ring where the video does not go on. */
  readonly reachable?: readonly Reachable[]
  /** The frame is too small for anything but the other person. */
  readonly faceAlone?: boolean
  /** Whether everyone has agreed to be recorded; absent where nobody is to record from here. */
  readonly mayRecord?: boolean | undefined
  onRoom?(room: Room | undefined): void
  /** How the call stands, for whoever shows it outside of this; undefined while there is no room. */
  onNow?(now: CallNow | undefined): void
  /** How it is with the room's recorder; undefined while this page is not in the room. */
  onRecorder?(recorder: RecorderState | undefined): void
  /** Another one each time our server says that something has changed: who is there is then asked at once. */
  readonly looked?: unknown
  /** Somebody came into the call or left it, as their own pages tell. */
  onComings?(): void
  /** Somebody was taken out from this page's own room, though not by us: our door does not know it yet. */
  onTakenOut?(who: Someone): void
}

type MountedProps = CallProps & {
  readonly entry: RoomToken
  /** The devices that the room is opened with. */
  readonly names: DeviceNames
  /** Why the room was opened anew by itself; absent when a person did it. */
  readonly why: Why | undefined
  /** It was tried too often by itself: a person decides. */
  readonly exhausted: boolean
  readonly quality: QualityState
  onOut(out: Out): void
  /** `unreachable`: the Jitsi whose room did not open here. */
  onAgain(unreachable?: string): void
  onDue(why: Why): void
}

export function Mounted(props: MountedProps) {
  const { side, camera, entry, names, quality } = props
  const [opened] = useState(() => ({ level: quality.level, devices: closedBefore() }))
  const [room, setRoom] = useState<RoomApi>()
  const people = usePeople()
  const happening = useHappening(props, people, opened.devices)
  const { progress, others } = happening
  const listening = (api: RoomApi) => {
    happening.listen(api)
    setRoom(api)
  }
  useRoom(room, people, props.onRoom)
  useFollow(entry.origin, props.heldAt)
  useAskedQuality(room, progress === 'joined', quality.level, opened.level)
  useRecorder(props, room, progress === 'joined', happening.recording)
  useFaceAlone(props, room, progress === 'joined')
  useChangedInRoom(room, progress === 'joined', names)
  const here = whoIsHere(people.inside, others)
  useTold(nowOf(props, room, people, here, happening), props.onNow)
  const strangers = useRoomDoor(room, people, props.doorstep?.admitted ?? [], others)
  const uninvited = useUninvited(room, people, others, props.doorstep)
  const frame = <Frame {...{ side, camera, entry, names }} opened={opened} onReady={listening} />
  if (side === 'patient') return <Above {...props} {...{ frame, happening }} whoIsHere={here} />
  return (
    <div class="call">
      {frame}
      <div class="call-notes">
        <Entering {...props} {...happening} />
        {progress === 'joined' && <Notes {...saidOf(props, happening)} />}
        <AtRoomDoor people={strangers} />
        <Uninvited people={uninvited} onOut={({ id }) => room && people.takeOut(room, id)} />
      </div>
    </div>
  )
}

type AboveProps = MountedProps & { readonly frame: JSX.Element; happening: Happening; whoIsHere: WhoIsHere }

/** All that is said stands above the picture; that there is none stands in its place, so that nothing moves. */
function Above({ frame, happening, whoIsHere, ...props }: AboveProps) {
  const { camera, quality, lost = false } = props
  const { progress, recording } = happening
  const said = saidOf(props, happening)
  return (
    <div class="call">
      <Entering {...props} {...happening} />
      {progress === 'joined' && <Strip {...said} {...{ whoIsHere, quality, recording, camera, lost }} />}
      <div class="call-picture">
        {frame}
        {progress === 'joined' && said.blocked !== undefined && (
          <div class="call-over">
            <NothingThrough {...said} blocked={said.blocked} />
          </div>
        )}
      </div>
    </div>
  )
}

const saidOf = ({ me, exhausted, reachable = [], onAgain }: MountedProps, { devices, blocked }: Happening) => ({
  ...{ me, devices, blocked, exhausted, reachable },
  onReconnect: () => onAgain(),
})

function nowOf(
  { quality, onAgain }: MountedProps,
  room: RoomApi | undefined,
  { inside }: People,
  whoIsHere: WhoIsHere,
  { progress, devices, sharing, recording, blocked }: Happening,
): CallNow {
  return {
    ...{ room, joined: progress === 'joined', inside, whoIsHere, devices, sharing, recording, level: quality.level },
    blocked: blocked !== undefined,
    reconnect: () => onAgain(),
    bringPicture: () => quality.notice('picture'),
  }
}

/** Asks the room for the other person's picture alone, and for the rest again. */
function useFaceAlone(
  { side, entry, faceAlone = false }: MountedProps,
  room: RoomApi | undefined,
  joined: boolean,
): void {
  const asked = useRef(false)
  useEffect(() => {
    if (room === undefined || !joined || faceAlone === asked.current) return
    asked.current = faceAlone
    room.executeCommand('overwriteConfig', roomLook(side, entry.call, faceAlone))
  }, [room, joined, faceAlone])
}

type Happening = ReturnType<typeof useHappening>

const againMs = 5_000
const openMs = 15_000

/** A room that gave up is opened anew until our server answers, and again when it then does not open: the line may still be cut. */
function useReopening(progress: Progress, why: Why | undefined, reopen: () => void) {
  const gone = progress === 'cut'
  const opening = why === 'cut' && progress === 'entering'
  useRepeated(gone || opening, gone ? againMs : openMs, reopen, gone ? 0 : openMs)
}

/** What happens in the room, by its own events and by what our server hears of the others. */
function useHappening(
  { me, path, entry, why, quality, looked, onOut, onDue, onTakenOut, onComings }: MountedProps,
  people: People,
  opened: OwnDevices,
) {
  const [progress, setProgress] = useState<Progress>('entering')
  const [devices, device] = useOwnDevices(opened, quality.level)
  const [sharing, setSharing] = useState(false)
  const [recording, setRecording] = useState(false)
  const ending = useEnding(entry, onOut)
  const latest = useRef(onTakenOut) // the listener is made once; who is in the visit changes
  latest.current = onTakenOut
  const onElsewhere = () => ending.trouble('elsewhere')
  const mediaBlocked = useRef(false)
  const { others, beat } = usePresence({
    ...{ path: `${path}/presence`, entry, progress, people, mediaBlocked, onDue, onElsewhere },
    notice: quality.notice,
  })
  const { blocked, connected } = useMedia({ joined: progress === 'joined', people, others, mediaBlocked, beat })
  useAskedAtOnce(people, progress === 'joined' ? looked : undefined, beat)
  useEffect(() => onComings?.(), [others.map(({ at, name }) => `${at} ${name}`).join()])
  useReopening(progress, why, () => onDue('cut'))
  const loaded = useSilence(me, `${path}/room-tokens`, entry)
  const joined = (api: RoomApi) => {
    setProgress('joined')
    if (entry.call.endToEnd) api.executeCommand('toggleE2EE', true)
    announce(why === undefined ? callWords.joined : reopenedWords[why])
  }
  const heard = (api: RoomApi) =>
    listen(api, {
      ...{ loaded, joined: () => joined(api), lobby: () => setProgress('lobby'), left: ending.left },
      cut: () => setProgress('cut'),
      trouble: (what) => (what === 'removed' ? ending.removed(beat()) : ending.trouble(what)),
      ...{ device, connected, sharing: setSharing, recording: setRecording },
      takenOut: (who) => people.isOurs(who.id) || latest.current?.(who),
      ...people.listener,
    })
  return { progress, devices, sharing, recording, others, blocked, listen: heard }
}

/**
 * Not with the next beat: who knocks at the room's door is let in by what their own page says, who came or went there is said by it too, and what
 * our server says has changed may be news.
 */
function useAskedAtOnce({ knocking, inside }: People, looked: unknown, beat: () => void): void {
  useEffect(() => void (knocking.length > 0 && beat()), [knocking.length])
  useEffect(() => void (looked !== undefined && beat()), [inside.length])
  useEffect(() => void (looked !== undefined && beat()), [looked])
}

type EnteringProps = MountedProps & Pick<Happening, 'progress' | 'blocked'>

function Entering({ me, side, entry, progress, blocked, why, onAgain }: EnteringProps) {
  const again = (words: string, unreachable?: string) => (
    <WaysOut me={me} again={words} onAgain={() => onAgain(unreachable)} />
  )
  if (progress === 'joined') return why === undefined || blocked !== undefined ? null : <Reopened why={why} />
  if (progress !== 'lobby') return <Wait says={callWords.room} way={again(callWords.again, entry.origin)} />
  return <Wait key="lobby" says={callWords.lobby[side]} way={again(callWords.knockAgain)} />
}
