// Owns what people read when they cannot get in: each problem has words, a way out, and a code for whoever helps.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test, unasked } from './people.ts'
import { admit, clinicianAt, inTheQueue, launch, note, patientWaiting, saved, words } from './walk.ts'

/** Title, what to do, and the code for support. */
async function told(page: Page, title: string, todo: string | RegExp, support: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(words(page, todo)).toBeVisible()
  await expect(words(page, `Code for support: ${support}`)).toBeVisible()
}

const chooseClinic = (page: Page) => page.getByRole('link', { name: 'Choose your clinic' })
const callClinic = (page: Page) => page.getByRole('main').getByRole('link', { name: /Call 555-0100/ })

test('a launch from a system nobody knows is turned away in words, and the clinic can be chosen instead', async ({
  stage,
  patient,
}) => {
  const page = await patient.newPage()

  await page.goto(`${stage.app}/launch.html?iss=${encodeURIComponent('https://fhir.nowhere.example')}&launch=abc`)

  await told(page, 'We do not know this health record system', /call the clinic/i, 'S1')
  await chooseClinic(page).click()
  await expect(page.getByRole('heading', { name: 'Where is your visit?' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Sandbox EHR' })).toBeVisible()
})

test('a person without a launch chooses the clinic, signs in there, and is at the visit', async ({
  stage,
  patient,
}) => {
  const { name } = await book(stage, 'Paula Reyes')
  const page = await patient.newPage()
  await page.goto(`${stage.app}/launch.html`)

  await page.getByRole('link', { name: 'Sandbox EHR' }).click()
  await page.getByRole('button', { name }).click()

  await expect(page.getByRole('heading', { name: 'Can we see and hear you?' })).toBeVisible()
})

test('the address of a sign-in that was used before opens nothing', async ({ stage, patient }) => {
  const page = await patient.newPage()
  const callback = page.waitForRequest(/\/smart\/callback\/[^?]+\?/)
  await page.goto(await stage.ehr.launchUrl((await book(stage, 'Quentin Roy')).byPatient))
  const used = (await callback).url()

  const again = await patient.newPage()
  await again.goto(used)

  await told(again, 'This sign-in is no longer good', /Open the visit again/, 'S3')
})

test('a person whose page cannot load the words of a problem reads what to do without a connection, and the right words once they come', async ({
  stage,
  patient,
}) => {
  const page = await patient.newPage()
  await page.route('**/assets/every-remedy-*', (route) => route.abort(), { times: 1 })

  await page.goto(`${stage.app}/v/never-was`)

  await told(page, 'No connection', /something on our side/, 'W7')
  await told(page, 'You are signed out', /Open the visit again from where you opened it/, 'S10')
})

test('a person whose sign-in the EHR declines reads so, and can try again', async ({ stage, patient }) => {
  const { byPatient } = await book(stage, 'Rikke Dahl')
  stage.ehr.faults.on('authorize-denied')

  const page = await launch(patient, stage, byPatient)

  await told(page, 'You were not signed in', /Sign in again/, 'S5')
  await expect(chooseClinic(page)).toBeVisible()
})

test('a patient whose appointment was cancelled, is over, or is far off, reads which, and how to reach the clinic', async ({
  stage,
  patient,
}) => {
  const off = await launch(patient, stage, (await book(stage, 'Selma Yilmaz', { status: 'cancelled' })).byPatient)
  const over = await launch(patient, stage, (await book(stage, 'Tomas Vega', { startsInMinutes: -200 })).byPatient)
  const early = await launch(patient, stage, (await book(stage, 'Una Byrne', { startsInMinutes: 120 })).byPatient)

  await expect(off.getByRole('heading', { name: 'This appointment was cancelled' })).toBeVisible()
  await expect(callClinic(off)).toBeVisible()
  await expect(over.getByRole('heading', { name: 'The time of this visit has passed' })).toBeVisible()
  await expect(callClinic(over)).toBeVisible()
  await expect(early.getByRole('heading', { name: 'You are early' })).toBeVisible()
  await expect(words(early, /^The waiting room opens (today|on .*) at \d+:\d\d [AP]M\.$/)).toBeVisible()
  await expect(words(early, 'That is in 1 hour 30 minutes.')).toBeVisible()
  await expect(early.getByRole('link', { name: /555-0100/ })).toBeVisible()
})

test('a person who meets a fault of ours reads out a code that ends in the number of what they asked, which the log has', async ({
  stage,
  patient,
}) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Ulla Berg'))
  const requestId = '4f2a91bc-07de'
  const body = JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'exception', details: { coding: [{ code: 'fault' }] } }],
  })
  const headers = { 'Content-Type': 'application/fhir+json', 'X-Request-Id': requestId }
  await guest.route('**/api/me', (route) => route.fulfill({ status: 500, headers, body }))

  await guest.reload()

  await told(guest, 'Something went wrong on our side', /Try again in a minute/, 'W6')
  await expect(words(guest, `W6-${requestId}`)).toBeHidden()
  await guest.getByText('Details', { exact: true }).click()
  await expect(words(guest, `W6-${requestId}`)).toBeVisible()
  await guest.getByText('Details', { exact: true }).click()
  await expect(guest.getByRole('link', { name: /: 555-0100$/ })).toBeVisible()
  await look(guest, 'fault-of-ours')
})

test('a patient whose sign-in has ended reads how to come back', async ({ stage, patient }) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Vera Lang'))

  await patient.clearCookies()
  await guest.reload()

  await told(guest, 'You are signed out', /Open the visit again from where you opened it/, 'S10')
})

test('a clinician whose sign-in ends while she writes keeps her text on the page, and can copy it', async ({
  stage,
  clinician,
}) => {
  const doctor = await clinicianAt(clinician, stage, await book(stage, 'Walter Kerr'))
  await note(doctor, 'Subjective').fill('Knee swollen.')
  await saved(doctor)

  await clinician.clearCookies()
  await note(doctor, 'Plan').fill('Ice and rest.')

  await expect(words(doctor, 'Not saved. You are signed out. Your text is kept on this page.')).toBeVisible()
  await expect(doctor.getByRole('button', { name: 'Copy the note' })).toBeVisible()
  await expect(note(doctor, 'Subjective')).toHaveValue('Knee swollen.')
  await expect(note(doctor, 'Plan')).toHaveValue('Ice and rest.')
})

test('a patient who does not allow the camera is told where to allow it, and can go on with the voice alone', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Xenia Moor')
  const shy = await unasked(['microphone'])
  const guest = await launch(shy, stage, booking.byPatient)

  await guest.getByRole('button', { name: 'Check camera and microphone' }).click()
  await expect(guest.getByRole('alert')).toContainText('Your browser does not let us use your camera')
  await expect(guest.getByRole('alert')).toContainText('Your clinician will hear you but not see you.')
  // By key: a second tap at the same place within half a second would count as one half of a double tap.
  await guest.getByRole('button', { name: 'Go on without a camera' }).press('Enter')

  await expect(words(guest, inTheQueue)).toBeVisible()
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(words(doctor, 'No camera')).toBeVisible()
  await expect(words(doctor, /^Their camera is blocked in their browser\. Told at \d/)).toBeVisible()
  await shy.browser()?.close()
})

test('a patient who allows neither camera nor microphone is not sent to wait, but is given the telephone', async ({
  stage,
}) => {
  const silent = await unasked([])
  const guest = await launch(silent, stage, (await book(stage, 'Yara Stone')).byPatient)

  await guest.getByRole('button', { name: 'Check camera and microphone' }).click()

  await expect(guest.getByRole('alert')).toHaveCount(1)
  await expect(guest.getByRole('alert')).toContainText('use your camera and your microphone')
  await expect(guest.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(guest.getByRole('button', { name: /^Go (to|on without)/ })).toHaveCount(0)
  await expect(guest.getByRole('main').getByRole('link', { name: /call the clinic: 555-0100/ })).toBeVisible()
  await silent.browser()?.close()
})

test('a patient whose page waits long for our system reads how to reach the clinic, and what to do in an emergency', async ({
  stage,
  patient,
}) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Signe Holt'))
  await guest.clock.install()
  await guest.route('**/api/me', () => {})

  await guest.reload()
  await expect(words(guest, 'Loading your clinic…')).toBeVisible()
  await expect(guest.getByRole('link', { name: /555-0100/ })).toHaveCount(0)
  await guest.clock.runFor(11_000)

  await expect(guest.getByRole('status').filter({ hasText: 'This takes longer than usual.' })).toBeVisible()
  await expect(guest.getByRole('link', { name: /: 555-0100$/ })).toBeVisible()
  await look(guest, 'patient-page-slow')
})

test('a patient whose call’s own code does not come reads what to do in an emergency beside the way back', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Turid Vik')
  await patient.route('**/assets/call-*.js', (route) => route.abort())
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  await admit(doctor, booking.name)

  await expect(guest.getByRole('button', { name: 'Try again' })).toBeVisible()
  await look(guest, 'patient-call-code-lost')
})
