// What this health record system can do for a visit, in full: for whoever sets it up, and for a clinician who wonders.
import { useState } from 'preact/hooks'
import type { CapabilityView, Me } from '../../server/wire/wire.ts'
import { go, homePath } from '../base/route.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Heading } from '../ui/heading.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { askCapability, useCapability } from './capability.ts'

export function Ehr({ me }: { me: Me }) {
  const told = useCapability(me)
  if (told.at === 'refused')
    return (
      <Page me={me}>
        <ProblemScreen problem={told.problem} me={me} onRetry={() => void askCapability(me)} />
      </Page>
    )
  return (
    <Page me={me}>
      <main class="ehr">
        <button type="button" class="plain" onClick={() => go(homePath(me.launch))}>
          {me.onePatient ? 'Back to the appointments' : 'Back to your day'}
        </button>
        <Heading title="What this EHR can do">What this health record system can do</Heading>
        {told.at === 'told' ? <Full view={told.view} /> : <Wait what="the health record system" />}
      </main>
    </Page>
  )
}

/** One line beside the note: what the chart takes, before somebody writes for it. All of it in a dialog, so that the call stays. */
export function EhrLine({ me }: { me: Me }) {
  const told = useCapability(me)
  const [open, setOpen] = useState(false)
  if (told.at !== 'told') return null
  return (
    <div class="ehr-line">
      <p class="quiet">{told.view.line}</p>
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        All it can do
      </button>
      {open && (
        <Dialog title="What this health record system can do" wide onClose={() => setOpen(false)}>
          <Full view={told.view} />
          <div class="actions">
            <button type="button" class="main" onClick={() => setOpen(false)}>
              Close
            </button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

type Row = CapabilityView['abilities'][number]
const does = ({ verdict }: Row) => verdict === 'yes' || verdict === 'untold'

function Full({ view }: { view: CapabilityView }) {
  const asks = [...new Set(view.abilities.flatMap(({ ask }) => ask ?? []))]
  return (
    <>
      <p>{view.line}</p>
      <Rows title="What works" mark="works" rows={view.abilities.filter(does)} />
      <Rows title="What is missing" mark="missing" rows={view.abilities.filter((row) => !does(row))} />
      <Sentences title="Signing in" all={view.signIn} />
      <Sentences title="What to ask the EHR’s administrator for" all={asks} />
      <details>
        <summary>For whoever sets this up</summary>
        <dl class="ehr-facts">
          <dt>Base URL</dt>
          <dd>{view.iss}</dd>
          <dt>Calls itself</dt>
          <dd>{view.software ?? (view.told ? 'It does not say' : 'Its /metadata did not answer')}</dd>
          <dt>Treated as</dt>
          <dd>{view.kind}</dd>
          <dt>Granted scope</dt>
          <dd>{view.scope.join(' ')}</dd>
        </dl>
      </details>
    </>
  )
}

function Sentences({ title, all }: { title: string; all: readonly string[] }) {
  if (all.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class="ehr-asks">
        {all.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </section>
  )
}

function Rows({ title, mark, rows }: { title: string; mark: 'works' | 'missing'; rows: readonly Row[] }) {
  if (rows.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class={`ehr-rows ${mark}`}>
        {rows.map((row) => (
          <li key={row.ability}>
            <span>{row.says}</span> <span class="quiet">{reasons[row.verdict]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const reasons: Readonly<Record<Row['verdict'], string>> = {
  yes: '',
  untold: 'It does not say so; we try with care.',
  'not-offered': 'It does not offer this.',
  'not-its-way': 'This kind of system refuses it.',
  'not-granted': 'Your sign-in was not granted this.',
  'not-allowed': 'Your clinic’s policy.',
  'switched-off': 'Switched off in our settings.',
}
