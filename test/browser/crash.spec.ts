// Owns what people notice when the app is killed under them: nothing is lost, they are told plainly, and it goes on by itself.
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, inCall, inTheQueue, note, patientWaiting, saved, words } from './walk.ts'

test('a clinician who types while the app is killed is told that it is not saved, and then that it is', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Gilda Ferro')
  const doctor = await clinicianAt(clinician, stage, booking)
  await note(doctor, 'Subjective').fill('Back pain since Monday.')
  await saved(doctor)

  const restarted = stage.restartApp('SIGKILL')
  await note(doctor, 'Plan').fill('Walk, heat, call again on Friday.')
  await note(doctor, 'Plan').blur()
  await expect(words(doctor, 'Not saved: no connection. Your text is kept on this page')).toBeVisible()
  await restarted

  await saved(doctor)
  await doctor.reload()
  await expect(note(doctor, 'Subjective')).toHaveValue('Back pain since Monday.')
  await expect(note(doctor, 'Plan')).toHaveValue('Walk, heat, call again on Friday.')
})

test('a patient who waits while the app is killed keeps the place and gets in without doing anything', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Hana Sato')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  const since = await words(guest, /^You have been waiting since \d+:\d\d/).textContent()

  await stage.restartApp('SIGKILL')

  await expect(words(guest, inTheQueue)).toBeVisible()
  expect(since).toContain((await words(guest, /^You have been waiting since/).textContent())?.slice(0, 32))
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('a call goes on while the app is away, and the visit can be ended when it is back', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Ivo Kral')
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])

  const restarted = stage.restartApp('SIGKILL')
  await sees(guest, 'red')
  await restarted
  await sees(doctor, 'blue')

  await doctor.getByRole('button', { name: 'End visit' }).click()
  await doctor.getByRole('button', { name: 'End for everyone' }).click()
  await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
})
