// Names that follow from the Appointment: the visit's id and the room's name; and how Jitsi writes a room's name where it has tenants.
import { createHash, createHmac } from 'node:crypto'
import type { AppointmentId, Instant, Iss, OrganisationId, RoomName, VisitId } from '../ids.ts'
import { instant, secondsBetween } from '../instant.ts'
import { sameHash } from '../sign-in/secret.ts'
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

/** How long a rehearsal may take, in seconds: its tokens and its room last no longer. */
export const rehearsalSeconds = 120

/**
 * A room of no visit, in which the doctor plays the beginning of one (docs/doctor.md). Its name says when it was made, and is signed with our
 * key for one organisation, so that the app knows it where Jitsi's server asks whether it may begin. `nonce`: five random bytes.
 */
export function rehearsalRoom(
  key: Uint8Array,
  organisation: OrganisationId,
  now: Instant,
  nonce: Uint8Array,
): RoomName {
  const said = `${Math.floor(Date.parse(now) / 1000).toString(36)}${base32(nonce)}`
  return `doctor-${said}-${rehearsalMark(key, organisation, said)}` as RoomName // sound: made here
}

/** Whether the doctor made it for this organisation, with this key, within the last minutes. */
export function isRehearsalRoom(key: Uint8Array, organisation: OrganisationId, room: RoomName, now: Instant): boolean {
  const [, made = '', nonce = '', mark = ''] = /^doctor-([a-z0-9]{6})([a-z2-7]{8})-([a-z2-7]{32})$/.exec(room) ?? []
  if (made === '' || !sameHash(mark, rehearsalMark(key, organisation, made + nonce))) return false
  // The doctor may run on another machine, whose clock may be ahead.
  return Math.abs(secondsBetween(instant(Number.parseInt(made, 36) * 1000), now)) <= rehearsalSeconds
}

const rehearsalMark = (key: Uint8Array, organisation: OrganisationId, said: string): string =>
  base32(
    createHmac('sha256', key)
      .update(JSON.stringify(['rehearsal', organisation, said]))
      .digest(),
  ).slice(0, 32)

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
