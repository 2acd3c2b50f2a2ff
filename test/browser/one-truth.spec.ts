// Owns that all who are shown a visit say the same of it as soon as something happens: both sides' pages, door, chip and title, the day, and the
// strip at another visit. No page of these looks by itself: its beats and polls are stopped, and it hears of everything by being told.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, launch, openDoor, words } from './walk.ts'

/** The page's timers of five seconds and more never run: those are its beats and its polls. */
const toldAlone = (who: BrowserContext) =>
  who.addInitScript(() => {
    if (window.top !== window) return
    const set = window.setTimeout
    const short = (run: TimerHandler, ms?: number, ...more: unknown[]) =>
      (ms ?? 0) >= 5_000 ? 0 : set(run, ms, ...more)
    window.setTimeout = short as typeof set // sound: it takes and answers the same
  })

/** All of them come true; how long each took stands with the test's result, in milliseconds. */
async function allSay(what: string, sayings: Readonly<Record<string, Promise<unknown>>>): Promise<void> {
  const from = Date.now()
  const took = await Promise.all(
    Object.entries(sayings).map(async ([who, says]) => says.then(() => `${who} ${Date.now() - from}`)),
  )
  test.info().annotations.push({ type: what, description: took.join(', ') })
}

async function everybody(clinician: BrowserContext, patient: BrowserContext, stage: Stage, name: string) {
  await Promise.all([toldAlone(clinician), toldAlone(patient)])
  const met = await meeting(clinician, patient, stage, name)
  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  const other = await clinicianAt(clinician, stage, await book(stage, 'Other Patient'))
  await openDoor(met.doctor)
  return { ...met, day, other }
}

const atDoor = (doctor: Page, name: string) => doctor.getByRole('listitem').filter({ hasText: name })
const onDay = (day: Page, name: string) => day.getByRole('listitem').filter({ hasText: name })
const strip = (page: Page) => page.locator('.others')

test('a hang-up, by either side, is said everywhere at once, and so is coming back', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, day, booking } = await everybody(clinician, patient, stage, 'Una Solberg')
  const { name } = booking
  const leave = room(guest).getByRole('button', { name: /hang ?up|leave/i })

  await leave.click()
  await allSay('the patient hangs up', {
    patient: expect(guest.getByRole('heading', { name: 'You left the call' })).toBeVisible(),
    bar: expect(words(doctor, `You are alone in the call. ${name} left at`)).toBeVisible(),
    door: expect(atDoor(doctor, name)).toContainText('Left at'),
    day: expect(onDay(day, name)).toContainText('In progress'),
  })
  await guest.getByRole('button', { name: 'Rejoin the call' }).click()
  await sees(guest, 'red')
  await allSay('the patient is back', {
    bar: expect(words(doctor, `${name} is here.`)).toBeVisible(),
    door: expect(atDoor(doctor, name)).toContainText('In the call'),
  })

  await doctor.getByRole('button', { name: 'Leave the call' }).click()
  await allSay('the clinician leaves', {
    clinician: expect(doctor.getByRole('heading', { name: 'You left the call' })).toBeVisible(),
    patient: expect(words(guest, /You are alone in the call\. Dr\. Lillian Chen, MD left at/)).toBeVisible(),
    patientNext: expect(words(guest, 'The visit is still open, and they may come back: stay here.')).toBeVisible(),
  })
  await doctor.getByRole('button', { name: 'Rejoin the call' }).click()
  await sees(doctor, 'blue')
  await expect(words(guest, 'Dr. Lillian Chen, MD is here.')).toBeVisible()

  await guest.close()
  await allSay('the patient’s page is closed', {
    bar: expect(words(doctor, `${name} left at`)).toBeVisible(),
    door: expect(atDoor(doctor, name)).toContainText('Left at'),
  })
})

test('who is sent back, let in and refused, and that the visit is over, is said everywhere at once', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, day, other, booking } = await everybody(clinician, patient, stage, 'Vidar Moe')
  const { name } = booking

  await doctor.getByRole('button', { name: `Send ${name} back to the waiting room` }).click()
  await doctor.getByRole('button', { name: 'Send back' }).click()
  await allSay('sent back', {
    patient: expect(words(guest, /^You were asked to wait again at .*\. Please wait a little longer\.$/)).toBeVisible(),
    bar: expect(doctor.locator('.bar-state p').first()).toHaveText('You are alone in the call.'),
    door: expect(atDoor(doctor, name)).toContainText('Waiting'),
    chip: expect(doctor.getByRole('button', { name: /^Door/ })).toContainText('1 waiting'),
    title: expect(doctor).toHaveTitle(/^\(1\) /),
    day: expect(onDay(day, name)).toContainText('1 person waiting'),
    strip: expect(strip(other)).toContainText('1 other waiting'),
    otherTitle: expect(other).toHaveTitle(/^\(1\) /),
  })

  await admit(doctor, name)
  // Nobody waits any more: the door closes, and is opened again to see what it says.
  await expect(doctor.getByRole('button', { name: /^Door/ })).toHaveAttribute('aria-expanded', 'false')
  await openDoor(doctor)
  await allSay('let in again', {
    bar: expect(words(doctor, `${name} is here.`)).toBeVisible(),
    door: expect(atDoor(doctor, name)).toContainText('In the call'),
    title: expect(doctor).toHaveTitle(/^Visit /),
    day: expect(onDay(day, name)).toContainText('In progress'),
    strip: expect(strip(other)).toContainText('Nobody else waiting'),
  })
  await sees(guest, 'red')

  await doctor.getByRole('button', { name: `Remove ${name}` }).click()
  await doctor.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await allSay('removed', {
    patient: expect(guest.locator('.call-frame')).toHaveCount(0),
    bar: expect(doctor.locator('.bar-state p').first()).toHaveText('You are alone in the call.'),
    door: expect(atDoor(doctor, name)).toContainText('Sent away'),
  })

  await doctor.getByRole('button', { name: 'End visit' }).click()
  await doctor.getByRole('button', { name: 'End for everyone' }).click()
  await allSay('ended', {
    patient: expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible(),
    clinician: expect(doctor.getByRole('heading', { name: 'The visit has ended' })).toBeVisible(),
    day: expect(onDay(day, name)).not.toContainText('In progress'),
  })
})
