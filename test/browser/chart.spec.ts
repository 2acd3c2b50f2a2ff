// Owns what a clinician sees of the chart beside her call: each part by itself with what stands in its way, drawings that are read by keyboard, what goes
// into the note and out of it again; and that the call and the note know nothing of any of it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, knock, launch, note, saved } from './walk.ts'

let folder = ''
let stage: Stage
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housecall-chart-'))
  stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(folder, 'data'), chart: true })
})
test.afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

test('the chart is read once the call has begun; a part that fails touches no other, and what goes into the note comes out again', async ({
  clinician,
  patient,
}) => {
  const { margaret } = clinic.patients
  const about = { patient: margaret.id, appointment: clinic.appointments.margaret.id }
  const doctor = await launch(clinician, stage, { user: clinic.practitioners.chen.reference, ...about })
  const guest = await launch(patient, stage, { user: margaret.reference, ...about })
  await knock(guest)
  await admit(doctor, margaret.name)
  await sees(doctor, 'blue')
  await note(doctor, 'Objective').fill('Looks well.')
  stage.ehr.faults.on('fhir-500', { type: 'AllergyIntolerance' })

  await doctor.getByRole('button', { name: 'Show the chart' }).click()
  const part = (name: string) => doctor.getByRole('region', { name, exact: true })
  await expect(part('Vital signs').getByText('148/86 mmHg', { exact: true })).toBeVisible()
  await expect(part('Problems').getByText('Chronic heart failure')).toBeVisible()
  await expect(part('Allergies').getByRole('button', { name: 'Try again' })).toBeVisible()
  stage.ehr.faults.clear()
  await part('Allergies').getByRole('button', { name: 'Try again' }).click()
  await expect(part('Allergies').getByText('Penicillin')).toBeVisible()

  const slider = doctor.getByRole('slider', { name: 'Blood pressure, values one by one' })
  await slider.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /^158\/94 mmHg, /)
  await slider.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', /^148\/86 mmHg, /)

  await doctor.getByRole('button', { name: 'Today’s vital signs into the note' }).click()
  await expect(note(doctor, 'Objective')).toHaveValue(
    /^Looks well\.\n\nVital signs of .*\n- Blood pressure 148\/86 mmHg/,
  )
  await saved(doctor)
  await doctor.getByRole('button', { name: 'Take it out again' }).press('Enter')
  await expect(note(doctor, 'Objective')).toHaveValue('Looks well.')
  await doctor.getByRole('button', { name: /^Read Progress note/ }).click()
  await expect(doctor.getByRole('dialog').getByText('Sleeps on two pillows.', { exact: false })).toBeVisible()
  await doctor.getByRole('button', { name: 'Close' }).press('Enter')
  await sees(doctor, 'blue')
  await look(doctor, 'clinician-chart', 'Chart')

  await doctor.getByRole('button', { name: 'Hide the chart' }).press('Enter')
  await expect(doctor.getByText('Penicillin')).toHaveCount(0)
  await sees(doctor, 'blue')
})
