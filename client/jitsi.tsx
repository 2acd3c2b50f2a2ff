// The call: asks for an entry, brings Jitsi's room, and says what happens in it. Loaded only when somebody joins.
// Refuses to reuse an entry: each join, also a rejoin, asks for its own, and a new entry mounts the frame anew.
import { JitsiMeeting } from '@jitsi/web-sdk'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me, RoomToken } from '../server/wire.ts'
import type { Problem } from './api.ts'
import { announce } from './parts/announce.ts'
import { type Trouble, troubleWords } from './parts/call-words.ts'
import { enter, useFollow } from './parts/entry.ts'
import { PhoneLink } from './parts/phone.tsx'
import { listen, type RoomApi, type Someone } from './parts/room.ts'
import { roomConfig } from './parts/room-config.ts'
import { Wait } from './parts/wait.tsx'
import { Inline } from './screens/problem.tsx'

/** What the clinician's page may do to the room from outside. */
export type Room = {
  /** Takes everyone of this name out of the room. */
  remove(name: string): void
  /** Ends the call for everyone; settles when it is over, or soon after. */
  end(): Promise<void>
}

export type CallProps = {
  readonly me: Me
  readonly side: 'clinician' | 'patient'
  /** Where entries are asked for. */
  readonly tokens: string
  readonly camera: boolean
  /** Where the server says the call is held. */
  readonly heldAt?: string | undefined
  /** What the room calls those let in at our door: its own door opens for them alone. */
  readonly admitted?: readonly string[]
  onRoom?(room: Room | undefined): void
}

type Stage =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'mounted'; readonly entry: RoomToken }
  | { readonly at: 'left' }
  | { readonly at: 'trouble'; readonly what: Trouble; readonly origin?: string }

export function Call(props: CallProps) {
  const [stage, setStage] = useState<Stage>({ at: 'asking' })
  const join = (unreachable?: string) => {
    setStage({ at: 'asking' })
    void enter(props.tokens, unreachable).then(setStage)
  }
  useEffect(() => join(), [])
  // The first thing that ends a call is why it ended: what Jitsi sends afterwards does not change it.
  const out = (next: Stage) => setStage((now) => (now.at === 'mounted' ? next : now))

  if (stage.at === 'asking')
    return <Wait what="the video room" way={<Ways me={props.me} again="Try again" onAgain={() => join()} />} />
  if (stage.at === 'mounted')
    return <Mounted key={stage.entry.token} {...props} entry={stage.entry} onOut={out} onAgain={() => join()} />
  return <Outside me={props.me} stage={stage} onAgain={() => join(silent(stage))} />
}

/** The Jitsi whose room did not answer, if that is what ended the call. */
const silent = (stage: Stage) => (stage.at === 'trouble' && stage.what === 'connection' ? stage.origin : undefined)

type Away = { me: Me; stage: Exclude<Stage, { at: 'asking' | 'mounted' }>; onAgain(): void }

function Outside({ me, stage, onAgain }: Away) {
  if (stage.at === 'refused')
    return (
      <Inline problem={stage.problem} me={me}>
        <Ways me={me} again="Try again" onAgain={onAgain} />
      </Inline>
    )
  const words =
    stage.at === 'left'
      ? {
          title: 'You left the call',
          todo: 'The visit goes on. You can come back.',
          again: 'Rejoin the call',
          support: '',
        }
      : troubleWords[stage.what]
  return (
    <div class="call-out" role="alert">
      <h2>{words.title}</h2>
      <p>{words.todo}</p>
      <Ways me={me} again={words.again} onAgain={onAgain} />
      {words.support !== '' && <p class="support">Code for support: {words.support}</p>}
    </div>
  )
}

const Ways = ({ me, again, onAgain }: { me: Me; again: string; onAgain(): void }) => (
  <div class="actions">
    <button type="button" class="main" onClick={onAgain}>
      {again}
    </button>
    {me.role !== 'clinician' && <PhoneLink phone={me.organisation.phone} words={`Or call ${me.organisation.phone}`} />}
  </div>
)

type InRoom = CallProps & { readonly entry: RoomToken; onOut(stage: Stage): void; onAgain(): void }
type Progress = 'entering' | 'lobby' | 'joined'

function Mounted({ me, side, camera, entry, heldAt, admitted = [], onRoom, onOut, onAgain }: InRoom) {
  const [progress, setProgress] = useState<Progress>('entering')
  const [room, setRoom] = useState<RoomApi>()
  const people = usePeople()
  const ready = (api: RoomApi) => {
    listen(api, {
      joined: () => {
        setProgress('joined')
        if (entry.call.endToEnd) api.executeCommand('toggleE2EE', true)
        announce('You are in the call.')
      },
      lobby: () => setProgress('lobby'),
      left: () => onOut({ at: 'left' }),
      trouble: (what) => onOut({ at: 'trouble', what, origin: entry.origin }),
      ...people.listener,
    })
    setRoom(api)
  }
  useRoom(room, people.inside, onRoom)
  useFollow(entry.origin, heldAt)
  const others = useLobby(room, people, admitted)

  return (
    <div class="call">
      <Entering me={me} side={side} progress={progress} onAgain={onAgain} />
      <Others people={others} />
      <div class="call-frame">
        <JitsiMeeting
          domain={new URL(entry.origin).host}
          roomName={entry.room}
          jwt={entry.token}
          configOverwrite={roomConfig(side, camera, entry.call)}
          // Its own type lists commands and events without their shapes; RoomApi is the part we use, with them.
          onApiReady={(api) => ready(api as unknown as RoomApi)}
        />
      </div>
    </div>
  )
}

/** Who got as far as the room without being let in at our door: shown, never let in from here. */
function Others({ people }: { people: readonly Someone[] }) {
  if (people.length === 0) return null
  return (
    <p class="call-note" role="status">
      Also at the room’s own door, and not let in: {people.map((p) => p.name || 'someone without a name').join(', ')}
    </p>
  )
}

type Entry = Pick<InRoom, 'me' | 'side' | 'onAgain'> & { progress: Progress }

function Entering({ me, side, progress, onAgain }: Entry) {
  if (progress === 'entering')
    return <Wait what="the video room" way={<Ways me={me} again="Try again" onAgain={onAgain} />} />
  if (progress === 'joined') return null
  const what = side === 'patient' ? 'your clinician to open the room' : 'the room to open'
  return <Wait key="lobby" what={what} way={<Ways me={me} again="Ask once more" onAgain={onAgain} />} />
}

/** Who is in the room, and who knocks at its own door. */
function usePeople() {
  const inside = useRef(new Map<string, string>())
  const [knocking, setKnocking] = useState<readonly Someone[]>([])
  const listener = {
    came: ({ id, name }: Someone) => {
      inside.current.set(id, name)
      setKnocking((all) => all.filter((p) => p.name !== name))
    },
    went: (id: string) => void inside.current.delete(id),
    knocked: (who: Someone) => setKnocking((all) => [...all.filter((p) => p.id !== who.id), who]),
  }
  const answered = (id: string) => setKnocking((all) => all.filter((p) => p.id !== id))
  return { inside, knocking, answered, listener }
}

/** Opens the room's own door to those let in at ours; answers who else stands there. */
function useLobby(room: RoomApi | undefined, people: ReturnType<typeof usePeople>, admitted: readonly string[]) {
  const { knocking, answered } = people
  const welcome = knocking.filter((p) => admitted.includes(p.name))
  useEffect(() => {
    for (const { id } of welcome) {
      room?.executeCommand('answerKnockingParticipant', id, true)
      answered(id)
    }
  }, [room, welcome.map((p) => p.id).join()])
  return knocking.filter((p) => !admitted.includes(p.name))
}

const goodbyeMs = 1_500

/** Hands the room to the page around, and takes the frame away with the component. */
function useRoom(
  room: RoomApi | undefined,
  inside: { current: Map<string, string> },
  onRoom: CallProps['onRoom'],
): void {
  useEffect(() => {
    if (room === undefined) return
    onRoom?.({
      remove(name) {
        for (const [id, its] of inside.current) if (its === name) room.executeCommand('kickParticipant', id)
      },
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
