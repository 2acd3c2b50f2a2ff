// Owns a call that lasts: who is really there, a phone that slept, an entry that ends, a second device, a weak line, a closed microphone.
import { expect, type Page, type Route } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, inCall, knock, launch, patientWaiting, words } from './walk.ts'

/** Both in the call, both seen by the other. */
async function meeting(
  clinician: Parameters<typeof inCall>[0],
  patient: typeof clinician,
  stage: Parameters<typeof inCall>[2],
  name: string,
) {
  const booking = await book(stage, name)
  const both = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(both.doctor, 'blue'), sees(both.guest, 'red')])
  return { ...both, booking }
}

const minutes = (n: number) => n * 60_000
/** The address of the frame's page, that a new mount replaces. */
const frameName = (page: Page) => page.locator('.call-frame iframe').getAttribute('name')

/** Lets so many of the page's beats pass; its clock is the test's. */
async function beats(page: Page, count: number) {
  for (let n = 0; n < count; n++) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/presence'))
    await page.clock.fastForward(5_000)
    await answered
  }
}

test('each side reads who is really there, and since when the other is gone', async ({ stage, clinician, patient }) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Ingrid Solberg')
  await expect(words(doctor, `${booking.name} is here.`)).toBeVisible()
  await expect(words(doctor, 'In the call')).toBeVisible()
  await expect(words(guest, `${clinic.practitioners.chen.name} is here.`)).toBeVisible()

  await guest.close()

  await expect(words(doctor, /^You are alone in the call\. Ingrid Solberg is gone since \d/)).toBeVisible()
  await expect(words(doctor, /^Gone since \d/)).toBeVisible()
  await look(doctor, 'call-alone-clinician', 'Call')
})

test('a phone that slept finds its way back into the call by itself, and says why the picture was gone', async ({
  stage,
  clinician,
  patient,
}) => {
  await patient.clock.install()
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Tariq Aziz')
  const before = await frameName(guest)

  await guest.clock.fastForward(minutes(10))

  await expect(words(guest, 'Your device was asleep. You are back in the call.')).toBeVisible()
  expect(await frameName(guest)).not.toBe(before)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await expect(doctor.getByRole('button', { name: /^Admit / })).toHaveCount(0)
})

test('a visit that outlasts its entry goes on: a fresh one comes before the old one ends', async ({
  stage,
  clinician,
  patient,
}) => {
  await patient.clock.install()
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Ulla Berg')
  await room(guest).getByRole('button', { name: 'Mute microphone' }).click()

  await guest.clock.fastForward(minutes(89))

  await expect(words(guest, 'The call was opened anew, so that it can go on.')).toBeVisible()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  // Nobody is heard by surprise.
  await expect(room(guest).getByRole('button', { name: 'Unmute microphone' })).toBeVisible()
  await expect(words(guest, 'Your microphone is off: nobody hears you.')).toBeVisible()
})

test('a patient who goes on with another device is let in there at once, and the first one says so', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Victor Hale')

  const laptop = await patient.newPage()
  await laptop.goto(guest.url())

  await sees(laptop, 'red')
  await expect(guest.getByRole('heading', { name: 'You opened the visit somewhere else' })).toBeVisible()
  await expect(guest.locator('.call-frame')).toHaveCount(0)
  await sees(doctor, 'blue')
  await look(guest, 'call-elsewhere-patient')

  await guest.getByRole('button', { name: 'Use this one instead' }).click()

  await sees(guest, 'red')
  await expect(laptop.getByRole('heading', { name: 'You opened the visit somewhere else' })).toBeVisible()
})

test('on a weak line the picture is paused to keep the sound, with a way back and the clinic’s number', async ({
  stage,
  clinician,
  patient,
}) => {
  const { guest } = await meeting(clinician, patient, stage, 'Wanda Kowalska')

  await guest.evaluate(() => {
    const estimate = Reflect.get(navigator, 'connection') as EventTarget
    Object.defineProperty(estimate, 'effectiveType', { value: '2g', configurable: true })
    estimate.dispatchEvent(new Event('change'))
  })

  await expect(words(guest, 'Video is paused to keep the sound.')).toBeVisible()
  await expect(room(guest).locator('#stage')).toHaveAttribute('data-audio-only', '')
  await expect(guest.getByRole('link', { name: 'No sound either? Call 555-0100' })).toBeVisible()
  await look(guest, 'call-sound-alone-patient')
  await guest.getByRole('button', { name: 'Turn video back on' }).click()
  await expect(room(guest).locator('#stage')).not.toHaveAttribute('data-audio-only', '')
  await sees(guest, 'red')
})

test('a patient who is sent back waits again, and comes in again when they are let in again', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Yusuf Demir')

  await doctor.getByRole('button', { name: `Send ${booking.name} back to the waiting room` }).click()

  await expect(words(guest, 'You are next.')).toBeVisible()
  await expect(guest.locator('.call-frame')).toHaveCount(0)
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('whoever is sent away while their page hears nothing is taken out of the room all the same', async ({
  stage,
  clinician,
  patient,
}) => {
  await clinician.clock.install()
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Ygritte Holm')

  // Their page goes on as it was: it cannot be told.
  await patient.route('**/api/**', (route) => route.abort())
  await doctor.evaluate(async () => {
    const [, launch, , visit] = location.pathname.split('/').slice(1)
    const path = `/v/${launch}/api/visits/${visit}`
    const { door } = await (await fetch(path)).json()
    const body = JSON.stringify({ guest: door[0].guest })
    await fetch(`${path}/returns`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  })
  await beats(doctor, 4)

  await expect(room(doctor).locator('video[data-participant]')).toHaveCount(0, { timeout: 20_000 })
  await expect(room(guest).locator('video[data-participant]')).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: `Admit ${booking.name}` })).toBeVisible()
})

test('a patient who is taken out by Jitsi’s own means waits at our door, and comes back through it', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Zaida Moreno')
  const id = await room(doctor).locator('video[data-participant]').getAttribute('data-participant')

  // As the room's own menu does it: our page hears only that it happened.
  await doctor.locator('.call-frame iframe').evaluate((frame, id) => {
    if (!(frame instanceof HTMLIFrameElement)) return
    const scope = frame.name.replace('jitsiConferenceFrame', 'jitsi_meet_external_api_')
    const message = { type: 'command', name: 'kickParticipant', args: [id], scope }
    frame.contentWindow?.postMessage(message, new URL(frame.src).origin)
  }, id)

  await expect(words(guest, 'You are next.')).toBeVisible()
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('a connection that was lost for long opens the call anew, and nobody queues for it', async ({
  stage,
  clinician,
  patient,
}) => {
  await patient.clock.install()
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Astrid Falk')

  await patient.setOffline(true)
  stage.jitsi.faults.on('drop-signalling')
  await expect.poll(() => connected(stage)).toEqual([false, true])
  stage.jitsi.faults.on('forget-cut')
  await expect(room(doctor).locator('video[data-participant]')).toHaveCount(0)
  await guest.clock.runFor(70_000)
  await patient.setOffline(false)

  // Whether the room gave up first or the others missed her first, she is brought back; each may take a few beats.
  await expect(words(guest, /You are back in the call\.$/)).toBeVisible({ timeout: 45_000 })
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await expect(doctor.getByRole('button', { name: /^Admit / })).toHaveCount(0)
})

/** Whether each of those in the room that somebody is in has a line, the cut ones first; other tests' rooms hold ghosts alone. */
const connected = ({ jitsi }: Stage) =>
  jitsi
    .rooms()
    .filter(({ inside }) => inside.some((one) => one.connected))
    .flatMap(({ inside }) => inside.map((one) => one.connected))
    .sort()

test('while our server alone is away, the call goes on as it is: no picture is taken away, no room opened anew', async ({
  stage,
  clinician,
  patient,
}) => {
  await clinician.clock.install()
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Hedda Moen')
  const before = await frameName(doctor)

  await doctor.route('**/presence', (route) => route.abort())
  for (let n = 0; n < 14; n++) {
    const failed = doctor.waitForEvent('requestfailed')
    await doctor.clock.fastForward(5_000)
    await failed
  }
  await doctor.unroute('**/presence')
  await beats(doctor, 1)
  // A tab that nobody looks at runs its timers once a minute: that is neither sleep nor a cut.
  await doctor.clock.fastForward(60_100)

  await expect(words(doctor, 'Hedda Moen is here.')).toBeVisible()
  await expect(words(doctor, 'Video is paused to keep the sound.')).toHaveCount(0)
  expect(await frameName(doctor)).toBe(before)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('a second clinician comes in by a button, and a patient who changes device then is let in there at once', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Runa Dahl')
  const { okafor } = clinic.practitioners
  const slot = stage.ehr.resource('Appointment', booking.appointment)
  const colleague = { actor: { reference: okafor.reference, display: okafor.name }, status: 'accepted' as const }
  if (slot?.resourceType !== 'Appointment') throw new Error('no Appointment was booked')
  await stage.ehr.put({ ...slot, participant: [...slot.participant, colleague] })
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await sees(guest, 'red')
  const second = await launch(clinician, stage, { ...booking.byClinician, user: okafor.reference })

  await expect(second.getByRole('heading', { name: 'The visit is under way' })).toBeVisible()
  await look(second, 'call-join-clinician', 'Call')
  await expect(words(doctor, `${booking.name} is here.`)).toBeVisible()
  await second.getByRole('button', { name: 'Join the call' }).click()
  await expect(words(doctor, /and .* are here/)).toBeVisible()
  const laptop = await patient.newPage()
  await laptop.goto(guest.url())

  await expect(room(laptop).locator('video[data-participant]')).toHaveCount(2)
  await expect(words(guest, 'You opened the visit somewhere else')).toBeVisible()
  await expect(doctor.getByRole('button', { name: /^Admit / })).toHaveCount(0)
})

test('the late failure of a first try does not end the call of the second', async ({ stage, clinician, patient }) => {
  await patient.clock.install()
  const booking = await book(stage, 'Cleo Lund')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  const held = new Promise<Route>((resolve) => void guest.route('**/room-tokens', resolve, { times: 1 }))
  await admit(doctor, booking.name)
  const first = await held
  await guest.clock.runFor(11_000)
  await guest.getByRole('button', { name: 'Try again' }).click()
  await sees(guest, 'red')
  const before = await frameName(guest)

  await first.abort()

  await expect(words(guest, /is here/)).toBeVisible()
  expect(await frameName(guest)).toBe(before)
  await sees(guest, 'red')
})

test('whatever a hostile room tells the page stays words: nothing runs, and the page goes on telling who is there', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Bodil Krag')
  const frame = doctor.frames().find((one) => one.url().startsWith(stage.jitsi.origin))
  const told = () => doctor.waitForResponse((response) => response.url().endsWith('/presence'))

  await frame?.evaluate((app) => {
    const scope = `jitsi_meet_external_api_${window.name.replace('jitsiConferenceFrame', '')}`
    const markup = '<img src=x onerror="window.broken = true">'
    const say = (name: string, data: unknown) => parent.postMessage({ scope, type: 'event', name, data }, app)
    for (let n = 0; n < 60; n++) say('participantJoined', { id: `${n}`, displayName: markup.repeat(1_000) })
    for (const data of [undefined, null, 7, [], { kicked: { local: 'true' } }, { participant: { id: 1, name: {} } }])
      for (const name of ['participantKickedOut', 'knockingParticipant', 'participantJoined', 'errorOccurred'])
        say(name, data)
  }, stage.app)

  await expect(words(doctor, /<img src=x onerror=/).first()).toBeVisible()
  expect((await told()).status()).toBe(200)
  await expect(words(doctor, 'In the call').first()).toBeVisible()
  expect(await doctor.evaluate(() => 'broken' in window)).toBe(false)
  await sees(guest, 'red')
})

test('while the door is locked nobody new comes to it, and the call goes on', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Benedikt Rau')
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Start the call' }).click()
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  await doctor.getByRole('button', { name: 'Lock the door' }).click()
  await expect(words(doctor, 'Nobody new can come.')).toBeVisible()
  await look(doctor, 'door-locked-clinician', 'Door')
  const guest = await launch(patient, stage, booking.byPatient)

  await guest.getByRole('button', { name: 'Go to the waiting room' }).click()

  await expect(words(guest, 'The door is locked')).toBeVisible()
  await doctor.getByRole('button', { name: 'Unlock the door' }).click()
  await expect(doctor.getByRole('button', { name: 'Lock the door' })).toBeVisible()
  await knock(guest)
})

test('the call stays in sight while the note is written, at a desk and on a small page, and goes on as it was', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Zdenka Horak')
  const before = await frameName(doctor)

  await doctor.getByRole('button', { name: 'Small video' }).click()

  const wide = async () => (await doctor.locator('.part.note').boundingBox())?.width ?? 0
  await expect.poll(wide).toBeGreaterThan(600)
  await look(doctor, 'call-beside-note', 'Note')
  await doctor.setViewportSize({ width: 360, height: 740 })
  await expect(doctor.locator('.part.corner iframe')).toBeVisible()
  await doctor.setViewportSize({ width: 1280, height: 800 })
  await doctor.getByRole('button', { name: 'Large video' }).click()
  await expect.poll(wide).toBeLessThan(400)
  expect(await frameName(doctor)).toBe(before)
  await sees(doctor, 'blue')
})

test('a clinician quiets everyone beside the video, and the patient reads that nobody hears them', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Xenia Papas')

  await doctor.getByRole('button', { name: 'Mute everyone' }).click()

  await expect(words(guest, 'Your microphone is off: nobody hears you.')).toBeVisible()
  await room(guest).getByRole('button', { name: 'Unmute microphone' }).click()
  await expect(words(guest, 'Your microphone is off: nobody hears you.')).toHaveCount(0)
})
