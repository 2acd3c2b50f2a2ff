// Owns the question who somebody in the call is: what a clinician asks and reads, what becomes of another than the patient, and of the note.
import { expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, end, inTheQueue, knock, launch, note, patientWaiting, saved, words } from './walk.ts'

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
  // Not as if nothing had happened: neither a turn nor that she is here.
  await expect(guest.getByRole('heading', { level: 1, name: 'You are out of the call.' })).toBeVisible()
  await expect(words(guest, inTheQueue)).toHaveCount(0)
  await expect(guest.locator('.call-frame')).toHaveCount(0)
  await look(guest, 'patient-not-this-person')
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  await expect(question(doctor)).toHaveCount(0)
  for (const hers of [doctor, second]) await expect(words(hers, /^Not this person, as was said at/)).toBeVisible()
  await look(doctor, 'clinician-sent-out', 'Door')
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).not.toHaveClass(/main/)
  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  const row = day.getByRole('listitem').filter({ hasText: booking.name })
  await expect(row.getByText(/^Not this person, as was said at/)).toBeVisible()
  await look(day, 'clinician-day-sent-out')

  await admit(doctor, booking.name)
  await look(doctor, 'clinician-let-in-again')
  await press(doctor, 'Leave at the door')
  await expect(words(guest, 'Your clinician could not tell that you are who this visit is for')).toBeVisible()
  await admit(doctor, booking.name)
  await press(doctor, 'Let in all the same')
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

const answer = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const mainButtons = (page: Page) => page.locator('.part.note button.main:visible')

test('after another was sent out the note about them stays here, and is filed once she says that she confirmed who it was', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Wendel Skov')
  await note(doctor, 'Plan').fill('Another person was on the line.')
  await saved(doctor)
  await sendOut(doctor)
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible()

  await press(doctor, 'End visit')
  await press(doctor, 'End for everyone')
  const sheet = doctor.getByRole('dialog', { name: 'What happened?' })
  await expect(sheet.getByText('Whoever came was not this patient, as was said in the call.')).toBeVisible()
  await expect(doctor.getByText('we saw nobody', { exact: false })).toHaveCount(0)
  await answer(doctor, 'The patient came all the same').check()
  await press(doctor, 'Save')
  await expect(sheet.getByRole('alert')).toContainText('say first that you confirmed who it was')
  await look(doctor, 'clinician-another-came')
  await answer(doctor, 'Another person came; the patient did not').check()
  await press(doctor, 'Save')
  await expect(words(doctor, 'Another person came. The patient did not.')).toBeVisible()
  expect(stage.ehr.resource('Appointment', booking.appointment)?.status).toBe('noshow')

  await expect(words(doctor, /does not go into this patient’s chart\. It is kept here/)).toBeVisible()
  await expect(mainButtons(doctor)).toHaveText(['Review and sign'])
  await look(doctor, 'clinician-note-of-another', 'Note')
  await press(doctor, 'Review and sign')
  await expect(doctor.getByRole('dialog')).toContainText(
    'it stays here, and goes to no chart until somebody is confirmed',
  )
  await look(doctor, 'clinician-sign-of-another')
  await press(doctor, 'Sign')
  await expect(words(doctor, 'The note is signed. It stays here, and is in no chart.')).toBeVisible()
  await look(doctor, 'clinician-nobody-confirmed', 'Note')
  await press(doctor, 'Confirm who it was')
  await look(doctor, 'clinician-confirm-who')
  await press(doctor, 'I confirmed it')
  await press(doctor, 'File the note')
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
})

test('that the patient came after another was sent out is said together with who it was, and the note is filed with it', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, booking } = await meeting(clinician, patient, stage, 'Wencke Dahl')
  await note(doctor, 'Plan').fill('Rang the patient.')
  await saved(doctor)
  await sendOut(doctor)
  await expect(question(doctor)).toHaveCount(0)

  await press(doctor, 'Review and sign')
  await expect(doctor.getByRole('button', { name: 'End the visit and sign' })).toBeVisible()
  await answer(doctor, 'We spoke by telephone').check()
  await doctor
    .getByRole('checkbox', { name: /full name and birth date are as the chart has them: Wencke Dahl/ })
    .check()
  await look(doctor, 'clinician-sign-confirmed-by-telephone')
  await press(doctor, 'End the visit, sign and file')

  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  expect(stage.ehr.resource('Appointment', booking.appointment)?.status).toBe('fulfilled')
})

test('whoever signs reads whether it is known who was in the call, and can say it there', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Walda Brenne')
  await note(doctor, 'Plan').fill('The tablets go on.')
  await saved(doctor)
  const sheet = doctor.getByRole('dialog', { name: 'Sign this note' })

  await press(doctor, 'Review and sign')
  await expect(sheet.getByText('You have not said who Walda Brenne is.')).toBeVisible()
  await expect(sheet.getByText('Without an answer the note is filed all the same', { exact: false })).toBeVisible()
  await expect(sheet.getByRole('button', { name: 'Not this person' })).toBeVisible()
  await look(doctor, 'clinician-sign-who')
  await sheet.getByRole('button', { name: 'Confirmed' }).click()
  await expect(sheet.getByText(/^Walda Brenne was confirmed at \d/)).toBeVisible()
  await look(doctor, 'clinician-sign-confirmed')
  await sheet.getByRole('button', { name: 'Go on writing' }).click()

  await press(doctor, 'Review and sign')
  await press(doctor, 'End the visit, sign and file')
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await expect(guest.getByRole('heading', { level: 1 })).toBeVisible()
})

test('whoever is found to be another from the sheet that signs is out, and nothing is filed by the signature', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Wigand Roth')
  await note(doctor, 'Plan').fill('Another voice.')
  await saved(doctor)
  const sheet = doctor.getByRole('dialog', { name: 'Sign this note' })

  await press(doctor, 'Review and sign')
  await sheet.getByRole('button', { name: 'Not this person' }).click()
  await press(doctor, 'Send them out')
  await expect(words(guest, 'Your clinician could not tell that you are who this visit is for')).toBeVisible()
  await expect(sheet.getByText('Whoever came was not this patient, as was said at', { exact: false })).toBeVisible()
  await answer(doctor, 'Another person came; the patient did not').check()
  await press(doctor, 'End the visit and sign')

  await expect(words(doctor, 'The note is signed. It stays here, and is in no chart.')).toBeVisible()
  await expect(words(doctor, 'Another person came. The patient did not.')).toBeVisible()
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
