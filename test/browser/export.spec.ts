// Owns the way out of a note the chart cannot have: a clinician takes it along as a file, by mouse or keyboard, and is told what went wrong.
import { readFile } from 'node:fs/promises'
import { type BrowserContext, expect, type FrameLocator, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { validate } from '../../sandbox/ehr/validate.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { readPdf } from '../support/reading.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, endAlone, note, saved, words } from './walk.ts'

type Shown = Page | FrameLocator
const press = (page: Shown, name: string) => page.getByRole('button', { name, exact: true }).click()
const link = (page: Shown, name: string) => page.getByRole('link', { name, exact: true })

/** Written, and the visit is over. */
async function written(page: Shown, text: string): Promise<void> {
  await press(page, 'Start the call')
  await note(page, 'Assessment').fill(text)
  await saved(page)
}

/** Signed, and the EHR would not have it. */
async function notFiled(clinician: BrowserContext, stage: Stage, booking: Booking, text: string): Promise<Page> {
  const doctor = await clinicianAt(clinician, stage, booking)
  await written(doctor, text)
  await endAlone(doctor)
  stage.ehr.faults.on('no-transaction')
  stage.ehr.faults.on('document-403')
  await press(doctor, 'Review and sign')
  await press(doctor, 'Sign and file')
  await expect(words(doctor, /^The note is not in the chart\./)).toBeVisible()
  return doctor
}

/** What the browser keeps when `go` was done. */
async function kept(page: Page, go: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent('download'), go()])
  const bytes = await readFile(await download.path())
  return { name: download.suggestedFilename(), bytes: new Uint8Array(bytes), text: bytes.toString('utf8') }
}

test('a clinician whose note the chart will not have takes it along: as text, as a PDF, as a FHIR document', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Hedda Grün')
  const doctor = await notFiled(clinician, stage, booking, 'Migräne, ohne Aura.')
  await look(doctor, 'clinician-take-not-filed', 'Note')

  const text = await kept(doctor, () => link(doctor, 'Text').click())
  await expect(words(doctor, `Your browser has the file ${text.name}.`)).toBeVisible()
  const pdf = await kept(doctor, () => link(doctor, 'PDF').click())
  const fhir = await kept(doctor, () => link(doctor, 'FHIR document').click())

  const day = /^visit-note-\d{4}-\d\d-\d\d-\d{4}-copy-\d{8}-\d{6}\.(txt|pdf|json)$/
  expect([text, pdf, fhir].map(({ name }) => day.exec(name)?.[1])).toEqual(['txt', 'pdf', 'json'])
  const [sheet = ''] = await readPdf(pdf.bytes)
  for (const read of [text.text, sheet, fhir.text])
    for (const said of [booking.name, 'Migräne, ohne Aura.', '2 November 1988', 'Not in the chart'])
      expect(read).toContain(said)
  expect(validate(JSON.parse(fhir.text))).toEqual([])
})

test('what may be in the chart is offered at once, what is there is folded away', async ({ stage, clinician }) => {
  const doctor = await clinicianAt(clinician, stage, await book(stage, 'Ivo Marek'))
  await written(doctor, 'Tension headache.')
  await endAlone(doctor)
  stage.ehr.faults.on('cut-after-write', { times: 1 })
  await press(doctor, 'Review and sign')
  await press(doctor, 'Sign and file')
  await expect(words(doctor, 'We cannot tell whether the note arrived.')).toBeVisible()
  await expect(link(doctor, 'PDF')).toBeVisible()
  await look(doctor, 'clinician-take-unknown', 'Note')

  await press(doctor, 'Check again')

  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await expect(link(doctor, 'PDF')).toBeHidden()
  await look(doctor, 'clinician-take-filed', 'Note')
  await words(doctor, 'Download').click()
  const { text } = await kept(doctor, () => link(doctor, 'Text').click())
  expect(text).toContain('\nChart: In the chart since ')
  await look(doctor, 'clinician-take-opened', 'Note')
})

test('a clinician without a connection, or with signs the PDF cannot show, is told so and what to do', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Jun Tanaka')
  const doctor = await notFiled(clinician, stage, booking, '偏頭痛。')

  await clinician.setOffline(true)
  await link(doctor, 'Text').click()
  await expect(words(doctor, /^No connection: there is no file\. Copy the note instead/)).toBeVisible()
  await clinician.setOffline(false)

  await link(doctor, 'PDF').click()
  const refused = doctor.getByRole('alert').filter({ hasText: 'This note cannot be made into a PDF.' })
  await expect(refused).toContainText('Download it as text instead')
  await look(doctor, 'clinician-take-refused', 'Note')

  const { text } = await kept(doctor, () => link(doctor, 'Text').click())
  expect(text).toContain('偏頭痛。')
})

test('a clinician takes her note along without a mouse', async ({ stage, clinician }) => {
  const doctor = await clinicianAt(clinician, stage, await book(stage, 'Karin Moser'))
  await note(doctor, 'Plan').fill('Rest.')
  await saved(doctor)
  await press(doctor, 'Review and sign')
  await press(doctor, 'Sign now, file later')
  const folded = doctor.locator('summary').filter({ hasText: 'Download' })
  await expect(folded).toBeVisible()

  for (let left = 40; left > 0 && !(await isFocused(folded)); left--) await doctor.keyboard.press('Tab')
  await expect(folded).toBeFocused()
  await doctor.keyboard.press('Enter')
  await doctor.keyboard.press('Tab')
  await expect(link(doctor, 'Text')).toBeFocused()

  const { text } = await kept(doctor, () => doctor.keyboard.press('Enter'))
  expect(text).toContain('\n\nPlan\nRest.\n\n')
  await expect(link(doctor, 'Text')).toBeFocused()
})

const isFocused = (one: ReturnType<Page['locator']>) => one.evaluate((element) => element === document.activeElement)

test('a clinician inside the frame of her EHR gets the file too, and is told what to do where the frame forbids it', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Lena Vogt')
  const desktop = await clinician.newPage()
  await desktop.goto(`${stage.ehr.desktopUrl}?user=${clinic.practitioners.chen.reference}`)
  await desktop.getByRole('link', { name: `Open video visit with ${booking.name} in a frame` }).click()
  const visit = desktop.frameLocator('iframe[title="Video visit"]')
  await note(visit, 'Plan').fill('Rest.')
  await saved(visit)
  await press(visit, 'Review and sign')
  await press(visit, 'Sign now, file later')
  await words(visit, 'Download').click()

  const { name, text } = await kept(desktop, () => link(visit, 'Text').click())

  expect(text).toContain(booking.name)
  await expect(words(visit, `Your browser has the file ${name}. If there is none,`)).toBeVisible()
})
