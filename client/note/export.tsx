// A signed note as a file to take along: what is left when the chart cannot have it. In sight then, folded away otherwise.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { Inline } from '../ui/problem.tsx'
import { download } from './download.ts'
import type { Keeper } from './keeper.ts'
import { downloadWords } from './signed-words.ts'

type State =
  | { readonly at: 'ready' | 'asking' }
  | { readonly at: 'saved'; readonly name: string }
  | { readonly at: 'stuck'; readonly problem: Problem }

type DownloadsProps = {
  readonly keeper: Keeper
  readonly me: Me
  /** It is of somebody else than the visit's patient. */
  readonly ofAnother: boolean
}

export function Downloads({ keeper, me, ofAnother }: DownloadsProps) {
  const { state } = keeper.note.value.filing
  const trouble = state === 'not-filed' || state === 'unknown'
  const [open, setOpen] = useState(trouble)
  useEffect(() => {
    if (trouble || state === 'filed') setOpen(trouble)
  }, [state])
  return (
    <details class="downloads" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{downloadWords.heading}</summary>
      <div>
        <p>{ofAnother ? downloadWords.ofAnother : downloadWords.keepSafe}</p>
        <Files path={`${keeper.path}/export`} me={me} />
      </div>
    </details>
  )
}

function Files({ path, me }: { path: string; me: Me }) {
  const [state, setState] = useState<State>({ at: 'ready' })
  const run = async (as: string) => {
    setState({ at: 'asking' })
    const outcome = await download(`${path}?as=${as}`)
    setState('name' in outcome ? { at: 'saved', name: outcome.name } : { at: 'stuck', problem: outcome })
  }
  return (
    <>
      <div class="actions">
        {Object.entries(downloadWords.files).map(([as, name]) => (
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
            {name}
          </a>
        ))}
      </div>
      <Outcome state={state} me={me} />
    </>
  )
}

function Outcome({ state, me }: { state: State; me: Me }) {
  const sentence = sentenceOf(state)
  useEffect(() => {
    if (sentence !== undefined) announce(sentence)
  }, [sentence])
  if (sentence !== undefined) return <p>{sentence}</p>
  return state.at === 'stuck' ? <Inline problem={state.problem} me={me} /> : null
}

function sentenceOf(state: State): string | undefined {
  if (state.at === 'asking') return downloadWords.making
  if (state.at === 'stuck' && state.problem.code === 'offline') return downloadWords.offline
  if (state.at !== 'saved') return undefined
  // An EHR's frame may forbid downloads, and nothing tells us so.
  return window.top === window ? downloadWords.saved(state.name) : downloadWords.savedInFrame(state.name)
}
