// What a person can do about each thing that stands in the way: a title, what happened, what to do, one action, a code for support.
// Refuses to leave a code without words: the compiler counts them.
import type { Code, Role } from '../server/wire.ts'
import { entryRemedies } from './parts/remedies-entry.ts'
import { visitRemedies } from './parts/remedies-visit.ts'
import type { Remedy } from './parts/remedy.ts'

type Coded = Code | 'fault' | 'offline'

export const remedies: Readonly<Record<Coded, Remedy>> = { ...entryRemedies, ...visitRemedies }

export const isCode = (text: string): text is Coded => Object.hasOwn(remedies, text)

/** What this person is told to do. */
export const todoFor = ({ todo }: Remedy, role: Role | undefined): string =>
  typeof todo === 'string' ? todo : todoOf(todo, role)

function todoOf(todo: Exclude<Remedy['todo'], string>, role: Role | undefined): string {
  if (role === undefined) return todo.either ?? todo.patient
  return role === 'clinician' ? todo.clinician : todo.patient
}
