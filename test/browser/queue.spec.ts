// Owns the proof that nobody is lost at the door, as people see it: who steps away, who opens a second page, who cannot make it; and an end taken back.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book, withColleague } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, inTheQueue, launch, patientWaiting, words, write } from './walk.ts'

test('what a clinician writes is on the page of who waits, as text and read out, and she reads that it is; who would rather be telephoned is to be rung', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Tuva Holm')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  await write(doctor, booking.name, 'Please keep your medicines and your papers at hand.')
  await expect(words(guest, /: Please keep your medicines and your papers at hand\.$/)).toBeVisible()
  await expect(guest.locator('#announcer')).toHaveText('Please keep your medicines and your papers at hand.')
  const own = '<b>Bring</b> your list of medicines, & wait a little.'
  await write(doctor, booking.name, own, 'own')
  await expect(words(guest, own)).toBeVisible()
  await expect(words(doctor, /On their page since/)).toBeVisible()
  await look(guest, 'patient-written-to')
  await look(doctor, 'clinician-has-written')
  await doctor.getByRole('button', { name: `Write to ${booking.name}` }).press('Enter')
  await look(doctor, 'clinician-writes')
  await doctor.keyboard.press('Escape')

  await guest.getByRole('button', { name: 'Call me by telephone instead' }).press('Enter')
  await look(guest, 'patient-asks-for-telephone')
  await guest.getByRole('dialog').getByRole('button', { name: 'Yes, tell them' }).press('Enter')
  await expect(guest.getByRole('heading', { level: 1, name: 'By telephone' })).toBeVisible()
  await expect(words(doctor, 'Asks to speak by telephone')).toBeVisible()
})

test('who steps away says so, a second page takes over, and who cannot make it leaves it to the clinician', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Jonna Ek')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  await guest.getByRole('button', { name: 'I step away for 10 minutes' }).press('Enter')
  await expect(guest.getByRole('heading', { level: 1, name: /^You stepped away\. Please be back by/ })).toBeVisible()
  await look(guest, 'patient-stepped-away')
  await expect(words(doctor, /^Stepped away at .*, back by/)).toBeVisible()
  await look(doctor, 'clinician-stepped-away')

  const second = await launch(patient, stage, booking.byPatient)
  await expect(second.getByRole('button', { name: 'I am back' })).toBeVisible()
  await expect(guest.getByRole('heading', { name: 'You opened this visit on another page' })).toBeVisible()
  await look(guest, 'patient-on-another-page')
  await second.getByRole('button', { name: 'I am back' }).press('Enter')
  await expect(words(second, inTheQueue)).toBeVisible()

  await second.getByRole('button', { name: 'I cannot make it' }).press('Enter')
  await look(second, 'patient-asks-cannot-make-it')
  await second.getByRole('dialog').getByRole('button', { name: 'Yes, tell them' }).press('Enter')
  await expect(second.getByRole('heading', { name: 'The clinic knows that you cannot make it' })).toBeVisible()
  await look(second, 'patient-cannot-make-it')
  await expect(words(doctor, 'Says that they cannot make it')).toBeVisible()
  await look(doctor, 'clinician-cannot-make-it')

  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  await expect(day.getByRole('listitem').filter({ hasText: booking.name })).toContainText('cannot make it')
})

test('a colleague whom the appointment names too lets in who waits while the other clinician is busy, and both read who is in the call', async ({
  stage,
  clinician,
  patient,
}) => {
  const { okafor } = clinic.practitioners
  const booking = await book(stage, 'Ragna Holt')
  await withColleague(stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  const colleague = await launch(clinician, stage, { user: okafor.reference })
  const row = colleague.getByRole('listitem').filter({ hasText: booking.name })
  await expect(row).toContainText('1 person waiting')
  await row.getByRole('button', { name: /^Open visit with Ragna Holt/ }).press('Enter')
  await admit(colleague, booking.name)

  await Promise.all([sees(colleague, 'blue'), sees(guest, 'red')])
  // Nobody waits for the other one any more, and there is nobody whom she could let in a second time.
  await expect(doctor.getByRole('button', { name: 'Join the call' })).toBeVisible()
  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(0)
  await expect(words(doctor, /^In the call$/)).toBeVisible()
})
