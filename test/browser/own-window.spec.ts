// Owns the way out of a frame that allows too little: the same visit, at the same place, in a window of its own; and the way back.
import { type BrowserContext, expect, type FrameLocator, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, choose, clinicianAt, inTheQueue, knock, note, patientWaiting, saved, words } from './walk.ts'

const ownWindow = 'Open the visit in its own window'
const closed = (whose: 'health record system' | 'portal') =>
  `This window of your ${whose} does not allow the camera or the microphone.`
const frameIn = (page: Page) => page.frameLocator('iframe[title="Video visit"]')

/** The EHR's page with the visit in a frame. */
async function inEhr(who: BrowserContext, stage: Stage, { appointment }: Booking): Promise<Page> {
  const page = await who.newPage()
  const query = new URLSearchParams({ user: clinic.practitioners.chen.reference, appointment })
  await page.goto(`${stage.ehr.origin}/desktop/frame?${query}`)
  return page
}

/** The same page with another frame in the place of its own: who is launched in it, and what its administrator lets it use. */
async function inFrame(
  who: BrowserContext,
  stage: Stage,
  booking: Booking,
  as: 'byClinician' | 'byPatient',
  allow: string,
) {
  const src = await stage.ehr.launchUrl({ ...booking[as], needPatientBanner: false })
  await who.route('**/launch.html?*', (route) => route.abort(), { times: 1 })
  const page = await inEhr(who, stage, booking)
  await page
    .locator('iframe')
    .evaluate((frame, its) => frame.replaceWith(Object.assign(document.createElement('iframe'), its)), {
      title: 'Video visit',
      src,
      allow,
    })
  return page
}

/** Presses the button in the frame, and gives the window. */
async function opened(who: BrowserContext, visit: FrameLocator, how: 'button' | 'link' = 'button'): Promise<Page> {
  const coming = who.waitForEvent('page')
  await visit.getByRole(how, { name: ownWindow }).click()
  const page = await coming
  await page.waitForURL(/\/v\/[\w-]{20,}\/visits\/[a-z2-7]+#beside[-a-z]*$/)
  return page
}

const moved = (visit: FrameLocator, what: 'call' | 'visit' = 'call') =>
  expect(visit.getByRole('heading', { name: `The ${what} is in its own window` })).toBeVisible()

/** As a person sees the frame, at a desk and on a small screen. */
async function pictured(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  const before = page.viewportSize()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png`, fullPage: true })
  }
  if (before !== null) await page.setViewportSize(before)
}

test('a clinician whose EHR keeps the camera from the frame has the call in a window, and writes the note in the frame', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Maren Solheim')
  const desktop = await inFrame(clinician, stage, booking, 'byClinician', 'fullscreen')
  const visit = frameIn(desktop)
  await expect(words(visit, closed('health record system'))).toBeVisible()
  await pictured(desktop, 'own-window-barred')
  const guest = await patientWaiting(patient, stage, booking)

  const window = await opened(clinician, visit)
  await moved(visit)
  // The EHR's banner stands around the frame alone: the window says itself whose visit it is.
  await expect(window.getByRole('heading', { level: 1, name: booking.name })).toBeVisible()
  await note(visit, 'Subjective').fill('Wakes up short of breath.')
  await admit(window, booking.name)
  await Promise.all([sees(window, 'blue'), sees(guest, 'red')])
  await note(visit, 'Plan').fill('Come in on Friday.')
  await saved(visit)

  await expect(room(visit).locator('video')).toHaveCount(0)
  await pictured(desktop, 'own-window-moved')
  await look(window, 'own-window-beside', 'Note')
  await window.getByRole('button', { name: 'Write it here instead' }).click()
  await expect(note(window, 'Subjective')).toHaveValue('Wakes up short of breath.')
  await expect(note(window, 'Plan')).toHaveValue('Come in on Friday.')
})

test('a clinician lets somebody in from the frame, and the call begins in the window', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Nadia Petrova')
  const visit = frameIn(await inEhr(clinician, stage, booking))
  const guest = await patientWaiting(patient, stage, booking)
  const window = await opened(clinician, visit)

  await admit(visit, booking.name)

  await Promise.all([sees(window, 'blue'), sees(guest, 'red')])
  await moved(visit)
  await visit.getByRole('button', { name: 'End visit' }).click()
  await visit.getByRole('button', { name: 'End for everyone' }).click()
  await expect(window.getByRole('heading', { name: 'The visit has ended' })).toBeVisible()
  await expect(guest.getByRole('heading', { name: 'Your visit has ended' })).toBeVisible()
})

test('a clinician in the call takes it into a window and back again, and is never in it twice', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Otto Lindqvist')
  const desktop = await inEhr(clinician, stage, booking)
  const visit = frameIn(desktop)
  const guest = await patientWaiting(patient, stage, booking)
  await admit(visit, booking.name)
  await Promise.all([sees(visit, 'blue'), sees(guest, 'red')])
  await pictured(desktop, 'own-window-in-call')

  await visit.getByRole('button', { name: 'Mute your microphone' }).click()
  await visit.getByRole('button', { name: 'More', exact: true }).click()

  const window = await opened(clinician, visit)
  await Promise.all([sees(window, 'blue'), sees(guest, 'red')])
  await expect(room(visit).locator('video')).toHaveCount(0)
  // Nobody is heard by surprise.
  await expect(window.getByRole('button', { name: 'Unmute your microphone' })).toBeVisible()

  const gone = window.waitForEvent('close')
  await visit.getByRole('button', { name: 'Bring it back here' }).click()
  await gone
  await Promise.all([sees(visit, 'blue'), sees(guest, 'red')])
  await expect(visit.getByRole('button', { name: 'Unmute your microphone' })).toBeVisible()
})

test('a frame that is loaded again leaves the call in the window, and says when that was closed', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Petra Nowak')
  const visit = frameIn(await inEhr(clinician, stage, booking))
  await visit.getByRole('button', { name: 'Start the call' }).click()
  await visit.getByRole('button', { name: 'More', exact: true }).click()
  const window = await opened(clinician, visit)
  await expect(room(window).locator('video')).not.toHaveCount(0)

  await visit.locator('body').evaluate(() => location.reload())
  await moved(visit)
  await expect(words(visit, 'Close that window before you bring the call back.')).toBeVisible()

  const second = await opened(clinician, visit)
  await second.getByRole('button', { name: 'Mute your microphone' }).click()
  await expect(words(second, 'Your microphone is off: nobody hears you.')).toBeVisible()
  // The frame looks at its window once a second.
  await second.waitForFunction(() => history.state?.microphone === 'off')
  await expect.poll(() => visit.locator('body').evaluate(() => history.state?.microphone)).toBe('off')
  await second.close()
  await expect(visit.getByRole('heading', { name: 'The window of the call was closed' })).toBeVisible()
})

test('a patient in the portal’s frame takes the place in the queue along, and is let in there', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Quirin Hahn')
  const portal = await inFrame(patient, stage, booking, 'byPatient', 'camera; microphone')
  const visit = frameIn(portal)
  await visit.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(visit, inTheQueue)).toBeVisible()
  await pictured(portal, 'own-window-offered')

  const window = await opened(patient, visit)
  await expect(words(window, inTheQueue)).toBeVisible()
  await moved(visit, 'visit')
  await pictured(portal, 'own-window-patient-moved')
  const doctor = await clinicianAt(clinician, stage, booking)
  await expect(doctor.getByRole('button', { name: /^Let in/ })).toHaveCount(1)
  await admit(doctor, booking.name)

  await Promise.all([sees(window, 'red'), sees(doctor, 'blue')])
  await moved(visit, 'visit')

  // Who signs out beside a call is asked first, and leaves the door with it.
  const question = visit.getByRole('dialog', { name: 'Sign out and leave the call?' })
  await visit.getByRole('button', { name: 'Sign out' }).click()
  await pictured(portal, 'own-window-sign-out-in-call')
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(question).toHaveCount(0)
  await sees(doctor, 'blue')
  await visit.getByRole('button', { name: 'Sign out' }).click()
  await question.getByRole('button', { name: 'Leave and sign out' }).click()
  await expect(visit.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await expect(words(doctor, /^You are alone in the call/)).toBeVisible()
})

test('a patient whose portal keeps the camera from the frame reads so before anything is asked, and checks in the window', async ({
  stage,
  patient,
}) => {
  const portal = await inFrame(patient, stage, await book(stage, 'Runa Dahl'), 'byPatient', 'fullscreen')
  const visit = frameIn(portal)
  await expect(words(visit, closed('portal'))).toBeVisible()
  await expect(visit.getByRole('button', { name: 'Check camera and microphone' })).toHaveCount(0)
  await pictured(portal, 'own-window-patient-barred')

  const window = await opened(patient, visit)

  await knock(window)
  await visit.getByRole('button', { name: 'Bring it back here' }).click()
  await expect(words(visit, closed('portal'))).toBeVisible()
  await visit.getByRole('button', { name: 'Go on here all the same' }).click()
  await expect(words(visit, inTheQueue)).toBeVisible()
})

test('where the browser opens no window by itself there is a link, and it is good once', async ({ stage, patient }) => {
  const portal = await inFrame(patient, stage, await book(stage, 'Silja Brandt'), 'byPatient', 'camera; microphone')
  const visit = frameIn(portal)
  await expect(visit.getByRole('button', { name: ownWindow })).toBeVisible()
  await visit.locator('body').evaluate(() => Reflect.set(globalThis, 'open', () => null))
  await visit.getByRole('button', { name: ownWindow }).click()
  await expect(words(visit, 'Your browser did not open a window.')).toBeVisible()
  const address = await visit.getByRole('link', { name: ownWindow }).getAttribute('href')
  await pictured(portal, 'own-window-link')

  const window = await opened(patient, visit, 'link')
  await expect(window.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()
  await moved(visit, 'visit')

  const late = await patient.newPage()
  await late.goto(address ?? '')
  await expect(late.getByRole('heading', { name: 'This window was opened too late' })).toBeVisible()
  await expect(words(late, 'Code for support: S13')).toBeVisible()
  expect(late.url()).toBe(`${stage.app}/hand-over.html`)
  await look(late, 'own-window-late')
})

test('a clinician in the call whose browser opens no window by itself has a link below the call, which goes on meanwhile', async ({
  stage,
  clinician,
}) => {
  const visit = frameIn(await inEhr(clinician, stage, await book(stage, 'Solveig Aune')))
  await visit.getByRole('button', { name: 'Start the call' }).click()
  await expect(words(visit, 'You are alone in the call.')).toBeVisible()
  await visit.locator('body').evaluate(() => Reflect.set(globalThis, 'open', () => null))

  await choose(visit, ownWindow)

  await expect(words(visit, 'Your browser did not open a window.')).toBeVisible()
  await expect(words(visit, 'You are alone in the call.')).toBeVisible()
  const window = await opened(clinician, visit, 'link')
  await expect(room(window).locator('video')).not.toHaveCount(0)
  await moved(visit)
})

test('an address that came by mail goes on into nobody’s sign-in before it has asked whose it is', async ({
  stage,
  patient,
}) => {
  const portal = await inFrame(patient, stage, await book(stage, 'Silja Brandt'), 'byPatient', 'camera; microphone')
  const visit = frameIn(portal)
  await expect(visit.getByRole('button', { name: ownWindow })).toBeVisible()
  const key = await visit.locator('body').evaluate(async () => {
    const [, , launch, , id] = location.pathname.split('/')
    const headers = { 'Content-Type': 'application/json' }
    const asking = { method: 'POST', headers, body: JSON.stringify({ visit: id }) }
    const { url } = await (await fetch(`/v/${launch}/api/hand-overs`, asking)).json()
    return new URL(url).hash
  })

  const mailed = await patient.newPage()
  await mailed.goto(`${stage.app}/hand-over.html${key}`)
  await expect(mailed.getByRole('heading', { name: 'Is this you?' })).toBeVisible()
  await expect(words(mailed, /You would go on as Silja Brandt, a patient of /)).toBeVisible()
  await look(mailed, 'own-window-whose')
  await mailed.getByRole('button', { name: 'This is not me' }).click()
  await expect(mailed.getByRole('heading', { name: 'Nothing was opened' })).toBeVisible()
  expect((await patient.cookies()).filter(({ partitionKey }) => partitionKey === undefined)).toEqual([])

  const own = await patient.newPage()
  await own.goto(`${stage.app}/hand-over.html${key}`)
  await own.getByRole('button', { name: 'Yes, this is me' }).click()
  await expect(own).toHaveURL(/\/v\/[^/]+\/visits\//)
})

test('the window has a cookie of its own that no script can read, and signing out there ends the frame too', async ({
  stage,
  clinician,
}) => {
  const visit = frameIn(await inEhr(clinician, stage, await book(stage, 'Tuva Holm')))
  const window = await opened(clinician, visit)
  await expect(window.getByRole('heading', { name: 'The call has not started' })).toBeVisible()

  const cookies = (await clinician.cookies()).filter(({ name }) => name === 'housecall')

  expect(cookies.map(({ partitionKey }) => partitionKey).toSorted()).toEqual(['http://127.0.0.1', 'http://localhost'])
  expect(new Set(cookies.map(({ value }) => value)).size).toBe(2)
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None' })
  expect(await window.evaluate(() => [document.cookie, sessionStorage.length, localStorage.length])).toEqual(['', 0, 0])

  await window.getByRole('button', { name: 'Appointments' }).click()
  await window.getByRole('button', { name: 'Sign out' }).click()
  await note(visit, 'Subjective').fill('Too late.')
  await expect(words(visit, /You are signed out\. Your text is kept on this page\./)).toBeVisible()
})

test('a launch in a frame that keeps no cookies is not spent there: it opens in a window of its own', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Ulrik Stern')
  await clinician.addInitScript(() => {
    if (window.top !== window)
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined })
  })
  const desktop = await inEhr(clinician, stage, booking)
  const visit = frameIn(desktop)
  await expect(visit.getByRole('heading', { name: 'The visit needs a window of its own' })).toBeVisible()
  await pictured(desktop, 'own-window-no-cookies')

  const coming = clinician.waitForEvent('page')
  await visit.getByRole('link', { name: ownWindow }).click()

  await expect((await coming).getByRole('heading', { name: 'The call has not started' })).toBeVisible()
})

test('a clinician whose browser does not tell what the frame allows reads it all the same', async ({
  stage,
  clinician,
}) => {
  await clinician.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'featurePolicy', { value: undefined })
  })

  const desktop = await inFrame(clinician, stage, await book(stage, 'Vilde Aas'), 'byClinician', 'fullscreen')

  await expect(words(frameIn(desktop), closed('health record system'))).toBeVisible()
})

test('a patient whose browser does not tell reads it after the first try of the camera', async ({ stage, patient }) => {
  await patient.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'featurePolicy', { value: undefined })
  })
  const portal = await inFrame(patient, stage, await book(stage, 'Wanda Krol'), 'byPatient', 'fullscreen')

  await frameIn(portal).getByRole('button', { name: 'Check camera and microphone' }).click()

  await expect(words(frameIn(portal), closed('portal'))).toBeVisible()
})
