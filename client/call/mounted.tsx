// One mounted room: its frame, what happens in it, and what is said and done beside it.
// Refuses to say twice why it ended: the first reason is the reason.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallView, Me, RoomToken } from '../../server/wire.ts'
import { announce } from '../parts/announce.ts'
import type { Trouble } from '../parts/call-words.ts'
import { useFollow } from '../parts/entry.ts'
import { listen, type RoomApi, type Someone } from '../parts/room.ts'
import { Wait } from '../parts/wait.tsx'
import { Controls, type Small } from './controls.tsx'
import { Frame } from './frame.tsx'
import { whoIsHere } from './here.ts'
import { type LineState, useQuality } from './line.ts'
import { type People, usePeople, useRoomDoor } from './people.ts'
import { type Progress, usePresence } from './presence.ts'
import { type Devices, hintsOf, Strip } from './strip.tsx'
import { type Doorstep, Uninvited, useUninvited } from './uninvited.tsx'
import { type Why, whyWords } from './watchdog.ts'
import { Ways } from './ways.tsx'

/** What the clinician's page may do to the room from outside. */
export type Room = {
  /** Takes everyone of this name out of the room. */
  remove(name: string): void
  /** Ends the call for everyone; settles when it is over, or soon after. */
  end(): Promise<void>
  /** Starts or stops the recording; the room tells everyone. */
  record(on: boolean): void
}

export type CallProps = {
  readonly me: Me
  readonly side: 'clinician' | 'patient'
  /** The visit's own: entries are asked for below it, and presence is told. */
  readonly path: string
  readonly camera: boolean
  /** Where the server says the call is held. */
  readonly heldAt?: string | undefined
  /** Whom the room's own door is opened to, and who is to be out of it; absent where this side lets nobody in. */
  readonly doorstep?: Doorstep
  readonly small?: Small | undefined
  /** Whether everyone has agreed to be recorded; absent where nobody is to record from here. */
  readonly mayRecord?: boolean | undefined
  onRoom?(room: Room | undefined): void
  /** Whether the room is recorded; undefined while this page's entry does not let it start. */
  onRecording?(running: boolean | undefined): void
  /** Somebody came into the call or left it, as their own pages tell. */
  onComings?(): void
  /** Somebody was taken out from Jitsi's own menus, by this name: our door does not know it yet. */
  onTakenOut?(name: string): void
}

export type Out = { readonly at: 'left' } | { readonly at: 'trouble'; readonly what: Trouble; readonly origin?: string }

type InRoom = CallProps & {
  readonly entry: RoomToken
  /** Why the room was opened anew by itself; absent when a person did it. */
  readonly why: Why | undefined
  readonly held: boolean
  readonly line: LineState
  onOut(out: Out): void
  onAgain(): void
  onDue(why: Why): void
}

export function Mounted(props: InRoom) {
  const { me, side, camera, entry, line } = props
  const [openedWith] = useState(line.level)
  const [room, setRoom] = useState<RoomApi>()
  const people = usePeople()
  const happening = useHappening(props, people)
  const { progress, others } = happening
  const listening = (api: RoomApi) => {
    happening.listen(api)
    setRoom(api)
  }
  useRoom(room, people, props.onRoom)
  useFollow(entry.origin, props.heldAt)
  useQuality(room, progress === 'joined', line.level, openedWith)
  useRecording(props, room, progress === 'joined', happening.recording)
  const strangers = useRoomDoor(room, people, props.doorstep?.admitted ?? [], others)
  const uninvited = useUninvited(room, people, others, props.doorstep)
  const here = whoIsHere(
    people.inside.map(({ name }) => name),
    others,
  )
  const hints = hintsOf(happening.devices, camera && line.level !== 'sound')
  const sharing = entry.call.screenShare ? happening.sharing : undefined

  return (
    <div class="call">
      <Entering {...props} progress={progress} />
      {progress === 'joined' && (
        <div class="call-bar">
          {happening.recording && <p role="status">This visit is being recorded.</p>}
          <Strip me={me} here={here} line={line} hints={hints} held={props.held} onReconnect={props.onAgain} />
          {side === 'clinician' && room !== undefined && (
            <Controls room={room} inside={people.inside} sharing={sharing} small={props.small} />
          )}
        </div>
      )}
      <Strangers people={strangers} />
      <Uninvited people={uninvited} onOut={({ id }) => room && people.takeOut(room, id)} />
      <Frame {...{ side, camera, entry }} soundOnly={openedWith === 'sound'} onReady={listening} />
    </div>
  )
}

/** What happens in the room, by its own events and by what our server hears of the others. */
function useHappening({ path, entry, why, line, onOut, onDue, onTakenOut, onComings }: InRoom, people: People) {
  const [progress, setProgress] = useState<Progress>('entering')
  const [devices, setDevices] = useState<Devices>({ microphone: 'on', camera: 'on' })
  const [sharing, setSharing] = useState(false)
  const [recording, setRecording] = useState(false)
  const ending = useEnding(entry, onOut)
  // The listener is made once; who is in the visit changes.
  const tell = useRef(onTakenOut)
  tell.current = onTakenOut
  const onElsewhere = () => ending.trouble('elsewhere')
  const { others, beat } = usePresence({
    ...{ path: `${path}/presence`, entry, progress, people, onDue, onElsewhere },
    notice: line.notice,
  })
  useEffect(() => onComings?.(), [others.map(({ at, name }) => `${at} ${name}`).join()])
  const heard = (api: RoomApi) =>
    listen(api, {
      joined: () => {
        setProgress('joined')
        if (entry.call.endToEnd) api.executeCommand('toggleE2EE', true)
        announce(why === undefined ? 'You are in the call.' : whyWords[why])
      },
      lobby: () => setProgress('lobby'),
      left: ending.left,
      trouble: (what) => (what === 'removed' ? ending.removed(beat()) : ending.trouble(what)),
      device: (which, how) =>
        setDevices((all) => (how === 'off' && all[which] === 'failed' ? all : { ...all, [which]: how })),
      sharing: setSharing,
      recording: setRecording,
      takenOut: ({ id, name }) => people.isOurs(id) || tell.current?.(name),
      ...people.listener,
    })
  return { progress, devices, sharing, recording, others, listen: heard }
}

/** The entry follows what people agreed to: a yes brings one that may record, a word against it stops the recording and takes it back. */
function useRecording(props: InRoom, room: RoomApi | undefined, joined: boolean, running: boolean): void {
  const { entry, mayRecord, onRecording, onDue } = props
  const allowed = entry.call.recording
  useEffect(() => {
    if (mayRecord === undefined || !joined || mayRecord === allowed) return
    if (!mayRecord && running) room?.executeCommand('stopRecording', 'file')
    onDue('word')
  }, [mayRecord, allowed, joined])
  useEffect(() => {
    onRecording?.(allowed && joined ? running : undefined)
    return () => onRecording?.(undefined)
  }, [allowed, joined, running])
}

/** Why a room was left: told once, the first reason. */
function useEnding({ origin }: RoomToken, onOut: InRoom['onOut']) {
  const removing = useRef(false)
  const trouble = (what: Trouble) => onOut({ at: 'trouble', what, origin })
  return {
    trouble,
    // Whoever is taken out leaves as well.
    left: () => removing.current || onOut({ at: 'left' }),
    /** Whoever came by another page is let in there and taken out here: that is no reason to be frightened. */
    removed(asked: Promise<CallView | undefined>) {
      removing.current = true
      void asked.then((view) => trouble(view?.newest === false ? 'elsewhere' : 'removed'))
    },
  }
}

/** Who got as far as the room without being let in at our door: shown, never let in from here. */
function Strangers({ people }: { people: readonly Someone[] }) {
  if (people.length === 0) return null
  return (
    <p class="call-note" role="status">
      Also at the room’s own door, and not let in: {people.map((p) => p.name || 'someone without a name').join(', ')}
    </p>
  )
}

function Entering({ me, side, progress, why, onAgain }: InRoom & { progress: Progress }) {
  const again = (words: string) => <Ways me={me} again={words} onAgain={onAgain} />
  if (progress === 'joined') return why === undefined ? null : <Reopened why={why} />
  if (progress === 'entering') return <Wait what="the video room" way={again('Try again')} />
  const what = side === 'patient' ? 'your clinician to open the room' : 'the room to open'
  return <Wait key="lobby" what={what} way={again('Ask once more')} />
}

const shownMs = 20_000

/** Says for a while why the picture was gone for a moment. */
function Reopened({ why }: { why: Why }) {
  const [shown, setShown] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), shownMs)
    return () => clearTimeout(timer)
  }, [])
  return shown ? <p class="call-note">{whyWords[why]}</p> : null
}

const goodbyeMs = 1_500

/** Hands the room to the page around, and takes the frame away with the component. */
function useRoom(room: RoomApi | undefined, people: People, onRoom: CallProps['onRoom']): void {
  useEffect(() => {
    if (room === undefined) return
    onRoom?.({
      remove(name) {
        for (const one of people.latest.current.inside) if (one.name === name) people.takeOut(room, one.id)
      },
      record: (on) =>
        on ? room.executeCommand('startRecording', { mode: 'file' }) : room.executeCommand('stopRecording', 'file'),
      end: () =>
        new Promise((resolve) => {
          room.on('errorOccurred', () => resolve())
          room.on('videoConferenceLeft', () => resolve())
          setTimeout(resolve, goodbyeMs)
          room.executeCommand('endConference')
        }),
    })
    return () => {
      onRoom?.(undefined)
      room.dispose()
    }
  }, [room])
}
