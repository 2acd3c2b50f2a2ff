// Owns the visit inside the EHR's own window: our page in a frame of another site, and Jitsi in a frame of ours.
import { expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, note, openDoor, patientWaiting, saved, words } from './walk.ts'

test('a clinician works inside the frame of her EHR: signed in, in the call, and with her note saved', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Rosa Winter')
  const desktop = await clinician.newPage()
  await desktop.goto(`${stage.ehr.desktopUrl}?user=${clinic.practitioners.chen.reference}`)

  await desktop.getByRole('link', { name: `Open video visit with ${booking.name} in a frame` }).click()
  const visit = desktop.frameLocator('iframe[title="Video visit"]')
  // The EHR shows its own banner with the patient's name, so ours does not.
  await expect(visit.getByRole('heading', { level: 1, name: 'Video visit' })).toBeVisible()
  await expect(desktop.getByRole('group', { name: 'Patient' })).toContainText(booking.name)

  const guest = await patientWaiting(patient, stage, booking)
  await admit(visit, booking.name)
  await Promise.all([sees(visit, 'blue'), sees(guest, 'red')])
  await note(visit, 'Subjective').fill('Dizzy when standing up.')
  await saved(visit)
  await openDoor(visit)
  await expect(words(visit, 'In the call')).toBeVisible()
})

test('the sign-in of a framed visit belongs to that EHR alone: its cookie is partitioned, and no script can read it', async ({
  stage,
  clinician,
}) => {
  const { name } = await book(stage, 'Ingrid Solberg')
  const desktop = await clinician.newPage()
  await desktop.goto(`${stage.ehr.desktopUrl}?user=${clinic.practitioners.chen.reference}`)
  await desktop.getByRole('link', { name: `Open video visit with ${name} in a frame` }).click()
  const visit = desktop.frameLocator('iframe[title="Video visit"]')
  await expect(visit.getByRole('heading', { level: 1, name: 'Video visit' })).toBeVisible()

  const [cookie, ...others] = (await clinician.cookies()).filter((one) => one.name === 'housecall')

  expect(others).toEqual([])
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None', partitionKey: 'http://127.0.0.1' })
  expect(cookie?.path).toMatch(/^\/v\/[\w-]{20,}$/)
  expect(await visit.locator('body').evaluate(() => document.cookie)).toBe('')
})
