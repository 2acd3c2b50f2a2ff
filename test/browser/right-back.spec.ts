// Owns "I will be right back": the other side reads it at once and since when, it goes by her press or with the call, and never stays by itself.
import { expect } from '@playwright/test'
import { frameName, meeting } from './meeting.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { choose, end, words } from './walk.ts'

const theirs = /Chen.* will be right back \(away since \d{1,2}:\d\d( [AP]M)?\)\.$/

test('the patient reads that the clinician will be right back, and that she is here again once she says so', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Gerd Haug')
  const frame = await frameName(doctor)

  await choose(doctor, 'I will be right back')

  // Within a second or two, and not with the next beat of the patient's page.
  await expect(words(guest, theirs)).toBeVisible({ timeout: 4_000 })
  await expect(words(guest, 'You are alone in the call.')).toHaveCount(0)
  const sheet = doctor.getByRole('region', { name: 'Away for a moment' })
  await expect(sheet).toContainText(/^Since \d{1,2}:\d\d/)
  // She is not there: nobody hears or sees her room meanwhile. The patient stays on her screen.
  await expect(sheet).toContainText('Your microphone and your camera are off.')
  await expect(doctor.getByRole('button', { name: 'Unmute your microphone' })).toBeVisible()
  await sees(doctor, 'blue')
  await sheet.getByRole('button', { name: 'I am back' }).click()

  await expect(words(guest, /Chen.* is here\.$/)).toBeVisible({ timeout: 4_000 })
  await expect(sheet).toHaveCount(0)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await expect(doctor.getByRole('button', { name: 'Mute your microphone', exact: true })).toBeVisible()
  expect(await frameName(doctor)).toBe(frame)
})

test('it goes with the call: a hang-up, a page that is loaded again and the end leave nothing of it', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Hilde Iversen')
  await choose(doctor, 'I will be right back')
  await expect(words(guest, theirs)).toBeVisible()

  await doctor.getByRole('button', { name: 'Leave the call' }).click()
  await expect(words(guest, /Chen.* left at /)).toBeVisible()
  await expect(words(guest, theirs)).toHaveCount(0)
  await doctor.getByRole('button', { name: 'Rejoin the call' }).click()
  await expect(words(guest, /Chen.* is here\.$/)).toBeVisible()

  await choose(doctor, 'I will be right back')
  await expect(words(guest, theirs)).toBeVisible()
  await doctor.reload()
  await expect(words(guest, /Chen.* is here\.$/)).toBeVisible()
  await sees(doctor, 'blue')

  await choose(doctor, 'I will be right back')
  await end(doctor)
  await expect(doctor.getByRole('region', { name: 'Away for a moment' })).toHaveCount(0)
  await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
})
