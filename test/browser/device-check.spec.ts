// Owns the proof that nobody is left alone at the check: what cannot work is said at once, the sound can be tried, and the clinician sees who is stuck.
import { expect, type Page } from '@playwright/test'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test, unasked } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, knock, launch, words } from './walk.ts'

test('a browser that cannot hold a call is told so before it is asked for a camera, and its person goes on by telephone', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Astrid Lund')
  const doctor = await clinicianAt(clinician, stage, booking)
  await patient.addInitScript(() => {
    Reflect.deleteProperty(window, 'RTCPeerConnection')
    const asked = () => Promise.reject(new Error('nobody is to be asked'))
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: asked })
  })
  const guest = await launch(patient, stage, booking.byPatient)

  await expect(guest.getByRole('alert')).toContainText('This browser cannot hold a video call.')
  await expect(guest.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await look(guest, 'patient-check-incapable')
  const why = /^Is here now\. Their camera and microphone are of no use: their browser cannot hold a call\. Told at \d/
  await expect(words(doctor, why)).toBeVisible()
  await look(doctor, 'clinician-patient-stuck', 'Door')

  await guest.getByRole('button', { name: 'Go on by telephone' }).click()
  await expect(guest.getByRole('heading', { name: 'By telephone' })).toBeVisible()
  await expect(guest.getByRole('main').getByRole('link', { name: 'Call 555-0100' })).toBeVisible()
  await expect(words(doctor, 'Asks to speak by telephone')).toBeVisible()
  await guest.reload()
  await expect(guest.getByRole('heading', { name: 'By telephone' })).toBeVisible()

  await guest.getByRole('button', { name: 'Try the video call after all' }).click()
  await expect(guest.getByRole('alert')).toContainText('This browser cannot hold a video call.')
  await expect(words(doctor, 'Asks to speak by telephone')).toHaveCount(0)
})

test('at an address where no browser opens a camera that is said at once, and nobody’s settings are blamed', async ({
  stage,
  patient,
}) => {
  await patient.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }))

  const guest = await launch(patient, stage, (await book(stage, 'Berit Sand')).byPatient)

  await expect(guest.getByRole('alert')).toHaveCount(1)
  await expect(guest.getByRole('alert')).toContainText('A video call cannot be held at this address.')
  await expect(guest.getByRole('alert')).toContainText('Please tell the clinic.')
  await expect(guest.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await expect(guest.getByRole('button', { name: 'Go on by telephone' })).toBeVisible()
  await look(guest, 'patient-check-insecure')
})

test('a camera that the system keeps closed is looked for in the system’s settings, and what is mended is told no more', async ({
  stage,
  clinician,
}) => {
  const booking = await book(stage, 'Birte Holm')
  const doctor = await clinicianAt(clinician, stage, booking)
  const allowed = await unasked(['camera', 'microphone'])
  await allowed.addInitScript(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    const closed = (want: MediaStreamConstraints) =>
      want.video && !Reflect.get(window, 'mended')
        ? Promise.reject(new DOMException('Permission denied by system', 'NotAllowedError'))
        : open(want)
    Object.defineProperty(mediaDevices, 'getUserMedia', { value: closed })
  })
  const guest = await launch(allowed, stage, booking.byPatient)

  const alert = guest.getByRole('alert')
  await expect(alert).toContainText('Your device does not let Chrome use your camera.')
  await expect(alert).toContainText('Open the Settings app. Choose “Apps”, Chrome, “Permissions”')
  await expect(alert.locator('svg')).toBeVisible()
  await look(guest, 'patient-check-system')
  await expect(
    words(doctor, /^Is here now\. Their camera is closed by the settings of their device\. Told at \d/),
  ).toBeVisible()

  await guest.evaluate(() => Reflect.set(window, 'mended', true))
  await guest.getByRole('button', { name: 'Try again' }).click()
  await expect(guest.getByRole('button', { name: 'Go to the waiting room' })).toBeVisible()
  await expect(words(doctor, /^Is here/)).toHaveCount(0)
  await allowed.browser()?.close()
})

/** Which devices the room in the page's frame uses, by their names. */
const used = (page: Page) =>
  room(page)
    .locator('video[data-participant]')
    .evaluate(async (video) => {
      const all = await navigator.mediaDevices.enumerateDevices()
      const nameOf = (kind: string, id: unknown) => all.find((one) => one.kind === kind && one.deviceId === id)?.label
      const { sinkId } = video as HTMLVideoElement // sound: the locator says so
      const own = document.querySelector<HTMLVideoElement>('video[data-local]')?.srcObject
      const [microphone] = own instanceof MediaStream ? own.getAudioTracks() : []
      return [nameOf('audiooutput', sinkId), nameOf('audioinput', microphone?.getSettings().deviceId)]
    })

test('a patient tries the sound before the call, and is helped where nothing is heard; what either side chose, the call opens with', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Clara Vik')
  const guest = await launch(patient, stage, booking.byPatient)

  const onward = guest.getByRole('button', { name: 'Go to the waiting room' })
  await expect(words(guest, 'We can hear you.')).toBeVisible()
  const stands = () => onward.evaluate((one) => Math.round(one.getBoundingClientRect().top + scrollY))
  const stood = await stands()

  await guest.getByRole('button', { name: 'Play a test sound' }).click()
  await expect(words(guest, 'Did you hear two soft notes?')).toBeVisible()
  expect(await stands()).toBe(stood)
  await guest.getByRole('button', { name: 'No', exact: true }).click()
  await expect(words(guest, 'Turn up the volume of your device.')).toBeVisible()
  await expect(words(guest, 'Choose another loudspeaker above.')).toBeVisible()
  await look(guest, 'patient-check-no-sound')

  expect(await stands()).toBe(stood)

  await guest.getByLabel('Loudspeaker').selectOption('Fake Audio Output 2')
  await expect(words(guest, 'Did you hear two soft notes?')).toBeVisible()
  await guest.getByRole('button', { name: 'No', exact: true }).click()

  await guest.getByRole('button', { name: 'Play it again' }).click()
  // A hand that shakes presses twice: where the answer was, there is then nothing to press.
  await guest.getByRole('button', { name: 'Yes, I heard them' }).dblclick({ delay: 50 })
  await expect(words(guest, 'You will hear your clinician.')).toBeVisible()
  await expect(onward).toBeVisible()
  expect(await stands()).toBe(stood)

  await knock(guest)
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Check camera, microphone and loudspeaker' }).click()
  await expect(words(doctor, 'We can hear you.')).toBeVisible()
  await doctor.getByLabel('Microphone', { exact: true }).selectOption('Fake Audio Input 2')
  await doctor.getByLabel('Loudspeaker').selectOption('Fake Audio Output 1')
  await look(doctor, 'clinician-own-check', 'Call')
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  expect(await used(doctor)).toEqual(['Fake Audio Output 1', 'Fake Audio Input 2'])
  expect((await used(guest))[0]).toBe('Fake Audio Output 2')
})
