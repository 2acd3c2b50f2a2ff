// The devices to choose among, once one may know their names: looked for once for all that offers one. Comes with what the check found.
// Refuses to offer a loudspeaker in a browser that sounds through its own choice alone.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Choices, devicesHere } from '../base/devices-here.ts'
import { canChooseLoudspeaker } from '../ui/loudspeaker.ts'

/** All that are there now: undefined until the browser has told. */
export const choices = signal<Choices | undefined>(undefined)

/** Keeps them as they are, while this part of the page stands. `found`: looks again with another one. */
export function useChoices(found: unknown): void {
  useEffect(() => {
    const look = () =>
      void choicesHere().then((here) => {
        choices.value = here
      })
    look()
    navigator.mediaDevices?.addEventListener('devicechange', look)
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look)
  }, [found])
}

async function choicesHere(): Promise<Choices> {
  const { camera, microphone, loudspeaker } = await devicesHere()
  const named = (those: readonly MediaDeviceInfo[]) => those.filter(({ label }) => label !== '')
  return {
    camera: named(camera),
    microphone: named(microphone),
    loudspeaker: canChooseLoudspeaker() ? named(loudspeaker) : [],
  }
}
