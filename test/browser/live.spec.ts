// Owns how a visit finds its way back: lost connections, reloads, hang-ups, and being sent away or going away.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import {
  admit,
  clinicianAt,
  inCall,
  inTheQueue,
  knock,
  launch,
  leaveTheWaitingRoom,
  openDoor,
  patientWaiting,
  words,
} from './walk.ts'

const notLetIn = 'You could not be let in'

test('a patient whose connection drops while waiting is told so, and is let in when it is back', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Jonas Weber')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)

  await patient.setOffline(true)
  await expect(guest.getByRole('heading', { level: 1, name: 'The connection is lost.' })).toBeVisible()
  await expect(words(guest, 'Keep this page open: we keep trying, and you keep your place.')).toBeVisible()
  // Nothing stands there any more that nobody knows now.
  await expect(
    words(guest, / is here|not here yet|sees that you are here|goes on by itself|longer than you/),
  ).toHaveCount(0)
  await admit(doctor, booking.name)
  await patient.setOffline(false)

  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('of two who wait for one visit, the first is still the first after loading the page again', async ({
  stage,
  patient,
  clinician,
}) => {
  const { noor } = clinic.patients
  const { layla } = clinic.relatedPersons
  const booking = await book(stage, noor.name, { patient: noor.id })
  const mother = await launch(patient, stage, { ...booking.byPatient, user: layla.reference })
  await knock(mother)
  const child = await launch(patient, stage, booking.byPatient)
  await knock(child)

  await mother.reload()

  await expect(words(mother, inTheQueue)).toBeVisible()
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveText(['Let in', 'Let in'])
  await expect(doctor.getByRole('listitem').first()).toContainText(`${layla.name}for ${noor.name}`)
})

test('a patient and a clinician who load the page again in the call are back in it, without queueing', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Kirsten Vang'))
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])

  await guest.reload()
  await sees(guest, 'red')
  await doctor.reload()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])

  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(0)
})

test('hanging up is not the end: the patient can come back by one button', async ({ stage, clinician, patient }) => {
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Lena Novak'))
  await sees(guest, 'red')

  await room(guest)
    .getByRole('button', { name: /hang ?up|leave/i })
    .click()
  await expect(guest.getByRole('heading', { name: 'You left the call' })).toBeVisible()
  // A page that is loaded again shows nobody who had left.
  await guest.reload()
  await expect(guest.getByRole('heading', { name: 'You left the call' })).toBeVisible()
  await guest.getByRole('button', { name: 'Rejoin the call' }).click()

  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('a patient who is refused reads what to do, and can ask again', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Mateo Cruz')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)

  await doctor.getByRole('button', { name: `Refuse ${booking.name}` }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()

  await expect(guest.getByRole('heading', { name: notLetIn })).toBeVisible()
  await expect(guest.getByRole('main').getByRole('link', { name: /555-0100/ })).toHaveAttribute('href', 'tel:5550100')
  await guest.getByRole('button', { name: 'Ask again to be let in' }).click()
  await knock(guest)
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()
})

test('a patient who is removed leaves the call, and the room does not take them in again', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Nadia Petrov')
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await sees(doctor, 'blue')

  await openDoor(doctor)
  await doctor.getByRole('button', { name: `Remove ${booking.name}` }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()

  await expect(guest.getByRole('heading', { name: notLetIn })).toBeVisible()
  await expect(room(doctor).locator('video[data-participant]')).toHaveCount(0)
  await guest.reload()
  await expect(guest.getByRole('heading', { name: notLetIn })).toBeVisible()
})

test('a patient who leaves the waiting room is no longer at the door, and can come back', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Oskar Lund')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  await expect(words(doctor, '1 person is waiting.')).toBeVisible()

  await leaveTheWaitingRoom(guest)

  await expect(guest.getByRole('heading', { name: 'You are no longer waiting' })).toBeVisible()
  // Who came and left is not one who never came.
  await expect(words(doctor, 'Nobody is waiting at this door.')).toBeVisible()
  await guest.getByRole('button', { name: 'Come back' }).click()
  await knock(guest)
  await expect(words(doctor, '1 person is waiting.')).toBeVisible()
})
