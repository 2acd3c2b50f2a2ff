// One mounted room: its frame, what happens in it, and what is said and done beside it.
// Refuses to open a microphone or a camera that was closed when the room was left.
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { NothingThrough } from './blocked.tsx'
import { type CallNow, useTold } from './call-now.ts'
import type { MountedProps } from './call-props.ts'
import { useRoom } from './ending.ts'
import { Entering } from './entering.tsx'
import { useFollow } from './entry.ts'
import { Frame } from './frame.tsx'
import { type RoomHappening, useHappening } from './happening.ts'
import { closedBefore } from './own-devices.ts'
import { type People, usePeople, useRoomDoor } from './people.ts'
import { useChangedInRoom } from './picked-names.ts'
import { useAskedQuality } from './quality.ts'
import { useRecorder } from './recorder.ts'
import type { RoomApi } from './room.ts'
import { roomLook } from './room-config.ts'
import { signerIn, useSigner } from './signer.ts'
import { Notes, Strip } from './strip.tsx'
import { AtRoomDoor, Uninvited, useUninvited } from './uninvited.tsx'
import { type WhoIsHere, whoIsHere } from './who-is-here.ts'

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
  useSigner(room, progress === 'joined', signerIn(people.inside, others))
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

type AboveProps = MountedProps & { readonly frame: JSX.Element; happening: RoomHappening; whoIsHere: WhoIsHere }

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

const saidOf = ({ me, exhausted, reachable = [], onAgain }: MountedProps, { devices, blocked }: RoomHappening) => ({
  ...{ me, devices, blocked, exhausted, reachable },
  onReconnect: () => onAgain(),
})

function nowOf(
  { quality, comingBack, onAgain }: MountedProps,
  room: RoomApi | undefined,
  { inside }: People,
  whoIsHere: WhoIsHere,
  { progress, devices, sharing, recording, blocked }: RoomHappening,
): CallNow {
  return {
    ...{
      room,
      joined: progress === 'joined',
      lost: comingBack !== undefined && progress !== 'joined',
      inside,
      whoIsHere,
      devices,
      sharing,
      recording,
      level: quality.level,
    },
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
