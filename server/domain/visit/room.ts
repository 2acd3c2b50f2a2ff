// Names that follow from the Appointment: the visit's id and the room's name; and how Jitsi writes a room's name where it has tenants.
import { createHash, createHmac } from 'node:crypto'
import type { AppointmentId, Iss, OrganisationId, RoomName, VisitId } from '../ids.ts'
import type { Visit } from './visit-shape.ts'

/**
 * Both sides of one Appointment of one organisation reach the same visit. No secret and no credential: every route asks who calls.
 * `base`: the EHR's, where another of the organisation may have the same ids.
 */
export const visitId = (organisation: OrganisationId, appointment: AppointmentId, base?: Iss): VisitId =>
  base32(
    createHash('sha256')
      .update(JSON.stringify(['visit', organisation, appointment, ...only(base)]))
      .digest(),
  ).slice(0, 26) as VisitId // sound: made here

/** Whether this could be a visit's id: what stands in an address is the caller's own word. */
export const isVisitId = (text: string): text is VisitId => /^[a-z2-7]{26}$/.test(text)

const only = (base: Iss | undefined): readonly Iss[] => (base === undefined ? [] : [base])

/** The room: unguessable without the key, the same for both sides, with no record id in it. Made once and kept in the visit's row. */
export const roomName = (
  key: Uint8Array,
  organisation: OrganisationId,
  appointment: AppointmentId,
  opening: number,
  base?: Iss,
): RoomName =>
  base32(
    createHmac('sha256', key)
      .update(JSON.stringify([organisation, appointment, opening, ...only(base)]))
      .digest(),
  ) as RoomName // sound: made here

/** As Jitsi's page wants it: after the tenant and a slash, where there is one. */
export const roomPath = (room: RoomName, tenant: string | undefined): RoomName | `${string}/${RoomName}` =>
  tenant === undefined ? room : `${tenant}/${room}`

/** Of a room's name, or its JID, as Jitsi's server says it: with tenants Prosody puts theirs before it, `[clinic]room@muc.meet.jitsi`. */
export function roomFromJitsi(name: string): RoomName {
  const [local = ''] = name.split('@', 1)
  return local.replace(/^\[[^\]]*\]/, '').toLowerCase() as RoomName // sound: only a visit's own room finds a row
}

/** By which room a visit is found: also after its end, when late word of it may come. */
export function roomsOf(key: Uint8Array, visit: Visit): readonly RoomName[] {
  if ('call' in visit) return [visit.call.room]
  const { organisation, appointment, opening, base } = visit
  return visit.status === 'finished' ? [roomName(key, organisation, appointment, opening, base)] : []
}

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
