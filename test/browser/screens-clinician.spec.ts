// Owns the proof that every clinician can read and use her pages: beside other windows, on a phone, in a dark room, by reader.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, end, launch, note, patientWaiting, saved, words } from './walk.ts'

test('a clinician can read her day, and the door from empty to let in', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Olga Maximilianova-Featherstonehaugh')
  await patientWaiting(patient, stage, booking)
  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  await expect(day.getByRole('listitem').filter({ hasText: booking.name })).toContainText('1 person waiting')
  await look(day, 'clinician-day')

  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(doctor.getByRole('button', { name: /^Let in / })).toBeVisible()
  await look(doctor, 'clinician-door', 'Door')

  await doctor.getByRole('button', { name: /^Refuse / }).click()
  await look(doctor, 'clinician-refuse')
  await doctor.getByRole('button', { name: 'Keep waiting' }).click()
})

test('a clinician can read every page from the call to the chart', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Per Lindahl')
  const doctor = await clinicianAt(clinician, stage, booking)
  await look(doctor, 'clinician-before', 'Call')
  const guest = await patientWaiting(patient, stage, booking)
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await note(doctor, 'Subjective').fill(
    'Short of breath on stairs for two weeks, no pain. Sleeps on two pillows.\nNo fever.',
  )
  await saved(doctor)
  await look(doctor, 'clinician-call', 'Call')
  await look(doctor, 'clinician-note', 'Note')

  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await look(doctor, 'clinician-sign-live')
  await doctor.getByRole('button', { name: 'Go on writing' }).click()

  await doctor.getByRole('button', { name: 'End visit' }).click()
  await look(doctor, 'clinician-end')
  await doctor.getByRole('button', { name: 'Go on with the visit' }).click()
  await end(doctor)
  await look(doctor, 'clinician-ended', 'Note')

  stage.ehr.faults.on('fhir-429-retry-after', { retryAfter: false })
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await look(doctor, 'clinician-sign')
  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'The note is not in the chart.')).toBeVisible()
  await look(doctor, 'clinician-not-filed', 'Note')

  stage.ehr.faults.clear()
  stage.ehr.faults.on('cut-after-write', { times: 1 })
  await doctor.getByRole('button', { name: 'Send it again' }).click()
  await expect(words(doctor, 'We cannot tell whether the note arrived.')).toBeVisible()
  await look(doctor, 'clinician-unknown', 'Note')

  await doctor.getByRole('button', { name: 'Check again' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await look(doctor, 'clinician-filed', 'Note')
})

test('a clinician can read what is wrong with her note, or with where she is', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Ragna Holt')
  const first = await clinicianAt(clinician, stage, booking)
  const second = await clinicianAt(clinician, stage, booking)
  await note(first, 'Plan').fill('Blood test on Monday.')
  await saved(first)
  await note(second, 'Plan').fill('Blood test on Thursday.')
  await expect(second.getByRole('region', { name: 'This note was changed in another window' })).toBeVisible()
  await look(second, 'clinician-conflict', 'Note')

  await clinician.setOffline(true)
  await note(first, 'Plan').fill('Blood test on Monday, fasting.')
  await note(first, 'Plan').blur()
  await expect(words(first, /^Not saved: no connection/)).toBeVisible()
  await expect(words(first, /^No connection\. What you see may be old/)).toBeVisible()
  await look(first, 'clinician-offline', 'Note')
  await clinician.setOffline(false)
  await saved(first)

  await first.goto(`${first.url().split('/visits/')[0] ?? ''}/visits/nowhere`)
  await expect(first.getByRole('heading', { name: 'This visit is not open to you' })).toBeVisible()
  await look(first, 'clinician-not-yours')
})
