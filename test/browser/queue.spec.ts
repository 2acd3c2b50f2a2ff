// Owns the proof that nobody is lost at the door, as people see it: who steps away, who opens a second page, who cannot make it; and an end taken back.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, inTheQueue, launch, patientWaiting, words } from './walk.ts'

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
