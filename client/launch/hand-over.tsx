// A window of its own: takes the sign-in that the frame handed over, and goes on to the visit.
// Refuses to leave the key in the address, and to guess where nothing was brought: it says where to press instead.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { TakenOver, TakeOver } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { Heading } from '../ui/heading.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { waitForVisit } from '../ui/words.ts'
import { handOver } from './words.ts'

function Page() {
  const [key, setKey] = useState(brought)
  const [problem, setProblem] = useState<Problem>()
  // The frame opens this window while it is pressed, and knows the key a moment later: then the fragment changes.
  useEffect(() => {
    const look = () => setKey((now) => brought() || now)
    addEventListener('hashchange', look)
    look()
    return () => removeEventListener('hashchange', look)
  }, [])
  const take = async () => {
    setProblem(undefined)
    const [its = '', closed = ''] = key.split('&')
    const answer = await post<TakenOver>('/hand-overs/taken', { key: its } satisfies TakeOver)
    // In the place of this page: "back" would lead to a key that is spent.
    if (answer.ok) location.replace(`${answer.body.path}#beside${closed}`)
    else setProblem(answer.problem)
  }
  useEffect(() => {
    if (key !== '') void take()
  }, [key])

  if (problem !== undefined) return <ProblemScreen problem={problem} onRetry={() => void take()} />
  return (
    <main class="card">
      <Heading>{handOver.title}</Heading>
      <Wait says={key === '' ? handOver.waitForWindow : waitForVisit} way={<p>{handOver.stuck}</p>} />
    </main>
  )
}

/** What stands in the fragment, which is wiped: it is no address to be kept. */
function brought(): string {
  const key = location.hash.slice(1)
  if (key !== '') history.replaceState(null, '', location.pathname)
  return key
}

const page = document.getElementById('page')
if (page !== null) render(<Page />, page)
