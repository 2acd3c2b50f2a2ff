// What a person can do about each thing that stands in the way: a title, what happened, what to do, one action, a code for support.
// Refuses to leave a code without words: the compiler counts them.
import type { Code, Role } from '../../server/wire/wire.ts'
import type { chartRemedies } from './remedies-chart.ts'
import { entryRemedies } from './remedies-entry.ts'
import { visitRemedies } from './remedies-visit.ts'
import type { Remedy } from './remedy.ts'

type Coded = Code | 'fault' | 'offline'
type ChartCode = keyof typeof chartRemedies

const known: Readonly<Record<Exclude<Coded, ChartCode>, Remedy>> = { ...entryRemedies, ...visitRemedies }

/** A patient's page never meets what only clinicians do; theirs learns it. */
export const remedies = { ...known } as Record<Coded, Remedy> // sound: whoever can meet the rest has learned it

export const learn = (more: Readonly<Record<ChartCode, Remedy>>): void => void Object.assign(remedies, more)

export const isCode = (text: string): text is Coded => Object.hasOwn(remedies, text)

/** What this person is told to do. */
export const todoFor = ({ todo }: Remedy, role: Role | undefined): string =>
  typeof todo === 'string' ? todo : todoOf(todo, role)

function todoOf(todo: Exclude<Remedy['todo'], string>, role: Role | undefined): string {
  if (role === undefined) return todo.either ?? todo.patient
  return role === 'clinician' ? todo.clinician : todo.patient
}
