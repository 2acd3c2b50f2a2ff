// Owns what goes on in a call: who is really there, a second device, a second clinician, a hostile room, the note beside it, a closed microphone.
import { expect, type Route } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book, withColleague } from './booking.ts'
import { look } from './looks.ts'
import { frameName, meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, choose, clinicianAt, inCall, launch, openDoor, patientWaiting, words } from './walk.ts'

test('each side reads who is really there, and since when the other is gone', async ({ stage, clinician, patient }) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Ingrid Solberg')
  await expect(words(doctor, `${booking.name} is here.`)).toBeVisible()
  await openDoor(doctor)
  await expect(words(doctor, 'In the call')).toBeVisible()
  await expect(words(guest, `${clinic.practitioners.chen.name} is here.`)).toBeVisible()

  await guest.close()

  await expect(words(doctor, /^You are alone in the call\. Ingrid Solberg left at \d/)).toBeVisible()
  await expect(words(doctor, /^Left at \d/)).toBeVisible()
  await look(doctor, 'call-alone-clinician', 'Call')
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

test('a second clinician comes in by a button, and a patient who changes device then is let in there at once', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Runa Dahl')
  const byColleague = await withColleague(stage, booking)
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await sees(guest, 'red')
  const second = await launch(clinician, stage, byColleague)

  await expect(second.getByRole('heading', { name: 'The visit is under way' })).toBeVisible()
  await look(second, 'call-join-clinician', 'Call')
  await expect(words(doctor, `${booking.name} is here.`)).toBeVisible()
  await second.getByRole('button', { name: 'Join the call' }).click()
  await expect(words(doctor, /and .* are here/)).toBeVisible()
  const laptop = await patient.newPage()
  await laptop.goto(guest.url())

  await expect(room(laptop).locator('video[data-participant]')).toHaveCount(2)
  await expect(words(guest, 'You opened the visit somewhere else')).toBeVisible()
  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(0)
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
  await openDoor(doctor)
  await expect(words(doctor, 'In the call').first()).toBeVisible()
  expect(await doctor.evaluate(() => 'broken' in window)).toBe(false)
  await sees(guest, 'red')
})

test('the call stays in sight while the note is written, at a desk and on a small page, and goes on as it was', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Zdenka Horak')
  const before = await frameName(doctor)

  await choose(doctor, 'Small video')

  const wide = async () => (await doctor.locator('.part.note').boundingBox())?.width ?? 0
  await expect.poll(wide).toBeGreaterThan(600)
  await look(doctor, 'call-beside-note', 'Note')
  await doctor.setViewportSize({ width: 360, height: 740 })
  await expect(doctor.locator('.part.corner iframe')).toBeVisible()
  await doctor.setViewportSize({ width: 1280, height: 800 })
  await choose(doctor, 'Large video')
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

  await choose(doctor, 'Mute everyone')

  await expect(words(guest, 'Your microphone is off: nobody hears you.')).toBeVisible()
  await room(guest).getByRole('button', { name: 'Unmute microphone' }).click()
  await expect(words(guest, 'Your microphone is off: nobody hears you.')).toHaveCount(0)
})
