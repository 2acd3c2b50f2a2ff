// Owns the proof that everyone can read and use what a patient meets: small screens, dark rooms, readers, unsteady hands.
import { expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test, unasked } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, end, inCall, knock, launch, leaveTheWaitingRoom, patientWaiting } from './walk.ts'

const heading = (page: Page, name: string) => expect(page.getByRole('heading', { name })).toBeVisible()

test('a patient can read every page on the way in', async ({ stage, patient }) => {
  const page = await patient.newPage()
  await page.goto(`${stage.app}/launch.html`)
  await expect(page.getByRole('link', { name: 'Sandbox EHR' })).toBeVisible()
  await look(page, 'patient-choose-clinic')

  await page.goto(`${stage.app}/launch.html?iss=https%3A%2F%2Ffhir.nowhere.example&launch=abc`)
  await heading(page, 'We do not know this health record system')
  await look(page, 'patient-unknown-system')

  await page.goto(`${stage.app}/no-such-page`)
  await heading(page, 'There is nothing at this address')
  await look(page, 'patient-unknown-address')

  await page.goto(`${stage.app}/smart/launch?iss=${encodeURIComponent(stage.ehr.issuers.patient)}&people=nobody`)
  await heading(page, 'The link is not complete')
  await expect(page.getByRole('link', { name: /: 555-0100$/ })).toBeVisible()
  await expect(page.getByText('In an emergency, call 911.')).toBeVisible()
  await look(page, 'patient-link-incomplete')

  const booking = await book(stage, 'Hedda Lindgren')
  await page.goto(await stage.ehr.launchUrl(booking.byPatient))
  await expect(page.getByText('We can hear you.')).toBeVisible()
  await look(page, 'patient-check')

  await book(stage, booking.name, { patient: booking.patient, startsInMinutes: 10 })
  await page.goto(await stage.ehr.launchUrl({ user: booking.byPatient.user, patient: booking.patient }))
  await heading(page, 'Your video visits')
  await look(page, 'patient-choose-visit')

  await patient.clearCookies()
  await page.reload()
  await heading(page, 'You are signed out')
  await look(page, 'patient-sign-in-ended')
})

test('a patient without camera and microphone can read what to do', async ({ stage }) => {
  const silent = await unasked([])
  const page = await launch(silent, stage, (await book(stage, 'Inga Moe')).byPatient)
  await expect(page.getByRole('button', { name: 'Check camera and microphone' })).toBeVisible()
  await look(page, 'patient-before-check')

  await page.getByRole('button', { name: 'Check camera and microphone' }).click()
  await expect(page.getByRole('alert')).toHaveCount(1)
  await look(page, 'patient-check-refused')

  await page.getByRole('button', { name: 'Go on by telephone' }).click()
  await heading(page, 'By telephone')
  await look(page, 'patient-by-telephone')
  await silent.browser()?.close()
})

test('a patient can read every page that only says when to come, or that there is nothing to come to', async ({
  stage,
  patient,
}) => {
  const early = await launch(patient, stage, (await book(stage, 'Jana Kolar', { startsInMinutes: 120 })).byPatient)
  await heading(early, 'You are early')
  // Nobody stays signed in for so long on a page that waits.
  await expect(early.getByText('You can close this page, and come back then')).toBeVisible()
  await look(early, 'patient-early')

  const over = await launch(patient, stage, (await book(stage, 'Karl Voss', { startsInMinutes: -200 })).byPatient)
  await heading(over, 'The time of this visit has passed')
  await look(over, 'patient-over')

  const off = await launch(patient, stage, (await book(stage, 'Lotte Iversen', { status: 'cancelled' })).byPatient)
  await heading(off, 'This appointment was cancelled')
  await look(off, 'patient-cancelled')
})

test('a patient can read every page around the waiting room', async ({ stage, clinician, patient }) => {
  const { layla } = clinic.relatedPersons
  const instruction = 'Please have the inhaler at hand.'
  const booking = await book(stage, clinic.patients.noor.name, { patient: clinic.patients.noor.id, instruction })
  const guest = await launch(patient, stage, { ...booking.byPatient, user: layla.reference })
  await knock(guest)
  await expect(guest.getByRole('region', { name: 'Before your visit' })).toContainText(instruction)
  await expect(guest.getByText('In an emergency, call 911.')).toBeVisible()
  await look(guest, 'patient-waiting')

  await patient.setOffline(true)
  await heading(guest, 'The connection is lost.')
  await look(guest, 'patient-waiting-offline')
  await patient.setOffline(false)

  await leaveTheWaitingRoom(guest)
  await heading(guest, 'You are no longer waiting')
  await look(guest, 'patient-left-waiting-room')
  await guest.getByRole('button', { name: 'Come back' }).click()
  await knock(guest)

  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: `Refuse ${layla.name}` }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()
  await heading(guest, 'You could not be let in')
  await look(guest, 'patient-refused')

  await guest.getByRole('button', { name: 'Sign out' }).click()
  await heading(guest, 'You are signed out')
  await look(guest, 'patient-signed-out')
})

test('a patient can read every page from the call to the goodbye', async ({ stage, clinician, patient }) => {
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Margit Aas'))
  await sees(guest, 'red')
  await look(guest, 'patient-call')

  await guest.frameLocator('.call-frame iframe').getByRole('button', { name: 'Leave the meeting' }).click()
  await heading(guest, 'You left the call')
  await expect(guest.getByText('In an emergency, call 911.')).toBeVisible()
  await look(guest, 'patient-left-call')

  await end(doctor)
  await heading(guest, 'Your visit has ended')
  await look(guest, 'patient-goodbye')
})

test('a patient whose room does not load can read what to do', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Nils Berg')
  await patient.route('**/assets/jitsi/*', (route) => route.abort())
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)
  await admit(doctor, booking.name)

  await heading(guest, 'The video call did not load')
  await look(guest, 'patient-no-room')
})
