// The page behind a launch: learns who is signed in, then shows the part of the side that this page is for.
// Refuses to show a part to the other side: the server, which chose the page, is asked for the other one.
import { type ComponentType, render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../server/wire/wire.ts'
import { ask, type Problem } from './base/api.ts'
import { apiPath, followHistory, route } from './base/route.ts'
import { armChime } from './ui/chime.ts'
import { ClinicHere } from './ui/clinic-here.tsx'
import { Heading } from './ui/heading.tsx'
import { ProblemScreen } from './ui/problem.tsx'
import { Wait } from './ui/wait.tsx'
import { opening } from './words.ts'

type Side = {
  readonly Part: ComponentType<{ me: Me }>
  readonly isFor: (role: Me['role']) => boolean
  /** What the part cannot begin without. */
  readonly first?: () => Promise<void>
}
type Boot =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'in'; readonly me: Me }

async function boot({ isFor, first }: Side): Promise<Boot> {
  const { value } = route
  if (value.at === 'nowhere') return { at: 'refused', problem: { code: 'not-found' } }
  const [answer, ready] = await Promise.all([ask<Me>(apiPath(value.launch, 'me')), came(first)])
  if (!answer.ok) return { at: 'refused', problem: answer.problem }
  if (!ready) return { at: 'refused', problem: { code: 'offline' } } // The same remedy as for no connection.
  if (!isFor(answer.body.role)) {
    location.reload()
    return { at: 'asking' }
  }
  dress(answer.body.look)
  return { at: 'in', me: answer.body }
}

async function came(first: Side['first']): Promise<boolean> {
  try {
    await first?.()
    return true
  } catch {
    return false
  }
}

function dress(look: Me['look']): void {
  for (const [name, value] of Object.entries(look)) document.documentElement.style.setProperty(name, value)
}

function Page({ side }: { side: Side }) {
  const [state, setState] = useState<Boot>({ at: 'asking' })
  const start = () => {
    setState({ at: 'asking' })
    void boot(side).then(setState)
  }
  useEffect(start, [])

  if (state.at === 'in') return <side.Part me={state.me} />
  if (state.at === 'refused') return <ProblemScreen problem={state.problem} onRetry={start} />
  return (
    <main class="card">
      <Heading>{opening.title}</Heading>
      <Wait says={opening.waiting} more={<ClinicHere />} />
    </main>
  )
}

export function openPage(side: Side): void {
  armChime()
  followHistory()
  const page = document.getElementById('page')
  if (page !== null) render(<Page side={side} />, page)
}
