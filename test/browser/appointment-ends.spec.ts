// Owns what people read when an appointment stops being one, or lacks something, while somebody is at the door or nobody is.
import { expect, type Page } from '@playwright/test'
import type { Appointment } from 'fhir/r4'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { changeAppointment } from '../support/appointment.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { inTheQueue, launch, patientWaiting, words } from './walk.ts'

const { chen } = clinic.practitioners

function appointmentOf({ ehr }: Stage, id: string): Appointment {
  const found = ehr.resource('Appointment', id)
  if (found === undefined) throw new Error('no such appointment')
  return found
}
const rowOf = (day: Page, name: string) => day.getByRole('listitem').filter({ hasText: name })

test('whoever waits for an appointment that is cancelled without times reads it as soon as the clinician’s day does', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Asta Holm')
  const guest = await patientWaiting(patient, stage, booking)
  const day = await launch(clinician, stage, { user: chen.reference })
  await expect(rowOf(day, booking.name)).toContainText('1 person waiting')
  const { start: _start, end: _end, ...timeless } = appointmentOf(stage, booking.appointment)
  await stage.ehr.put({ ...timeless, status: 'cancelled' })

  await day.reload()

  await expect(guest.getByRole('heading', { name: 'This appointment was cancelled' })).toBeVisible()
  await expect(rowOf(day, booking.name)).toHaveCount(0)
  await look(guest, 'patient-cancelled-while-waiting')
})

test('a clinician reads what is missing of an appointment, and comes to whoever waits for it all the same', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Berit Solheim')
  const guest = await patientWaiting(patient, stage, booking)
  await changeAppointment(stage, booking.appointment, { status: 'waitlist' })
  const untimed = await book(stage, 'Dagny Moen')
  const { start = '', end = '' } = appointmentOf(stage, untimed.appointment)
  await changeAppointment(stage, untimed.appointment, { start: start.slice(0, 19), end: end.slice(0, 19) })
  const day = await launch(clinician, stage, { user: chen.reference })
  const row = rowOf(day, booking.name)
  await expect(row).toContainText('1 person waiting')
  await expect(row).toContainText('Not complete in the schedule')

  await row.getByRole('button', { name: `Open visit with ${booking.name}` }).click()
  await expect(row.getByRole('alert')).toContainText('This appointment is not complete')
  await look(day, 'clinician-day-incomplete')

  await row.getByRole('button', { name: 'Open it all the same' }).click()
  await day.getByRole('button', { name: `Let in ${booking.name}` }).click()
  await expect(words(day, /This appointment is not complete/)).toBeVisible()
  await expect(words(guest, inTheQueue)).toBeVisible()
  await expect(words(guest, /Your clinician has been told\. You keep your place\.$/)).toBeVisible()
  await look(guest, 'patient-waiting-unusable')
  await look(day, 'clinician-door-incomplete', 'Door')
})

test('a clinician is asked about a visit that the chart calls done before anybody came', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Frida Lund')
  await changeAppointment(stage, booking.appointment, { status: 'fulfilled' })
  const day = await launch(clinician, stage, booking.byClinician)

  const row = rowOf(day, booking.name)
  await expect(row.getByRole('alert')).toContainText('This visit is done, as the chart says')
  await look(day, 'clinician-day-done')
  await row.getByRole('button', { name: 'Open it all the same' }).click()

  await expect(day.getByRole('heading', { level: 1, name: booking.name })).toBeVisible()
})

test('an appointment that nobody can read leaves no list that reads as if there were none', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Ingrid Lie')
  const odd = { ...appointmentOf(stage, booking.appointment), reasonCode: 7 as never } // sound: as no honest EHR has it
  await stage.ehr.put(odd)

  const day = await launch(clinician, stage, { user: chen.reference })
  await expect(day.getByRole('alert')).toContainText('Not all appointments could be read')
  await look(day, 'clinician-day-not-whole')

  const { user, patient: whose } = booking.byPatient
  const home = await launch(patient, stage, { user, ...(whose === undefined ? {} : { patient: whose }) })
  await expect(home.getByRole('alert')).toContainText('Not all of your visits could be read')
  await expect(words(home, /You have no video visit/)).toHaveCount(0)
  await look(home, 'patient-home-not-whole')

  await stage.ehr.put({ ...odd, reasonCode: [] })
  await home.getByRole('button', { name: 'Try again' }).click()
  await expect(home.getByRole('alert')).toHaveCount(0)
})
