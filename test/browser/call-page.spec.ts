// Owns the clinician's page while she is in the call: how much of it the picture has, one bar with one control for each thing, the door as a
// sheet, the note folded away, and that nothing moves under a finger.
import { expect, type Frame, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, patientWaiting, words } from './walk.ts'

/** What is seen of the call's frame as a percentage of our page, and the width of the note in pixels. */
const laidOut = (page: Page | Frame) =>
  page.evaluate(() => {
    const box = (of: string) => document.querySelector(of)?.getBoundingClientRect() ?? new DOMRect()
    const { left, right, top, bottom } = box('.call-frame iframe')
    const seen = (from: number, to: number, all: number) => Math.max(0, Math.min(to, all) - Math.max(from, 0))
    const area = seen(left, right, innerWidth) * seen(top, bottom, innerHeight)
    return { share: (100 * area) / (innerWidth * innerHeight), note: box('.part.note').width }
  })

/** The EHR's page with the visit in a frame and the two in the call. */
async function inEhrsFrame(...[clinician, patient, stage, name]: Parameters<typeof meeting>) {
  const booking = await book(stage, name)
  const desktop = await clinician.newPage()
  await desktop.setViewportSize({ width: 1024, height: 768 })
  await desktop.goto(
    `${stage.ehr.origin}/desktop/frame?${new URLSearchParams({ user: clinic.practitioners.chen.reference, appointment: booking.appointment })}`,
  )
  const visit = desktop.frameLocator('iframe[title="Video visit"]')
  const guest = await patientWaiting(patient, stage, booking)
  await admit(visit, booking.name)
  await Promise.all([sees(visit, 'blue'), sees(guest, 'red')])
  const ours = desktop.frames().find((one) => one.parentFrame() === desktop.mainFrame())
  if (ours === undefined) throw new Error('no visit in the frame')
  return { desktop, visit, ours, guest }
}

test('at 1280 × 800 the picture has at least 60 % of the page, and the note beside it 340 px', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor } = await meeting(clinician, patient, stage, 'Aase Lunde')

  const { share, note } = await laidOut(doctor)

  expect(share).toBeGreaterThanOrEqual(60)
  expect(note).toBeGreaterThanOrEqual(340)
})

test('in an EHR’s frame the picture has at least half of our page, where the frame is 1024 × 768 and where the EHR is', async ({
  stage,
  clinician,
  patient,
}) => {
  const { desktop, ours } = await inEhrsFrame(clinician, patient, stage, 'Brage Moe')

  const inside = await laidOut(ours)
  await desktop.locator('iframe').evaluate((frame) => {
    Object.assign(frame.style, { position: 'fixed', inset: '0', width: '1024px', height: '768px', border: '0' })
  })
  await ours.waitForFunction(() => innerWidth === 1024 && innerHeight === 768)
  const whole = await laidOut(ours)

  for (const { share, note } of [inside, whole]) {
    expect(share).toBeGreaterThanOrEqual(50)
    expect(note).toBeGreaterThanOrEqual(340)
  }
})

test('one bar of 44 px has one control for each thing, and the room’s own bar has none of them', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Cecilie Aas')
  const bar = doctor.getByRole('group', { name: 'Call controls' })
  const theirs = room(doctor).getByRole('navigation', { name: 'Call controls' })
  expect((await bar.boundingBox())?.height).toBe(44)
  await expect(theirs.getByRole('button', { name: /microphone|camera|leave/i })).toHaveCount(0)

  await bar.getByRole('button', { name: 'Mute your microphone' }).click()
  await expect(words(doctor, 'Your microphone is off: nobody hears you.')).toBeVisible()
  await bar.getByRole('button', { name: 'Unmute your microphone' }).click()
  await expect(words(doctor, 'Your microphone is off: nobody hears you.')).toHaveCount(0)
  await bar.getByRole('button', { name: 'Camera off' }).click()
  await expect(room(guest).locator('.tile:not([data-self])[data-video="off"]')).toHaveCount(1)
  await bar.getByRole('button', { name: 'Camera on' }).click()
  await sees(guest, 'red')
  await theirs.getByRole('button', { name: 'Share your screen' }).click()
  await expect(words(doctor, 'You are sharing your screen.')).toBeVisible()
  await bar.getByRole('button', { name: 'Leave the call' }).click()

  await expect(doctor.getByRole('heading', { name: 'You left the call' })).toBeVisible()
  await expect(bar.getByRole('button', { name: 'Leave the call' })).toBeDisabled()
})
