// Owns the proof that somebody who was invited comes in by a link: at a press and not before, in one browser, let in by the clinician, and out when
// the invitation is taken back.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room } from './picture.ts'
import { admit, clinicianAt, openDoor, patientWaiting, words } from './walk.ts'

/** What the page asked our server, beside its own files. */
function asked(page: Page): readonly string[] {
  const all: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/assets/')) all.push(`${request.method()} ${pathname}`)
  })
  return all
}

test('an interpreter comes by a link into a call of three, and is out when it is taken back', async ({
  browser,
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Rosa Marquez')
  const doctor = await clinicianAt(clinician, stage, booking)
  const home = await patientWaiting(patient, stage, booking)
  await admit(doctor, 'Rosa Marquez')
  await openDoor(doctor)
  await doctor.getByRole('button', { name: 'Invite somebody' }).press('Enter')
  const sheet = doctor.getByRole('dialog')
  await sheet.getByRole('combobox', { name: 'As' }).selectOption({ label: 'Interpreter' })
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Inés Ortega')
  await sheet.getByRole('textbox', { name: 'Language they speak with the patient' }).fill('American Sign Language')
  await look(doctor, 'clinician-invite')
  await sheet.getByRole('button', { name: 'Make the link' }).press('Enter')
  await expect(sheet.getByRole('heading', { name: 'The invitation for Inés Ortega' })).toBeVisible()
  const link = await sheet.getByRole('textbox', { name: 'Link' }).inputValue()
  await sheet.getByRole('button', { name: 'Show it as a QR code' }).press('Enter')
  await expect(sheet.getByRole('img', { name: 'QR code of the link for Inés Ortega' })).toBeVisible()
  await look(doctor, 'clinician-share')
  // What is shown once does not go with the part of the page that a narrow window hides.
  await doctor.setViewportSize({ width: 800, height: 800 })
  await expect(sheet.getByRole('textbox', { name: 'Link' })).toBeVisible()
  await doctor.setViewportSize({ width: 1280, height: 800 })
  await sheet.getByRole('button', { name: 'Done' }).press('Enter')

  // A scanner opens the link and runs its page; nothing is asked, nothing is set.
  const scanner = await browser.newContext()
  const scanned = await scanner.newPage()
  const requests = asked(scanned)
  await scanned.goto(link)
  await expect(scanned.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()
  expect(requests).toEqual(['GET /join.html'])
  expect(await scanner.cookies()).toEqual([])
  await expect(words(doctor, 'Not opened yet')).toBeVisible()

  const theirs = await browser.newContext({ permissions: ['camera', 'microphone'] })
  const guest = await theirs.newPage()
  await guest.goto(link)
  await look(guest, 'invited-join')
  await guest.getByRole('button', { name: 'Go to the waiting room' }).press('Enter')
  await expect(guest.getByRole('heading', { level: 1, name: 'Can we see and hear you?' })).toBeVisible()
  await expect(words(doctor, 'Opened, not at the door')).toBeVisible()

  await scanned.getByRole('button', { name: 'Go to the waiting room' }).press('Enter')
  await expect(scanned.getByRole('alert')).toContainText('This invitation is open in another browser')
  await expect(words(doctor, /^Tried from another browser/)).toBeVisible()

  await guest.getByRole('button', { name: 'Go to the waiting room' }).press('Enter')
  await expect(words(guest, 'You are let in when you are needed.')).toBeVisible()
  await look(guest, 'invited-waiting')
  await look(doctor, 'clinician-invited', 'Door')
  await admit(doctor, 'Inés Ortega')
  await expect(guest.getByRole('heading', { level: 1, name: /^Your visit/ })).toBeVisible()
  // Whoever signs is large on the patient's page too, whoever speaks.
  await expect(room(home).locator('.tile[data-pinned]')).toContainText('Inés Ortega')
  await openDoor(doctor)
  await expect(doctor.locator('.invited')).toContainText('In the call')

  await doctor.getByRole('button', { name: 'Take back the invitation of Inés Ortega' }).press('Enter')
  await expect(guest.getByRole('heading', { name: 'This invitation was taken back' })).toBeVisible()
  await expect(doctor.locator('.invited')).toContainText('Taken back')
  await Promise.all([scanner.close(), theirs.close()])
})
