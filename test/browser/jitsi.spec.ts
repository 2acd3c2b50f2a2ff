// Owns the proof that the sandbox's Jitsi carries real video between two browsers, through its IFrame API, on another site than its host.
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { SignJWT } from 'jose'
import { type Jitsi, startJitsi } from '../../sandbox/jitsi/main.ts'
import { allDecoded, command, decoded, errors, event, frameOf, happened, loudness, mount, quick } from './jitsi-page.ts'

const secret = randomUUID()
const realm = { issuer: 'telehealth', audience: 'jitsi' as const, domain: 'meet.jitsi', secret }
const doctor = { id: 'd1', name: 'Dr Maria Okafor', moderator: true, lobby_bypass: true }
const patient = { id: 'p1', name: 'Rosa Winter', moderator: false }
const patientUser = { ...patient, moderator: 'false' }

let host: Server
let hostOrigin: string
let jitsi: Jitsi
let hoursAhead = 0
const contexts: BrowserContext[] = []

test.beforeAll(async () => {
  // localhost and 127.0.0.1 are two sites, two ports of one name are not.
  host = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Host</title><body style="margin:0"><div id="call" style="height:100vh"></div>')
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const address = host.address()
  hostOrigin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
  jitsi = await startJitsi({ ...realm, now: () => Date.now() + hoursAhead * 3_600_000, frameAncestors: [hostOrigin] })
})
// Calls left open would eat the time of the next test.
test.afterEach(async () => {
  hoursAhead = 0
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})
test.afterAll(async () => {
  host.closeAllConnections()
  host.close()
  await jitsi.close()
})

const mint = (room: string, user: object, features: object = {}) =>
  new SignJWT({ iss: 'telehealth', aud: 'jitsi', sub: 'meet.jitsi', room, context: { user, features } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setNotBefore('-30s')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  contexts.push(context)
  return context.newPage()
}

/** Opens the host page in a browser of its own and mounts the call in it. */
async function enter(
  browser: Browser,
  room: string,
  user: object,
  configOverwrite: object = quick,
  features: object = {},
): Promise<Page> {
  const page = await newPage(browser)
  await page.goto(hostOrigin)
  await page.addScriptTag({ url: `${jitsi.origin}/external_api.js` })
  await mount(page, room, await mint(room, user, features), configOverwrite)
  return page
}

/** `features`: what the doctor's token announces. */
async function visit(browser: Browser, features: object = {}) {
  const room = `visit-${randomUUID()}`
  const inside = await enter(browser, room, doctor, quick, features)
  const guest = await enter(browser, room, patient)
  const knock = await event(inside, 'knockingParticipant')
  await command(inside, 'answerKnockingParticipant', knock.participant?.id, true)
  await event(guest, 'videoConferenceJoined')
  return { room, inside, guest }
}

test('a doctor lets a patient in, and each decodes the other', async ({ browser }) => {
  const { inside, guest } = await visit(browser)

  for (const page of [inside, guest]) await expect.poll(() => decoded(page)).toBeGreaterThan(10)
  expect(await event(inside, 'p2pStatusChanged')).toEqual({ isP2p: true })
  expect(await event(inside, 'participantRoleChanged')).toMatchObject({ role: 'moderator' })
  expect(await event(guest, 'participantRoleChanged')).toMatchObject({ role: 'participant' })
  // The lobby announces itself as an error that is none.
  expect(await errors(guest)).toEqual(['conference.connectionError.membersOnly'])
  expect(await guest.evaluate(() => window.mounted.api.getNumberOfParticipants())).toBe(2)
  // Who is inside is told with the user in their token, who knocks by name alone.
  expect(await event(inside, 'participantJoined')).toMatchObject({
    displayName: 'Rosa Winter',
    userContext: patientUser,
  })
  expect(await event(inside, 'knockingParticipant')).toEqual({
    participant: { id: expect.any(String), name: 'Rosa Winter' },
  })
})

test('sound arrives as well, and stops when the microphone is muted', async ({ browser }) => {
  const { inside, guest } = await visit(browser)
  await expect.poll(() => decoded(inside)).toBeGreaterThan(0)
  await expect.poll(() => loudness(inside)).toBeGreaterThan(0)

  await frameOf(guest).getByRole('button', { name: 'Mute microphone' }).click()

  const microphone = (await happened(guest)).filter(({ name }) => name === 'audioMuteStatusChanged')
  expect(microphone.map(({ data }) => data)).toEqual([{ muted: false }, { muted: true }])
  expect(await guest.evaluate(() => window.mounted.api.isAudioMuted())).toBe(true)
  await expect.poll(() => loudness(inside)).toBe(0)
})

test('a third person ends peer-to-peer, and everyone sees everyone', async ({ browser }) => {
  const { room, inside, guest } = await visit(browser)
  await event(inside, 'p2pStatusChanged')

  const interpreter = await enter(browser, room, { ...doctor, id: 'd2', name: 'Ines Interpreter' })
  await event(interpreter, 'videoConferenceJoined')

  for (const page of [inside, guest, interpreter]) {
    await expect(frameOf(page).locator('video[data-participant]')).toHaveCount(2)
    await expect.poll(() => allDecoded(page)).toBe(true)
  }
  await expect
    .poll(async () => (await happened(inside)).filter(({ name }) => name === 'p2pStatusChanged').at(-1)?.data)
    .toEqual({ isP2p: false })
})

test('the token is gone from the address once the room has loaded, so a reload inside the frame loses it', async ({
  browser,
}) => {
  const { inside } = await visit(browser)
  const frame = frameOf(inside)
  expect(frame.url()).not.toContain('jwt')

  await frame.evaluate(() => location.reload())

  expect(await event(inside, 'errorOccurred')).toMatchObject({
    error: { name: 'connection.passwordRequired', message: 'token required' },
  })
})

test('with an expired token a cut call never comes back, and the host page hears nothing of it', async ({
  browser,
}) => {
  const { room, inside, guest } = await visit(browser)
  await event(guest, 'p2pStatusChanged')
  const before = await happened(guest)
  const refusals = Promise.all([refusal(guest), refusal(inside)])

  hoursAhead = 2
  jitsi.faults.on('drop-signalling')
  await refusals

  expect(await happened(guest)).toEqual(before)
  expect(connectedIn(room)).toEqual([false, false])
})

/** Whether each person inside has a line to the server; false is a ghost. */
const connectedIn = (name: string) =>
  jitsi
    .rooms()
    .find(({ room }) => room === name)
    ?.inside.map(({ connected }) => connected)

/** The next connection's answer that refuses it. */
async function refusal(page: Page) {
  const socket = await page.waitForEvent('websocket')
  await socket.waitForEvent('framereceived', ({ payload }) => payload.toString().includes('Not acceptable by exp'))
}

test('a kick, a hang-up and an end each tell the host page what the real one tells', async ({ browser }) => {
  const { room, inside, guest } = await visit(browser)
  const { id } = await event(inside, 'participantJoined')

  await command(inside, 'kickParticipant', id)
  // Whoever is out has lost the id.
  const kicked = { id: 'local', local: true, name: 'Rosa Winter' }
  expect(await event(guest, 'participantKickedOut')).toMatchObject({ kicked })
  await event(guest, 'videoConferenceLeft')
  expect((await happened(guest)).map(({ name }) => name)).not.toContain('readyToClose')

  const second = await enter(browser, room, { ...doctor, id: 'd2' })
  await event(second, 'videoConferenceJoined')
  await command(second, 'hangup')
  await event(second, 'readyToClose')
  expect((await happened(second)).slice(-4, -2).map(({ data }) => data)).toEqual([
    { muted: true },
    { id: 'local', isMuted: true, mediaType: 'video' },
  ])
  expect((await happened(second)).slice(-2).map(({ name }) => name)).toEqual(['videoConferenceLeft', 'readyToClose'])

  await command(inside, 'endConference')
  await expect.poll(() => errors(inside)).toEqual(['conference.destroyed'])
})

test('a screen is shared by a press in the room’s own frame, and never by a word of the page around it', async ({
  browser,
}) => {
  const { inside } = await visit(browser, { 'screen-sharing': true })
  const sharing = () => inside.evaluate(() => window.mounted.api.isSharingScreen())

  await command(inside, 'toggleShareScreen')
  await command(inside, 'toggleAudio')
  await expect.poll(() => inside.evaluate(() => window.mounted.api.isAudioMuted())).toBe(true)
  expect(await sharing()).toBe(false)

  await frameOf(inside).getByRole('button', { name: 'Share your screen' }).click()
  await expect.poll(sharing).toBe(true)
  // Ending it needs no press.
  await command(inside, 'toggleShareScreen')
  await expect.poll(sharing).toBe(false)
})

test('a bad token and a token of another room are told apart, and neither is fatal', async ({ browser }) => {
  const garbage = await enter(browser, 'visit-a', doctor)
  await event(garbage, 'videoConferenceJoined')
  await mount(garbage, 'visit-b', 'garbage')
  expect(await event(garbage, 'errorOccurred')).toEqual({
    error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false, message: 'Invalid token' },
  })

  await mount(garbage, 'visit-b', await mint('visit-c', doctor))
  expect(await event(garbage, 'errorOccurred')).toMatchObject({
    error: { name: 'conference.connectionError.notAllowed', isFatal: false },
  })
})

test('without autoKnock the patient knocks by a button, and is told when refused', async ({ browser }) => {
  const room = `visit-${randomUUID()}`
  const inside = await enter(browser, room, doctor)
  const guest = await enter(browser, room, patient, {})
  const frame = guest.frameLocator('iframe')

  await frame.getByRole('button', { name: 'Join meeting' }).click()
  await frame.getByRole('button', { name: 'Ask to join' }).click()
  const knock = await event(inside, 'knockingParticipant')
  await command(inside, 'answerKnockingParticipant', knock.participant?.id, false)

  await expect
    .poll(() => errors(guest))
    .toEqual(['conference.connectionError.membersOnly', 'conference.connectionError.accessDenied'])
})

test('after a cut the call goes on and the signalling comes back without a word', async ({ browser }) => {
  const { room, inside, guest } = await visit(browser)
  await expect.poll(() => decoded(inside)).toBeGreaterThan(0)
  const before = await happened(inside)
  const inRoom = () => connectedIn(room)

  jitsi.faults.on('drop-signalling')
  await expect.poll(inRoom).toEqual([false, false])

  await expect.poll(inRoom).toEqual([true, true])
  const then = await decoded(inside)
  await expect.poll(() => decoded(inside)).toBeGreaterThan(then)
  expect((await happened(inside)).slice(before.length).map(({ name }) => name)).not.toContain('errorOccurred')
  expect((await happened(guest)).map(({ name }) => name)).not.toContain('videoConferenceLeft')
})

/** What a page was told beyond the first so many, by names; which way pictures go is ours alone. */
const namesAfter = async (page: Page, count: number) =>
  (await happened(page))
    .slice(count)
    .map(({ name }) => name)
    .filter((name) => name !== 'p2pStatusChanged')

const apart = ['errorOccurred', 'raiseHandUpdated', 'onStageParticipantChanged', 'participantLeft'] as const
const anew = ['browserSupport', 'audioMuteStatusChanged', 'videoMuteStatusChanged', 'videoMuteStatusChanged'] as const
const atLobby = ['errorOccurred', 'prejoinScreenLoaded'] as const

test('a videobridge that dies is told late, and then in this order on each side; once it is back nothing more comes', async ({
  browser,
}) => {
  const { inside, guest } = await visit(browser)
  await expect.poll(() => decoded(guest)).toBeGreaterThan(0)
  const [hers, theirs] = [(await happened(inside)).length, (await happened(guest)).length]

  jitsi.faults.on('bridge-away', { noticedMs: 60_000 })

  await guest.waitForTimeout(500)
  const still = await decoded(guest)
  await guest.waitForTimeout(300)
  expect([await decoded(guest), await namesAfter(guest, theirs), await namesAfter(inside, hers)]).toEqual([
    still,
    [],
    [],
  ])
  jitsi.faults.on('bridge-away', { noticedMs: 0, againMs: 200 })
  await expect.poll(() => namesAfter(inside, hers)).toEqual([...apart, 'videoConferenceLeft'])
  await expect.poll(() => namesAfter(guest, theirs)).toEqual([...apart, ...anew, ...atLobby])
  expect((await errors(guest)).at(-2)).toBe('conference.videobridgeNotAvailable')
  jitsi.faults.on('bridge-back')
  await guest.waitForTimeout(500)
  expect(await namesAfter(guest, theirs)).toEqual([...apart, ...anew, ...atLobby])
  expect(await namesAfter(inside, hers)).toEqual([...apart, 'videoConferenceLeft'])
})

test('a Prosody that is started anew is told in this order, and a frame mounted while it is away hears one error and then nothing', async ({
  browser,
}) => {
  const { room, inside } = await visit(browser)
  const hers = (await happened(inside)).length
  jitsi.faults.on('prosody-restart', { awayMs: 60_000, againMs: 200 })

  const early = await enter(browser, room, { ...doctor, id: 'd2' })
  await expect.poll(() => errors(early)).toEqual(['connection.otherError'])
  jitsi.faults.off('signalling-down')

  // The other frame is loaded anew as well, and knocks.
  const back = [...anew, 'videoConferenceJoined', 'participantRoleChanged', 'knockingParticipant']
  await expect.poll(() => namesAfter(inside, hers)).toEqual([...apart, ...back])
  expect((await errors(inside)).at(-1)).toBe('connection.otherError')
  expect(await errors(early)).toEqual(['connection.otherError'])
})

test('a page that is not named may not frame a room', async ({ browser }) => {
  const page = await newPage(browser)
  await page.goto(hostOrigin.replace('localhost', '127.0.0.1'))
  await page.addScriptTag({ url: `${jitsi.origin}/external_api.js` })
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))

  await mount(page, 'visit-framed', await mint('visit-framed', doctor))

  await refused
  expect(await happened(page)).toEqual([])
})
