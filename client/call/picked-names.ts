// Which camera, microphone and loudspeaker a room is opened with: those that somebody chose before the call.
// Refuses to bring back a device that was changed for another one in the room itself.
import { type Choosable, devicesHere } from '../base/devices-here.ts'
import { type Picked, pageState, setPageState } from '../base/page-state.ts'
import { useRepeated } from '../ui/repeated.ts'
import type { RoomApi } from './room.ts'
import { field } from './trouble.ts'

const inRoom = { camera: 'videoInput', microphone: 'audioInput', loudspeaker: 'audioOutput' } as const
const all = Object.keys(inRoom) as Choosable[] // sound: these are its keys

/** As Jitsi's frame is told of them when it is made, and tells of them later. One that it does not know it leaves out. */
export type DeviceNames = { readonly [Kind in (typeof inRoom)[Choosable]]?: string }

/**
 * By their names: the room is of another origin, where the same device has another id. Where the browser names none to this page, since it was loaded
 * anew, by the name that it had when it was picked.
 */
export async function pickedNames(): Promise<DeviceNames> {
  const { picked = {}, pickedAs = {} } = pageState()
  // Also where none was picked: a browser whose devices rest is quicker to open them once it was asked for them.
  const listed = devicesHere()
  if (Object.keys(picked).length === 0) return {}
  const here = await listed
  const nameOf = (one: Choosable) => {
    if (picked[one] === undefined) return undefined
    const isNamed = here[one].some(({ label }) => label !== '')
    return isNamed ? here[one].find(({ deviceId }) => deviceId === picked[one])?.label : pickedAs[one]
  }
  return Object.fromEntries(
    all.flatMap((one) => {
      const name = nameOf(one)
      return name ? [[inRoom[one], name]] : []
    }),
  )
}

/** What was picked is meant no longer where the room was given it and uses another one. `current` as the room tells it. */
export function changedInRoom(given: DeviceNames, current: unknown): void {
  const { picked = {}, pickedAs = {} } = pageState()
  const stays = all.filter((one) => {
    const [before, now] = [given[inRoom[one]], field(field(current, inRoom[one]), 'label')]
    return picked[one] !== undefined && (before === undefined || !now || now === before)
  })
  if (stays.length === Object.keys(picked).length) return
  const those = (of: Picked) =>
    Object.fromEntries(stays.flatMap((one) => (of[one] === undefined ? [] : [[one, of[one]]])))
  setPageState({ picked: those(picked), pickedAs: those(pickedAs) })
}

/** A room that has just been entered may still be changing to what it was given. */
const everyMs = 10_000

export function useChangedInRoom(room: RoomApi | undefined, joined: boolean, given: DeviceNames): void {
  const look = () => void room?.getCurrentDevices().then((current) => changedInRoom(given, current))
  useRepeated(joined && Object.keys(given).length > 0, everyMs, look, everyMs)
}
