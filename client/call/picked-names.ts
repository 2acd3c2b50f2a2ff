// Which camera, microphone and loudspeaker a room is opened with: those that somebody chose before the call.
// Refuses to bring back a device that was changed for another one in the room itself.
import { type Picked, pageState, setPageState } from '../base/page-state.ts'
import { useRepeated } from '../ui/repeated.ts'
import type { RoomApi } from './room.ts'
import { field } from './trouble.ts'

const inRoom = { camera: 'videoInput', microphone: 'audioInput', loudspeaker: 'audioOutput' } as const
type Choosable = keyof Picked
const all = Object.keys(inRoom) as Choosable[] // sound: these are its keys

/** As Jitsi's frame is told of them when it is made, and tells of them later. One that it does not know it leaves out. */
export type DeviceNames = { readonly [Kind in (typeof inRoom)[Choosable]]?: string }

/** By their names: the room is of another origin, where the same device has another id. */
export async function pickedNames(): Promise<DeviceNames> {
  const { picked = {} } = pageState()
  if (Object.keys(picked).length === 0) return {}
  const here = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  const nameOf = (one: Choosable) =>
    here.find(({ kind, deviceId }) => kind === inRoom[one].toLowerCase() && deviceId === picked[one])?.label
  return Object.fromEntries(
    all.flatMap((one) => {
      const name = nameOf(one)
      return name ? [[inRoom[one], name]] : []
    }),
  )
}

/** What was picked is meant no longer where the room was given it and uses another one. `current` as the room tells it. */
export function changedInRoom(given: DeviceNames, current: unknown): void {
  const { picked = {} } = pageState()
  const stays = all.filter((one) => {
    const [before, now] = [given[inRoom[one]], field(field(current, inRoom[one]), 'label')]
    return picked[one] !== undefined && (before === undefined || !now || now === before)
  })
  if (stays.length < Object.keys(picked).length)
    setPageState({ picked: Object.fromEntries(stays.map((one) => [one, picked[one] ?? ''])) })
}

/** A room that has just been entered may still be changing to what it was given. */
const everyMs = 10_000

export function useChangedInRoom(room: RoomApi | undefined, joined: boolean, given: DeviceNames): void {
  const look = () => void room?.getCurrentDevices().then((current) => changedInRoom(given, current))
  useRepeated(joined && Object.keys(given).length > 0, everyMs, look, everyMs)
}
