// One visit on the clinician's side: door, call and note beside each other, in tabs where there is no room for that.
// Refuses to move or rebuild the call or the note when anything around them changes.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, Me, VisitOpened, WhoWaits } from '../../server/wire/wire.ts'
import { isTaken, passing } from '../base/api.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { apiPath, besideFrame, go, homePath } from '../base/route.ts'
import { inCallHere } from '../call/call-now.ts'
import { NextWaiting } from '../day/next-waiting.tsx'
import { type Others, useWhoWaits } from '../day/who-waits.ts'
import { type Actions, useActions } from '../door/actions.ts'
import { useDoorSheet } from '../door/chip.tsx'
import { Door } from '../door/door.tsx'
import { barred } from '../frame/framed.ts'
import { LetIn } from '../note/let-in.tsx'
import { NotePanel } from '../note/note.tsx'
import { isUnanswered, whoWasSeen } from '../note/outcome-choice.ts'
import { AskWhatHappened, OutcomeSheet } from '../note/what-happened.tsx'
import { useAwake } from '../ui/awake.ts'
import { back } from '../ui/clinician-words.ts'
import { useNarrow } from '../ui/narrow.ts'
import { Page } from '../ui/page.tsx'
import { Inline, ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { askUnbegun } from './ask-unbegun.tsx'
import { Banner, EndVisit } from './banner.tsx'
import { useBesideNote } from './beside-note.ts'
import { ChartBeside, type ChartColumn, ChartSwitch, useChartColumn } from './chart-beside.tsx'
import { ClinicCall, useCallHere } from './clinic-call.tsx'
import { clinicVisitWords } from './clinician-words.ts'
import { EndedItself } from './ended-itself.tsx'
import { NoteFold } from './note-fold.tsx'
import { othersIn, useDaySheet } from './others.tsx'
import { type Part, panelOf, Tabs } from './tabs.tsx'
import { Taken } from './taken.tsx'
import { useAlert } from './visit-alert.ts'
import { VisitOf } from './visit-of.tsx'

type ClinicVisitProps = { readonly me: Me; readonly visit: VisitOpened['visit'] }

export function ClinicVisit({ me, visit }: ClinicVisitProps) {
  const path = apiPath(me.launch, `visits/${visit}`)
  const whoWaits = useWhoWaits(me)
  const watched = useWatch<ClinicianView>({
    path,
    events: `${path}/events`,
    goodbyes: `${path}/goodbyes`,
    along: whoWaits.look,
    revisionOf: (view) => view.revision,
    // Who takes back a word in a call, or comes to its door, is not kept waiting by a tab.
    keepsStream: ({ status }) => status === 'in-progress',
  })
  const seen = watched.seen.value
  if (seen.at === 'shown' && seen.trouble !== undefined && isTaken(seen.trouble))
    return <Taken me={me} problem={seen.trouble} path={`${path}/note`} />
  if (seen.at === 'shown') return <Open {...{ me, path, watched, whoWaits, view: seen.value }} />
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

type OpenProps = {
  readonly me: Me
  readonly path: string
  readonly watched: Watched<ClinicianView>
  readonly whoWaits: Watched<WhoWaits>
  readonly view: ClinicianView
}

function Open({ me, path, watched, whoWaits, view }: OpenProps) {
  const narrow = useNarrow()
  const [part, setPart] = useState<Part>(() => (barred().length > 0 ? 'call' : 'door'))
  const actions = useActions(path, watched, view)
  const others = othersIn(view, whoWaits)
  useAlert(view, others)
  const { strip, sheet, onDay } = useDaySheet({ me, view, others, inCall: inCallHere.value })
  useAwake(actions.call !== 'none')
  // A small page shows what comes next: the call once it is under way, the note once it is over.
  useEffect(() => {
    if (view.status === 'finished') setPart('note')
    else if (actions.call === 'wanted') setPart('call')
  }, [actions.call, view.status])
  const chart = useChartColumn(me, narrow, part)
  const question = useQuestion(view, actions)
  return (
    <div class={view.status === 'finished' ? 'visit ended' : 'visit'}>
      <Banner me={me} view={view} onDay={onDay}>
        {strip}
        <ChartSwitch chart={chart} narrow={narrow} />
      </Banner>
      <div class="visit-says">
        <Stale watched={watched} me={me} />
        <LetIn view={view} me={me} />
        {view.patientGone && <PatientGone />}
        <EndedItself view={view} me={me} />
        {isUnanswered(view) && <Unsaid me={me} view={view} onSay={actions.say} {...question} />}
      </div>
      <Parts {...{ me, path, watched, view, actions, narrow, part, others, chart }} onChoose={setPart} />
      <EndVisit me={me} view={view} onEnd={question.end} />
      {sheet}
    </div>
  )
}

type PartsProps = Omit<OpenProps, 'whoWaits'> & {
  readonly others: Others | undefined
  readonly actions: Actions
  readonly narrow: boolean
  readonly chart: ChartColumn
  /** The one to be seen where there is room for one. */
  readonly part: Part
  onChoose(part: Part): void
}

function Parts(props: PartsProps) {
  const { me, path, watched, view, actions, narrow, part, others, chart, onChoose } = props
  const here = useCallHere(view, actions)
  const beside = useBesideNote(props)
  const { corner, small, note } = beside
  const doorSheet = useDoorSheet(view)
  const sheet = here.running && !narrow ? doorSheet : undefined
  const panel = (its: Part) => panelOf(its, narrow, part !== its && !(its === 'call' && corner))
  return (
    <main class={classes({ 'visit-parts': true, running: sheet !== undefined, ...beside.classes })}>
      {narrow && <Tabs chosen={part} view={view} chart={chart.offered} onChoose={onChoose} />}
      <div class="part door" {...panel('door')} {...(sheet && { hidden: !sheet.open })}>
        {sheet === undefined && <VisitOf me={me} view={view} />}
        <Door {...{ view, me, actions }} ask={askUnbegun(me, view, actions)} />
      </div>
      <div class={classes({ 'part middle': true, corner })} {...panel('call')}>
        <ClinicCall {...{ me, view, path, actions, watched, here, sheet, small, corner, narrow }} />
      </div>
      <ChartBeside {...{ me, path, chart }} calling={here.running} panel={panel('chart')} />
      <div class={classes({ 'part note': true, folded: note.folded })} {...panel('note')}>
        {note.mayFold && <NoteFold note={note} />}
        <NoteHere
          {...{
            me,
            view,
            path: `${path}/note`,
            onEnd: actions.end,
            onSay: actions.say,
            onConfirm: actions.confirmOutside,
            identify: actions.identify,
          }}
          onUnsafe={note.setUnsafe}
          next={others !== undefined && <NextWaiting me={me} others={others} />}
        />
      </div>
    </main>
  )
}

/** The names whose condition holds. */
const classes = (of: Readonly<Record<string, boolean>>): string =>
  Object.entries(of)
    .flatMap(([name, on]) => (on ? [name] : []))
    .join(' ')

const PatientGone = () => (
  <p class="trouble" role="alert">
    {clinicVisitWords.patientGone}
  </p>
)

/** Whether the question is asked by itself: where this page ended the visit, and where somebody comes to answer it. */
function useQuestion(view: ClinicianView, actions: Actions) {
  const [asking, setAsking] = useState(() => isUnanswered(view))
  const end = async () => {
    const problem = await actions.end()
    if (problem === undefined) setAsking(true)
    return problem
  }
  return { asking, end, onClose: () => setAsking(false) }
}

type UnsaidProps = { me: Me; view: ClinicianView; onSay: Actions['say']; asking: boolean; onClose(): void }

/** Stands until it is answered. */
const Unsaid = ({ me, view, onSay, asking, onClose }: UnsaidProps) => (
  <section class="unsaid" aria-label={clinicVisitWords.unsaid}>
    <p>{clinicVisitWords.ended(whoWasSeen(view))}</p>
    <AskWhatHappened me={me} view={view} onSay={onSay} />
    {asking && <OutcomeSheet me={me} view={view} onSay={onSay} onClose={onClose} />}
  </section>
)

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
      {clinicVisitWords.stale[seen.trouble.code === 'offline' ? 'offline' : 'ours']}
    </p>
  )
}
