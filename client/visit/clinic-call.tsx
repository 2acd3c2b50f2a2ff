// The middle of the clinician's page: the way into the call, the call itself, or that the visit is over.
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView, Instant, Me } from '../../server/wire/wire.ts'
import { besideFrame } from '../base/route.ts'
import { fetchCall, letGoOfCall } from '../call/lazy-call.tsx'
import type { Actions } from '../door/actions.ts'
import { ownCheckWords } from '../door/own-check-words.ts'
import { waitsNow } from '../door/waits.ts'
import { deniedInFrame } from '../frame/denied.ts'
import { OwnWindowPart } from '../frame/lazy-own-window.tsx'
import { type Placement, usePlacement } from '../frame/placement.ts'
import { OutcomeSaid } from '../note/what-happened.tsx'
import { clock, now } from '../ui/clock.ts'
import { Later } from '../ui/later.tsx'
import { focusOn, isFocusLost } from '../ui/lost-focus.ts'
import { restoreLoudspeaker } from '../ui/loudspeaker.ts'
import { span } from '../ui/times.ts'
import { CallRunning, type CallRunningProps } from './call-running.tsx'
import { clinicCallWords } from './clinician-words.ts'
import { VisitOf } from './visit-of.tsx'

type ClinicCallProps = Omit<CallRunningProps, 'openApart'> & {
  /** Where the call is shown, and whether it runs there. */
  readonly here: CallHere
  /** The door stands on another tab, and says there whose visit it is. */
  readonly narrow: boolean
}

/** `apart`: the call is in a window of its own, or can only be there. */
export type CallHere = {
  readonly placement: Placement
  place(next: Placement): void
  readonly apart: boolean
  readonly running: boolean
}

export function useCallHere({ status }: ClinicianView, { call }: Actions): CallHere {
  const [placement, place] = usePlacement()
  const over = isOver(status)
  const apart = !over && (placement === 'moved' || placement === 'barred')
  return { placement, place, apart, running: !apart && (call === 'ending' || (call === 'wanted' && !over)) }
}

const isOver = (status: ClinicianView['status']) => status === 'finished' || status === 'cancelled'

export function ClinicCall({ here, narrow, ...call }: ClinicCallProps) {
  const { me, view, actions } = call
  const { placement, place, apart, running } = here
  const [openApart, setOpenApart] = useState<() => void>()
  const over = isOver(view.status)
  const part = useRef<HTMLElement>(null)
  useFocusWithCall(running, part)
  useBeside(view, actions)
  useEffect(restoreLoudspeaker, [])
  useEffect(() => (over ? letGoOfCall() : undefined), [over])
  const onPlace = (next: Placement) => {
    place(next)
    // Who brings a visit back that is under way brings the call.
    if (next !== 'moved' && view.status === 'in-progress') actions.startCall()
  }
  return (
    <section aria-label={clinicCallWords.section} class="clinic-call" ref={part} tabIndex={-1}>
      {!running && narrow && <VisitOf me={me} view={view} />}
      {running && <CallRunning {...call} openApart={openApart} />}
      {!running && over && <Over me={me} view={view} onSay={actions.say} />}
      {!running && !over && !apart && (
        <Before
          me={me}
          view={view}
          onStart={actions.startCall}
          onBarred={() => placement === 'well' && place('barred')}
        />
      )}
      {placement !== 'alone' && !over && (
        <OwnWindowPart
          {...{ me, visit: view.id, placement, onPlace, as: 'part' }}
          // While the call runs its bar offers it.
          {...(running ? { onOffer: (open) => setOpenApart(() => open) } : {})}
        />
      )}
    </section>
  )
}

/**
 * What began the call, or ended it, was pressed in a part that is gone with that: who reads by keyboard goes on from the call, as soon as it is
 * shown.
 */
function useFocusWithCall(running: boolean, part: RefObject<HTMLElement | null>): void {
  const before = useRef(running)
  const turned = useRef(false)
  useEffect(() => {
    turned.current ||= before.current !== running
    before.current = running
    const { current: call } = part
    if (!turned.current || call === null || call.getClientRects().length === 0) return
    turned.current = false
    const isAtDoor = document.activeElement?.closest('.part.door, .door-chip') !== null
    if (isFocusLost() || (running && isAtDoor)) focusOn(call)
  })
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
  const waiting = view.door.some(waitsNow)
  if (view.status === 'in-progress')
    return (
      <div class="call-out">
        <h2>{clinicCallWords.running}</h2>
        <p>{clinicCallWords.comesOver}</p>
        {view.recordedSince !== undefined && <p>{clinicCallWords.recorded}</p>}
        <button type="button" class="main" onClick={onStart}>
          {clinicCallWords.join}
        </button>
        <OwnDevices />
      </div>
    )
  if (now.value >= Date.parse(view.closesAt))
    return (
      <div class="call-out">
        <h2>{clinicCallWords.past}</h2>
        <p>{clinicCallWords.sayAtDoor}</p>
      </div>
    )
  return (
    <div class="call-out">
      <h2>{clinicCallWords.notStarted}</h2>
      <p>{waiting ? clinicCallWords.someoneWaits : clinicCallWords.nobodyWaits}</p>
      <button type="button" class="main" onClick={onStart}>
        {clinicCallWords.start}
      </button>
      <OwnDevices />
    </div>
  )
}

/** Below what begins the call: it moves nothing that is pressed. */
function OwnDevices() {
  const [looking, setLooking] = useState(false)
  if (looking)
    return (
      <Later
        load={() => import('../door/own-check.tsx')}
        show={({ OwnCheck }) => <OwnCheck onDone={() => setLooking(false)} />}
      />
    )
  return (
    <button type="button" class="plain" onClick={() => setLooking(true)}>
      {ownCheckWords.open}
    </button>
  )
}

function Over({ me, view, onSay }: { me: Me; view: ClinicianView; onSay: Actions['say'] }) {
  const { finishedAt, outcome } = view
  // How long somebody sat alone in a room is no length of a visit.
  const startedAt = outcome === undefined ? view.startedAt : undefined
  return (
    <div class="call-out">
      <h2>{view.status === 'finished' ? clinicCallWords.finished : clinicCallWords.cancelled}</h2>
      {finishedAt !== undefined && <p>{endedWords(startedAt, finishedAt, me.organisation.timeZone)}</p>}
      {outcome !== undefined && outcome.is !== 'unsaid' && (
        <OutcomeSaid me={me} view={view} onSay={onSay} outcome={outcome} />
      )}
    </div>
  )
}

function endedWords(startedAt: Instant | undefined, finishedAt: Instant, timeZone: string): string {
  const at = clock(finishedAt, timeZone)
  return startedAt === undefined
    ? clinicCallWords.endedAt(at)
    : clinicCallWords.endedAtAfter(at, span(Date.parse(startedAt), Date.parse(finishedAt)))
}
