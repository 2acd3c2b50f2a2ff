// The cameras, microphones and loudspeakers that the browser lists for this page.
// Refuses to fail: where the browser tells of none, or cannot, there are none.
import type { Picked } from './page-state.ts'

export type Choosable = keyof Picked
export type Choices = Readonly<Record<Choosable, readonly MediaDeviceInfo[]>>

const kinds = { camera: 'videoinput', microphone: 'audioinput', loudspeaker: 'audiooutput' } as const

/** By what they are for. Without names, and perhaps not all, for a page that has opened none yet. */
export async function devicesHere(): Promise<Choices> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  const of = (device: Choosable) => all.filter(({ kind }) => kind === kinds[device])
  return { camera: of('camera'), microphone: of('microphone'), loudspeaker: of('loudspeaker') }
}
