// Owns the proof that a whole visit goes in Firefox, on both sides: signed in, checked, let in, seen and heard, and the note in the chart.
import { expect } from '@playwright/test'
import { book } from '../browser/booking.ts'
import { inTheQueue } from '../browser/walk.ts'
import { type FirefoxWindow, openFirefox } from './firefox.ts'
import { pictured, test } from './walking.ts'

const reads = (window: FirefoxWindow, words: string | RegExp) =>
  typeof words === 'string'
    ? expect.poll(window.text).toContain(words)
    : expect
        .poll(async () => (await window.text()).split('\n').some((line) => words.test(line)), String(words))
        .toBe(true)

/** The first number of frames that is known, once there is a picture. */
async function seen(window: FirefoxWindow): Promise<number> {
  let frames = 0
  await expect.poll(async () => (frames = await window.shown()), 'there should be a picture').toBeGreaterThan(0)
  return frames
}

test('a clinician and a patient meet in Firefox, and the note is in the chart', async ({ stage }) => {
  const firefox = await openFirefox()
  const doctor = await firefox.open({ width: 1280, height: 800 })
  const guest = await firefox.open({ width: 360, height: 740 })
  const booking = await book(stage, 'Sol Lunde')

  await doctor.go(await stage.ehr.launchUrl(booking.byClinician))
  await reads(doctor, booking.name)
  await guest.go(await stage.ehr.launchUrl(booking.byPatient))
  await guest.press('Check camera and microphone')
  // How loud the microphone is nobody reads here: without a sound card Firefox lets no AudioContext run.
  await reads(guest, 'Go to the waiting room')
  await pictured('firefox-check', guest.picture)
  await guest.press('Go to the waiting room')
  await reads(guest, inTheQueue)
  await pictured('firefox-waiting', guest.picture)
  await doctor.press(`Let in ${booking.name}`)
  for (const one of [doctor, guest]) {
    const first = await seen(one)
    await expect.poll(one.shown, 'the picture should go on').toBeGreaterThan(first + 3)
  }
  await reads(doctor, `${booking.name} is here.`)
  await doctor.press('Confirmed')
  await doctor.type('#note-plan', 'Rest, and call again in a week.')
  await reads(doctor, /^Saved \d/)
  await pictured('firefox-call-clinician', doctor.picture)
  await pictured('firefox-call-patient', guest.picture)

  await doctor.press('End visit')
  await doctor.press('End for everyone')
  await reads(guest, 'Your visit has ended')
  await reads(doctor, 'The visit has ended')
  await doctor.press('Review and sign')
  await doctor.press('Sign and file')
  await reads(doctor, 'The note is in the chart.')
  await firefox.close()
})
