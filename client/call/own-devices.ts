// This person's own microphone and camera, as the room tells of them; kept with the page, so that nobody is heard or seen by surprise.
// Refuses to take a picture that the line cannot carry for one that somebody stopped.
import { useRef, useState } from 'preact/hooks'
import { keep, kept } from '../parts/kept.ts'
import type { DeviceState } from '../parts/room-devices.ts'
import type { Level } from './ladder.ts'

export type Devices = { readonly microphone: DeviceState; readonly camera: DeviceState }

/** What was closed when the room was left, by whomever, is closed when it is opened anew. */
export function closedBefore(): Devices {
  const { microphone = 'on', camera = 'on' } = kept()
  return { microphone, camera }
}

export function useOwnDevices(opened: Devices, level: Level) {
  const [devices, setDevices] = useState(opened)
  const latest = useRef(level)
  latest.current = level
  const told = (which: keyof Devices, how: DeviceState) => {
    setDevices((all) => (how === 'off' && all[which] === 'failed' ? all : { ...all, [which]: how }))
    if (how !== 'failed' && !(which === 'camera' && latest.current === 'sound')) keep({ [which]: how })
  }
  return [devices, told] as const
}
