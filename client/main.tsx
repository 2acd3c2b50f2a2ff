// The page behind a launch: learns who is signed in, then brings the clinician's or the patient's part.
// Refuses to load either before that: nobody needs the other's.
import { type ComponentType, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../server/wire/wire.ts'
import { ask, type Problem } from './base/api.ts'
import { apiPath, followHistory, route } from './base/route.ts'
import { armChime } from './ui/chime.ts'
import { Heading } from './ui/heading.tsx'
import { ProblemScreen } from './ui/problem.tsx'
import { Wait } from './ui/wait.tsx'
import { opening } from './words.ts'

type Part = ComponentType<{ me: Me }>
type Boot =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'in'; readonly me: Me; readonly Part: Part }

async function boot(): Promise<Boot> {
  const { value } = route
  if (value.at === 'nowhere') return { at: 'refused', problem: { code: 'not-found' } }
  const answer = await ask<Me>(apiPath(value.launch, 'me'))
  if (!answer.ok) return { at: 'refused', problem: answer.problem }
  dress(answer.body.look)
  try {
    return { at: 'in', me: answer.body, Part: await part(answer.body) }
  } catch {
    return { at: 'refused', problem: { code: 'offline' } } // A part of the page did not load: the same remedy as for no connection.
  }
}

function dress(look: Me['look']): void {
  for (const [name, value] of Object.entries(look)) document.documentElement.style.setProperty(name, value)
}

const part = async ({ role }: Me): Promise<Part> =>
  role === 'clinician' ? (await import('./clinician.tsx')).Clinician : (await import('./patient.tsx')).Patient

function Page() {
  const [state, setState] = useState<Boot>({ at: 'asking' })
  const start = () => {
    setState({ at: 'asking' })
    void boot().then(setState)
  }
  useEffect(start, [])

  if (state.at === 'in') return <state.Part me={state.me} />
  if (state.at === 'refused') return <ProblemScreen problem={state.problem} onRetry={start} />
  return (
    <main class="card">
      <Heading>{opening.title}</Heading>
      <Wait says={opening.waiting} />
    </main>
  )
}

armChime()
followHistory()
const page = document.getElementById('page')
if (page !== null) render(<Page />, page)
