// Owns the ways people take through a visit, by what they read and press: the steps that many tests have in common.
import { type BrowserContext, expect, type FrameLocator, type Page } from '@playwright/test'
import type { LaunchRequest } from '../../sandbox/ehr/contract.ts'
import type { Stage } from '../../sandbox/stage.ts'
import type { Booking } from './booking.ts'

type Shown = Page | FrameLocator

/** Words a person can see; what is only spoken to listeners is said a second time elsewhere. */
export const words = (page: Shown, text: string | RegExp) => page.locator('#page').getByText(text)
/** What whoever waits reads of the queue, whoever else waits in it. */
export const inTheQueue = /(Nobody has|patients? ha(s|ve)) been waiting longer than you\.$/

/** Clicks a link that opens a window of its own, and gives that window. */
export async function inNewWindow(who: BrowserContext, page: Page, link: string | RegExp): Promise<Page> {
  const opened = who.waitForEvent('page')
  await page.getByRole('link', { name: link, exact: typeof link === 'string' }).click()
  return opened
}

/** Opens the app as the EHR does, in a new page, and waits until it is there. */
export async function launch(who: BrowserContext, { ehr }: Stage, request: LaunchRequest): Promise<Page> {
  const page = await who.newPage()
  await page.goto(await ehr.launchUrl(request))
  return page
}

/** The clinician at her desk, with the visit in front of her. */
export async function clinicianAt(who: BrowserContext, stage: Stage, { name, byClinician }: Booking): Promise<Page> {
  const page = await launch(who, stage, byClinician)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return page
}

/** The patient, in the waiting room. */
export async function patientWaiting(who: BrowserContext, stage: Stage, { byPatient }: Booking): Promise<Page> {
  const page = await launch(who, stage, byPatient)
  await knock(page)
  return page
}

export async function knock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(page, inTheQueue)).toBeVisible()
}

/** Out of the waiting room, by the question that says what it costs. */
export async function leaveTheWaitingRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave the waiting room' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Yes, leave' }).click()
}

/** Writes to somebody who waits: one of the ready sentences, or the clinician's `own` words. */
export async function write(page: Page, name: string, text: string, own?: 'own'): Promise<void> {
  await page.getByRole('button', { name: `Write to ${name}` }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: own ? 'In your own words' : text }).check()
  if (own) await dialog.getByRole('textbox').fill(text)
  await dialog.getByRole('button', { name: 'Send' }).press('Enter')
  await expect(dialog).toBeHidden()
}

/** Lets in at one press: who it is, is asked in the call. */
export async function admit(page: Shown, name: string): Promise<void> {
  await page.getByRole('button', { name: `Let in ${name}` }).click()
}

/** Both in the call. */
export async function inCall(clinician: BrowserContext, patient: BrowserContext, stage: Stage, booking: Booking) {
  const doctor = await clinicianAt(clinician, stage, booking)
  const guest = await patientWaiting(patient, stage, booking)
  await admit(doctor, booking.name)
  return { doctor, guest }
}

/** What lies behind the call's last button but one. */
export async function choose(page: Shown, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name, exact: true }).click()
}

/** The door while the call runs: a sheet over it, which the chip in the bar opens. */
export async function openDoor(page: Shown): Promise<void> {
  const chip = page.getByRole('button', { name: /^Door/ })
  await expect(chip).toBeVisible()
  if ((await chip.getAttribute('aria-expanded')) === 'false') await chip.click()
  await expect(chip).toHaveAttribute('aria-expanded', 'true')
}

export const note = (page: Shown, section: 'Subjective' | 'Objective' | 'Assessment' | 'Plan') =>
  page.getByRole('textbox', { name: section })

/** Waits for the page to say that the note is kept. */
export const saved = (page: Shown) => expect(words(page, /^Saved \d/)).toBeVisible()

/** Ends the visit for everyone. */
export async function end(page: Shown): Promise<void> {
  await pressEnd(page)
  await expect(page.getByRole('heading', { name: 'The visit has ended' })).toBeVisible()
}

/** Ends a visit in which the clinician was alone, and says that the patient came all the same. */
export async function endAlone(page: Shown): Promise<void> {
  await pressEnd(page)
  await page.getByRole('radio', { name: 'The patient came all the same' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  // Until it is closed the EHR is being told.
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('heading', { name: 'The visit has ended' })).toBeVisible()
}

async function pressEnd(page: Shown): Promise<void> {
  await page.getByRole('button', { name: 'End visit' }).click()
  await page.getByRole('button', { name: 'End for everyone' }).click()
}
