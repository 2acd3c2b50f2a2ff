// Where an invitation leads. Nothing is asked and nothing is kept before somebody presses: mail scanners open links too, and run what they find.
// Refuses to take the fragment out of the address before that: who loads the page again would have lost their way in.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { InvitationPressed, PressInvitation } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { Heading } from '../ui/heading.tsx'
import { Languages } from '../ui/languages.tsx'
import { Inline } from '../ui/problem.tsx'
import { joinWords } from './join-words.ts'

function JoinPage() {
  const [secret, setSecret] = useState(() => location.hash.slice(1))
  const [typing, setTyping] = useState(secret === '')
  const { busy, problem, press } = usePressed()
  useEffect(() => {
    // Another link that is opened in this very tab changes the fragment alone.
    const look = () => setSecret(location.hash.slice(1))
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return (
    <main class="card large">
      <Heading>{typing ? joinWords.codeTitle : joinWords.title}</Heading>
      {!typing && <p>{joinWords.first}</p>}
      {problem !== undefined && <Inline problem={problem} />}
      {typing ? (
        <TypeCode busy={busy} onCode={(code) => press({ code })} />
      ) : (
        <div class="actions">
          <button type="button" class="main" disabled={busy} onClick={() => press({ secret })}>
            {busy ? joinWords.going : joinWords.go}
          </button>
          <button type="button" class="plain" onClick={() => setTyping(true)}>
            {joinWords.haveCode}
          </button>
        </div>
      )}
      <Languages />
    </main>
  )
}

function usePressed() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const pressing = async (brought: PressInvitation) => {
    setBusy(true)
    setProblem(undefined)
    const answer = await post<InvitationPressed>('/invitations/pressed', brought)
    // In the place of this page: the secret is not to stay in the browser's history.
    if (answer.ok) return location.replace(answer.body.path)
    setBusy(false)
    setProblem(answer.problem)
  }
  return { busy, problem, press: (brought: PressInvitation) => void pressing(brought) }
}

type TypeCodeProps = { readonly busy: boolean; onCode(code: string): void }

function TypeCode({ busy, onCode }: TypeCodeProps) {
  const [code, setCode] = useState('')
  return (
    <form
      class="actions"
      onSubmit={(event) => {
        event.preventDefault()
        onCode(code)
      }}
    >
      <p>{joinWords.codeFirst}</p>
      <label for="code">{joinWords.code}</label>
      <input
        class="one-line"
        {...{ id: 'code', name: 'code', value: code, required: true, maxLength: 20, dir: 'ltr' }}
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="code-example"
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <span id="code-example" class="quiet">
        {joinWords.example}
      </span>
      <button type="submit" class="main" disabled={busy}>
        {busy ? joinWords.going : joinWords.go}
      </button>
    </form>
  )
}

const page = document.getElementById('page')
if (page !== null) render(<JoinPage />, page)
