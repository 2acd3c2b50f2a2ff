// Owns the whole visit as two people live it: from the EHR's schedule and the patient's portal to the note in the chart.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { picture } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { end, inNewWindow, knock, note, saved, words } from './walk.ts'

const { patients, practitioners, appointments, encounters } = clinic
const { zoe } = patients
const told = 'Wheezing at night since Tuesday, better with the blue inhaler.'

test('a clinician and a patient meet from their own desktops, see each other, and the signed note is in the chart', async ({
  stage,
  clinician,
  patient,
}) => {
  const desktop = await clinician.newPage()
  await desktop.goto(`${stage.ehr.desktopUrl}?user=${practitioners.chen.reference}`)
  const doctor = await inNewWindow(clinician, desktop, `Open video visit with ${zoe.name}`)
  await expect(doctor.getByRole('heading', { level: 1, name: zoe.name })).toBeVisible()

  const portal = await patient.newPage()
  await portal.goto(`${stage.ehr.portalUrl}?user=${zoe.reference}`)
  const guest = await inNewWindow(patient, portal, /^Join video visit/)
  await expect(words(guest, 'We can hear you.')).toBeVisible()
  await knock(guest)
  await expect(guest.getByRole('heading', { level: 1, name: `${practitioners.chen.name} is here.` })).toBeVisible()

  await picture(guest, 'patient-waiting')

  await expect(words(doctor, '1 person is waiting.')).toBeVisible()
  await doctor.getByRole('button', { name: `Let in ${zoe.name}` }).click()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  const question = doctor.getByRole('region', { name: 'Who is it?' })
  await expect(question).toContainText('Ask for full name and birth date.')
  await expect(question).toContainText(`${zoe.name}, born November 2, 1988`)
  await question.getByRole('button', { name: 'Confirmed' }).click()
  await expect(question).toHaveCount(0)

  await note(doctor, 'Subjective').fill(told)
  await note(doctor, 'Plan').fill('Spacer, review in two weeks.')
  await saved(doctor)
  await picture(doctor, 'clinician-call')
  await end(doctor)
  await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()

  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  const review = doctor.getByRole('dialog', { name: 'Sign this note' })
  await expect(review).toContainText(told)
  await review.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()

  await desktop.getByRole('link', { name: zoe.name, exact: true }).click()
  await expect(desktop.getByText(told)).toBeVisible()
  const documents = stage.ehr.all('DocumentReference').filter(({ subject }) => subject?.reference === zoe.reference)
  const visits = stage.ehr.all('Encounter').filter(({ subject }) => subject?.reference === zoe.reference)
  expect(documents).toHaveLength(1)
  expect(documents[0]?.context?.encounter?.[0]?.reference).toBe(encounters.zoe.reference)
  expect(visits.map(({ id, status }) => [id, status])).toEqual([[encounters.zoe.id, 'finished']])
  expect(stage.ehr.resource('Appointment', appointments.zoe.id)?.status).toBe('fulfilled')
})
