// After a visit: who waits longest, or else has asked longest, one press away where this launch may open it, else how many do.
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

export function NextWaiting({ me, others }: NextWaitingProps) {
  const { outOfReach } = others
  const next = nextOf(others)
  if (next === undefined && outOfReach === undefined) return null
  return (
    <section class="next" aria-label={nextWords.title}>
      {next !== undefined && <OpenNext key={next.visit} me={me} next={next} />}
      {outOfReach !== undefined && <p>{nextWords.outOfReach(outOfReach.count, since(outOfReach))}</p>}
    </section>
  )
}

const since = (one: Pick<WaitingVisit, 'since'>) => span(Date.parse(one.since), now.value)

type Next = Pick<WaitingVisit, 'visit' | 'appointment'> & { readonly words: string }

function nextOf({ visits: [first], asking }: Others): Next | undefined {
  if (first !== undefined) {
    const says = first.another ? nextWords.another : nextWords.open
    return { ...first, words: says(first.patient, since(first)) }
  }
  const [asks] = asking.flatMap(({ as, named }) => (named === undefined ? [] : { as, ...named }))
  return asks && { ...asks, words: nextWords.asks(asks.as, asks.patient) }
}

function OpenNext({ me, next }: { readonly me: Me; readonly next: Next }) {
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
        {busy ? nextWords.opening : next.words}
      </button>
    </>
  )
}
