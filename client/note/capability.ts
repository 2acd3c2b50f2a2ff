// What the EHR can do for this sign-in, asked once a page; until it is known nothing is promised and nothing forbidden.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Ability, CapabilityView, Me } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'
import { apiPath } from '../base/route.ts'

type Told =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'told'; readonly view: CapabilityView }

const told = signal<Told | undefined>(undefined)

export async function askCapability(me: Me): Promise<void> {
  told.value = { at: 'asking' }
  const answer = await ask<CapabilityView>(apiPath(me.launch, 'capability'))
  told.value = answer.ok ? { at: 'told', view: answer.body } : { at: 'refused', problem: answer.problem }
}

export function useCapability(me: Me): Told {
  useEffect(() => {
    if (told.peek() === undefined) void askCapability(me)
  }, [])
  return told.value ?? { at: 'asking' }
}

export const does = ({ verdicts }: CapabilityView, ability: Ability): boolean =>
  verdicts[ability] === 'yes' || verdicts[ability] === 'untold'

/** What an EHR that takes notes leaves to people, in the order it is told. */
export type Lack = 'encounters' | 'new-encounters' | 'corrections' | 'searches' | 'appointments'
export type InShort = 'no-notes' | 'untold' | 'busy' | readonly Lack[]

/** What is worth knowing before somebody writes a note for this EHR. */
export function inShort(view: CapabilityView): InShort {
  if (!does(view, 'fileNotes')) return 'no-notes'
  if (!view.told) return view.busyUntil === undefined ? 'untold' : 'busy'
  const finds = does(view, 'findEncounterByAppointment') || does(view, 'findEncounterByPatient')
  return [
    ...(does(view, 'createEncounters') ? [] : [finds ? ('new-encounters' as const) : ('encounters' as const)]),
    ...(view.amends ? [] : ['corrections' as const]),
    ...(does(view, 'findNotes') ? [] : ['searches' as const]),
    ...(does(view, 'changeAppointments') ? [] : ['appointments' as const]),
  ]
}
