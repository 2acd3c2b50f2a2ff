// Owns what a clinician meets when the note or the room is in trouble: nothing is lost, nothing is filed twice, all in words.
import { type BrowserContext, expect, type Page, type Route } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, endAlone, note, patientWaiting, saved, words } from './walk.ts'

const inTheChart = (page: Page) => words(page, 'The note is in the chart.')
const filed = ({ ehr }: Stage, { patient }: Booking) =>
  ehr.all('DocumentReference').filter(({ subject }) => subject?.reference === `Patient/${patient}`)

/** The visit is over and the note is on the screen for signing. */
async function reviewing(clinician: BrowserContext, stage: Stage, booking: Booking): Promise<Page> {
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Start the call' }).click()
  await note(doctor, 'Assessment').fill('Tension headache.')
  await saved(doctor)
  await endAlone(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  return doctor
}

test('a note that the EHR cannot take stays signed and kept, and goes to the chart when the EHR is back', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Zora Blum')
  const doctor = await reviewing(clinician, stage, booking)
  stage.ehr.faults.on('fhir-429-retry-after', { retryAfter: false })

  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, /^The note is not in the chart\. .*It is kept here\.$/)).toBeVisible()
  await expect(doctor.getByRole('button', { name: 'Copy the note' })).toBeVisible()
  stage.ehr.faults.clear()
  await doctor.getByRole('button', { name: 'Send it again' }).click()

  await expect(inTheChart(doctor)).toBeVisible()
  expect(filed(stage, booking)).toHaveLength(1)
})

test('a note whose arrival nobody confirmed is looked for, not sent a second time', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Anders Falk')
  const doctor = await reviewing(clinician, stage, booking)
  stage.ehr.faults.on('cut-after-write', { times: 1 })

  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'We cannot tell whether the note arrived.')).toBeVisible()
  await doctor.getByRole('button', { name: 'Check again' }).click()

  await expect(inTheChart(doctor)).toBeVisible()
  expect(filed(stage, booking)).toHaveLength(1)
})

test('a note that may have arrived is looked for by the page itself: it says when it looked, what it found, and that it is there once the EHR is back', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Signe Holm')
  const doctor = await reviewing(clinician, stage, booking)
  stage.ehr.faults.on('cut-after-write', { times: 1 })
  stage.ehr.faults.on('fhir-503-retry-after', { method: 'GET', retryAfter: false })

  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  const box = doctor.locator('.filing')
  await expect(box.getByText('We cannot tell whether the note arrived.')).toBeVisible()
  await expect(box.getByText('While this page is open, we look by ourselves, next in')).toBeVisible()
  await doctor.getByRole('button', { name: 'Check again' }).click()
  await expect(box.getByText(/We could not look in the chart at .*:\d\d.*: the health record system did/)).toBeVisible()
  await expect(box.getByText('We cannot tell whether')).toHaveCount(1)
  await look(doctor, 'clinician-unknown-looked', 'Note')
  stage.ehr.faults.clear()

  await expect(inTheChart(doctor)).toBeVisible({ timeout: 90_000 })
  expect(filed(stage, booking)).toHaveLength(1)
})

test('a clinician who writes one note in two windows sees both texts and chooses, and none is lost', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Birte Olsen')
  const first = await clinicianAt(clinician, stage, booking)
  const second = await clinicianAt(clinician, stage, booking)
  await note(first, 'Plan').fill('Blood test on Monday.')
  await saved(first)

  await note(second, 'Plan').fill('Blood test on Thursday.')

  const conflict = second.getByRole('region', { name: 'This note was changed in another window' })
  const article = (of: string) => conflict.getByRole('article').filter({ hasText: of })
  await expect(article('Your text')).toContainText(/Written here, last at .*\d{4}.*Blood test on Thursday\./)
  await expect(article('other window')).toContainText(/Saved there at .*\d{4}.*Blood test on Monday\./)
  await expect(second.getByRole('button', { name: 'Review and sign' })).toBeDisabled()
  await conflict.getByRole('button', { name: 'Keep the other text' }).click()
  await expect(note(second, 'Plan')).toHaveValue('Blood test on Monday.')
  await note(second, 'Plan').fill('Blood test on Monday, fasting.')
  await saved(second)
  await second.reload()
  await expect(note(second, 'Plan')).toHaveValue('Blood test on Monday, fasting.')
})

test('a clinician may keep both texts, each with its time, and take that back', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Bodil Kjær')
  const first = await clinicianAt(clinician, stage, booking)
  const second = await clinicianAt(clinician, stage, booking)
  await note(first, 'Plan').fill('Blood test on Monday.')
  await note(first, 'Objective').fill('Temperature 37.2.')
  await saved(first)
  await note(second, 'Plan').fill('Blood test on Thursday.')
  const conflict = second.getByRole('region', { name: 'This note was changed in another window' })
  await expect(conflict).toBeVisible()
  await look(second, 'clinician-two-texts', 'Note')

  await conflict.getByRole('button', { name: 'Keep both texts' }).click()

  await expect(words(second, 'Both texts are in the note, one below the other, each with its time.')).toBeFocused()
  const both =
    /^\[Other window, .*\d{4}.*\]\nBlood test on Monday\.\n\n\[This window, .*\d{4}.*\]\nBlood test on Thursday\.$/
  await expect(note(second, 'Plan')).toHaveValue(both)
  await expect(note(second, 'Objective')).toHaveValue('Temperature 37.2.')
  await look(second, 'clinician-both-texts', 'Note')
  await first.reload()
  await expect(note(first, 'Plan')).toHaveValue(both)

  await second.getByRole('button', { name: 'Undo, and choose again' }).click()
  await conflict.getByRole('button', { name: 'Keep the other text' }).click()
  await saved(second)
  await expect(note(second, 'Plan')).toHaveValue('Blood test on Monday.')
  await first.reload()
  await expect(note(first, 'Plan')).toHaveValue('Blood test on Monday.')
})

test('a clinician may keep her own text against the other window’s', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Carla Neri')
  const first = await clinicianAt(clinician, stage, booking)
  const second = await clinicianAt(clinician, stage, booking)
  await note(first, 'Plan').fill('Rest.')
  await saved(first)
  await note(second, 'Plan').fill('Move.')

  await second.getByRole('button', { name: 'Keep my text' }).click()

  await saved(second)
  await first.reload()
  await expect(note(first, 'Plan')).toHaveValue('Move.')
})

test('an empty note is not signed, and the page says why', async ({ stage, clinician }) => {
  const doctor = await clinicianAt(clinician, stage, await book(stage, 'Dario Costa'))

  await doctor.getByRole('button', { name: 'Review and sign' }).click()

  await expect(doctor.getByRole('alert')).toHaveText('The note is empty. Write it first.')
  await expect(doctor.getByRole('dialog')).toHaveCount(0)
})

test('a patient whose appointment is cancelled while waiting is told so when the clinician opens the door', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Elsa Brandl')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  const appointment = stage.ehr.resource('Appointment', booking.appointment)
  if (appointment) await stage.ehr.put({ ...appointment, status: 'cancelled' })

  await admit(doctor, booking.name)

  await expect(guest.getByRole('heading', { name: 'This appointment was cancelled' })).toBeVisible()
  await expect(doctor.getByRole('heading', { name: 'This appointment was cancelled' })).toBeVisible()
})

test('a clinician’s room is brought while nobody waits for it; a patient whose room does not load is told so, and gets in on the second try', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Fritz Adler')
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect.poll(() => doctor.evaluate(() => 'JitsiMeetExternalAPI' in window)).toBe(true)
  // As where something stands before us that signs people in.
  const inTheWay = (route: Route) => route.fulfill({ contentType: 'text/html', body: '<title>Sign in</title>' })
  await patient.route('**/assets/jitsi/*', inTheWay)
  const guest = await patientWaiting(patient, stage, booking)
  await admit(doctor, booking.name)

  await expect(room(doctor).locator('video[data-local]')).toBeVisible()
  await expect(guest.getByRole('heading', { name: 'The video call did not load' })).toBeVisible()
  await expect(guest.getByRole('link', { name: 'Or call 555-0100' })).toBeVisible()
  await patient.unroute('**/assets/jitsi/*', inTheWay)
  await guest.getByRole('button', { name: 'Try again' }).click()

  await sees(guest, 'red')
})
