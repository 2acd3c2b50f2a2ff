// Owns a visit whose EHR goes down with the patient at the door: what the clinician reads, how she lets in, and what her note asks once it is back.
import { expect } from '@playwright/test'
import { changeAppointment } from '../support/appointment.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, note, patientWaiting, saved, words } from './walk.ts'

test('whoever is at the door when the EHR goes down is let in by what it said today; once it is back, the clinician reads what it says, and her note asks', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Runa Dahl')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  stage.ehr.faults.on('fhir-503-retry-after')

  await admit(doctor, booking.name)
  await expect(words(doctor, /today it said: on, with you, at/)).toBeVisible()
  await expect(words(doctor, /try again/)).toHaveCount(0)
  const ask = doctor.getByRole('button', { name: 'Ask the EHR again' })
  await doctor.setViewportSize({ width: 1280, height: 720 })
  await expect(doctor.getByRole('button', { name: 'Refuse' })).toBeInViewport({ ratio: 1 })
  await expect(doctor.locator('.person .main')).toHaveText(/^Let in as booked, read at/)
  await ask.click()
  await expect(ask).toBeEnabled()
  await expect(doctor.getByRole('button', { name: /^Let in Runa/ })).toHaveCount(0)
  await expect(words(guest, /We will let you in|has been told|waiting longer/).first()).toBeVisible()
  await look(doctor, 'clinician-door-ehr-down', 'Door')
  await doctor.getByRole('button', { name: 'Appointments', exact: true }).click()
  await expect(words(doctor, /as they were read at \d.* today, and may have changed since/)).toBeVisible()
  await expect(words(doctor, /^1 person waiting/)).toBeVisible()
  await expect(doctor.getByRole('alert')).toContainText('The health record system')
  await look(doctor, 'clinician-day-ehr-down')
  await doctor.getByRole('button', { name: /^Open visit with Runa Dahl/ }).click()
  await admit(doctor, booking.name)
  await doctor.getByRole('button', { name: /^Let in as booked, read at/ }).click()

  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await expect(words(doctor, /^Let in as booked at .*, read at .* We ask it again by ourselves\.$/)).toBeVisible()
  await look(doctor, 'clinician-call-as-read', 'Call')
  await changeAppointment(stage, booking.appointment, { status: 'cancelled' })
  stage.ehr.faults.off('fhir-503-retry-after')

  const found = words(doctor, /Since then it says that this appointment was cancelled/)
  await expect(found).toBeVisible({ timeout: 120_000 })
  await sees(guest, 'red')
  await look(doctor, 'clinician-call-found-cancelled', 'Call')
  await note(doctor, 'Subjective').fill('Short of breath on the stairs.')
  await saved(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  const asking = doctor.getByRole('dialog')
  await expect(asking.getByText(/Should the note go to the chart all the same\?$/)).toBeVisible()
  await look(doctor, 'clinician-sign-found-cancelled')
  await asking.getByRole('button', { name: 'End the visit, sign and file all the same' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
})

test('a note that is filed before anybody looked asks then', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Sten Alm')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  stage.ehr.faults.on('fhir-500', { type: 'Appointment' })
  await admit(doctor, booking.name)
  await doctor.getByRole('button', { name: /^Let in as booked, read at/ }).click()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await note(doctor, 'Subjective').fill('Sleeps well.')
  await saved(doctor)

  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'End the visit, sign and file', exact: true }).click()

  const said = doctor.getByRole('alert').getByText(/did not say how the appointment stands: we asked it at/)
  await expect(said).toBeVisible()
  await expect(words(doctor, /says otherwise/)).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: 'File the note', exact: true })).toHaveCount(0)
  await expect(doctor.locator('.filing .main')).toHaveText('File without its answer')
  await look(doctor, 'clinician-note-unread', 'Note')
  const before = await said.textContent()
  await doctor.getByRole('button', { name: 'Ask again, then file' }).click()
  await expect(said).not.toHaveText(before ?? '')
  const kept = stage.ehr.resource('Appointment', booking.appointment)
  if (kept === undefined) throw new Error('no such appointment')
  await stage.ehr.put({ ...kept, status: 'cancelled' })
  stage.ehr.faults.clear()
  await doctor.getByRole('button', { name: 'Ask again, then file' }).click()
  const cancelled = doctor.locator('.filing').getByText(/was asked, and says that this appointment was cancelled/)
  await expect(cancelled).toBeVisible()
  await look(doctor, 'clinician-note-cancelled', 'Note')
  await doctor.getByRole('button', { name: 'File though it was cancelled' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
})
