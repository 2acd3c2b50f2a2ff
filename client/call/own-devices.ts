// This person's own microphone and camera, as the room tells of them; kept with the page, so that nobody is heard or seen by surprise.
// Refuses to take a picture that the line cannot carry for one that somebody stopped.
import { useRef, useState } from 'preact/hooks'
import { pageState, setPageState } from '../base/page-state.ts'
import type { Level } from './quality-ladder.ts'
import type { DeviceState } from './room-devices.ts'

export type OwnDevices = { readonly microphone: DeviceState; readonly camera: DeviceState }

/** What was closed when the room was left, by whomever, is closed when it is opened anew; also what was closed in the frame beside this window. */
export function closedBefore(): OwnDevices {
  const [, m, c] = /^#beside-(m?)(c?)$/.exec(location.hash) ?? []
  const { microphone = m ? 'off' : 'on', camera = c ? 'off' : 'on' } = pageState()
  return { microphone, camera }
}

export function useOwnDevices(opened: OwnDevices, level: Level) {
  const [devices, setDevices] = useState(opened)
  const latest = useRef({ level, devices })
  latest.current.level = level
  const told = (which: keyof OwnDevices, how: DeviceState) => {
    const before = latest.current.devices
    // What could not be had is shown as off: nobody closed it, and it is tried again.
    if (how === 'off' && before[which] === 'failed') return
    latest.current.devices = { ...before, [which]: how }
    setDevices(latest.current.devices)
    if (how !== 'failed' && !(which === 'camera' && latest.current.level === 'sound')) setPageState({ [which]: how })
  }
  return [devices, told] as const
}
