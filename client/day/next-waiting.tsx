// After a visit: who waits longest, one press away where this launch may open it, else how many do.
import { useState } from 'preact/hooks'
import type { Me, WaitingVisit } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { go, visitPath } from '../base/route.ts'
import { now } from '../ui/clock.ts'
import { Inline } from '../ui/problem.tsx'
import { span } from '../ui/times.ts'
import { askToOpen } from './opening.ts'
import { nextWords } from './sheet-words.ts'
import type { Others } from './who-waits.ts'

type NextWaitingProps = { readonly me: Me; readonly others: Others }

export function NextWaiting({ me, others: { visits, outOfReach } }: NextWaitingProps) {
  const [next] = visits
  if (next === undefined && outOfReach === undefined) return null
  return (
    <section class="next" aria-label={nextWords.title}>
      {next !== undefined && <OpenNext key={next.visit} me={me} next={next} />}
      {outOfReach !== undefined && <p>{nextWords.outOfReach(outOfReach.count, since(outOfReach))}</p>}
    </section>
  )
}

const since = (one: Pick<WaitingVisit, 'since'>) => span(Date.parse(one.since), now.value)

function OpenNext({ me, next }: { readonly me: Me; readonly next: WaitingVisit }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const open = async () => {
    setBusy(true)
    const answer = await askToOpen(me, next.appointment)
    if (answer.ok) return go(visitPath(me.launch, answer.body.visit))
    setBusy(false)
    setProblem(answer.problem)
  }
  return (
    <>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <button type="button" class="main" disabled={busy} onClick={() => void open()}>
        {busy ? nextWords.opening : nextWords.open(next.patient, since(next))}
      </button>
    </>
  )
}
