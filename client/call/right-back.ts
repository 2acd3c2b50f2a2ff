// Whether the clinician has said that she will be right back: told with each beat of the call, so that it ends with the page that says it.
// Refuses to outlive the call: whoever is out of it is not away from it.
import { signal } from '@preact/signals'
import type { Instant } from '../../server/wire/wire.ts'
import type { CallNow } from './call-now.ts'

/** `since`: what our server calls the beginning of it; absent until it has answered. `closed`: what was on, and was closed with it. */
type Away = { readonly since?: Instant; readonly closed?: readonly Closed[] }
type Closed = keyof CallNow['devices']

const commands = { microphone: 'toggleAudio', camera: 'toggleVideo' } as const

/** She leaves the room she sits in: nobody there is to be heard or seen meanwhile. */
export function goAway({ room, devices }: Pick<CallNow, 'room' | 'devices'>): void {
  const closed = (['microphone', 'camera'] as const).filter((one) => devices[one] === 'on')
  rightBack.value = { closed }
  for (const one of closed) room?.executeCommand(commands[one])
}

/** By her own press alone what was closed with it is opened again; what she opened or closed meanwhile stays. */
export function isBack({ room, devices }: Pick<CallNow, 'room' | 'devices'>): void {
  for (const one of rightBack.peek()?.closed ?? []) if (devices[one] === 'off') room?.executeCommand(commands[one])
  comeBack()
}

export const rightBack = signal<Away | undefined>(undefined)

/** What our server is told of it. */
export function awayNow(): { readonly since?: Instant } | undefined {
  const { since } = rightBack.peek() ?? {}
  return rightBack.peek() && (since === undefined ? {} : { since })
}

/** She is back, or in no call any more. */
export function comeBack(): void {
  rightBack.value = undefined
}

/** Our server's word on since when it is; it is kept, so that a server which was started anew tells the same. */
export function toldSince(since: Instant | undefined): void {
  if (since !== undefined && rightBack.peek() !== undefined && rightBack.peek()?.since !== since)
    rightBack.value = { ...rightBack.peek(), since }
}
