// Owns the proof that who is not let in now reads why, and that the clinician says it in one question.
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, inTheQueue, patientWaiting, words } from './walk.ts'

test('who is asked for patience keeps waiting and reads why; who is refused reads why, in the clinician’s own words', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Solveig Dahl')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)

  await doctor.getByRole('button', { name: `Not now: ${booking.name}` }).click()
  await look(doctor, 'clinician-not-now')
  await doctor.getByRole('radio', { name: 'Your clinician is with another patient first.' }).check()
  await doctor.getByRole('button', { name: 'Ask them to wait' }).click()

  await expect(words(guest, /^Your clinician asked you at .* to wait\. Your clinician is with another/)).toBeVisible()
  // Neither that she is here nor whose turn it is stands beside it.
  await expect(guest.getByRole('heading', { level: 1, name: 'Please wait a little.' })).toBeVisible()
  await expect(words(guest, inTheQueue)).toHaveCount(0)
  await look(guest, 'patient-asked-to-wait')
  await expect(words(doctor, /^Asked to wait at .*\. Your clinician is with another patient first\.$/)).toBeVisible()
  await look(doctor, 'clinician-asked-to-wait', 'Door')

  await doctor.getByRole('button', { name: `Refuse ${booking.name}` }).click()
  await doctor.getByRole('radio', { name: 'In your own words' }).check()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()
  await expect(doctor.getByRole('alert')).toHaveText('Write what their page says first.')
  await doctor.getByRole('radio', { name: 'This cannot be done by video.' }).check()
  await expect(doctor.getByRole('alert')).toHaveCount(0)
  await doctor.getByRole('radio', { name: 'In your own words' }).check()
  const own = 'Please come to the clinic by noon, I must see the wound with my own eyes.'
  await doctor.getByRole('textbox', { name: 'What their page says' }).fill(own)
  await look(doctor, 'clinician-refuse-in-own-words')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()

  await expect(guest.getByRole('heading', { name: 'You could not be let in' })).toBeVisible()
  await expect(words(guest, `Your clinician wrote: “${own}”`)).toBeVisible()
  await look(guest, 'patient-refused-in-own-words')
  await expect(words(doctor, /^Sent away\. Your clinician wrote/)).toBeVisible()
})
