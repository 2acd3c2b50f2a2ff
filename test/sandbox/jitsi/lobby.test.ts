// Owns the proof of who comes into a room of the sandbox's Jitsi, and who may let in, turn away, kick and end.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  arrive,
  closeHouse,
  connect,
  doctor,
  type House,
  mint,
  openHouse,
  patient,
  roomNamed,
  visit,
} from '../../support/jitsi-visitor.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => closeHouse(house))

test('a patient who comes first waits in the lobby of an empty room', async () => {
  const guest = await arrive(house, 'first', patient)

  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const inside = await arrive(house, 'first', doctor)
  const knocking = await inside.heard('knocking')

  expect(knocking).toMatchObject({ name: 'Rosa Winter' })
  expect(roomNamed(house, 'first')).toMatchObject({ inside: [{ userId: 'd1' }], waiting: [{ userId: 'p1' }] })
})

test('nobody inside hears of a patient who has not knocked', async () => {
  const inside = await arrive(house, 'silent', doctor)
  await inside.heard('joined')
  const guest = await arrive(house, 'silent', patient)

  await guest.heard('members-only')

  expect(inside.types()).not.toContain('knocking')
  expect(roomNamed(house, 'silent')?.waiting).toEqual([])
})

test.each([
  ['without a bypass', { ...doctor, lobby_bypass: undefined }],
  ['with the bypass as text', { ...doctor, lobby_bypass: 'true' }],
])('a moderator %s lands in the lobby', async (_words, user) => {
  const shut = await arrive(house, `shut-${randomUUID()}`, user)

  expect(await shut.heard('members-only')).toEqual({ type: 'members-only' })
})

test('a patient who is let in joins as a participant, under the name of the token', async () => {
  const room = 'named'
  const inside = await arrive(house, room, doctor)
  const guest = await connect(house, await mint(house, room, patient))
  await guest.heard('connected')
  guest.say({ type: 'join', room, name: 'Somebody Else' })
  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  inside.say({ type: 'answer-knock', id, approved: true })

  expect(await guest.heard('joined')).toMatchObject({ self: { id, name: 'Rosa Winter', role: 'participant' } })
})

test('a patient who is refused is told so and waits no more', async () => {
  const inside = await arrive(house, 'refused', doctor)
  const guest = await arrive(house, 'refused', patient)
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  inside.say({ type: 'answer-knock', id, approved: false })

  expect(await guest.heard('access-denied')).toEqual({ type: 'access-denied' })
  expect(roomNamed(house, 'refused')?.waiting).toEqual([])
})

test.each([
  [{ type: 'kick' }],
  [{ type: 'end' }],
  [{ type: 'lobby', on: false }],
  [{ type: 'mute', media: 'audio' }],
  [{ type: 'answer-knock', approved: true }],
])('a patient is not allowed: %o', async (wish) => {
  const room = `not-${randomUUID()}`
  const { inside, guest, doctorId } = await visit(house, room)

  guest.say({ ...wish, id: doctorId })

  expect(await guest.heard('not-allowed')).toMatchObject({ action: wish.type })
  expect(roomNamed(house, room)).toMatchObject({ lobby: true, inside: [{ userId: 'd1' }, { userId: 'p1' }] })
  expect(inside.types()).not.toContain('kicked')
})

test('a patient keeps the name of the token, whatever the page asks for', async () => {
  const { inside, guest } = await visit(house, 'renamed')

  guest.say({ type: 'name', name: 'Dr Okafor' })
  guest.say({ type: 'chat', text: 'who am I?' })

  expect(await inside.heard('chat')).toMatchObject({ nick: 'Rosa Winter' })
  expect([...inside.types(), ...guest.types()]).not.toContain('name')
})

test('a patient in the lobby can neither speak nor admit anyone', async () => {
  const inside = await arrive(house, 'mute-lobby', doctor)
  const guest = await arrive(house, 'mute-lobby', { ...patient, moderator: true })
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  guest.say({ type: 'answer-knock', id: String(id), approved: true })
  guest.say({ type: 'chat', text: 'hello' })

  expect([(await guest.heard('not-allowed')).action, (await guest.heard('not-allowed')).action]).toEqual([
    'answer-knock',
    'chat',
  ])
  expect(roomNamed(house, 'mute-lobby')?.inside).toHaveLength(1)
})

test('a kick is told to both, and the kicked one is gone', async () => {
  const { inside, guest, patientId, doctorId } = await visit(house, 'kick')

  inside.say({ type: 'kick', id: patientId })

  const kicked = { id: patientId, by: { id: doctorId, name: 'Dr Okafor' } }
  expect(await guest.heard('kicked')).toMatchObject(kicked)
  expect(await inside.heard('kicked')).toMatchObject(kicked)
  expect(await inside.heard('participant-left')).toMatchObject({ id: patientId })
})

test('the end destroys the room for those inside and those waiting', async () => {
  const { inside, guest } = await visit(house, 'end')
  const late = await arrive(house, 'end', { id: 'p2', name: 'Late' })
  late.say({ type: 'knock' })
  await inside.heard('knocking')

  inside.say({ type: 'end' })

  for (const one of [inside, guest])
    expect(await one.heard('destroyed')).toMatchObject({ reason: 'The meeting has been terminated' })
  expect(await late.heard('destroyed')).toMatchObject({ reason: 'Lobby room closed.' })
  expect(roomNamed(house, 'end')).toBeUndefined()
})

test('switching the lobby off lets everyone in who waits there', async () => {
  const inside = await arrive(house, 'open', doctor)
  const guest = await arrive(house, 'open', patient)
  guest.say({ type: 'knock' })
  await inside.heard('knocking')

  inside.say({ type: 'lobby', on: false })

  await guest.heard('joined')
  expect(await (await arrive(house, 'open', { id: 'p3' })).heard('joined')).toMatchObject({
    self: { role: 'participant' },
  })
})
