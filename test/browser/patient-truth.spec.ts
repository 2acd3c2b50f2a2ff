// Owns the proof that what a patient presses is done or said not to be, and that nothing is done which they did not press: at the check, at the
// waiting room's way in and out, in large type on a small phone.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { inCall, inTheQueue, launch, patientWaiting, words } from './walk.ts'

const small = { width: 360, height: 640 }
/** As somebody has it who reads little on small screens. */
async function inLargeType(page: Page): Promise<void> {
  await page.setViewportSize(small)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
}

test('who goes to the waiting room without a connection is in it once the connection is back, and pressed once', async ({
  stage,
  patient,
}) => {
  const guest = await launch(patient, stage, (await book(stage, 'Ragna Holt')).byPatient)
  const onward = guest.getByRole('button', { name: 'Go to the waiting room' })
  await expect(onward).toBeVisible()

  await patient.setOffline(true)
  await onward.click()
  await expect(guest.getByRole('alert')).toContainText('No connection. ')
  await expect(guest.getByRole('alert')).toContainText('We keep trying.')
  await patient.setOffline(false)

  await expect(words(guest, inTheQueue)).toBeVisible()
  await expect(guest.getByRole('alert')).toHaveCount(0)
})

test('a double tap on what goes away presses nothing that slides under the finger', async ({ stage, patient }) => {
  const guest = await launch(patient, stage, (await book(stage, 'Sunniva Lie')).byPatient)
  await guest.setViewportSize(small)
  await guest.getByRole('button', { name: 'Play a test sound' }).click()
  const heard = guest.getByRole('button', { name: 'Yes, I heard' })
  await heard.scrollIntoViewIfNeeded()
  const spot = await heard.boundingBox()
  if (spot === null) throw new Error('The answer is not in sight.')
  await guest.evaluate(() => {
    // Whatever slides there: here it is the way on.
    const onward = document.querySelector<HTMLElement>('.actions > .main')
    const slide = () =>
      Object.assign(onward?.style ?? {}, { position: 'fixed', inset: '0', zIndex: '1', opacity: '0.5' })
    document.querySelector('.answers')?.addEventListener('click', slide)
  })

  await guest.mouse.click(spot.x + 12, spot.y + 12)
  await guest.mouse.click(spot.x + 12, spot.y + 12, { delay: 20 })

  // Long enough for an answer to have come.
  await guest.waitForTimeout(1_000)
  await expect(words(guest, inTheQueue)).toHaveCount(0)
  await guest.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(guest, inTheQueue)).toBeVisible()
})

test('who leaves the waiting room is asked first; in large type the answers are in sight, and the one that loses nothing is the first', async ({
  stage,
  patient,
}) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Turid Aas'))
  await inLargeType(guest)

  for (const press of ['Sign out', 'Leave the waiting room']) {
    await guest.getByRole('button', { name: press }).click()
    const answers = guest.getByRole('dialog').getByRole('button')
    await expect(answers.first()).toHaveText('Keep waiting')
    await expect(answers.last()).toHaveText(/^(Leave and sign out|Yes, leave)$/)
    for (const one of await answers.all()) {
      const box = await one.boundingBox()
      expect(box, press).not.toBeNull()
      expect((box?.y ?? 0) + (box?.height ?? 0), press).toBeLessThanOrEqual(small.height)
    }
    await answers.first().click()
    await expect(words(guest, inTheQueue)).toBeVisible()
  }
  await guest.getByRole('button', { name: 'Leave the waiting room' }).click()
  await patient.setOffline(true)
  await guest.getByRole('button', { name: 'Yes, leave' }).click()
  // Who could not leave is not told that they have.
  await expect(guest.getByRole('dialog').getByRole('alert')).toContainText('No connection')
  await patient.setOffline(false)
  await guest.getByRole('button', { name: 'Yes, leave' }).click()
  await expect(guest.getByRole('heading', { level: 1, name: 'You are no longer waiting' })).toBeVisible()
})

test('who waits and is signed out reads that they wait no more, on a page that is nobody’s', async ({
  stage,
  patient,
}) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Unni Berg'))

  await patient.clearCookies()
  // It looks again at once when the device has a connection again.
  await guest.evaluate(() => window.dispatchEvent(new Event('online')))

  await expect(
    words(guest, 'If you were waiting, you no longer are. Open the visit again from your portal.'),
  ).toBeVisible()
  await expect(guest.getByRole('button', { name: /^(Sign out|Am I signed in)/ })).toHaveCount(0)
})

test('who loses the connection in the call is told at once, and no longer that somebody is there', async ({
  stage,
  clinician,
  patient,
}) => {
  const { guest } = await inCall(clinician, patient, stage, await book(stage, 'Vigdis Moe'))
  await sees(guest, 'red')

  await patient.setOffline(true)

  await expect(words(guest, 'Your connection is lost. We are trying.')).toBeVisible({ timeout: 5_000 })
  await expect(words(guest, / is here\.$/)).toHaveCount(0)
  await patient.setOffline(false)
  await expect(words(guest, 'Your connection is lost. We are trying.')).toHaveCount(0)
  await expect(words(guest, / is here\.$/)).toBeVisible()
})
