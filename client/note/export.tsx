// A signed note as a file to take along: the way out when the chart cannot have it. In sight then, folded away otherwise.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { Inline } from '../ui/problem.tsx'
import { take } from './download.ts'
import type { Keeper } from './keeper.ts'

type State =
  | { readonly at: 'ready' | 'asking' }
  | { readonly at: 'taken'; readonly name: string }
  | { readonly at: 'stuck'; readonly problem: Problem }

const ways = { text: 'Text', pdf: 'PDF', fhir: 'FHIR document' } as const

export function TakeAlong({ keeper, me }: { keeper: Keeper; me: Me }) {
  const { state } = keeper.note.value.filing
  const trouble = state === 'not-filed' || state === 'unknown'
  const [open, setOpen] = useState(trouble)
  useEffect(() => {
    if (trouble || state === 'filed') setOpen(trouble)
  }, [state])
  return (
    <details class="take-along" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Take it along</summary>
      <div>
        <p>The whole note as a file. It has the patient’s name in it: keep it where nobody else can open it.</p>
        <Files path={`${keeper.path}/export`} me={me} />
      </div>
    </details>
  )
}

function Files({ path, me }: { path: string; me: Me }) {
  const [state, setState] = useState<State>({ at: 'ready' })
  const run = async (as: string) => {
    setState({ at: 'asking' })
    const taken = await take(`${path}?as=${as}`)
    setState('name' in taken ? { at: 'taken', name: taken.name } : { at: 'stuck', problem: taken })
  }
  return (
    <>
      <div class="actions">
        {Object.entries(ways).map(([as, words]) => (
          <a
            key={as}
            class="button"
            href={`${path}?as=${as}`}
            download
            onClick={(event) => {
              event.preventDefault()
              if (state.at !== 'asking') void run(as)
            }}
          >
            {words}
          </a>
        ))}
      </div>
      <Outcome state={state} me={me} />
    </>
  )
}

function Outcome({ state, me }: { state: State; me: Me }) {
  const words = wordsOf(state)
  useEffect(() => {
    if (words !== undefined) announce(words)
  }, [words])
  if (words !== undefined) return <p>{words}</p>
  return state.at === 'stuck' ? <Inline problem={state.problem} me={me} /> : null
}

function wordsOf(state: State): string | undefined {
  if (state.at === 'asking') return 'Making the file…'
  if (state.at === 'stuck' && state.problem.code === 'offline')
    return 'No connection: there is no file. Copy the note instead, or try again when you are connected.'
  if (state.at !== 'taken') return undefined
  // An EHR's frame may forbid downloads, and nothing tells us so.
  const framed =
    window.top === window
      ? ''
      : ' If there is none, your health record system does not allow files here: copy the note instead.'
  return `Your browser has the file ${state.name}.${framed}`
}
