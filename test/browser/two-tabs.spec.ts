// Owns one clinician with several patients at once: nothing of one visit may ever show in another's window.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { test } from './people.ts'
import { clinicianAt, knock, launch, note, patientWaiting, saved, words } from './walk.ts'

const { chen } = clinic.practitioners

test('a clinician with two patients in two tabs finds each patient and each note where she left them', async ({
  stage,
  clinician,
}) => {
  const one = await book(stage, 'Amara Diallo')
  const two = await book(stage, 'Bjarne Holm')
  const first = await clinicianAt(clinician, stage, one)
  const second = await clinicianAt(clinician, stage, two)
  await note(first, 'Subjective').fill('Amara coughs.')
  await note(second, 'Subjective').fill('Bjarne sleeps badly.')
  await Promise.all([saved(first), saved(second)])

  await Promise.all([first.reload(), second.reload()])

  await expect(first.getByRole('heading', { level: 1, name: one.name })).toBeVisible()
  await expect(second.getByRole('heading', { level: 1, name: two.name })).toBeVisible()
  await expect(note(first, 'Subjective')).toHaveValue('Amara coughs.')
  await expect(note(second, 'Subjective')).toHaveValue('Bjarne sleeps badly.')
})

test('the address of another patient’s visit leads nowhere in a window opened for one patient', async ({
  stage,
  clinician,
}) => {
  const mine = await clinicianAt(clinician, stage, await book(stage, 'Cleo Marsh'))
  const other = await clinicianAt(clinician, stage, await book(stage, 'Dmitri Volkov'))
  const [, visit = ''] = other.url().split('/visits/')
  const [home = ''] = mine.url().split('/visits/')

  await mine.goto(`${home}/visits/${visit}`)

  await expect(mine.getByRole('heading', { name: 'This visit is not open to you' })).toBeVisible()
  await expect(words(mine, 'Dmitri Volkov')).toHaveCount(0)
  await mine.getByRole('button', { name: 'Back to the appointments' }).click()
  await expect(mine.getByRole('heading', { name: 'Cleo Marsh' })).toBeVisible()
})

test('a clinician who opens the app without a patient sees her day, who waits, and goes in from there', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Edith Baumann')
  const cancelled = await book(stage, 'Gregor Maas', { status: 'cancelled' })
  await patientWaiting(patient, stage, booking)

  const day = await launch(clinician, stage, { user: chen.reference })

  const row = day.getByRole('listitem').filter({ hasText: booking.name })
  await expect(row).toContainText('1 person waiting')
  await expect(day.getByRole('listitem').filter({ hasText: cancelled.name })).toContainText('Cancelled')
  await row.getByRole('button', { name: /^Open visit with Edith Baumann/ }).click()
  await expect(day.getByRole('heading', { level: 1, name: booking.name })).toBeVisible()
  await expect(day.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()
})

test('a clinician looking at her day sees a patient arrive without touching the page', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Farid Rahimi')
  const day = await launch(clinician, stage, { user: chen.reference })
  const row = day.getByRole('listitem').filter({ hasText: booking.name })
  await expect(row).toContainText('Nobody there yet')

  const guest = await launch(patient, stage, booking.byPatient)
  await expect(row).toContainText('Signed in, has not knocked yet')
  await knock(guest)

  await expect(row).toContainText('1 person waiting')
})
