// Owns the proof of who may do what in the sandbox's Jitsi: lobby, moderators, kicks, ends, cuts and faults, over its socket.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Jitsi, startJitsi } from '../sandbox/jitsi/main.ts'

type Message = { type: string; [key: string]: unknown }
type User = { id: string; name?: string; moderator?: unknown; lobby_bypass?: unknown }

const secret = randomUUID()
const realm = { issuer: 'telehealth', audience: 'jitsi' as const, domain: 'meet.jitsi', secret }
const features = { 'send-groupchat': true, 'name-readonly': true }
const doctor: User = { id: 'd1', name: 'Dr Okafor', moderator: true, lobby_bypass: true }
const patient: User = { id: 'p1', name: 'Rosa Winter', moderator: false }

let clock = Date.now()
let jitsi: Jitsi
const opened: WebSocket[] = []
beforeAll(async () => {
  jitsi = await startJitsi({ ...realm, now: () => clock, frameAncestors: ['http://localhost:1'] })
})
afterAll(async () => {
  for (const socket of opened) socket.terminate()
  await jitsi.close()
})

function mint(room: string, user: User, more: object = features) {
  const seconds = Math.floor(clock / 1000)
  const claims = { iss: 'telehealth', aud: 'jitsi', sub: 'meet.jitsi', room, nbf: seconds - 30, exp: seconds + 3600 }
  return new SignJWT({ ...claims, context: { user, features: more } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))
}

/** A connection that keeps all it heard. `heard` waits for the next message of a type not yet taken. */
async function connect(token: string, resume?: string) {
  const socket = new WebSocket(`${jitsi.origin.replace('http', 'ws')}/xmpp-websocket`)
  const all: Message[] = []
  const taken = new Set<Message>()
  socket.on('message', (raw) => {
    all.push(JSON.parse(raw.toString()))
    socket.emit('heard')
  })
  await once(socket, 'open')
  const say = (message: Message) => socket.send(JSON.stringify(message))
  const heard = async (type: string): Promise<Message> => {
    const found = all.find((message) => message.type === type && !taken.has(message))
    if (found) {
      taken.add(found)
      return found
    }
    await once(socket, 'heard', { signal: AbortSignal.timeout(3_000) })
    return heard(type)
  }
  say({ type: 'connect', token, ...(resume !== undefined && { resume }) })
  opened.push(socket)
  return { socket, say, heard, types: () => all.map(({ type }) => type), token }
}

/** Connects and asks to join; `answer` is 'joined' or 'members-only'. */
async function arrive(room: string, user: User, more?: object) {
  const visitor = await connect(await mint(room, user, more))
  const { resume } = await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  return { ...visitor, resume: String(resume) }
}

/** A doctor inside and a patient let in by her. */
async function visit(room: string) {
  const inside = await arrive(room, doctor)
  const { self } = await inside.heard('joined')
  const guest = await arrive(room, patient)
  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')
  inside.say({ type: 'answer-knock', id, approved: true })
  await guest.heard('joined')
  await inside.heard('participant-joined')
  return { inside, guest, patientId: String(id), doctorId: (self as { id: string }).id }
}

const roomNamed = (name: string) => jitsi.rooms().find(({ room }) => room === name)

test('a patient who comes first waits in the lobby of an empty room', async () => {
  const guest = await arrive('first', patient)

  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const inside = await arrive('first', doctor)
  const knocking = await inside.heard('knocking')

  expect(knocking).toMatchObject({ name: 'Rosa Winter' })
  expect(roomNamed('first')).toMatchObject({ inside: [{ userId: 'd1' }], waiting: [{ userId: 'p1' }] })
})

test('nobody inside hears of a patient who has not knocked', async () => {
  const inside = await arrive('silent', doctor)
  await inside.heard('joined')
  const guest = await arrive('silent', patient)

  await guest.heard('members-only')

  expect(inside.types()).not.toContain('knocking')
  expect(roomNamed('silent')?.waiting).toEqual([])
})

test.each([
  ['without a bypass', { ...doctor, lobby_bypass: undefined }],
  ['with the bypass as text', { ...doctor, lobby_bypass: 'true' }],
])('a moderator %s lands in the lobby', async (_words, user) => {
  const shut = await arrive(`shut-${randomUUID()}`, user)

  expect(await shut.heard('members-only')).toEqual({ type: 'members-only' })
})

test('a patient who is let in joins as a participant, under the name of the token', async () => {
  const room = 'named'
  const inside = await arrive(room, doctor)
  const guest = await connect(await mint(room, patient))
  await guest.heard('connected')
  guest.say({ type: 'join', room, name: 'Somebody Else' })
  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  inside.say({ type: 'answer-knock', id, approved: true })

  expect(await guest.heard('joined')).toMatchObject({ self: { id, name: 'Rosa Winter', role: 'participant' } })
})

test('a patient who is refused is told so and waits no more', async () => {
  const inside = await arrive('refused', doctor)
  const guest = await arrive('refused', patient)
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  inside.say({ type: 'answer-knock', id, approved: false })

  expect(await guest.heard('access-denied')).toEqual({ type: 'access-denied' })
  expect(roomNamed('refused')?.waiting).toEqual([])
})

test.each([
  [{ type: 'kick' }],
  [{ type: 'end' }],
  [{ type: 'lobby', on: false }],
  [{ type: 'mute', media: 'audio' }],
  [{ type: 'answer-knock', approved: true }],
  [{ type: 'name', name: 'Dr Okafor' }],
])('a patient is not allowed: %o', async (wish) => {
  const room = `not-${randomUUID()}`
  const { inside, guest, doctorId } = await visit(room)

  guest.say({ ...wish, id: doctorId })

  expect(await guest.heard('not-allowed')).toMatchObject({ action: wish.type })
  expect(roomNamed(room)).toMatchObject({ lobby: true, inside: [{ userId: 'd1' }, { userId: 'p1' }] })
  expect(inside.types()).not.toContain('kicked')
})

test('a patient in the lobby can neither speak nor admit anyone', async () => {
  const inside = await arrive('mute-lobby', doctor)
  const guest = await arrive('mute-lobby', { ...patient, moderator: true })
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')

  guest.say({ type: 'answer-knock', id: String(id), approved: true })
  guest.say({ type: 'chat', text: 'hello' })

  expect([(await guest.heard('not-allowed')).action, (await guest.heard('not-allowed')).action]).toEqual([
    'answer-knock',
    'chat',
  ])
  expect(roomNamed('mute-lobby')?.inside).toHaveLength(1)
})

test('a kick is told to both, and the kicked one is gone', async () => {
  const { inside, guest, patientId, doctorId } = await visit('kick')

  inside.say({ type: 'kick', id: patientId })

  const kicked = { id: patientId, by: { id: doctorId, name: 'Dr Okafor' } }
  expect(await guest.heard('kicked')).toMatchObject(kicked)
  expect(await inside.heard('kicked')).toMatchObject(kicked)
  expect(await inside.heard('participant-left')).toMatchObject({ id: patientId })
})

test('the end destroys the room for those inside and those waiting', async () => {
  const { inside, guest } = await visit('end')
  const late = await arrive('end', { id: 'p2', name: 'Late' })
  late.say({ type: 'knock' })
  await inside.heard('knocking')

  inside.say({ type: 'end' })

  for (const one of [inside, guest, late])
    expect(await one.heard('destroyed')).toMatchObject({ reason: 'The meeting has been terminated' })
  expect(roomNamed('end')).toBeUndefined()
})

test('switching the lobby off lets everyone in who waits there', async () => {
  const inside = await arrive('open', doctor)
  const guest = await arrive('open', patient)
  guest.say({ type: 'knock' })
  await inside.heard('knocking')

  inside.say({ type: 'lobby', on: false })

  await guest.heard('joined')
  expect(await (await arrive('open', { id: 'p3' })).heard('joined')).toMatchObject({ self: { role: 'participant' } })
})

test('the same person twice is two participants', async () => {
  const first = await arrive('twice', doctor)
  await first.heard('joined')

  const second = await arrive('twice', doctor)

  expect((await second.heard('joined')).others).toHaveLength(1)
  expect(first.types()).not.toContain('kicked')
})

test('chat goes out only where the token allows it, and a mute reaches everyone else', async () => {
  const { inside, guest } = await visit('talk')
  const silent = await arrive('talk', { ...doctor, id: 'd2' }, { 'send-groupchat': false })
  await silent.heard('joined')

  guest.say({ type: 'chat', text: 'I can hear you' })
  silent.say({ type: 'chat', text: 'unheard' })
  inside.say({ type: 'mute', media: 'audio' })

  expect(await inside.heard('chat')).toMatchObject({ nick: 'Rosa Winter', text: 'I can hear you' })
  expect(await silent.heard('not-allowed')).toMatchObject({ action: 'chat' })
  expect(await guest.heard('mute')).toMatchObject({ media: 'audio' })
  expect(inside.types()).not.toContain('mute')
})

test('a cut connection finds its seat again with a valid token, and hears what it missed', async () => {
  const { inside, guest, patientId, doctorId } = await visit('cut')
  const { resume } = inside

  inside.socket.terminate()
  await expect.poll(() => roomNamed('cut')?.inside.map(({ connected }) => connected)).toEqual([false, true])
  guest.say({ type: 'signal', to: doctorId, payload: { candidate: 'kept' } })
  guest.say({ type: 'chat', text: 'still there?' })
  await expect.poll(() => guest.socket.bufferedAmount).toBe(0)
  const again = await connect(inside.token, resume)

  await again.heard('resumed')
  expect(await again.heard('signal')).toMatchObject({ from: patientId, payload: { candidate: 'kept' } })
  expect(await again.heard('chat')).toMatchObject({ text: 'still there?' })
  expect(guest.types()).not.toContain('participant-left')
})

test('a cut connection with an expired token never comes back, and stays as a ghost', async () => {
  const { guest } = await visit('ghost')
  const { token } = guest
  const before = clock
  guest.socket.terminate()
  await expect.poll(() => roomNamed('ghost')?.inside[1]?.connected).toBe(false)

  clock += 2 * 3_600_000
  const again = await connect(token, 'whatever it was')
  const refusal = await again.heard('refused')
  clock = before

  expect(refusal).toMatchObject({ stage: 'connect', text: 'Not acceptable by exp' })
  expect(roomNamed('ghost')?.inside).toHaveLength(2)
})

test('whoever closes the page is gone at once', async () => {
  const { inside, guest, patientId } = await visit('leave')

  guest.socket.close(1001)

  expect(await inside.heard('participant-left')).toMatchObject({ id: patientId })
})

test('faults do what their names say, and clear', async () => {
  const script = `${jitsi.origin}/external_api.js`
  const { inside } = await visit('faults')

  jitsi.faults.on('script-500')
  expect((await fetch(script)).status).toBe(500)
  jitsi.faults.off('script-500')
  jitsi.faults.on('script-html')
  expect((await fetch(script)).headers.get('content-type')).toContain('text/html')
  jitsi.faults.on('room-500')
  expect((await fetch(`${jitsi.origin}/some-room`)).status).toBe(500)
  jitsi.faults.on('signalling-down')
  await expect(connect('')).rejects.toThrow('503')
  jitsi.faults.on('drop-signalling')
  await once(inside.socket, 'close')
  jitsi.faults.clear()

  expect((await fetch(script)).headers.get('content-type')).toContain('javascript')
})

test('a room page names who may frame it and sends no referrer; unknown paths are not found', async () => {
  const page = await fetch(`${jitsi.origin}/clinic1/visit-1`)

  expect(page.headers.get('content-security-policy')).toContain('frame-ancestors http://localhost:1')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  for (const path of [
    '/',
    '/a/b/c',
    '/favicon.ico',
    '/libs/none.js',
    '/room-census',
    '/end-meeting',
    '/libs/../main.ts',
  ])
    expect([path, (await fetch(jitsi.origin + path)).status]).toEqual([path, 404])
})
