import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { authorization, authorize, exchange, launchUrls, publicClient } from './app.ts'
import { noteOf } from './resources.ts'

const { margaret, noor } = clinic.patients
const { chen } = clinic.practitioners
const appointment = clinic.appointments.margaret
const layla = `RelatedPerson/${clinic.relatedPersons.layla.id}`
const now = () => new Date('2026-03-02T15:12:00Z')

let ehr: Ehr

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls, now })
})

afterAll(() => ehr.close())

async function page(url: string) {
  const response = await fetch(url)
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** What the app is told when somebody clicks: the token endpoint's answer at the end of the launch. */
async function clicked(url: string) {
  const response = await fetch(url, { redirect: 'manual' })
  const opened = new URL(response.headers.get('location') ?? 'about:blank')
  const launch = opened.searchParams.get('launch') ?? ''
  const back = await authorize(ehr, authorization(ehr, { launch, scope: 'launch openid fhirUser launch/appointment' }))
  const { body } = await exchange(ehr, back?.searchParams.get('code') ?? '')
  return { opened, body }
}

test('the desktop shows the day of the clinician in the clinic’s time', async () => {
  const { text } = await page(`${ehr.desktopUrl}?user=${chen.reference}`)

  expect(text).toContain('Margaret Whitfield')
  expect(text).toContain('10:00 AM')
  expect(text).toMatch(/<option value="Practitioner\/hc-practitioner-chen" selected/)
  expect(text).not.toContain('Noor Haddad')
})

test('an appointment held by a role is on the desktop of the person behind it', async () => {
  expect((await page(`${ehr.desktopUrl}?user=${chen.reference}`)).text).toContain('Ólafur Þórsson')
})

test('each click on the desktop opens the app with a launch of its own', async () => {
  const url = `${ehr.desktopUrl}/launch?user=${chen.reference}&appointment=${appointment.id}`

  const first = await clicked(url)
  const second = await clicked(url)

  expect(first.opened.searchParams.get('iss')).toBe(ehr.iss)
  expect(first.opened.searchParams.get('launch')).not.toBe(second.opened.searchParams.get('launch'))
  expect(second.body).toMatchObject({
    patient: margaret.id,
    encounter: clinic.encounters.margaret.id,
    fhirContext: [{ reference: appointment.reference }],
    need_patient_banner: true,
  })
})

test('the whole day opens without a patient', async () => {
  const { body } = await clicked(`${ehr.desktopUrl}/launch?user=${chen.reference}`)

  expect(body.access_token).toBeTruthy()
  expect(body.patient).toBeUndefined()
})

test('in a frame the EHR shows the patient itself, and lets the app use the camera', async () => {
  const { text, headers } = await page(`${ehr.desktopUrl}/frame?user=${chen.reference}&appointment=${appointment.id}`)

  expect(text).toMatch(
    /class="banner"[\s\S]*Margaret Whitfield[\s\S]*<iframe src="http:\/\/127\.0\.0\.1:9\/launch\.html\?/,
  )
  expect(text).toContain('allow="camera; microphone; display-capture; autoplay; fullscreen; speaker-selection"')
  expect(headers.get('content-security-policy')).toContain("frame-src 'self' http://127.0.0.1:9")
})

test('the chart shows a filed note as text, and never as markup', async () => {
  await ehr.put({ ...noteOf(margaret, 'Plan: <script>alert(1)</script> rest'), id: 'note' })

  const { text } = await page(`${ehr.desktopUrl}/patients/${margaret.id}`)

  expect(text).toContain('Plan: &lt;script&gt;alert(1)&lt;/script&gt; rest')
  expect(text).not.toContain('<script')
  expect(text).toContain('current, final')
})

test('the portal shows a patient their own appointments, and opens them', async () => {
  const { text } = await page(`${ehr.portalUrl}?user=${margaret.reference}`)
  const { body } = await clicked(`${ehr.portalUrl}/launch?user=${margaret.reference}&appointment=${appointment.id}`)

  expect(text).toContain('Join video visit')
  expect(body).toMatchObject({ patient: margaret.id, fhirContext: [{ reference: appointment.reference }] })
})

test('a mother finds her child’s appointment, and nobody else’s', async () => {
  const { text } = await page(`${ehr.portalUrl}?user=${layla}`)
  const other = await page(`${ehr.portalUrl}/launch?user=${layla}&appointment=${appointment.id}`)
  const { body } = await clicked(`${ehr.portalUrl}/launch?user=${layla}&appointment=${clinic.appointments.noor.id}`)

  expect(text).toContain('Appointments of Noor Haddad')
  expect(other.status).toBe(404)
  expect(body.patient).toBe(noor.id)
})

test('every page forbids scripts', async () => {
  for (const url of [ehr.desktopUrl, ehr.portalUrl, `${ehr.desktopUrl}/patients/${margaret.id}`]) {
    expect((await page(url)).headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  }
})

test('without a face there is no desktop', async () => {
  const bare = await startEhr({ clients: [publicClient], launchUrls, desktop: false })

  expect((await page(bare.desktopUrl)).status).toBe(404)
  await bare.close()
})
