// Owns what a clinician is asked about a visit that she sat in alone: at its end, before the signature, on her day; and what the patient reads then.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, launch, note, patientWaiting, saved, words } from './walk.ts'

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const sheet = (page: Page) => page.getByRole('dialog', { name: 'What happened?' })
const answer = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const statusOf = ({ ehr }: Stage, { appointment }: Booking) => ehr.resource('Appointment', appointment)?.status
const encounterOf = ({ ehr }: Stage, { patient }: Booking) =>
  ehr.all('Encounter').find(({ subject }) => subject?.reference === `Patient/${patient}`)

/** As the page of somebody does whose camera and microphone do not work. */
async function byTelephone(patient: BrowserContext, stage: Stage, { byPatient }: Booking): Promise<void> {
  const guest = await launch(patient, stage, byPatient)
  await expect(guest.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()
  await guest.evaluate(() =>
    fetch(`${location.pathname.replace('/visits/', '/api/visits/')}/devices`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ byTelephone: true }),
    }),
  )
  await expect(guest.getByRole('heading', { name: 'By telephone' })).toBeVisible()
}

async function endAndBeAsked(doctor: Page): Promise<void> {
  await press(doctor, 'Start the call')
  await press(doctor, 'End visit')
  await press(doctor, 'End for everyone')
  await expect(sheet(doctor)).toBeVisible()
}

test('a visit that nobody came to stands on the day until it is said, and the appointment is marked', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Nils Aune')
  const doctor = await clinicianAt(clinician, stage, booking)
  await endAndBeAsked(doctor)
  await look(doctor, 'clinician-what-happened')

  // Nothing chosen is no answer.
  await press(doctor, 'Save')
  await expect(doctor.getByRole('alert').filter({ hasText: 'Choose what happened first.' })).toBeVisible()
  // On a small phone the answers and the way on are in sight, and what was missing is said no more once it is there.
  await doctor.setViewportSize({ width: 360, height: 640 })
  await answer(doctor, 'We spoke by telephone').check()
  await expect(doctor.getByRole('alert')).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: 'Save' })).toBeInViewport({ ratio: 1 })
  const fields = await Promise.all(['From', 'To'].map((of) => doctor.getByLabel(of, { exact: true }).boundingBox()))
  expect(fields[0]?.y === fields[1]?.y || fields[0]?.x === fields[1]?.x).toBe(true)
  await doctor.setViewportSize({ width: 1280, height: 800 })
  await press(doctor, 'Say it later')
  await look(doctor, 'clinician-unsaid', 'Call')
  await press(doctor, 'Appointments')
  await expect(words(doctor, 'Ended. Nobody has said yet what happened.')).toBeVisible()
  await look(doctor, 'clinician-day-unsaid')
  await doctor.getByRole('button', { name: /^What happened in the visit with Nils Aune/ }).click()

  // By keys alone: the question has the focus, an arrow goes from answer to answer.
  await expect(sheet(doctor)).toBeVisible()
  await answer(doctor, 'The patient came all the same').focus()
  await doctor.keyboard.press('ArrowDown')
  await doctor.keyboard.press('ArrowDown')
  await expect(answer(doctor, 'The patient did not come')).toBeChecked()
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')

  await expect(words(doctor, 'The appointment is marked as not attended.')).toBeVisible()
  await look(doctor, 'clinician-no-show', 'Call')
  expect([statusOf(stage, booking), encounterOf(stage, booking)]).toEqual(['noshow', undefined])
  await press(doctor, 'Appointments')
  await expect(words(doctor, 'Did not come.')).toBeVisible()
})

test('a visit by telephone is said before the signature, and its note goes into the chart as that', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Ragnhild Moe')
  const doctor = await clinicianAt(clinician, stage, booking)
  await press(doctor, 'Start the call')
  await note(doctor, 'Plan').fill('Spoke by telephone: the tablets go on.')
  await saved(doctor)

  await press(doctor, 'Review and sign')
  await press(doctor, 'End the visit, sign and file')
  await expect(doctor.getByRole('alert').filter({ hasText: 'Choose what happened first.' })).toBeVisible()
  await answer(doctor, 'We spoke by telephone').check()
  await expect(doctor.getByRole('alert')).toHaveCount(0)
  await doctor.getByLabel('From', { exact: true }).fill('08:00')
  await look(doctor, 'clinician-sign-what-happened')
  await press(doctor, 'End the visit, sign and file')
  await expect(doctor.getByRole('alert').filter({ hasText: 'Fill in both times, or neither.' })).toBeVisible()
  await doctor.getByLabel('From', { exact: true }).fill('')
  await press(doctor, 'End the visit, sign and file')

  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await expect(words(doctor, 'You spoke by telephone.')).toBeVisible()
  expect(statusOf(stage, booking)).toBe('fulfilled')
  expect(encounterOf(stage, booking)).toMatchObject({ class: { code: 'VR' }, type: [{ text: 'Telephone' }] })
})

test('a technical failure leaves the appointment, and tells both sides what comes next; a wrong word is put right', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Solveig Berg')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  await endAndBeAsked(doctor)
  await expect(guest.getByRole('heading', { name: 'This video visit is closed' })).toBeVisible()
  await look(guest, 'patient-closed')

  await answer(doctor, 'The patient did not come').check()
  await press(doctor, 'Save')
  await expect(words(doctor, 'The patient did not come.')).toBeVisible()
  await press(doctor, 'Change it')
  await answer(doctor, 'It failed for a technical reason').check()
  await press(doctor, 'Save')

  await expect(words(doctor, /^Agree on a new time, or ring the patient/)).toBeVisible()
  await expect(guest.getByRole('heading', { name: 'The video visit did not work' })).toBeVisible()
  await expect(guest.getByRole('main').getByRole('link', { name: /555/ })).toBeVisible()
  await look(guest, 'patient-failed')
  await look(doctor, 'clinician-technical-failure', 'Call')
  expect(statusOf(stage, booking)).toBe('booked')
})

test('of a visit that nobody began it is said too, and whoever asked for the telephone is on the screen first', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Tora Lund', { startsInMinutes: -30 })
  await byTelephone(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(words(doctor, 'Not at the door yet')).toHaveCount(0)
  await look(doctor, 'clinician-unbegun', 'Door')

  await press(doctor, 'What happened?')
  await expect(answer(doctor, 'We spoke by telephone')).toBeChecked()
  await expect(sheet(doctor).getByText('The patient’s side asked to speak by telephone.')).toBeVisible()
  await expect(answer(doctor, 'The patient came all the same')).toHaveCount(0)
  await look(doctor, 'clinician-unbegun-what')
  await press(doctor, 'Save')

  await expect.poll(() => statusOf(stage, booking)).toBe('fulfilled')
  await expect(words(doctor, /^The appointment is marked as done\.$/)).toBeVisible()

  // Nobody opened it in its hours.
  const other = await book(stage, 'Ulrik Sand', { startsInMinutes: -200 })
  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  await day.getByRole('button', { name: /^What happened in the visit with Ulrik Sand/ }).click()
  await expect(day.getByRole('heading', { level: 1, name: other.name })).toBeVisible()
  await press(day, 'What happened?')
  await answer(day, 'The patient did not come').check()
  await press(day, 'Save')
  await expect.poll(() => statusOf(stage, other)).toBe('noshow')
  await expect(words(day, /^The appointment is marked as not attended\.$/)).toBeVisible()
})

test('a note of a visit by telephone is signed and filed without a call, and whoever asks for the telephone is seen from another visit', async ({
  stage,
  clinician,
  patient,
}) => {
  const rung = await book(stage, 'Wanja Holt', { startsInMinutes: -20 })
  await book(stage, 'Xenia Moe', { startsInMinutes: -25 })
  await byTelephone(patient, stage, rung)

  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  const row = day.locator('.row', { hasText: rung.name })
  await expect(day.locator('.day-count')).toContainText(/asks? to speak by telephone\./)
  await expect(words(day, 'Nobody is waiting.')).toHaveCount(0)
  await expect(row).toHaveClass(/waiting/)
  await look(day, 'clinician-day-telephone')

  // Its time has passed: the row asks, though its door is open still.
  await day.getByRole('button', { name: /^What happened in the visit with Xenia Moe/ }).click()
  await expect(words(day, /^Nobody has come to this visit yet, 2\d min after the start\.$/)).toBeVisible()
  await expect(day.getByRole('button', { name: 'What happened?' })).toBeVisible()
  await expect(day.locator('.banner .others')).toContainText(/by telephone/)
  await expect(day.locator('.banner .others')).toHaveAccessibleName(
    /Wanja Holt asks to speak by telephone \(.+\)\. Show your day\.$/,
  )
  await look(day, 'clinician-nobody-came', 'Door')
  await day.close()

  const doctor = await clinicianAt(clinician, stage, rung)
  await note(doctor, 'Subjective').fill('Rung at home.')
  await saved(doctor)
  await press(doctor, 'Review and sign')
  const signing = doctor.getByRole('dialog', { name: 'Sign this note' })
  await expect(answer(doctor, 'We spoke by telephone')).toBeChecked()
  await expect(signing).toContainText('Visit by telephone on')
  await expect(signing).not.toContainText('Video visit')
  await look(doctor, 'clinician-sign-telephone')
  await press(doctor, 'Sign and file')

  await expect(words(doctor, /^The note is in the chart/)).toBeVisible()
  expect(statusOf(stage, rung)).toBe('fulfilled')
})
