// Owns the way to the EHR's sign-in in a real browser: by POST, with scripts and without, and where the EHR signs in on another host.
// And the EHR's look on what comes after it.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, launch } from './walk.ts'

const atSignIn = (page: Page) => page.waitForRequest((request) => request.url().includes('/oauth/authorize'))

/** What a browser sends to the sign-in at this origin, with all that stands in the address. */
function sentTo(browser: BrowserContext, origin: string): readonly string[] {
  const sent: string[] = []
  browser.on('request', (request) => {
    const { origin: of, pathname, search } = new URL(request.url())
    if (of === origin && pathname.startsWith('/oauth/')) sent.push(`${request.method()} ${pathname}${search}`)
  })
  return sent
}

test('a clinician is taken to her EHR by POST: nothing of the request stands in an address', async ({
  stage,
  clinician,
}) => {
  const { byClinician, name } = await book(stage, 'Ada Moreau')
  const page = await clinician.newPage()
  const asked = atSignIn(page)

  await page.goto(await stage.ehr.launchUrl(byClinician))

  const request = await asked
  expect([request.method(), new URL(request.url()).search]).toEqual(['POST', ''])
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a patient who goes back from their visit is in the portal again, not in a launch that is spent', async ({
  stage,
  patient,
}) => {
  const page = await patient.newPage()
  await page.goto(stage.ehr.portalUrl)
  await page.goto(await stage.ehr.launchUrl({ user: clinic.patients.zoe.reference }))
  await page.waitForURL(/\/v\/[\w-]{20,}/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  for (let steps = 0; steps < 3 && page.url().includes('/v/'); steps++) await page.goBack()

  await page.waitForURL(stage.ehr.portalUrl)
})

test('without scripts there is a button that leads to the sign-in', async ({ stage, everyone }) => {
  const plain = await everyone.clinics.newContext({ javaScriptEnabled: false })
  const page = await plain.newPage()
  const url = new URL(await stage.ehr.launchUrl({ user: clinic.practitioners.chen.reference }))
  await page.goto(`${stage.app}/smart/launch${url.search}`)
  const asked = atSignIn(page)

  await page.getByRole('button', { name: 'Continue to sign-in' }).click()

  expect((await asked).method()).toBe('POST')
  await page.waitForURL(/\/v\/[\w-]{20,}$/)
  await plain.close()
})

test('a patient gets in where the EHR’s own sign-in is on another host', async ({ stage, patient }) => {
  stage.ehr.faults.on('authorize-other-host')
  const sent = sentTo(patient, stage.ehr.origin)

  const page = await launch(patient, stage, { user: clinic.patients.zoe.reference })

  await page.waitForURL(/\/v\/[\w-]{20,}/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(sent).toEqual(['POST /oauth/authorize'])
})

test('a sign-in that is led on to where none can be is told so, and goes out no second time, in no address', async ({
  stage,
  patient,
}) => {
  stage.ehr.faults.on('authorize-other-host', { url: 'http://sign-in.example' })
  const [sent, elsewhere] = [sentTo(patient, stage.ehr.origin), sentTo(patient, 'http://sign-in.example')]
  const page = await patient.newPage()

  // The way there is cut off, so that no load ever ends it.
  void page.goto(await stage.ehr.launchUrl({ user: clinic.patients.zoe.reference })).catch(() => undefined)

  await expect(page.getByText('Code for support: S6')).toBeVisible()
  expect([sent, elsewhere]).toEqual([['POST /oauth/authorize'], []])
  expect(new URL(page.url()).origin).toBe(stage.app)
})

test('the pages have the EHR’s look, and everyone can still read them', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Emil Sandberg')
  const desk = await clinicianAt(clinician, stage, booking)
  const phone = await launch(patient, stage, booking.byPatient)
  await expect(phone.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()

  for (const page of [desk, phone]) {
    const worn = await page.evaluate(() => {
      const { backgroundColor, fontFamily } = getComputedStyle(document.body)
      return { backgroundColor, fontFamily, radius: document.documentElement.style.getPropertyValue('--radius') }
    })
    expect(worn).toEqual({
      backgroundColor: 'rgb(244, 246, 248)',
      fontFamily: 'Tahoma, Verdana, sans-serif',
      radius: '2px',
    })
  }
  await look(desk, 'ehr-look-clinician', 'Door')
  await look(phone, 'ehr-look-patient')
})
