// What a person can do about each thing that stands in the way: a title, what happened, what to do, one action, a code for support.
// Built in are the words for no connection and no answer; the others come when the first problem is met, or with the page of a clinician.
import { useEffect, useState } from 'preact/hooks'
import type { Role } from '../../server/wire/wire.ts'
import type { ProblemCode, Remedy } from './remedy.ts'
import { eitherOf, offline, unavailable } from './words.ts'

/** What has come so far. */
export const remedies = { offline, unavailable } as Record<ProblemCode, Remedy> // sound: a page that reads it has learned the rest, or asks `useRemedy`

export const learn = (more: Partial<Readonly<Record<ProblemCode, Remedy>>>): void => void Object.assign(remedies, more)

/** Whether there are words for this code here. */
export const isCode = (text: string): text is ProblemCode => Object.hasOwn(remedies, text)

/** Brings the words of every problem that a patient can meet. */
export const fetchRemedies = async (): Promise<void> => learn((await import('./every-remedy.ts')).problemRemedies)

/** So long people see nothing, and so long we wait before we try again. */
const patienceMs = 4_000

/** The words for a problem: nothing while they come, those for no connection where they do not, until they do. */
export function useRemedy(code: ProblemCode): Remedy | undefined {
  const [words, setWords] = useState<'coming' | 'lost' | 'come'>('coming')
  const here = isCode(code)
  useEffect(() => {
    if (here) return
    let gone = false
    let timer = setTimeout(() => setWords('lost'), patienceMs)
    const bring = async (): Promise<void> => {
      const come = await fetchRemedies().then(
        () => true,
        () => false,
      )
      clearTimeout(timer)
      if (gone) return
      setWords(come ? 'come' : 'lost')
      if (!come) timer = setTimeout(bring, patienceMs)
    }
    void bring()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [here])
  if (here) return remedies[code]
  // What has no words even then is a code of a newer server.
  return words === 'come' ? remedies.fault : words === 'lost' ? offline : undefined
}

/** What this person is told to do. */
export const todoFor = ({ todo }: Remedy, role: Role | undefined): string =>
  typeof todo === 'string' ? todo : todoOf(todo, role)

function todoOf(todo: Exclude<Remedy['todo'], string>, role: Role | undefined): string {
  if (role === undefined) return todo.either ?? eitherOf(todo.patient, todo.clinician)
  return role === 'clinician' ? todo.clinician : todo.patient
}
