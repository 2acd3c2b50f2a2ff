// Owns a clinician's own sign-in that brings a patient along: what she is asked, by whom she may be left over, and what she sees then.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect } from '@playwright/test'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { scopesFor } from '../../server/domain/ehr/scopes.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { words } from './walk.ts'

let folder = ''
let stage: Stage
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housecall-whose-'))
  const scopes = `${scopesFor(['permission-v2'], 'standalone')} launch/patient`
  stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(folder, 'data'), scopes })
})
test.afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

async function signedIn(who: BrowserContext, patient: string) {
  const page = await who.newPage()
  await page.goto(`${stage.app}/launch.html`)
  await page.getByRole('link', { name: 'Sandbox EHR' }).click()
  await page.getByRole('button', { name: /Lillian.*Chen|Chen.*Lillian/ }).click()
  await page.getByRole('button', { name: patient }).click()
  return page
}

test('a clinician whose sign-in brought a patient is asked whose visits, and sees her whole day or that patient’s alone', async ({
  clinician,
}) => {
  const [hers, another] = [await book(stage, 'Irma Holt'), await book(stage, 'Theo Marsh')]

  const page = await signedIn(clinician, hers.name)
  await expect(page.getByRole('heading', { name: 'Whose visits?' })).toBeVisible()
  await expect(words(page, new RegExp(`came with one patient: ${hers.name}, born `))).toBeVisible()
  await look(page, 'whose-visits')
  await page.getByRole('button', { name: 'My whole day' }).click()
  await expect(page.getByRole('heading', { name: another.name })).toBeVisible()

  const other = await signedIn(clinician, hers.name)
  await other.getByRole('button', { name: `Only the visits of ${hers.name}` }).click()
  await expect(other.getByRole('heading', { name: hers.name })).toBeVisible()
  await expect(other.getByRole('heading', { name: another.name })).toHaveCount(0)
  await other.reload()
  await expect(other.getByRole('heading', { name: hers.name })).toBeVisible()
})

test('a clinician whose record system does not say who came along is asked all the same', async ({ clinician }) => {
  const { name } = await book(stage, 'Nadia Ferro')
  stage.ehr.faults.on('fhir-403', { type: 'Patient' })

  const page = await signedIn(clinician, name)

  await expect(words(page, /did not say who it is/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Only this patient’s visits' })).toBeVisible()
  stage.ehr.faults.clear()
})
