// Names that follow from the Appointment: the visit's id and the room's name.
import { createHash, createHmac } from 'node:crypto'
import type { AppointmentId, OrganisationId, RoomName, VisitId } from '../ids.ts'

/** Both sides of one Appointment of one organisation reach the same visit. No secret and no credential: every route asks who calls. */
export const visitId = (organisation: OrganisationId, appointment: AppointmentId): VisitId =>
  base32(
    createHash('sha256')
      .update(JSON.stringify(['visit', organisation, appointment]))
      .digest(),
  ).slice(0, 26) as VisitId // sound: made here

/** The room: unguessable without the key, the same for both sides, with no record id in it. Made once and kept in the visit's row. */
export const roomName = (
  key: Uint8Array,
  organisation: OrganisationId,
  appointment: AppointmentId,
  opening: number,
): RoomName =>
  base32(
    createHmac('sha256', key)
      .update(JSON.stringify([organisation, appointment, opening]))
      .digest(),
  ) as RoomName // sound: made here

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 section 6, in lower case and unpadded, as Jitsi compares rooms in lower case. */
export function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >>> bits) & 31]
      value &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}
