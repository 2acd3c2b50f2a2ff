// Owns the proof that a clinician says once that she is late, and that whoever waits reads it.
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, patientWaiting, words } from './walk.ts'

test('who waits reads how late the clinician says that she is, and no more once she takes it back', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Vera Holm')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  await doctor.getByText('Running late?').click()
  await doctor.getByRole('button', { name: 'About 10 min' }).click()

  await expect(words(doctor, /^You said at .*: about 10 minutes late\.$/)).toBeVisible()
  await expect(words(guest, / said at .*: about 10 minutes late\.$/)).toBeVisible()
  await look(doctor, 'clinician-late', 'Door')
  await look(guest, 'patient-late')

  await doctor.getByRole('button', { name: 'Take it back' }).click()
  await expect(words(guest, /about 10 minutes late/)).toHaveCount(0)
})
