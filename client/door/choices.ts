// The devices to choose among, once one may know their names. Comes with what the check found.
// Refuses to offer a loudspeaker in a browser that sounds through its own choice alone.
import { useEffect, useState } from 'preact/hooks'
import type { Picked } from '../base/page-state.ts'
import { canChooseLoudspeaker } from '../ui/loudspeaker.ts'

export type Choosable = keyof Picked
type Choices = Readonly<Record<Choosable, readonly MediaDeviceInfo[]>>

const kinds = { camera: 'videoinput', microphone: 'audioinput', loudspeaker: 'audiooutput' } as const

/** All that are there now: undefined until the browser has told. `found`: looks again with another one. */
export function useChoices(found: unknown): Choices | undefined {
  const [there, setThere] = useState<Choices>()
  useEffect(() => {
    const look = () => void choicesHere().then(setThere)
    look()
    navigator.mediaDevices?.addEventListener('devicechange', look)
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look)
  }, [found])
  return there
}

async function choicesHere(): Promise<Choices> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  const of = (device: Choosable) => all.filter(({ kind, label }) => kind === kinds[device] && label !== '')
  return {
    camera: of('camera'),
    microphone: of('microphone'),
    loudspeaker: canChooseLoudspeaker() ? of('loudspeaker') : [],
  }
}
