// Opens the visit of an appointment, and keeps what stood in the way of it.
import { useState } from 'preact/hooks'
import type { AppointmentItem, Me, VisitOpened } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { apiPath, go, visitPath } from '../base/route.ts'
import type { Stuck } from './day-list.tsx'
import type { OpenItem } from './day-row.tsx'

/** Asked for also where the patient opened it first: until this launch asks for it, it is not this launch's. */
export const askToOpen = (me: Me, appointment: AppointmentItem['id'], anyway?: true) =>
  post<VisitOpened>(apiPath(me.launch, 'visits'), { appointment, ...(anyway && { anyway }) })

/** What is over can be opened for one thing alone: to say what became of it. */
export const anywayFor = (state: AppointmentItem['state'], anyway?: true): true | undefined =>
  anyway ?? (state === 'over' || undefined)

export function useOpening(me: Me, onStuck: () => void) {
  const [stuck, setStuck] = useState<Stuck>()
  const open: OpenItem = async ({ id, state }, anyway) => {
    setStuck(undefined)
    const answer = await askToOpen(me, id, anywayFor(state, anyway))
    if (answer.ok) return go(visitPath(me.launch, answer.body.visit))
    refused(id, answer.problem)
  }
  const refused = (id: AppointmentItem['id'], problem: Problem) => {
    setStuck({ id, problem })
    // What stood in the way may have changed the day.
    onStuck()
  }
  return { stuck, open, refused }
}
