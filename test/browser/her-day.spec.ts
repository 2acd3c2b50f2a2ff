// Owns the clinician's other patients while she is at one: who waits elsewhere, by name or as a number, her day as a sheet over the call, and
// who comes next once the note is in the chart.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { frameName, meeting } from './meeting.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { admit, end, launch, leaveTheWaitingRoom, note, patientWaiting, saved, words } from './walk.ts'

const chen = { user: clinic.practitioners.chen.reference }
const strip = (page: Page) => page.locator('.banner .others')
const sheet = (page: Page) => page.getByRole('dialog', { name: /^Today, / })
const row = (page: Page, name: string) => page.locator('.row', { hasText: name })

/** The clinician came for her whole day, and is in the call with the first of three; the other two wait, the second of them longer. */
async function threePatients(clinician: BrowserContext, patient: BrowserContext, stage: Stage) {
  const names = ['Astrid Berg', 'Birger Dahl', 'Carl Eide'] as const
  const [first, second, third] = [
    await book(stage, names[0]),
    await book(stage, names[1]),
    await book(stage, names[2], { startsInMinutes: 15 }),
  ]
  const guest = await patientWaiting(patient, stage, first)
  const doctor = await launch(clinician, stage, chen)
  await doctor.getByRole('button', { name: `Open visit with ${names[0]}` }).click()
  await admit(doctor, names[0])
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await expect(strip(doctor)).toHaveText('Nobody else waiting')
  const longer = await patientWaiting(patient, stage, second)
  await expect(strip(doctor)).toContainText('1 other waiting')
  const shorter = await patientWaiting(patient, stage, third)
  await expect(strip(doctor)).toContainText('2 others waiting')
  return { doctor, guest, longer, shorter, names }
}

test('in a call she sees who waits at her other visits, and her day as a sheet over it, while the picture goes on', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, shorter, names } = await threePatients(clinician, patient, stage)
  const frame = await frameName(doctor)

  await expect(strip(doctor)).toHaveAccessibleName(
    /^2 other patients are waiting for you: Birger Dahl, (under )?\d+ min, Carl Eide, (under )?\d+ min\. Show your day\.$/,
  )
  await expect(doctor).toHaveTitle(/^\(2\) Visit /)
  await strip(doctor).click()

  const rows = sheet(doctor).locator('.row h2')
  // What stands below hers is read once it is there.
  await expect(rows.nth(2)).toBeVisible()
  // A call that another test left may stand on her day as well.
  const isOurs = (name: string) => names.some((one) => one === name)
  await expect
    .poll(async () => (await rows.allTextContents()).filter(isOurs), { timeout: 30_000 })
    .toEqual([names[1], names[2], names[0]])
  await expect(row(doctor, names[0])).toContainText('This visit')
  await look(doctor, 'clinician-day-sheet')
  // However long the day, the way back is in sight.
  await expect(sheet(doctor).getByRole('button', { name: 'Close' })).toBeInViewport()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await doctor.keyboard.press('Escape')
  await expect(sheet(doctor)).toHaveCount(0)
  await expect(strip(doctor)).toBeFocused()
  // Where nobody is at the door of this visit, nothing says that nobody waits.
  await doctor.getByRole('button', { name: /^Door/ }).click()
  await expect(words(doctor, 'Nobody is waiting at this door.')).toBeVisible()
  await expect(words(doctor, 'Nobody is waiting.')).toHaveCount(0)

  await leaveTheWaitingRoom(shorter)
  await expect(strip(doctor)).toContainText('1 other waiting')
  await expect(doctor).toHaveTitle(/^\(1\) Visit /)
  expect(await frameName(doctor)).toBe(frame)
})

test('while her microphone is open nobody who comes to another visit rings the bell; with it closed they do, once', async ({
  stage,
  clinician,
  patient,
}) => {
  await clinician.addInitScript(() => {
    const counting = { notes: 0 }
    Object.assign(window, {
      counting,
      OscillatorNode: class extends OscillatorNode {
        constructor(...given: ConstructorParameters<typeof OscillatorNode>) {
          super(...given)
          counting.notes++
        }
      },
    })
  })
  const { doctor, shorter } = await threePatients(clinician, patient, stage)
  const notes = () => doctor.evaluate(() => (window as unknown as { counting: { notes: number } }).counting.notes)
  const before = await notes()
  const back = async () => {
    await leaveTheWaitingRoom(shorter)
    await expect(strip(doctor)).toContainText('1 other waiting')
    await shorter.getByRole('button', { name: 'Come back' }).click()
    await shorter.getByRole('button', { name: 'Go to the waiting room' }).click()
    await expect(strip(doctor)).toContainText('2 others waiting')
  }

  await back()
  expect(await notes()).toBe(before)
  await doctor.getByRole('button', { name: 'Mute your microphone' }).click()
  await expect(words(doctor, 'Your microphone is off: nobody hears you.')).toBeVisible()
  await back()
  expect(await notes()).toBe(before + 2)

  // Her day tells nobody a second time who was told of here.
  await doctor.getByRole('button', { name: 'Leave the call' }).click()
  await doctor.getByRole('button', { name: 'Today' }).click()
  await expect(words(doctor, '2 people are waiting.')).toBeVisible()
  expect(await notes()).toBe(before + 2)
})

test('her day says who tried to come in at a door that she has locked', async ({ stage, clinician, patient }) => {
  const booking = await book(stage, 'Frode Hagen')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await launch(clinician, stage, chen)
  await doctor.getByRole('button', { name: 'Open visit with Frode Hagen' }).click()
  await doctor.getByRole('button', { name: 'Lock the door' }).click()
  await expect(words(doctor, 'Nobody new can come, unless you let them wait.')).toBeVisible()
  await leaveTheWaitingRoom(guest)
  await guest.getByRole('button', { name: 'Come back' }).click()
  await guest.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(doctor, /^Frode Hagen tried to come in at /)).toBeVisible()

  await strip(doctor).click()

  await expect(row(doctor, 'Frode Hagen')).toContainText(
    /Tried to come in at \d{1,2}:\d\d( [AP]M)?\. The door is locked\./,
  )
  await doctor.keyboard.press('Escape')
  await doctor.getByRole('button', { name: 'Let them wait: Frode Hagen' }).click()
  await expect(doctor.getByRole('button', { name: 'Let in Frode Hagen' })).toBeVisible()
  await strip(doctor).click()
  await expect(row(doctor, 'Frode Hagen')).not.toContainText('Tried to come in')
})

test('another visit that she opens out of a call is asked about first, and who stays in the call reads that she left', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, names } = await threePatients(clinician, patient, stage)
  const open = () =>
    sheet(doctor)
      .getByRole('button', { name: `Open visit with ${names[1]}` })
      .click()
  const question = doctor.getByRole('dialog', { name: `Open the visit with ${names[1]}?` })

  await doctor.getByRole('button', { name: 'Today' }).click()
  await open()
  await expect(question).toContainText(`${names[0]} stays in it and reads that you left.`)
  await question.getByRole('button', { name: 'Stay in the call' }).click()
  await sees(guest, 'red')
  await open()
  const opened = clinician.waitForEvent('page')
  await question.getByRole('button', { name: 'Open it in a new window' }).click()
  const other = await opened
  await expect(other.getByRole('heading', { level: 1, name: names[1] })).toBeVisible()
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await other.close()

  await open()
  await question.getByRole('button', { name: 'Leave the call and open it' }).click()

  await expect(doctor.getByRole('heading', { level: 1, name: names[1] })).toBeVisible()
  await expect(words(guest, /Chen.* left at /)).toBeVisible()
  await expect(strip(doctor)).toContainText('1 other waiting')
})

test('by keyboard alone she looks at her day and comes back to the call', async ({ stage, clinician, patient }) => {
  const { doctor, guest, names } = await threePatients(clinician, patient, stage)
  await strip(doctor).focus()

  await doctor.keyboard.press('Enter')
  await expect(sheet(doctor).getByRole('heading', { level: 2 }).first()).toBeFocused()
  const reached: string[] = []
  for (let n = 0; n < 12; n++) {
    await doctor.keyboard.press('Tab')
    reached.push(
      await doctor.evaluate(() => {
        const { activeElement: at, body } = document
        // The browser's own controls may have it in between.
        return at === body ? 'browser' : (at?.closest('dialog')?.className ?? 'page')
      }),
    )
  }
  expect(reached).toContain('day-sheet')
  expect(reached).not.toContain('page')
  await sheet(doctor)
    .getByRole('button', { name: `Open visit with ${names[2]}` })
    .focus()
  await doctor.keyboard.press('Enter')
  await expect(doctor.getByRole('dialog', { name: `Open the visit with ${names[2]}?` })).toBeVisible()
  await doctor.keyboard.press('Escape')
  await expect(sheet(doctor).getByRole('button', { name: `Open visit with ${names[2]}` })).toBeFocused()
  await doctor.keyboard.press('Escape')

  await expect(strip(doctor)).toBeFocused()
  await sees(guest, 'red')
})

test('once the note is in the chart who waits longest is one press away', async ({ stage, clinician, patient }) => {
  const { doctor, names } = await threePatients(clinician, patient, stage)
  await note(doctor, 'Plan').fill('Rest, and call again in a week.')
  await saved(doctor)
  await end(doctor)
  await expect(words(doctor, 'Nobody is waiting.')).toHaveCount(0)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await look(doctor, 'clinician-next', 'Note')

  await doctor.getByRole('button', { name: new RegExp(`^Open visit with ${names[1]}, waiting `) }).click()

  await expect(doctor.getByRole('heading', { level: 1, name: names[1] })).toBeVisible()
  await expect(doctor.getByRole('button', { name: `Let in ${names[1]}` })).toBeVisible()
})

test('opened for one patient she reads how many others wait, and of none who it is', async ({
  stage,
  clinician,
  patient,
}) => {
  // Whoever closed a page a moment ago in another test may still be counted.
  const { doctor } = await meeting(clinician, patient, stage, 'Dina Falk')
  const before = await strip(doctor).boundingBox()
  await patientWaiting(patient, stage, await book(stage, 'Erik Gran'))

  await expect(strip(doctor)).toHaveAccessibleName(
    /^\d+ other patients? (is|are) waiting for you: \d+ to be opened from your health record system, (the longest )?(under )?\d+ min\. Show your day\.$/,
  )
  await expect(doctor).toHaveTitle(/^\(\d+\) /)
  expect(await strip(doctor).boundingBox()).toEqual(before)
  await strip(doctor).click()

  await expect(sheet(doctor)).toContainText(/\d+ other patients? of yours (is|are) waiting, /)
  await expect(sheet(doctor)).toContainText(/Open (the visit|their visits) from your health record system\./)
  await expect(doctor.locator('#page')).not.toContainText('Erik Gran')
})
