// The middle of the clinician's page: the way into the call, the call itself, or that the visit is over.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, Instant, Me, RecordingState } from '../../server/wire/wire.ts'
import { post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import { besideFrame } from '../base/route.ts'
import type { CallProps, RecorderState } from '../call/call.tsx'
import { fetchCall, LazyCall } from '../call/lazy-call.tsx'
import { RecordingDesk } from '../call/recording-desk.tsx'
import { inRoom } from '../call/same-person.ts'
import type { Actions } from '../door/actions.ts'
import { deniedInFrame } from '../frame/denied.ts'
import { OwnWindowPart } from '../frame/lazy-own-window.tsx'
import { type Placement, usePlacement } from '../frame/placement.ts'
import { useRepeated } from '../ui/repeated.ts'
import { clock, span } from '../ui/times.ts'
import { clinicCallWords } from './clinician-words.ts'
import { VisitOf } from './visit-of.tsx'

type ClinicCallProps = {
  readonly me: Me
  readonly view: ClinicianView
  readonly path: string
  readonly actions: Actions
  readonly small: CallProps['small']
  readonly watched: Watched<ClinicianView>
}

export function ClinicCall({ me, view, path, actions, small, watched }: ClinicCallProps) {
  const [placement, place] = usePlacement()
  const over = view.status === 'finished' || view.status === 'cancelled'
  const apart = !over && (placement === 'moved' || placement === 'barred')
  const running = !apart && (actions.call === 'ending' || (actions.call === 'wanted' && !over))
  useBeside(view, actions)
  const onPlace = (next: Placement) => {
    place(next)
    // Who brings a visit back that is under way brings the call.
    if (next !== 'moved' && view.status === 'in-progress') actions.startCall()
  }
  return (
    <section aria-label={clinicCallWords.section} class="clinic-call">
      <VisitOf me={me} view={view} />
      {running && <Running {...{ me, view, path, actions, small, watched }} />}
      {!running && over && <Over me={me} view={view} />}
      {!running && !over && !apart && (
        <Before
          me={me}
          view={view}
          onStart={actions.startCall}
          onBarred={() => placement === 'well' && place('barred')}
        />
      )}
      {placement !== 'alone' && !over && (
        <OwnWindowPart me={me} visit={view.id} placement={placement} onPlace={onPlace} as="part" />
      )}
    </section>
  )
}

/** The call, and above it what is asked and said about recording it. */
function Running({ me, view, path, actions, small, watched }: ClinicCallProps) {
  const [recorder, setRecorder] = useState<RecorderState>()
  useReport(path, view, watched, recorder)
  return (
    <>
      <RecordingDesk {...{ me, view, path, watched }} recorder={recorder} onRecord={actions.record} />
      <LazyCall
        me={me}
        side="clinician"
        path={path}
        camera={true}
        heldAt={view.heldAt}
        doorstep={doorstepOf(view)}
        small={small}
        mayRecord={view.recording?.agreement === 'agreed'}
        onRecorder={setRecorder}
        onRoom={actions.setRoom}
        onTakenOut={actions.takenOut}
        onComings={watched.look}
      />
    </>
  )
}

const againMs = 5_000

/** Tells our server whether the room is recorded: everyone is shown it, and it is written down. A room that was just entered may say so a moment late. */
function useReport(
  path: string,
  { recordedSince }: ClinicianView,
  watched: Watched<ClinicianView>,
  recorder: RecorderState | undefined,
): void {
  const running = recorder === 'running'
  const differs = recorder !== undefined && running !== (recordedSince !== undefined)
  const report = async () => {
    const answer = await post<ClinicianView>(`${path}/recording/state`, { running } satisfies RecordingState)
    if (answer.ok) watched.put(answer.body)
  }
  useRepeated(differs, againMs, () => void report(), running ? 0 : againMs)
}

function doorstepOf({ door }: ClinicianView) {
  const those = (admitted: boolean) =>
    door.flatMap((p) => ((p.state === 'admitted') === admitted ? (inRoom(p) ?? []) : []))
  return { admitted: those(true), outside: those(false) }
}

/** A window beside the EHR's frame: whoever is let in, from there or from here, must find somebody in the room. */
function useBeside({ door, status }: ClinicianView, actions: Actions): void {
  const wanted = status === 'in-progress' || door.some((p) => p.state === 'admitted')
  useEffect(() => {
    if (besideFrame() && wanted && actions.call === 'none') actions.startCall()
  }, [wanted])
}

type BeforeProps = { me: Me; view: ClinicianView; onStart(): void; onBarred(): void }

function Before({ me, view, onStart, onBarred }: BeforeProps) {
  useEffect(() => {
    // Whoever is let in must not wait for what could have been here before.
    void fetchCall(me, view.heldAt)
    void deniedInFrame().then((denied) => denied && onBarred())
  }, [])
  const waiting = view.door.some((p) => p.state === 'waiting')
  if (view.status === 'in-progress')
    return (
      <div class="call-out">
        <h2>{clinicCallWords.running}</h2>
        <p>{clinicCallWords.comesOver}</p>
        {view.recordedSince !== undefined && <p>{clinicCallWords.recorded}</p>}
        <button type="button" class="main" onClick={onStart}>
          {clinicCallWords.join}
        </button>
      </div>
    )
  return (
    <div class="call-out">
      <h2>{clinicCallWords.notStarted}</h2>
      <p>{waiting ? clinicCallWords.someoneWaits : clinicCallWords.nobodyWaits}</p>
      <button type="button" class="main" onClick={onStart}>
        {clinicCallWords.start}
      </button>
    </div>
  )
}

function Over({ me, view }: { me: Me; view: ClinicianView }) {
  const { startedAt, finishedAt } = view
  return (
    <div class="call-out">
      <h2>{view.status === 'finished' ? clinicCallWords.finished : clinicCallWords.cancelled}</h2>
      {finishedAt !== undefined && <p>{endedWords(startedAt, finishedAt, me.organisation.timeZone)}</p>}
    </div>
  )
}

function endedWords(startedAt: Instant | undefined, finishedAt: Instant, timeZone: string): string {
  const at = clock(finishedAt, timeZone)
  return startedAt === undefined
    ? clinicCallWords.endedAt(at)
    : clinicCallWords.endedAtAfter(at, span(Date.parse(startedAt), Date.parse(finishedAt)))
}
