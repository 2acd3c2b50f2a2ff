// Owns the proof of what happens inside a room of the sandbox's Jitsi, when a line is cut, and what it serves over HTTP.
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  arrive,
  closeHouse,
  connect,
  doctor,
  type House,
  openHouse,
  roomNamed,
  visit,
} from '../../support/jitsi-visitor.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => closeHouse(house))

test('the same person twice is two participants', async () => {
  const first = await arrive(house, 'twice', doctor)
  await first.heard('joined')

  const second = await arrive(house, 'twice', doctor)

  expect((await second.heard('joined')).others).toHaveLength(1)
  expect(first.types()).not.toContain('kicked')
})

test('everyone is told the user in everyone else’s token, of a knock only the name, and nothing of it without presence_identity', async () => {
  const { inside, guest } = await visit(house, 'users')
  house.jitsi.faults.on('no-presence-identity')
  await (await arrive(house, 'users', { ...doctor, id: 'd2' })).heard('joined')
  house.jitsi.faults.off('no-presence-identity')
  const last = await arrive(house, 'users', { ...doctor, id: 'd3' })

  const { others } = await last.heard('joined')

  const ids = (others as { userContext?: { id: string } }[]).map(({ userContext }) => userContext?.id) // sound: the sandbox's own message
  expect(ids).toEqual(['d1', 'p1', undefined])
  expect(await guest.heard('participant-joined')).not.toHaveProperty('participant.userContext')
  expect(inside.all.find(({ type }) => type === 'knocking')).toEqual({
    ...{ type: 'knocking', id: expect.any(String), name: 'Rosa Winter' },
  })
})

test('chat goes out whatever the token says, and a mute reaches everyone else', async () => {
  const { inside, guest } = await visit(house, 'talk')
  const silent = await arrive(house, 'talk', { ...doctor, id: 'd2' }, { 'send-groupchat': false })
  await silent.heard('joined')

  guest.say({ type: 'chat', text: 'I can hear you' })
  silent.say({ type: 'chat', text: 'So can I' })
  inside.say({ type: 'mute', media: 'audio' })

  expect(await inside.heard('chat')).toMatchObject({ nick: 'Rosa Winter', text: 'I can hear you' })
  expect(await inside.heard('chat')).toMatchObject({ text: 'So can I' })
  expect(await guest.heard('mute')).toMatchObject({ media: 'audio' })
  expect(inside.types()).not.toContain('mute')
})

test('a cut connection finds its seat again with a valid token, and hears what it missed', async () => {
  const { inside, guest, patientId, doctorId } = await visit(house, 'cut')
  const { resume } = inside

  inside.socket.terminate()
  await expect.poll(() => roomNamed(house, 'cut')?.inside.map(({ connected }) => connected)).toEqual([false, true])
  guest.say({ type: 'signal', to: doctorId, payload: { candidate: 'kept' } })
  guest.say({ type: 'chat', text: 'still there?' })
  await expect.poll(() => guest.socket.bufferedAmount).toBe(0)
  const again = await connect(house, inside.token, resume)

  await again.heard('resumed')
  expect(await again.heard('signal')).toMatchObject({ from: patientId, payload: { candidate: 'kept' } })
  expect(await again.heard('chat')).toMatchObject({ text: 'still there?' })
  expect(guest.types()).not.toContain('participant-left')
})

test('a cut connection with an expired token never comes back, and stays as a ghost', async () => {
  const { guest } = await visit(house, 'ghost')
  const { token } = guest
  const before = house.clock.now
  guest.socket.terminate()
  await expect.poll(() => roomNamed(house, 'ghost')?.inside[1]?.connected).toBe(false)

  house.clock.now += 2 * 3_600_000
  const again = await connect(house, token, 'whatever it was')
  const refusal = await again.heard('refused')
  house.clock.now = before

  expect(refusal).toMatchObject({ stage: 'connect', text: expect.stringMatching(/^Not acceptable by exp \(/) })
  expect(roomNamed(house, 'ghost')?.inside).toHaveLength(2)
})

test('whoever closes the page is gone at once', async () => {
  const { inside, guest, patientId } = await visit(house, 'leave')

  guest.socket.close(1001)

  expect(await inside.heard('participant-left')).toMatchObject({ id: patientId })
})

test('faults do what their names say, and clear', async () => {
  const script = `${house.jitsi.origin}/external_api.js`
  const { inside } = await visit(house, 'faults')

  house.jitsi.faults.on('script-500')
  expect((await fetch(script)).status).toBe(500)
  house.jitsi.faults.off('script-500')
  house.jitsi.faults.on('script-html')
  expect((await fetch(script)).headers.get('content-type')).toContain('text/html')
  house.jitsi.faults.off('script-html')
  const before = house.jitsi.script()
  house.jitsi.faults.on('script-updated')
  expect(house.jitsi.script()).not.toBe(before)
  expect(await (await fetch(script)).text()).toContain('JitsiMeetExternalAPI')
  house.jitsi.faults.on('script-moved')
  expect((await fetch(script, { redirect: 'manual' })).status).toBe(302)
  expect((await fetch(script)).status).toBe(200)
  house.jitsi.faults.on('away')
  await expect(fetch(script)).rejects.toThrow()
  house.jitsi.faults.off('away')
  house.jitsi.faults.on('room-500')
  expect((await fetch(`${house.jitsi.origin}/some-room`)).status).toBe(500)
  house.jitsi.faults.on('signalling-down')
  await expect(connect(house, '')).rejects.toThrow('503')
  house.jitsi.faults.on('drop-signalling')
  await once(inside.socket, 'close')
  house.jitsi.faults.clear()

  expect((await fetch(script)).headers.get('content-type')).toContain('javascript')
})

test('a room page names who may frame it and sends no referrer; unknown paths are not found', async () => {
  const page = await fetch(`${house.jitsi.origin}/clinic1/visit-1`)

  expect(page.headers.get('content-security-policy')).toContain('frame-ancestors http://localhost:1')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  for (const path of ['/a/b/c', '/favicon.ico', '/libs/none.js', '/room-census', '/end-meeting', '/libs/../main.ts'])
    expect([path, (await fetch(house.jitsi.origin + path)).status]).toEqual([path, 404])
})
