// Owns a call that lasts: a phone that slept, an entry that ends, a weak line, a connection that was lost, a server of ours that is away.
import { expect } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { look } from './looks.ts'
import { beats, frameName, meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { words } from './walk.ts'

const minutes = (n: number) => n * 60_000

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
  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(0)
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
  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(0)
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
