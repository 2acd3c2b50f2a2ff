// Owns recording as two people see it: asked, agreed, running for everyone to see, and stopped at the first word against it.
import { expect } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { choose, inCall, words } from './walk.ts'

test('a visit is recorded only while everyone agrees, and everyone sees that it is', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Rut Nord')
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  const press = (page: typeof doctor, name: string) => page.getByRole('button', { name, exact: true }).click()

  const frame = guest.locator('.call-frame')
  const before = await frame.boundingBox()
  await choose(doctor, 'Ask to record')
  await expect(words(doctor, 'Waiting for 1 answer. Nothing is recorded.')).toBeVisible()
  await expect(words(guest, /^Your clinician would like to record this visit/)).toBeVisible()
  // The question lies over the picture: nothing has moved under a finger.
  expect(await frame.boundingBox()).toEqual(before)
  await look(guest, 'patient-recording-asked')

  await press(guest, 'Yes, I agree')
  await expect(words(doctor, 'Everyone agreed. It is not recorded until you start it.')).toBeVisible()
  await press(doctor, 'Start recording')
  await Promise.all(
    [doctor, guest].map((page) => expect(words(page, 'This visit is being recorded.').first()).toBeVisible()),
  )
  await look(doctor, 'clinician-recording', 'Call')
  // What is read can be put away; that it is recorded cannot, and the way to stop it is one press from the bar.
  await press(doctor, 'Hide this')
  await expect(doctor.getByRole('button', { name: 'Stop recording' })).toHaveCount(0)
  await expect(words(doctor, 'This visit is being recorded.')).toBeVisible()
  await choose(doctor, 'Recording')
  await expect(doctor.getByRole('button', { name: 'Stop recording' })).toBeVisible()
  await sees(guest, 'red')

  // Her page is away when the word is taken back: the recording ends with her coming back, and the patient reads no untruth meanwhile.
  await doctor.goto('about:blank')
  await press(guest, 'Stop the recording')
  await expect(words(guest, /^Not everyone agrees: the recording is being stopped/)).toBeVisible()
  await doctor.goBack()
  await expect(words(guest, 'You did not agree. This visit is not recorded.')).toBeVisible()
  await expect(words(doctor, 'Not everyone agrees: nothing is recorded.')).toBeVisible()
  await Promise.all([doctor, guest].map((page) => expect(words(page, 'This visit is being recorded.')).toHaveCount(0)))
  await sees(guest, 'red')
})
