// One visit on the patient's side: the server says where the patient stands, this says which screen that is.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Knock, Me, PatientView, Place, VisitOpened } from '../../server/wire/wire.ts'
import { isTaken, type Problem, passing } from '../base/api.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { pageState, setCalling, setPageState } from '../base/page-state.ts'
import { apiPath, goToList } from '../base/route.ts'
import { fetchCall, letGoOfCall } from '../call/lazy-call.tsx'
import { Away, Cancelled, Over, TooEarly, VisitEnd } from '../day/patient-ends.tsx'
import { Check } from '../door/check.tsx'
import { OwnWindowPart } from '../frame/lazy-own-window.tsx'
import { usePlacement } from '../frame/placement.ts'
import { announce } from '../ui/announce.ts'
import { useAwake } from '../ui/awake.ts'
import { chime } from '../ui/chime.ts'
import { Later } from '../ui/later.tsx'
import { Page, signedOut } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import type { Leaving } from '../ui/sign-out.tsx'
import { flash } from '../ui/title.ts'
import { Wait } from '../ui/wait.tsx'
import { waitForVisit } from '../ui/words.ts'
import { OlderPage, type Seat, useOlder, useSeat } from './older-page.tsx'
import { patientActs, type Wish } from './patient-acts.ts'
import { PatientCallPage } from './patient-call.tsx'
import type { ScreenProps } from './screen-props.ts'
import { visitWords } from './words.ts'

type PatientVisitProps = { readonly me: Me; readonly visit: VisitOpened['visit'] }

export function PatientVisit({ me, visit }: PatientVisitProps) {
  const path = apiPath(me.launch, `visits/${visit}`)
  // Who waits must hear at once that the door is open, also in a hidden tab: this one keeps its stream.
  const seat = useSeat(path)
  const watched = useWatch<PatientView>({
    path: seat.path,
    events: `${path}/events`,
    goodbyes: `${path}/goodbyes`,
    revisionOf: (view) => view.revision,
    keepsStream: () => true,
  })
  const seen = watched.seen.value
  if (seen.at === 'shown') seat.take(seen.value)
  if (seen.at === 'looking')
    return (
      <Page me={me}>
        <main class="card">
          <Wait says={waitForVisit} />
        </main>
      </Page>
    )
  const problem = stuck(seen)
  if (problem !== undefined) {
    const screen = <ProblemScreen problem={problem} me={me} onRetry={watched.look} onList={() => goToList(me.launch)} />
    // Who is signed out has nothing to sign out of, and the page is nobody's any more.
    const isNobodys = problem.code === 'session-ended' && !signedOut.value
    return isNobodys ? <div class="page large">{screen}</div> : <Page me={me}>{screen}</Page>
  }
  return seen.at === 'shown' ? (
    <Placed {...{ me, path, watched, seat }} view={seen.value} trouble={seen.trouble} />
  ) : null
}

/** What replaces the screen. A call that runs is not taken away, unless the visit is; what may pass is said beside the screen. */
function stuck(seen: Watched<PatientView>['seen']['value']): Problem | undefined {
  if (seen.at === 'refused') return seen.problem
  if (seen.at !== 'shown' || seen.trouble === undefined || passing(seen.trouble)) return undefined
  return seen.value.place.at === 'admitted' && !isTaken(seen.trouble) ? undefined : seen.trouble
}

type PlacedProps = {
  readonly me: Me
  readonly path: string
  readonly watched: Watched<PatientView>
  readonly seat: Seat
  readonly view: PatientView
  readonly trouble: Problem | undefined
}

function Placed({ me, path, watched, seat, view, trouble }: PlacedProps) {
  const [wish, setWish] = useState<Wish>('none')
  const [camera, setCamera] = useState(() => pageState().withoutCamera !== true)
  const [placement, setPlacement] = usePlacement()
  const { place } = view
  useAnnounced(me, view)
  const acts = patientActs(path, watched, setWish)
  const knock = async (devices: Knock['devices']) => {
    setCamera(devices.camera)
    setPageState({ withoutCamera: !devices.camera })
    return acts.knock({ devices })
  }
  const barred = () => placement === 'well' && setPlacement('barred')
  const ways = {
    ...{ onKnock: knock, onTell: acts.tell, onBarred: barred, onLeave: acts.leave, onGiveUp: acts.giveUp },
    ...{ onStep: acts.step, onCannot: acts.cannot, onTelephone: () => acts.tell({ byTelephone: true }) },
    ...{ onAgree: acts.agree, onWithdraw: acts.withdraw, path },
    onAgain: () => setWish('again'),
  }

  const leaving = leavingOf(place, acts.depart)
  const framed = placement !== 'alone' && underWay(view)
  const apart = framed && (placement === 'moved' || placement === 'barred')
  useAwake((place.at === 'door' || place.at === 'admitted') && !apart)
  if (useOlder(watched, seat, view, apart)) return <OlderPage me={me} />
  if (place.at === 'admitted' && !apart)
    return <PatientCallPage {...{ me, view, path, camera, watched }} onWithdraw={acts.withdraw} />
  return (
    <Page me={me} leaving={leaving} saysEmergency={place.at === 'door' && !apart}>
      {!apart && <Shown me={me} view={view} watched={watched} wish={wish} lost={trouble} {...ways} />}
      {!apart && <MailPart view={view} onChoose={acts.notices} />}
      {framed && <OwnWindowPart me={me} visit={view.id} placement={placement} onPlace={setPlacement} as="page" />}
    </Page>
  )
}

type MailPartProps = { readonly view: PatientView; readonly onChoose: ReturnType<typeof patientActs>['notices'] }

/** Before the call, and where the clinic writes to its patients: of what is over there is nothing more to tell. */
function MailPart({ view: { place, notices }, onChoose }: MailPartProps) {
  const mail = place.at === 'outside' || place.at === 'door' ? notices?.mail : undefined
  return mail === undefined ? null : (
    <Later
      load={() => import('../door/by-mail.tsx')}
      show={({ ByMail }) => <ByMail mail={mail} onChoose={onChoose} />}
    />
  )
}

/** What somebody would leave by signing out. */
function leavingOf(
  { at: place }: Place,
  depart: (at: Leaving['at']) => ReturnType<Leaving['leave']>,
): Leaving | undefined {
  const at = place === 'admitted' ? 'call' : place
  return at === 'door' || at === 'call' ? { at, leave: () => depart(at) } : undefined
}

/** There is a call, or will be. */
const underWay = ({ place }: PatientView): boolean =>
  place.at === 'admitted' || place.at === 'door' || (place.at === 'outside' && place.window === 'open')

/** Whoever was invited has screens of their own. */
const Shown = (screen: ScreenProps) =>
  screen.me.visit === undefined ? (
    <Screen {...screen} />
  ) : (
    <Later load={() => import('./invited-screen.tsx')} show={({ InvitedScreen }) => <InvitedScreen {...screen} />} />
  )

function Screen(screen: ScreenProps) {
  const { me, view, wish, lost, onLeave, onStep, onCannot, onTelephone, onWithdraw, onAgain } = screen
  const { place } = view
  return (
    <>
      {place.at === 'finished' && <VisitEnd me={me} visit={view} as={place.as} />}
      {place.at === 'cancelled' && <Cancelled me={me} visit={view} />}
      {place.at === 'declined' && wish !== 'again' && (
        <Later
          load={() => import('../door/turned-away.tsx')}
          show={({ Declined }) => <Declined me={me} visit={view} place={place} onAgain={onAgain} />}
        />
      )}
      {place.at === 'declined' && wish === 'again' && <Check {...screen} />}
      {place.at === 'door' && (
        <Later
          load={fetchWaiting}
          show={({ Waiting }) => (
            <Waiting {...{ me, view, lost, onLeave, onStep, onCannot, onTelephone, onWithdraw }} door={place} />
          )}
        />
      )}
      {place.at === 'outside' && wish === 'away' && <Away me={me} visit={view} onAgain={onAgain} />}
      {place.at === 'outside' && wish !== 'away' && <Outside {...screen} />}
    </>
  )
}

function Outside(screen: ScreenProps) {
  const { me, view, watched, onGiveUp } = screen
  const { place } = view
  if (place.at !== 'outside') return null
  const isSaid = place.byTelephone !== undefined || place.locked !== undefined || place.cannotCome !== undefined
  if (place.window === 'too-early' && place.cannotCome === undefined)
    return <TooEarly me={me} visit={view} opensAt={view.opensAt} onOpen={watched.look} />
  if (place.window === 'over') return <Over me={me} visit={view} />
  if (!isSaid && view.consent !== undefined && view.consent.is !== 'given') {
    const { consent } = view
    return (
      <Later
        load={() => import('../door/consent.tsx')}
        show={({ Consent }) => <Consent {...screen} consent={consent} />}
      />
    )
  }
  if (!isSaid) return <Check {...screen} />
  return (
    <Later
      load={() => import('../door/not-at-door.tsx')}
      show={({ NotAtDoor }) => <NotAtDoor {...screen} onLeave={onGiveUp} place={place} />}
    />
  )
}

const fetchWaiting = () => import('../door/waiting.tsx')
const fetchRing = () => import('../ui/ring.ts')

/** Tells of a new place once: in words, by a sound that goes on until it is heard, and by the tab's title. */
function useAnnounced(me: Me, { place, heldAt, elsewhere }: PatientView): void {
  const [before, setBefore] = useState(place.at)
  const stillAt = useRef(place.at)
  stillAt.current = place.at
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])
  useEffect(() => {
    if (place.at === 'outside') fetchWaiting().catch(() => undefined) // tried again when it is needed
    if (place.at === 'door' && !elsewhere) {
      void fetchCall(me, heldAt)
      void fetchRing()
      // Whoever had left and waits again wants to come in.
      setCalling()
    } else if (place.at !== 'admitted') letGoOfCall()
    if (place.at === before || elsewhere) return
    setBefore(place.at)
    stop.current()
    if (place.at === 'admitted' && before === 'door') {
      void fetchRing().then(
        ({ ring }) => {
          if (stillAt.current === 'admitted') stop.current = ring()
        },
        () => chime(),
      )
      flash(visitWords.comeIn)
      announce(visitWords.letIn)
    }
    if (place.at === 'finished') announce(visitWords.ended)
    if (place.at === 'declined') announce(visitWords.declined)
    if (place.at === 'cancelled') announce(visitWords.cancelled)
  }, [place.at])
}
