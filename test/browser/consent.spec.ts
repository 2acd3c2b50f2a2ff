// Owns the proof that a patient reads the clinic's consent text and decides: a yes, a no with what is possible instead, a text that changed meanwhile, and
// a yes that is taken back in the call; and that the clinician sees each.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { openStage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { phone, test } from './people.ts'
import { admit, clinicianAt, inTheQueue, launch, openDoor, words } from './walk.ts'

test('nobody comes in before they have agreed to the very text that stands, and whoever takes it back is out of the call', async ({
  everyone: { homes },
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-consent-'))
  const ports = { app: 0, ehr: 0, jitsi: 0 }
  const stage = await openStage({ ports, data: join(folder, 'data'), inAllLanguages: true, asksConsent: true })
  const [home, desk] = [await homes.newContext(phone), await homes.newContext()]
  const booking = await book(stage, 'Ana Lima')
  const page = await launch(home, stage, booking.byPatient)
  await expect(page.getByRole('heading', { name: 'Do you agree to a video visit?' })).toBeVisible()
  await expect(words(page, 'Version 2026-11, in force since')).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await look(page, 'patient-consent')

  await page.getByRole('button', { name: 'I do not agree' }).click()
  await expect(page.getByRole('heading', { name: 'Without your agreement there is no video visit' })).toBeVisible()
  await look(page, 'patient-no-consent')
  await page.getByRole('button', { name: 'Read the text again' }).press('Enter')

  // The clinic changes its text while it is on the screen.
  await page.route('**/consent', async (route) => {
    const body = { ...(route.request().postDataJSON() as object), hash: 'x'.repeat(43) } // sound: the page sends an object
    await route.continue({ postData: JSON.stringify(body) })
  })
  await page.getByRole('button', { name: 'I agree', exact: true }).press('Enter')
  await expect(page.getByRole('alert').getByText('changed this text while you were reading it')).toBeFocused()
  await look(page, 'patient-consent-changed')
  await page.unroute('**/consent')
  await page.getByRole('button', { name: 'I agree', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(page, inTheQueue)).toBeVisible()

  const doctor = await clinicianAt(desk, stage, booking)
  await expect(words(doctor, /^Agreed to telehealth at .+, text 2026-11$/)).toBeVisible()
  await admit(doctor, booking.name)
  await expect(page.locator('.call-page')).toBeVisible()
  await page.getByRole('button', { name: 'Take my agreement back' }).press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'patient-call-withdraw')
  await page.getByRole('button', { name: 'Take it back' }).press('Enter')
  await expect(words(page, /you took your agreement back\./)).toBeVisible()
  await look(page, 'patient-consent-withdrawn')
  await openDoor(doctor)
  await expect(words(doctor, /^Ana Lima took back their agreement to telehealth at/)).toBeVisible()
  await look(doctor, 'clinician-consent-withdrawn', 'Door')

  await page.getByRole('button', { name: 'Read the text again' }).press('Enter')
  await page.getByRole('button', { name: 'العربية' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'لا استشارة عبر الفيديو من دون موافقتك' })).toBeVisible()
  await page.getByRole('button', { name: 'قراءة النص مرة أخرى' }).press('Enter')
  await expect(page.getByRole('button', { name: 'أوافق', exact: true })).toBeVisible()
  await look(page, 'patient-consent-arabic')
  await page.getByRole('button', { name: '简体中文' }).press('Enter')
  await page.getByRole('button', { name: '重新阅读同意书' }).press('Enter')
  await expect(page.getByRole('button', { name: '我同意', exact: true })).toBeVisible()
  await look(page, 'patient-consent-chinese')
  await Promise.all([home.close(), desk.close(), stage.close()])
  await rm(folder, { recursive: true })
})
