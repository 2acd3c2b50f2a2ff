// Whoever interprets a sign language is large on every page in the call, whoever speaks: who cannot see them misses what is said.
import { useEffect } from 'preact/hooks'
import type { InCall } from '../../server/wire/wire.ts'
import type { RoomApi } from './room.ts'
import { isSame, type Someone } from './same-person.ts'

/** The connection, in the room, of whoever signs; undefined where nobody does, or the room does not show them yet. */
export function signerIn(inside: readonly Someone[], others: readonly InCall[]): string | undefined {
  const signer = others.find(({ signs, at }) => signs && at === 'in')
  return signer && inside.find((one) => isSame(one, signer))?.id
}

/** Asked once for each time that they come in: what somebody chooses in the room afterwards stays. */
export function useSigner(room: RoomApi | undefined, joined: boolean, signer: string | undefined): void {
  useEffect(() => {
    if (joined && signer !== undefined) room?.executeCommand('pinParticipant', signer)
  }, [room, joined, signer])
}
