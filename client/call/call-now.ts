// What the page around the call is told of it, each time it changes: for the bar, which stands while rooms come and go.
// Refuses to outlive its room: with that it is gone, and whatever drives the room is out of reach.
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { OwnDevices } from './own-devices.ts'
import type { Level } from './quality-ladder.ts'
import type { RoomApi } from './room.ts'
import type { Someone } from './same-person.ts'
import type { WhoIsHere } from './who-is-here.ts'

export type CallNow = {
  readonly room: RoomApi | undefined
  /** In the room, and not on the way into it. */
  readonly joined: boolean
  /** There was a call, or should be one, and it comes back by itself. */
  readonly lost: boolean
  readonly inside: readonly Someone[]
  readonly whoIsHere: WhoIsHere
  readonly devices: OwnDevices
  readonly sharing: boolean
  readonly recording: boolean
  readonly level: Level
  /** Neither picture nor sound comes through. */
  readonly blocked: boolean
  /** Opens the room anew. */
  reconnect(): void
  /** Brings the pictures back that were taken away for a weak line. */
  bringPicture(): void
}

/** Whether this page is in the call, and whether its microphone is open there: what sounds here is then heard by others. */
export const inCallHere = signal(false)
export const heardInCall = signal(false)
/** Whether it is in the room, and no longer on the way into it. */
export const joinedHere = signal(false)

function remember(now: CallNow | undefined): void {
  inCallHere.value = now !== undefined
  joinedHere.value = now?.joined === true
  heardInCall.value = now?.joined === true && now.devices.microphone === 'on'
}

export function useTold(now: CallNow, tell: ((now: CallNow | undefined) => void) | undefined): void {
  const { room, joined, lost, inside, whoIsHere, devices, sharing, recording, level, blocked } = now
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    remember(now)
    latest.current?.(now)
  }, [room, joined, lost, inside, JSON.stringify(whoIsHere), devices, sharing, recording, level, blocked])
  useEffect(
    () => () => {
      remember(undefined)
      latest.current?.(undefined)
    },
    [],
  )
}
