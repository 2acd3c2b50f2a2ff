// The names that follow from an Appointment: one visit and one room for both sides, and nobody can guess the room.
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppointmentId, Iss, OrganisationId } from '../../server/domain/ids.ts'
import { base32, roomFromJitsi, roomName, visitId } from '../../server/domain/visit/room.ts'

// Sound, these casts: what a test calls an id is one.
const riverside = 'riverside' as OrganisationId
const harbor = 'harbor' as OrganisationId
const appointment = 'a1' as AppointmentId
const key = new Uint8Array(32).fill(1)

test.each([
  ['', ''],
  ['f', 'my'],
  ['fo', 'mzxq'],
  ['foo', 'mzxw6'],
  ['foob', 'mzxw6yq'],
  ['fooba', 'mzxw6ytb'],
  ['foobar', 'mzxw6ytboi'],
])('base32 of "%s" is "%s" (RFC 4648, 10, lower case and unpadded)', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('base32 loses no bit', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const decoded = (text: string) => {
    const bits = [...text].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
    return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  }

  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decoded(base32(bytes))).toEqual(bytes)
    }),
  )
})

test('the same Appointment has the same room, as Jitsi writes rooms', () => {
  const room = roomName(key, riverside, appointment, 1)

  expect(roomName(new Uint8Array(key), riverside, appointment, 1)).toBe(room)
  expect(room).toMatch(/^[a-z2-7]{52}$/)
})

test('another clinic, Appointment, opening or key is another room', () => {
  const rooms = [
    roomName(key, riverside, appointment, 1),
    roomName(key, harbor, appointment, 1),
    roomName(key, riverside, 'a2' as AppointmentId, 1),
    roomName(key, riverside, appointment, 2),
    roomName(new Uint8Array(32).fill(2), riverside, appointment, 1),
  ]

  expect(new Set(rooms).size).toBe(rooms.length)
})

test('an EHR whose ids are its own has other visits and rooms; without one the names are those that older rows have', () => {
  const [one, other] = ['https://a.example/fhir', 'https://b.example/fhir'] as Iss[] // sound: base URLs
  const bases = [undefined, one, other]

  const ids = bases.map((base) => visitId(riverside, appointment, base))
  const rooms = bases.map((base) => roomName(key, riverside, appointment, 1, base))

  expect([new Set(ids).size, new Set(rooms).size]).toEqual([3, 3])
  expect([ids[0], rooms[0]]).toEqual([
    'q74yqyluyzysauip2233bt2uz6',
    '3kctbw4omndlto7pj6v4xxqfaquypelsw4m4bbzycplijd2dbxza',
  ])
})

test('no two pairs of clinic and Appointment run together', () => {
  const part = fc.stringMatching(/^[a-z0-9-]{1,8}$/)

  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => {
      const same = a === c && b === d
      const [one, two] = [
        [a, b],
        [c, d],
      ].map(([o, p]) => [o as OrganisationId, p as AppointmentId] as const)
      if (one === undefined || two === undefined) return
      expect(visitId(...one) === visitId(...two)).toBe(same)
      expect(roomName(key, ...one, 1) === roomName(key, ...two, 1)).toBe(same)
    }),
  )
})

test('the visit’s id holds nothing of the Appointment’s', () => {
  expect(visitId(riverside, 'hc-appointment-margaret' as AppointmentId)).toMatch(/^[a-z2-7]{26}$/)
})

test.each([
  ['alone', (room: string) => room],
  ['in capitals', (room: string) => room.toUpperCase()],
  ['after a tenant', (room: string) => `[clinic]${room}`],
  ['as an address', (room: string) => `${room}@muc.meet.jitsi`],
  ['as an address, after a tenant', (room: string) => `[clinic]${room}@muc.meet.jitsi`],
])('a room is known by what Jitsi’s server calls it, %s', (_how, called) => {
  const room = roomName(key, riverside, appointment, 1)

  expect(roomFromJitsi(called(room))).toBe(room)
})
