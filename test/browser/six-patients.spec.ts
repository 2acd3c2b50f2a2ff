// Owns the proof that one day with six patients reads as it is, on every screen at once: two wait, one is in the call, one is late, one has
// gone, one never comes.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { phone, test } from './people.ts'
import { sees } from './picture.ts'
import { admit, end, launch, note, patientWaiting, saved, words } from './walk.ts'

const { chen } = clinic.practitioners
const rowOf = (day: Page, { name }: Booking) => day.getByRole('listitem').filter({ hasText: name })
const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** The clinic's day is not older than this: right after midnight nobody can be late for long. */
const minutesOfToday = () => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: clinic.timeZone, timeStyle: 'short' }).format(new Date())
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
const today = (ago: number) => -Math.min(ago, minutesOfToday())

test('a day with six patients: each screen says what is so of each of them', async ({
  stage,
  clinician,
  everyone: { homes },
}) => {
  const phones: BrowserContext[] = []
  const at = async () => {
    const one = await homes.newContext(phone)
    phones.push(one)
    return one
  }
  const late = await book(stage, 'Liv Aamodt', { startsInMinutes: today(12) })
  const never = await book(stage, 'Nora Bakke', { startsInMinutes: today(200) })
  const [inside, first, second, gone] = await Promise.all(
    ['Inger Caspersen', 'Frida Dahl', 'Solfrid Eide', 'Gudrun Foss'].map((name) => book(stage, name)),
  )
  if (!inside || !first || !second || !gone) throw new Error('four were booked')

  // Their page closes without a word: after some silence it is not said that they wait.
  const left = await patientWaiting(await at(), stage, gone)
  await left.close()
  // She came for her whole day, and opens the one visit from it.
  const doctor = await launch(clinician, stage, { user: chen.reference })
  await rowOf(doctor, inside)
    .getByRole('button', { name: /^Open visit with/ })
    .click()
  const called = await patientWaiting(await at(), stage, inside)
  await admit(doctor, inside.name)
  await Promise.all([sees(doctor, 'blue'), sees(called, 'red')])
  const longest = await patientWaiting(await at(), stage, first)
  const next = await patientWaiting(await at(), stage, second)
  const day = await launch(clinician, stage, { user: chen.reference })

  // Her day: who waits on top, the longest first; then who is in the call; then everybody by their time.
  const order = [first, second, inside, never, late, gone].map(({ name }) => name)
  const names = day.getByRole('list').getByRole('heading', { level: 2 })
  await expect
    .poll(async () => (await names.allTextContents()).filter((name) => order.includes(name)), { timeout: 90_000 })
    .toEqual(order)
  await expect(rowOf(day, first)).toContainText(/1 person waiting, .+, since/)
  await expect(rowOf(day, inside)).toContainText('In progress')
  await expect(rowOf(day, late)).toContainText(/Nobody there yet, .+ after the start/, { timeout: 90_000 })
  await expect(rowOf(day, late)).toHaveClass(/overdue/)
  await expect(rowOf(day, gone)).toContainText(/Page closed or asleep since .+\. Their place is kept until /)
  await expect(rowOf(day, never)).toContainText(/Time has passed|Nobody there yet/)
  await look(day, 'clinician-day-six')

  // Each who waits: their place, and that she is with another patient.
  await expect(title(longest)).toContainText('is with another patient.')
  await expect(words(longest, 'Nobody has been waiting longer than you.')).toBeVisible()
  await expect(title(next)).toContainText('is with another patient.')
  await expect(words(next, '1 patient has been waiting longer than you.')).toBeVisible()
  await look(next, 'patient-second-of-six')

  // In the call: who waits elsewhere, by name and by minutes; whose page is closed is not counted.
  const strip = doctor.locator('.banner .others')
  await expect(strip).toHaveAccessibleName(/^2 other patients are waiting for you: Frida Dahl, .+, Solfrid Eide, /)
  await doctor.getByRole('region', { name: 'Who is it?' }).getByRole('button', { name: 'Confirmed' }).click()
  await look(doctor, 'clinician-call-six', 'Call')

  await note(doctor, 'Plan').fill('Rest.')
  await saved(doctor)
  await end(doctor)
  await expect(called.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
  await expect(rowOf(day, inside)).toContainText('Note not signed.')
  await expect(title(longest)).not.toContainText('is with another patient.')
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()
  await expect(rowOf(day, inside)).toContainText('Note in the chart.')

  // The next is the one who waits longest. Once she is in, the other waits with nobody before her.
  await doctor.getByRole('button', { name: /^Open visit with Frida Dahl, waiting / }).click()
  await admit(doctor, first.name)
  await Promise.all([sees(doctor, 'blue'), sees(longest, 'red')])
  await expect(words(next, 'Nobody has been waiting longer than you.')).toBeVisible()
  await expect(title(next)).toContainText('is with another patient.')
  await expect(strip).toHaveAccessibleName(/^1 other patient is waiting for you: Solfrid Eide, /)

  await Promise.all(phones.map((one) => one.close()))
})
