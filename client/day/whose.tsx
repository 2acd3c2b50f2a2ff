// Asks a clinician, whose own sign-in brought a patient along, whether only that patient's visits are meant. Refuses to guess.
import { useEffect, useState } from 'preact/hooks'
import type { BroughtPatient, Me, WhoseVisits } from '../../server/wire/wire.ts'
import { type Answer, ask, type Problem, post } from '../base/api.ts'
import { apiPath } from '../base/route.ts'
import { born } from '../ui/born.ts'
import { Heading } from '../ui/heading.tsx'
import { Page } from '../ui/page.tsx'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { whoseVisits } from './whose-words.ts'

type WhoseProps = { readonly me: Me; onChosen(me: Me): void }

export function Whose({ me, onChosen }: WhoseProps) {
  const [patient, setPatient] = useState<Answer<BroughtPatient>>()
  useEffect(() => void ask<BroughtPatient>(apiPath(me.launch, 'brought-patient')).then(setPatient), [])
  return (
    <Page me={me}>
      <main class="card">
        <Heading>{whoseVisits.title}</Heading>
        {patient === undefined ? (
          <Wait says={whoseVisits.waiting} />
        ) : (
          <Question me={me} patient={patient.ok ? patient.body : {}} onChosen={onChosen} />
        )}
      </main>
    </Page>
  )
}

function Question({ me, patient: { name, birthDate }, onChosen }: WhoseProps & { readonly patient: BroughtPatient }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const choose = async (whose: WhoseVisits['whose']) => {
    setBusy(true)
    const said = await post(apiPath(me.launch, 'whose-visits'), { whose } satisfies WhoseVisits)
    const answer = said.ok ? await ask<Me>(apiPath(me.launch, 'me')) : said
    setBusy(false)
    if (answer.ok) onChosen(answer.body)
    else setProblem(answer.problem)
  }
  return (
    <>
      <p>
        {name === undefined
          ? whoseVisits.broughtNameless
          : whoseVisits.brought(name, born(birthDate, me.organisation.timeZone))}
      </p>
      <p>{whoseVisits.why}</p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        <button type="button" class="main" disabled={busy} onClick={() => void choose('all')}>
          {whoseVisits.all}
        </button>
        <button type="button" disabled={busy} onClick={() => void choose('one')}>
          {name === undefined ? whoseVisits.oneNameless : whoseVisits.one(name)}
        </button>
      </div>
    </>
  )
}
