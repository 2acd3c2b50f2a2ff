// Owns the proof that whoever waits is fetched: the screen stays awake, the ring goes on until it is heard, a wrong clock and a far zone mislead nobody.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { admit, clinicianAt, knock, launch, leaveTheWaitingRoom, patientWaiting, words } from './walk.ts'

/** Counts what a phone is asked for: to stay awake, to let go of that, to tremble. */
const counted = () => {
  const asked = { held: 0, let: 0, trembled: 0 }
  Reflect.set(window, 'asked', asked)
  const request = async () => {
    asked.held++
    return { release: async () => void asked.let++ }
  }
  Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  Object.defineProperty(navigator, 'vibrate', {
    value: (how: unknown) => Array.isArray(how) && ++asked.trembled,
  })
}
const asked = (page: Page) => page.evaluate(() => Reflect.get(window, 'asked'))
const shown = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((to) => {
    Object.defineProperty(document, 'visibilityState', { value: to, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

test('the screen stays awake in the waiting room and the call, also when the page is seen again, and who is let in is rung for', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Dagny Riis')
  await patient.addInitScript(counted)
  const guest = await launch(patient, stage, booking.byPatient)
  await expect(guest.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()
  expect(await asked(guest)).toMatchObject({ held: 0 })

  await knock(guest)
  await expect.poll(() => asked(guest)).toMatchObject({ held: 1, let: 0 })
  await shown(guest, 'hidden')
  await shown(guest, 'visible')
  await expect.poll(() => asked(guest)).toMatchObject({ held: 2 })

  await leaveTheWaitingRoom(guest)
  await expect.poll(() => asked(guest)).toMatchObject({ let: 1 })
  await guest.getByRole('button', { name: 'Come back' }).click()
  await knock(guest)
  const doctor = await clinicianAt(clinician, stage, booking)
  await admit(doctor, booking.name)
  // Nobody touches the phone: it rings again.
  await expect.poll(() => asked(guest).then(({ trembled }) => trembled)).toBeGreaterThan(1)
  await expect.poll(() => asked(guest).then(({ held, let: gone }) => held > gone)).toBe(true)
})

test('a phone that is an hour fast, and in another zone, says how long somebody has waited and whose time it is', async ({
  stage,
  everyone: { homes },
}) => {
  const far = await homes.newContext({ locale: 'en-US', timezoneId: 'Asia/Tokyo' })
  await far.addInitScript(() => {
    const real = Date.now
    Date.now = () => real() + 3_600_000
  })
  const guest = await patientWaiting(far, stage, await book(stage, 'Frida Nord'))

  await expect(words(guest, /^You have been waiting since .* [AP]M E[SD]T \(less than a minute\)/)).toBeVisible()
  await expect(words(guest, /^Your visit today at .* [AP]M \(Eastern .* Time\) with/)).toBeVisible()
  await far.close()
})

test('who waits long is told by voice too that it takes longer than planned, and in the end that the time has passed', async ({
  stage,
  patient,
}) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Elin Moe'))
  let over = false
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  await guest.route('**/api/visits/*', async (route) => {
    const response = await route.fetch()
    const view = await response.json()
    const old = { start: ago(30), ...(over ? { closesAt: ago(1) } : {}), place: { ...view.place, since: ago(20) } }
    await route.fulfill({ response, json: { ...view, ...old } })
  })

  await guest.reload()

  await expect(words(guest, /It takes longer than planned\. You keep your place\./)).toBeVisible()
  await expect(guest.locator('#announcer')).toContainText('It takes longer than planned. You keep your place.')

  // Whose visit has no hours left is not told to go on waiting.
  over = true
  await guest.reload()
  await expect(guest.getByRole('heading', { level: 1, name: 'The time of this visit has passed.' })).toBeVisible()
  await expect(words(guest, 'You need not keep this page open.')).toBeVisible()
  await expect(words(guest, 'It goes on by itself')).toHaveCount(0)
})

test('a page that may not sound yet does not promise a sound', async ({ stage, patient }) => {
  const guest = await patientWaiting(patient, stage, await book(stage, 'Gerda Sund'))
  await guest.reload()

  await expect(words(guest, 'It goes on by itself. Your camera')).toBeVisible()
  await guest.getByRole('button', { name: 'Let a sound tell you' }).click()
  await expect(words(guest, 'It goes on by itself, and a sound tells you.')).toBeVisible()
  await expect(guest.getByRole('button', { name: 'Hear the sound' })).toBeVisible()
})

test('who signs out while waiting is asked first, and leaves the door with it', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Helga Torp')
  const guest = await patientWaiting(patient, stage, booking)
  const doctor = await clinicianAt(clinician, stage, booking)
  const question = guest.getByRole('dialog', { name: 'Sign out and lose your place?' })

  await guest.getByRole('button', { name: 'Sign out' }).click()
  await look(guest, 'patient-sign-out-while-waiting')
  await question.getByRole('button', { name: 'Keep waiting' }).click()
  await expect(question).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()

  await guest.getByRole('button', { name: 'Sign out' }).click()
  await question.getByRole('button', { name: 'Leave and sign out' }).click()
  await expect(guest.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toHaveCount(0)
})
