// A window of its own: takes the sign-in that the frame handed over, and goes on to the visit.
// Refuses to leave the key in the address, to guess where nothing was brought, and to go on into a sign-in unasked where no page of ours
// opened it.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { HandOverOf, TakenOver, TakeOver } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { Heading } from '../ui/heading.tsx'
import { ProblemScreen } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { waitForVisit } from '../ui/words.ts'
import { handOver, whose } from './words.ts'

/** No page of ours opened this window, so nobody knows who gave its person the address. */
const byAddress = document.documentElement.dataset.opened === 'by-address'

function Page() {
  const { key, asked, problem, begin, take } = useKey()
  const [left, setLeft] = useState(false)

  if (problem !== undefined) return <ProblemScreen problem={problem} onRetry={begin} />
  if (left) return <Left />
  // Of the key that stands there now, and of no other: an address can be changed behind a person's back.
  if (asked?.key === key) return <Whose of={asked.of} onGo={take} onLeave={() => setLeft(true)} />
  return (
    <main class="card">
      <Heading>{handOver.title}</Heading>
      <Wait says={key === '' ? handOver.waitForWindow : waitForVisit} way={<p>{handOver.stuck}</p>} />
    </main>
  )
}

/** What was brought, whose it is where that must be asked, and what is done with it. */
function useKey() {
  const [key, setKey] = useState(brought)
  const [problem, setProblem] = useState<Problem>()
  const [asked, setAsked] = useState<{ of: HandOverOf; key: string }>()
  // The frame opens this window while it is pressed, and knows the key a moment later: then the fragment changes.
  useEffect(() => {
    const look = () => setKey((now) => brought() || now)
    addEventListener('hashchange', look)
    look()
    return () => removeEventListener('hashchange', look)
  }, [])
  const [its = '', closed = ''] = key.split('&')
  const look = async () => {
    const answer = await post<HandOverOf>('/hand-overs/looked', { key: its } satisfies TakeOver)
    if (answer.ok) setAsked({ of: answer.body, key })
    else setProblem(answer.problem)
  }
  const take = async () => {
    const answer = await post<TakenOver>('/hand-overs/taken', { key: its } satisfies TakeOver)
    // In the place of this page: "back" would lead to a key that is spent.
    if (answer.ok) location.replace(`${answer.body.path}#beside${closed}`)
    else setProblem(answer.problem)
  }
  const begin = () => {
    setProblem(undefined)
    void (byAddress ? look() : take())
  }
  useEffect(() => {
    if (key !== '') begin()
  }, [key])
  return { key, asked, problem, begin, take: () => void take() }
}

type WhoseProps = { readonly of: HandOverOf; onGo(): void; onLeave(): void }

const Whose = ({ of, onGo, onLeave }: WhoseProps) => (
  <main class="card">
    <Heading>{whose.title}</Heading>
    <p>{whose.says[of.role](of.name, of.organisation)}</p>
    <p>{whose.warning}</p>
    <div class="actions">
      <button type="button" onClick={onLeave}>
        {whose.leave}
      </button>
      <button type="button" class="main" onClick={onGo}>
        {whose.go}
      </button>
    </div>
  </main>
)

const Left = () => (
  <main class="card">
    <Heading>{whose.left}</Heading>
    <p>{whose.close}</p>
  </main>
)

/** What stands in the fragment, which is wiped: it is no address to be kept. */
function brought(): string {
  const key = location.hash.slice(1)
  if (key !== '') history.replaceState(null, '', location.pathname)
  return key
}

const page = document.getElementById('page')
if (page !== null) render(<Page />, page)
