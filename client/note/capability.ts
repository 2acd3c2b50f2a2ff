// What the EHR can do for this sign-in, asked once a page; until it is known nothing is promised and nothing forbidden.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CapabilityView, Me } from '../../server/wire/wire.ts'
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
