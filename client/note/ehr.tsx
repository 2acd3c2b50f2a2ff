// What this health record system can do for a visit, in full: for whoever sets it up, and for a clinician who wonders.
import type { Ability, CapabilityView, Me } from '../../server/wire/wire.ts'
import { ehrPath, go, homePath } from '../base/route.ts'
import { back } from '../ui/clinician-words.ts'
import { Heading } from '../ui/heading.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { abilityWords, abilityYes, chartOffWords } from './ability-words.ts'
import { askCapability, does, inShort, useCapability } from './capability.ts'
import { ehrWords } from './ehr-words.ts'

export function EhrPage({ me }: { me: Me }) {
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
          {me.onePatient ? back.toList : back.toDay}
        </button>
        <Heading title={ehrWords.title}>{ehrWords.heading}</Heading>
        {told.at === 'told' ? <Full view={told.view} /> : <Wait says={ehrWords.waiting} />}
      </main>
    </Page>
  )
}

/**
 * One line beside the note, where the chart does not take all of it: before somebody writes for it. The lists are for whoever sets the system up, and stand on
 * their own page: in a window of its own, so that a call stays; within the EHR's frame, where such a window would be signed in to nothing,
 * they are behind the day's link alone.
 */
export function EhrLine({ me }: { me: Me }) {
  const told = useCapability(me)
  const short = told.at === 'told' ? inShort(told.view) : []
  if (short.length === 0) return null
  return (
    <div class="ehr-line">
      <p class="quiet">{ehrWords.inShort(short)}</p>
      {window.top === window && (
        <a class="button plain" href={ehrPath(me.launch)} target="_blank" rel="noopener">
          {ehrWords.all}
        </a>
      )}
    </div>
  )
}

const all = Object.keys(abilityWords) as Ability[] // sound: it has one entry for each
/** What the clinic shows none of is told in one line. */
const ofChart: readonly Ability[] = [
  'readProblems',
  'readMedicines',
  'readAllergies',
  'readVitals',
  'readResults',
  'readVisits',
  'readNotes',
]
const isChartOff = ({ verdicts }: CapabilityView) => ofChart.every((ability) => verdicts[ability] === 'not-allowed')
const abilitiesIn = (view: CapabilityView) => all.filter((ability) => !(isChartOff(view) && ofChart.includes(ability)))

function Full({ view }: { view: CapabilityView }) {
  // Of what it has not said, nobody knows whether it must be asked for.
  const unoffered = abilitiesIn(view).filter((ability) => view.told && view.verdicts[ability] === 'not-offered')
  const asks = new Set(unoffered.flatMap((ability) => abilityWords[ability].ask ?? []))
  return (
    <>
      <p>{ehrWords.inShort(inShort(view))}</p>
      <Abilities title={ehrWords.works} mark="works" view={view} />
      <Abilities title={ehrWords.missing} mark="missing" view={view} />
      <Sentences title={ehrWords.signingIn} all={ehrWords.signIn(view.signIn)} />
      <Sentences title={ehrWords.asks} all={[...asks]} />
      <details>
        <summary>{ehrWords.facts}</summary>
        <dl class="ehr-facts">
          <dt>{ehrWords.baseUrl}</dt>
          <dd>{view.iss}</dd>
          <dt>{ehrWords.software}</dt>
          <dd>{view.software ?? softwareUnknown(view)}</dd>
          <dt>{ehrWords.kind}</dt>
          <dd>{view.kind}</dd>
          <dt>{ehrWords.scope}</dt>
          <dd>{view.scope.join(' ')}</dd>
        </dl>
      </details>
    </>
  )
}

function softwareUnknown({ told, busyUntil }: CapabilityView): string {
  if (told) return ehrWords.softwareUntold
  return busyUntil === undefined ? ehrWords.metadataUntold : ehrWords.metadataBusy
}

function because({ told, verdicts }: CapabilityView, ability: Ability): string {
  const verdict = verdicts[ability]
  return verdict === 'not-offered' && !told ? ehrWords.untried : ehrWords.verdicts[verdict]
}

function Sentences({ title, all }: { title: string; all: readonly string[] }) {
  if (all.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class="ehr-asks">
        {all.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}

type AbilitiesProps = { title: string; mark: 'works' | 'missing'; view: CapabilityView }

function Abilities({ title, mark, view }: AbilitiesProps) {
  const works = mark === 'works'
  const shown = abilitiesIn(view).filter((ability) => does(view, ability) === works)
  const chartOff = !works && isChartOff(view)
  if (shown.length === 0 && !chartOff) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class={`ehr-rows ${mark}`}>
        {shown.map((ability) => (
          <li key={ability}>
            <span>{works ? abilityYes(ability, view.software) : abilityWords[ability].no}</span>{' '}
            <span class="quiet">{because(view, ability)}</span>
          </li>
        ))}
        {chartOff && (
          <li>
            <span>{chartOffWords}</span> <span class="quiet">{ehrWords.verdicts['not-allowed']}</span>
          </li>
        )}
      </ul>
    </section>
  )
}
