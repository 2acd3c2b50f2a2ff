// Owns the proof that a patient is led to the waiting room in their own language: from right to left, in other letters, and from one to the other.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { openStage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look, picture } from './looks.ts'
import { phone, test } from './people.ts'
import { clinicianAt, launch, write } from './walk.ts'

const root = (page: Page) => page.locator('html')

test('a patient whose record says Arabic waits in Arabic, and goes on waiting in Chinese when they choose it', async ({
  everyone: { homes },
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-languages-'))
  const ports = { app: 0, ehr: 0, jitsi: 0 }
  const stage = await openStage({ ports, data: join(folder, 'data'), inAllLanguages: true })
  const patient = await homes.newContext(phone)
  const booking = await book(stage, 'Salma Nasser')
  const person = stage.ehr.resource('Patient', booking.patient)
  if (person === undefined) throw new Error('nobody was booked')
  const communication = [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'ar' }] }, preferred: true }]
  await stage.ehr.put({ ...person, communication })
  const page = await launch(patient, stage, booking.byPatient)

  await expect(page.getByText('نحن نسمعك.')).toBeVisible()
  await expect(root(page)).toHaveAttribute('dir', 'rtl')
  await look(page, 'patient-arabic-check')
  await page.getByRole('button', { name: 'الانتقال إلى غرفة الانتظار' }).click()
  await expect(page.locator('#page').getByText(/(ينتظر|ينتظران|ينتظرون) منذ وقت أطول منك\.$/)).toBeVisible()
  const clinic = await homes.newContext()
  const doctor = await clinicianAt(clinic, stage, booking)
  await write(doctor, booking.name, 'Your clinician will be with you in a few minutes.')
  await expect(page.locator('#page').getByText('سيكون مقدّم الرعاية معك خلال بضع دقائق.')).toBeVisible()
  await picture(page, 'patient-waiting-arabic')
  await write(doctor, booking.name, 'Is Amal with you? Please bring the blue list.', 'own')
  await expect(page.locator('#page').getByText('Is Amal with you? Please bring the blue list.')).toBeVisible()
  await clinic.close()
  await look(page, 'patient-arabic-waiting')

  await page.getByRole('button', { name: '简体中文' }).click()
  await expect(root(page)).toHaveAttribute('lang', 'zh-Hans')
  // Where they were: the place is kept.
  await expect(page.locator('#page').getByText(/等得更久。$/)).toBeVisible()
  await expect(page.locator('#page').getByText('诊所可以看到您在这里。')).toBeVisible()
  await look(page, 'patient-chinese-waiting')

  await page.goto(`${stage.app}/no-such-page`)
  await expect(page.getByRole('heading', { name: '这个网址没有内容' })).toBeVisible()
  await patient.close()
  await stage.close()
  await rm(folder, { recursive: true })
})
