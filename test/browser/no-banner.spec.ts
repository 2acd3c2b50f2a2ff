// Owns the clinician's page where the EHR shows the patient itself: our banner is silent, door, call and signing are not.
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { admit, launch, note, openDoor, patientWaiting, saved, words } from './walk.ts'

test('door, call and signing name the patient whom the EHR’s own banner names', async ({
  clinician,
  patient,
  stage,
}) => {
  const booking = await book(stage, 'Greta Sandoval')

  const doctor = await launch(clinician, stage, { ...booking.byClinician, needPatientBanner: false })
  await expect(doctor.getByRole('heading', { level: 1, name: 'Video visit' })).toBeVisible()
  await patientWaiting(patient, stage, booking)
  // Once on each screen, wherever it stands there.
  const whose = words(doctor, new RegExp(`^Visit of ${booking.name}, born `))
  await expect(doctor.locator('.part.door').getByText(/^Visit of /)).toBeVisible()
  await expect(whose).toHaveCount(1)
  await admit(doctor, booking.name)

  await expect(doctor.locator('header.banner').getByText(booking.name)).toHaveCount(0)
  await expect(doctor.locator('.clinic-call').getByText(/^Visit of /)).toBeVisible()
  await openDoor(doctor)
  await expect(whose).toHaveCount(1)
  await look(doctor, 'no-banner', 'Call')
  await note(doctor, 'Plan').fill('Rest.')
  await saved(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await expect(doctor.getByRole('dialog').getByText(new RegExp(`${booking.name}.*born.*Video visit`))).toBeVisible()
})
