// One visit on the clinician's side: door, call and note beside each other, in tabs where there is no room for that.
// Refuses to move or rebuild the call or the note when anything around them changes.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, Me, VisitOpened } from '../../server/wire/wire.ts'
import { isTaken, passing } from '../base/api.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { apiPath, besideFrame, go, homePath } from '../base/route.ts'
import { useActions } from '../door/actions.ts'
import { Door } from '../door/door.tsx'
import { barred } from '../frame/framed.ts'
import { NotePanel } from '../note/note.tsx'
import { useAwake } from '../ui/awake.ts'
import { back } from '../ui/clinician-words.ts'
import { useKnockAlert } from '../ui/knock-alert.ts'
import { useNarrow } from '../ui/narrow.ts'
import { Page } from '../ui/page.tsx'
import { Inline, ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { Banner } from './banner.tsx'
import { ClinicCall } from './clinic-call.tsx'
import { clinicVisitWords } from './clinician-words.ts'
import { type Part, Tabs } from './tabs.tsx'
import { Taken } from './taken.tsx'
import { VisitOf } from './visit-of.tsx'

type ClinicVisitProps = { readonly me: Me; readonly visit: VisitOpened['visit'] }

export function ClinicVisit({ me, visit }: ClinicVisitProps) {
  const path = apiPath(me.launch, `visits/${visit}`)
  const watched = useWatch<ClinicianView>({
    path,
    events: `${path}/events`,
    revisionOf: (view) => view.revision,
    // Who takes back a word in a call, or comes to its door, is not kept waiting by a tab.
    keepsStream: ({ status }) => status === 'in-progress',
  })
  const seen = watched.seen.value
  if (seen.at === 'shown' && seen.trouble !== undefined && isTaken(seen.trouble))
    return <Taken me={me} problem={seen.trouble} path={`${path}/note`} />
  if (seen.at === 'shown') return <Open me={me} path={path} watched={watched} view={seen.value} />
  return (
    <Page me={me}>
      {seen.at === 'refused' ? (
        <ProblemScreen
          problem={seen.problem}
          me={me}
          onRetry={watched.look}
          onList={() => go(homePath(me.launch))}
          listWords={me.onePatient ? back.toList : back.toDay}
        />
      ) : (
        <main class="card">
          <Wait says={clinicVisitWords.wait} />
        </main>
      )}
    </Page>
  )
}

type OpenProps = { me: Me; path: string; watched: Watched<ClinicianView>; view: ClinicianView }

function Open({ me, path, watched, view }: OpenProps) {
  const narrow = useNarrow()
  const [part, setPart] = useState<Part>(() => (barred().length > 0 ? 'call' : 'door'))
  const actions = useActions(path, watched, view)
  const beside = useSmallCall(narrow, part, actions.call !== 'none' && view.status === 'in-progress')
  const waiting = useAlert(view)
  useAwake(actions.call !== 'none')
  // A small page shows what comes next: the call once it is under way, the note once it is over.
  useEffect(() => {
    if (view.status === 'finished') setPart('note')
    else if (actions.call === 'wanted') setPart('call')
  }, [actions.call, view.status])
  const panel = (its: Part) => panelOf(its, narrow, part !== its && !(its === 'call' && beside.corner))
  return (
    <div class={view.status === 'finished' ? 'visit ended' : 'visit'}>
      <Banner me={me} view={view} onEnd={actions.end} />
      <Stale watched={watched} me={me} />
      {view.patientGone && <PatientGone />}
      <main class={`visit-parts${beside.small?.on ? ' small-call' : ''}`}>
        {narrow && <Tabs chosen={part} waiting={waiting} onChoose={setPart} />}
        <div class="part door" {...panel('door')}>
          <VisitOf me={me} view={view} />
          <Door view={view} me={me} actions={actions} />
        </div>
        <div class={`part middle${beside.corner ? ' corner' : ''}`} {...panel('call')}>
          <ClinicCall {...{ me, view, path, actions, watched }} small={beside.small} />
        </div>
        <div class="part note" {...panel('note')}>
          <NoteHere me={me} view={view} path={`${path}/note`} onEnd={actions.end} />
        </div>
      </main>
    </div>
  )
}

/** Tells of who comes to the door, and of who cannot and asks for the telephone; answers how many wait at it. */
function useAlert({ door, stuck = [] }: ClinicianView): number {
  const waiting = door.filter((p) => p.state === 'waiting')
  const byTelephone = stuck.filter((p) => p.hindrance.byTelephone)
  useKnockAlert(
    [
      ...waiting.map((p) => ({ key: `${p.doorId} ${p.knockedAt}`, name: p.name })),
      ...byTelephone.map((p) => ({ key: `${p.name} ${p.hindrance.since}`, name: p.name, byTelephone: true })),
    ],
    waiting.length,
  )
  return waiting.length
}

const PatientGone = () => (
  <p class="trouble" role="alert">
    {clinicVisitWords.patientGone}
  </p>
)

const panelOf = (its: Part, narrow: boolean, hidden: boolean) => ({
  id: `part-${its}`,
  hidden: narrow && hidden,
  ...(narrow ? { role: 'tabpanel' as const, 'aria-labelledby': `tab-${its}` } : {}),
})

/** The call while writing: beside the note at a size of one's choice, on a small page in its corner. Never moved, only laid out. */
function useSmallCall(narrow: boolean, part: Part, calling: boolean) {
  const [on, setOn] = useState(false)
  const small = narrow ? undefined : { on: on && calling, toggle: () => setOn((was) => !was) }
  return { small, corner: narrow && calling && part === 'note' }
}

/** One text in two windows ends in two texts: beside a frame the note waits until it is asked for. */
function NoteHere(note: Parameters<typeof NotePanel>[0]) {
  const [inFrame, setInFrame] = useState(besideFrame)
  if (!inFrame) return <NotePanel {...note} />
  return (
    <section aria-labelledby="note-title" class="note-panel">
      <h2 id="note-title">{clinicVisitWords.note}</h2>
      <p>{clinicVisitWords.noteElsewhere}</p>
      <button type="button" onClick={() => setInFrame(false)}>
        {clinicVisitWords.noteHere}
      </button>
    </section>
  )
}

/** Says when what is on the screen may be old. Nothing on it is taken away: the note must stay. */
function Stale({ watched, me }: { watched: Watched<ClinicianView>; me: Me }) {
  const seen = watched.seen.value
  if (seen.at !== 'shown' || seen.trouble === undefined) return null
  if (!passing(seen.trouble)) return <Inline problem={seen.trouble} me={me} />
  return (
    <p class="trouble stale" role="status">
      {clinicVisitWords.stale}
    </p>
  )
}
