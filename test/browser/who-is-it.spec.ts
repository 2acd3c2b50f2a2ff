// Owns the question who somebody in the call is: what a clinician asks and reads, what becomes of another than the patient, and of the note.
import { expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import {
  admit,
  clinicianAt,
  end,
  endAlone,
  inTheQueue,
  knock,
  launch,
  note,
  patientWaiting,
  saved,
  words,
} from './walk.ts'

const question = (page: Page) => page.getByRole('region', { name: 'Who is it?' })
const confirmed = (page: Page) => question(page).getByRole('button', { name: 'Confirmed' })
const sendOut = async (page: Page) => {
  await question(page).getByRole('button', { name: 'Not this person' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send them out' }).click()
}

test('another than the patient goes out to the door, the right one comes in and is confirmed, and the note is filed', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Wilma Rask')
  const second = await clinicianAt(clinician, stage, booking)
  await expect(question(doctor)).toContainText('Ask for full name and birth date. The chart says: Wilma Rask, born')
  await look(doctor, 'clinician-who-is-it', 'Call')
  await note(doctor, 'Subjective').fill('Somebody else is on the line.')
  await saved(doctor)

  await question(doctor).getByRole('button', { name: 'Not this person' }).click()
  await look(doctor, 'clinician-not-this-person')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Send them out' }).click()

  await expect(words(guest, 'Your clinician could not tell that you are who this visit is for')).toBeVisible()
  await expect(guest.locator('.call-frame')).toHaveCount(0)
  await look(guest, 'patient-not-this-person')
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  await expect(question(doctor)).toHaveCount(0)
  for (const hers of [doctor, second]) await expect(words(hers, /^Not this person, as was said at/)).toBeVisible()
  await look(doctor, 'clinician-sent-out', 'Door')

  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await doctor.reload()
  await sees(doctor, 'blue')
  await confirmed(doctor).click()
  await expect(question(doctor)).toHaveCount(0)
  await end(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'Sign and file' }).click()

  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
})

test('where nobody was confirmed after another was sent out the note is kept, and filed once she says that she confirmed who it was', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Wendel Skov')
  await note(doctor, 'Plan').fill('Rang the patient.')
  await saved(doctor)
  await sendOut(doctor)
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible()

  await endAlone(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'Sign and file' }).click()

  await expect(
    words(doctor, /nobody has been confirmed since: the note is not filed\. It is kept here\.$/),
  ).toBeVisible()
  await look(doctor, 'clinician-nobody-confirmed', 'Note')
  await doctor.getByRole('button', { name: 'Confirm who it was' }).click()
  await look(doctor, 'clinician-confirm-who')
  await doctor.getByRole('button', { name: 'I confirmed it' }).click()
  await doctor.getByRole('button', { name: 'File the note' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
})

test('a clinician is told to ask who is with a child and how, one after the other, by keyboard', async ({
  stage,
  clinician,
  patient,
}) => {
  const { noor } = clinic.patients
  const { layla } = clinic.relatedPersons
  const booking = await book(stage, noor.name, { patient: noor.id })
  const child = await patientWaiting(patient, stage, booking)
  const mother = await launch(patient, stage, { ...booking.byPatient, user: layla.reference })
  await knock(mother)
  const doctor = await clinicianAt(clinician, stage, booking)

  await admit(doctor, noor.name)
  await sees(child, 'red')
  await expect(question(doctor)).toContainText('Ask also who is with them, and how they are related.')
  // Her mother waits at the door meanwhile: its sheet lies below what is asked.
  const [asked, door] = await Promise.all([question(doctor).boundingBox(), doctor.locator('.part.door').boundingBox()])
  expect((asked?.y ?? 0) + (asked?.height ?? 0)).toBeLessThanOrEqual(door?.y ?? 0)
  await admit(doctor, layla.name)
  await expect(room(mother).locator('video[data-participant]')).toHaveCount(2)
  await expect(question(doctor)).toContainText('Ask also who is with them')
  await confirmed(doctor).focus()
  await doctor.keyboard.press('Enter')

  await expect(question(doctor)).toContainText(`Ask ${layla.name} for their own full name and how they are related`)
  await look(doctor, 'clinician-who-is-with-them', 'Call')
  await doctor.keyboard.press('Tab')
  await expect(confirmed(doctor)).toBeFocused()
  await doctor.keyboard.press('Enter')
  await expect(question(doctor)).toHaveCount(0)
})

test('a double press or a key held down lets in and confirms one person alone', async ({
  stage,
  clinician,
  patient,
}) => {
  const { noor } = clinic.patients
  const { layla } = clinic.relatedPersons
  const booking = await book(stage, noor.name, { patient: noor.id })
  await patientWaiting(patient, stage, booking)
  const mother = await launch(patient, stage, { ...booking.byPatient, user: layla.reference })
  await knock(mother)
  const doctor = await clinicianAt(clinician, stage, booking)

  await doctor
    .getByRole('button', { name: /^Let in / })
    .first()
    .dblclick()

  await expect(doctor.getByRole('button', { name: /^Let in / })).toHaveCount(1)
  await expect(words(mother, inTheQueue)).toBeVisible()
  const letIn = doctor.getByRole('button', { name: /^Let in / })
  await letIn.focus()
  await letIn.dispatchEvent('keydown', { key: 'Enter', repeat: true })
  const held = await letIn.evaluate((one) =>
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true, bubbles: true })),
  )
  expect(held).toBe(false)
})
