// Owns what a clinician does about a note after its first text: a draft ahead of the signature, an amendment, a mistake, a busy EHR;
// and that she can read what this EHR can do.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { clinicianAt, endAlone, launch, note, saved, words } from './walk.ts'

const inTheChart = (page: Page) => expect(words(page, 'The note is in the chart.')).toBeVisible()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const notesOf = ({ ehr }: Stage, { patient }: Booking) =>
  ehr.all('DocumentReference').filter(({ subject }) => subject?.reference === `Patient/${patient}`)
const textOf = (data: string | undefined) => Buffer.from(data ?? '', 'base64').toString('utf8')

/** The visit is over, its note is written and not signed. */
async function written(clinician: BrowserContext, stage: Stage, booking: Booking, text: string): Promise<Page> {
  const doctor = await clinicianAt(clinician, stage, booking)
  await press(doctor, 'Start the call')
  await note(doctor, 'Assessment').fill(text)
  await saved(doctor)
  await endAlone(doctor)
  return doctor
}

async function signAndFile(doctor: Page): Promise<void> {
  await press(doctor, 'Review and sign')
  await press(doctor, 'Sign and file')
  await inTheChart(doctor)
}

test('a clinician puts a draft into the chart, and the signed note takes its place', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Ilse Krog')
  const doctor = await written(clinician, stage, booking, 'Tension headache, to be confirmed.')

  await press(doctor, 'Save it to the chart as a draft')
  await expect(words(doctor, 'The chart has this text as a draft. It is not signed.')).toBeVisible()
  await look(doctor, 'clinician-draft', 'Note')
  expect(notesOf(stage, booking)).toMatchObject([{ docStatus: 'preliminary', status: 'current' }])

  await note(doctor, 'Plan').fill('Paracetamol, and a call in a week.')
  await saved(doctor)
  await expect(words(doctor, 'The chart has an earlier text of this as a draft. It is not signed.')).toBeVisible()
  await signAndFile(doctor)

  const [only, ...more] = notesOf(stage, booking)
  expect([only?.docStatus, more.length]).toEqual(['final', 0])
  expect(textOf(only?.content[0]?.attachment.data)).toContain('Paracetamol')
})

test('a clinician amends a note in the chart, and gives another amendment up', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Jonna Eklund')
  const doctor = await written(clinician, stage, booking, 'Sprain of the left ankle.')
  await signAndFile(doctor)

  await press(doctor, 'Amend the note')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Amend the note' }).click()
  await expect(words(doctor, /^You are amending the note that .* signed/)).toBeVisible()
  await note(doctor, 'Assessment').fill('Sprain of the right ankle.')
  await saved(doctor)
  await look(doctor, 'clinician-amending', 'Note')
  await signAndFile(doctor)

  const notes = notesOf(stage, booking)
  expect(notes.map(({ status }) => status).sort()).toEqual(['current', 'superseded'])
  const current = notes.find(({ status }) => status === 'current')
  const before = notes.find(({ status }) => status === 'superseded')
  expect(textOf(current?.content[0]?.attachment.data)).toContain('right ankle')
  expect(current?.relatesTo).toEqual([{ code: 'replaces', target: { reference: `DocumentReference/${before?.id}` } }])

  await press(doctor, 'Amend the note')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Amend the note' }).click()
  await note(doctor, 'Assessment').fill('Something else.')
  await saved(doctor)
  await press(doctor, 'Discard the amendment')
  await press(doctor, 'Discard the changes')
  await inTheChart(doctor)
  await expect(words(doctor, 'Sprain of the right ankle.')).toBeVisible()
  expect(notesOf(stage, booking)).toHaveLength(2)
})

test('a clinician marks a note as a mistake, and writes it anew', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Karl Nyman')
  const doctor = await written(clinician, stage, booking, 'Written for somebody else.')
  await signAndFile(doctor)

  await press(doctor, 'Mark as entered in error')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Mark as entered in error' }).click()
  await expect(words(doctor, /^In the chart the note is marked as entered in error/)).toBeVisible()
  expect(notesOf(stage, booking)).toMatchObject([{ status: 'entered-in-error' }])

  await press(doctor, 'Write a new note')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Write a new note' }).click()
  await note(doctor, 'Assessment').fill('Written for the right one.')
  await saved(doctor)
  await signAndFile(doctor)
  expect(notesOf(stage, booking).map(({ status }) => status)).toEqual(['entered-in-error', 'current'])
})

test('a clinician whose EHR is busy, or forbids the note, reads what to do', async ({ stage, clinician }) => {
  const booking = await book(stage, 'Lena Moe')
  const doctor = await written(clinician, stage, booking, 'Seasonal allergy.')
  stage.ehr.faults.on('fhir-429-retry-after', { method: 'POST', retryAfter: '120' })
  await press(doctor, 'Review and sign')
  await press(doctor, 'Sign and file')

  await expect(words(doctor, /^The note is not in the chart\. The health record system is busy\./)).toBeVisible()
  await expect(words(doctor, /^It asked us to come back at \d/)).toBeVisible()
  await look(doctor, 'clinician-busy', 'Note')

  stage.ehr.faults.clear()
  stage.ehr.faults.on('no-transaction')
  stage.ehr.faults.on('break-the-glass', { code: '4131' })
  await press(doctor, 'Send it again')
  await expect(words(doctor, /A rule of the health record system does not let you write/)).toBeVisible()
  await expect(words(doctor, 'The EHR’s code for support: 4131')).toBeHidden()
  await doctor.getByText('Details', { exact: true }).click()
  await expect(words(doctor, 'The EHR’s code for support: 4131')).toBeVisible()
  await look(doctor, 'clinician-policy', 'Note')
})

test('a note is sent again once by itself on a machine whose clock is minutes ahead, and the chart’s own text is named meanwhile', async ({
  stage,
  clinician,
}) => {
  await clinician.clock.install({ time: Date.now() + 3 * 60_000 })
  const booking = await book(stage, 'Nora Beck')
  const doctor = await written(clinician, stage, booking, 'Sprain of the left wrist.')
  await signAndFile(doctor)
  await press(doctor, 'Amend the note')
  await doctor.getByRole('dialog').getByRole('button', { name: 'Amend the note' }).click()
  await note(doctor, 'Assessment').fill('Sprain of the right wrist.')
  await saved(doctor)
  let sent = 0
  doctor.on('request', (request) => {
    if (request.url().endsWith('/note/filing')) sent += 1
  })
  stage.ehr.faults.on('fhir-429-retry-after', { method: 'POST', retryAfter: '60' })
  await press(doctor, 'Review and sign')
  await expect(words(doctor, /^You can amend the note after you signed it/)).toBeVisible()
  await press(doctor, 'Sign and file')

  await expect(
    words(doctor, /^The chart still has the text signed at .* The health record system is busy/),
  ).toBeVisible()
  await expect(words(doctor, /the note is sent again by itself then, once\.$/)).toBeVisible()
  expect(sent).toBe(1)
  await look(doctor, 'clinician-amendment-busy', 'Note')
  await doctor.clock.fastForward(61_000)
  await expect(words(doctor, /It is not sent by itself any more: press “Send it again” then\.$/)).toBeVisible()
  await doctor.clock.fastForward(5 * 60_000)
  await expect(doctor.getByRole('button', { name: 'Send it again' })).toBeEnabled()
  expect(sent).toBe(2)
})

test('a second window with the signed note takes what is typed after the first one opened it again', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Oda Reik')
  const first = await written(clinician, stage, booking, 'Cold.')
  stage.ehr.faults.on('no-transaction')
  stage.ehr.faults.on('break-the-glass', { code: '4131' })
  await press(first, 'Review and sign')
  await press(first, 'Sign and file')
  await expect(words(first, /A rule of the health record system does not let you write/)).toBeVisible()
  const second = await clinicianAt(clinician, stage, booking)
  await expect(second.getByRole('button', { name: 'Change the text' })).toBeVisible()

  await press(first, 'Change the text')
  await first.getByRole('dialog').getByRole('button', { name: 'Change the text' }).click()
  await expect(note(first, 'Assessment')).toHaveValue('Cold.')
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await note(second, 'Assessment').fill('Influenza.')
  await saved(second)

  await first.reload()
  await expect(note(first, 'Assessment')).toHaveValue('Influenza.')
})

test('a clinician reads nothing beside the note of an EHR that lacks nothing, and what it can do on a page of its own', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Mats Ode')
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(note(doctor, 'Plan')).toBeVisible()

  const day = await launch(clinician, stage, { user: clinic.practitioners.chen.reference })
  await press(day, 'What this health record system can do')
  await expect(day.getByRole('heading', { level: 1, name: 'What this health record system can do' })).toBeVisible()
  await expect(words(day, 'This EHR files notes with their encounter, and takes corrections.')).toBeVisible()
  await expect(day.getByText('Signed notes go into the chart.')).toBeVisible()
  await day.getByText('For whoever sets this up').click()
  await look(day, 'clinician-ehr')
  await press(day, 'Back to your day')
  await expect(day.getByRole('heading', { level: 1, name: /^Today/ })).toBeVisible()
  await expect(words(doctor, /^This EHR /)).toHaveCount(0)
})
