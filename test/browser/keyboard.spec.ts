// Owns the visit without a mouse: Tab, Enter and letters lead a patient into the waiting room and a note into the chart.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { clinicianAt, inTheQueue, launch, patientWaiting, saved, words } from './walk.ts'

/** Presses Tab until what is called `name` has the focus, and sees to it that this shows. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name })
  await expect(wanted).toBeVisible()
  const has = () => wanted.evaluate((one) => one === document.activeElement)
  for (let left = 60; left > 0 && !(await has()); left--) await page.keyboard.press('Tab')
  await expect(wanted).toBeFocused()
  const ring = await wanted.evaluate((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  })
  expect(ring, `the focus on ${name} should show`).toBe(true)
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, 'button', name)
  await page.keyboard.press('Enter')
}

/** What was pressed is gone, and the focus with it: it stands where one goes on from, and not at the page's beginning. */
const isSomewhere = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false)

test('a patient goes from the check to the waiting room, out and in again, by keyboard alone', async ({
  stage,
  patient,
}) => {
  const guest = await launch(patient, stage, (await book(stage, 'Sanne Visser')).byPatient)

  await press(guest, 'Go to the waiting room')
  await expect(words(guest, inTheQueue)).toBeVisible()
  // The focus goes with the screen, so that a reader hears where one is.
  await expect(guest.getByRole('heading', { level: 1 })).toBeFocused()
  await press(guest, 'Leave the waiting room')
  await press(guest, 'Yes, leave')
  await expect(guest.getByRole('heading', { level: 1, name: 'You are no longer waiting' })).toBeFocused()
  await press(guest, 'Come back')
  await press(guest, 'Go to the waiting room')

  await expect(words(guest, inTheQueue)).toBeVisible()
})

test('a clinician lets in, writes, ends, signs and files by keyboard alone', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Tiril Ness')
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)

  await press(doctor, `Let in ${booking.name}`)
  // What was pressed is gone with the door: one goes on from the call.
  await expect(doctor.getByRole('region', { name: 'Call', exact: true })).toBeFocused()
  await sees(guest, 'red')
  await press(doctor, 'Confirmed')
  await expect(doctor.getByRole('region', { name: 'Who is it?' })).toHaveCount(0)
  await isSomewhere(doctor)
  await tabTo(doctor, 'textbox', /^Subjective/)
  await doctor.keyboard.type('Sore throat since Sunday.')
  await tabTo(doctor, 'textbox', /^Plan/)
  await doctor.keyboard.type('Tea and rest.')
  await saved(doctor)

  await press(doctor, 'Leave the call')
  await expect(doctor.getByRole('heading', { name: 'You left the call' })).toBeFocused()
  await press(doctor, 'Rejoin the call')
  await sees(guest, 'red')
  await isSomewhere(doctor)

  await press(doctor, 'Review and sign')
  await expect(doctor.getByRole('dialog')).toContainText('Tiril Ness is in the call now, and leaves it with the end')
  await press(doctor, 'End the visit, sign and file')

  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await isSomewhere(doctor)
  await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
})

test('a question that a clinician opened by mistake closes with Escape, and the focus is where it was', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Ulla Brandt')
  const doctor = await clinicianAt(clinician, stage, booking)
  await patientWaiting(patient, stage, booking)

  await press(doctor, `Refuse ${booking.name}`)
  await expect(doctor.getByRole('dialog')).toBeVisible()
  await doctor.keyboard.press('Escape')
  await expect(doctor.getByRole('dialog')).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: `Refuse ${booking.name}` })).toBeFocused()
})
