// Owns waiting for what is meant, and never for a time: a busy machine is slow and not wrong.
import { vi } from 'vitest'
import type { World } from './world.ts'

/** Settles once `look` throws no more, and with what it answers. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 60_000 })

/** The EHR keeps its next answer to such a request, or so many, back until what this returns is called. */
export function holdingBack(
  { ehr }: World,
  what: { readonly type: string; readonly method?: string; readonly times?: number },
): () => void {
  let release: () => void = () => undefined
  const until = new Promise<void>((done) => {
    release = done
  })
  ehr.faults.on('fhir-slow', { times: 1, ...what, until })
  return () => release()
}
