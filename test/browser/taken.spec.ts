// Owns what people meet when the Appointment is given to others while they are in its visit: a screen of its own, in words, and no call
// and no note of a visit that is theirs no longer.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, clinicianAt, inCall, launch, note, patientWaiting, saved, words } from './walk.ts'

const { chen, okafor } = clinic.practitioners
const taken = 'This appointment is with other people now'

/** In the schedule, behind everybody's back. */
async function give({ ehr }: Stage, { appointment }: Booking, from: string, to: string): Promise<void> {
  const now = ehr.resource('Appointment', appointment)
  if (now === undefined) throw new Error('no such Appointment')
  const people = now.participant.map((one) =>
    one.actor?.reference === from ? { ...one, actor: { reference: to } } : one,
  )
  await ehr.put({ ...now, participant: people })
}

test('a clinician whose visit was given to another one leaves the call, and no word of her note is lost', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Salma Rahimi')
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await note(doctor, 'Subjective').fill('Headache since Monday.')
  await saved(doctor)
  // The last words do not get through.
  await doctor.route('**/note', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  await note(doctor, 'Plan').fill('Rest, and water.')
  await expect(words(doctor, /^Not saved/)).toBeVisible()

  await give(stage, booking, chen.reference, okafor.reference)
  const other = await launch(clinician, stage, { ...booking.byClinician, user: okafor.reference })

  await expect(doctor.getByRole('heading', { level: 1, name: taken })).toBeVisible()
  await expect(doctor.locator('.call-frame iframe')).toHaveCount(0)
  await expect(words(doctor, booking.name)).toHaveCount(0)
  await expect(words(doctor, 'A note that was begun here is kept with the visit.')).toBeVisible()
  await expect(words(doctor, /^Your last words came too late/)).toBeVisible()
  await expect(doctor.getByRole('button', { name: 'Copy the note' })).toBeVisible()
  await look(doctor, 'taken-clinician')
  await expect(note(other, 'Subjective')).toHaveValue('Headache since Monday.')
  await other.getByRole('button', { name: 'Join the call' }).click()
  await Promise.all([sees(other, 'blue'), sees(guest, 'red')])
})

test('a patient whose appointment was given to another one leaves the call, and the clinician is told why', async ({
  stage,
  clinician,
  patient,
}) => {
  const [booking, somebody] = await Promise.all([book(stage, 'Pia Lund'), book(stage, 'Ole Dahl')])
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Start the call' }).click()
  const guest = await patientWaiting(patient, stage, booking)
  await note(doctor, 'Plan').fill('Call again.')
  await saved(doctor)

  await give(stage, booking, `Patient/${booking.patient}`, `Patient/${somebody.patient}`)
  await admit(doctor, booking.name)

  await expect(guest.getByRole('heading', { level: 1, name: taken })).toBeVisible()
  await expect(words(doctor, /^The appointment is no longer this patient’s/)).toBeVisible()
  await expect(note(doctor, 'Plan')).toHaveValue('Call again.')
  await look(guest, 'taken-patient')
  await look(doctor, 'taken-patient-told', 'Door')
})
