// What a button does that takes a while: whether it is under way, and what stood in its way the last time.
import { useState } from 'preact/hooks'
import type { Problem } from '../base/api.ts'

/** `press` does it, and answers what stood in the way; a button is to be disabled while `busy`. */
export function usePress() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const press = async (act: () => Promise<Problem | undefined>): Promise<Problem | undefined> => {
    setBusy(true)
    const met = await act()
    setBusy(false)
    setProblem(met)
    return met
  }
  return { busy, problem, press }
}
