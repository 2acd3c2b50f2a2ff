// The clinician's call while it runs: who it is that came, the picture, what lies over it as a sheet, and the bar below, which stands while rooms come and go.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me, RecordingState } from '../../server/wire/wire.ts'
import { post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import { Bar, type Small } from '../call/bar.tsx'
import type { CallNow, RecorderState } from '../call/call.tsx'
import { LazyCall } from '../call/lazy-call.tsx'
import { type Desk, RecordingChoice, RecordingSheet, useDesk } from '../call/recording-desk.tsx'
import { AwayChoice, AwaySheet } from '../call/right-back-desk.tsx'
import { inRoom } from '../call/same-person.ts'
import type { Actions } from '../door/actions.ts'
import { DoorChip, type DoorSheet } from '../door/chip.tsx'
import { WhoIsIt } from '../door/who-is-it.tsx'
import { ownWindow } from '../frame/words.ts'
import { useRepeated } from '../ui/repeated.ts'
import { VisitOf } from './visit-of.tsx'

export type CallRunningProps = {
  readonly me: Me
  readonly view: ClinicianView
  readonly path: string
  readonly actions: Actions
  readonly watched: Watched<ClinicianView>
  readonly small: Small | undefined
  /** The call is in the corner of a small page: there is room for a face. */
  readonly corner: boolean
  /** Absent where the door has a place of its own. */
  readonly sheet: DoorSheet | undefined
  /** Opens the visit in a window of its own; absent where that is not offered. */
  readonly openApart: (() => void) | undefined
}

export function CallRunning(props: CallRunningProps) {
  const { me, view, path, actions, watched, small, corner, sheet, openApart } = props
  const [recorder, setRecorder] = useState<RecorderState>()
  const [now, setNow] = useState<CallNow>()
  useReport(path, view, watched, recorder)
  const desk = useDesk({ me, view, path, watched, recorder, onRecord: actions.record })
  return (
    <>
      <WhoIsIt {...{ me, view, identify: actions.identify }} />
      <div class="call-stage">
        <LazyCall
          {...{ me, path, side: 'clinician', camera: true, faceAlone: corner, heldAt: view.heldAt }}
          doorstep={doorstepOf(view)}
          reachable={reachableOf(view)}
          mayRecord={view.recording?.agreement === 'agreed'}
          onRecorder={setRecorder}
          onNow={setNow}
          onRoom={actions.setRoom}
          onTakenOut={actions.takenOut}
          looked={view}
          onComings={watched.look}
        />
        <RecordingSheet desk={desk} />
        <AwaySheet me={me} now={now} />
      </div>
      <Bar
        {...{ me, now, small }}
        since={view.startedAt}
        choices={(close) => <Choices {...{ now, desk, openApart, close }} />}
      >
        {sheet !== undefined && <DoorChip view={view} sheet={sheet} />}
        <VisitOf me={me} view={view} />
      </Bar>
    </>
  )
}

type ChoicesProps = Pick<CallRunningProps, 'openApart'> & {
  readonly now: CallNow | undefined
  readonly desk: Desk
  close(): void
}

function Choices({ now, desk, openApart, close }: ChoicesProps) {
  return (
    <>
      <AwayChoice now={now} close={close} />
      <RecordingChoice desk={desk} close={close} />
      {openApart !== undefined && (
        <button
          type="button"
          onClick={() => {
            // First, while the press counts: a browser opens a window only then.
            openApart()
            close()
          }}
        >
          {ownWindow.open}
        </button>
      )}
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

/** Those who were let in, by their own numbers. */
const reachableOf = ({ door, phone: patients }: ClinicianView) =>
  door.flatMap(({ state, as, name, phone: own }) => {
    const phone = as === 'patient' ? patients : own
    return state === 'admitted' && phone !== undefined ? [{ name, phone }] : []
  })

function doorstepOf({ door }: ClinicianView) {
  const those = (admitted: boolean) =>
    door.flatMap((p) => ((p.state === 'admitted') === admitted ? (inRoom(p) ?? []) : []))
  return { admitted: those(true), outside: those(false) }
}
