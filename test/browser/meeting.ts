// Owns a clinician and a patient in a call, and what is asked of their pages then.
import type { BrowserContext, Page } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { sees } from './picture.ts'
import { inCall } from './walk.ts'

/** Both in the call, both seen by the other. */
export async function meeting(clinician: BrowserContext, patient: BrowserContext, stage: Stage, name: string) {
  const booking = await book(stage, name)
  const both = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(both.doctor, 'blue'), sees(both.guest, 'red')])
  return { ...both, booking }
}

/** The address of the frame's page, that a new mount replaces. */
export const frameName = (page: Page) => page.locator('.call-frame iframe').getAttribute('name')

/** Lets so many of the page's beats pass; its clock is the test's. */
export async function beats(page: Page, count: number) {
  for (let n = 0; n < count; n++) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/presence'))
    await page.clock.fastForward(5_000)
    await answered
  }
}
