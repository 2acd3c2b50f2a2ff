// Somebody whose record was joined to another one while they wait: the clinician reads it where she compares who it is.
import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { test } from './people.ts'
import { admit, clinicianAt, launch, patientWaiting, words } from './walk.ts'

test('a clinician is told where she asks who it is whose name and birth date count, once records were joined', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Jane Doe')
  await patientWaiting(patient, stage, booking)
  const now = stage.ehr.idOf(`patient-${randomUUID()}`)
  const old = stage.ehr.resource('Patient', booking.patient)
  if (old === undefined) throw new Error('nobody was booked')
  const name = [{ use: 'official' as const, text: 'Jane Roe' }]
  await stage.ehr.put({ ...old, id: now, name, birthDate: '1988-12-11' })
  await stage.ehr.put({
    ...old,
    active: false,
    link: [{ other: { reference: `Patient/${now}` }, type: 'replaced-by' }],
  })

  const doctor = await clinicianAt(clinician, stage, { ...booking, name: 'Jane Roe' })
  await admit(doctor, 'Jane Doe')

  const question = doctor.getByRole('region', { name: 'Who is it?' })
  await expect(question).toContainText('The chart says: Jane Roe, born December 11, 1988')
  await expect(question).toContainText('The chart has joined records of this patient')
})

test('a clinician reads why a visit is not opened under a record that was replaced by one that is not to be had', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Jane Poe')
  const old = stage.ehr.resource('Patient', booking.patient)
  if (old === undefined) throw new Error('nobody was booked')
  await stage.ehr.put({ ...old, link: [{ other: { reference: 'Patient/nobody' }, type: 'replaced-by' }] })

  const doctor = await launch(clinician, stage, booking.byClinician)

  await expect(words(doctor, 'This record was replaced by another')).toBeVisible()
})
