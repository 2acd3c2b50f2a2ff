// Owns the door while the call goes on: whoever is sent back, sent away or taken out, and a door that is locked.
import { type BrowserContext, expect } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { type Booking, book } from './booking.ts'
import { look } from './looks.ts'
import { beats, meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, clinicianAt, inTheQueue, launch, openDoor, words } from './walk.ts'

for (const [where, tellsIds] of [
  ['the room tells everyone’s id', true],
  ['the room tells names alone', false],
] as const)
  test(`where ${where}, a patient who is sent back waits again, and comes in again when they are let in again`, async ({
    stage,
    clinician,
    patient,
  }) => {
    if (!tellsIds) stage.jitsi.faults.on('no-presence-identity')
    const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Yusuf Demir')

    await openDoor(doctor)
    await doctor.getByRole('button', { name: `Send ${booking.name} back to the waiting room` }).click()
    await doctor.getByRole('radio', { name: 'Your clinician must see to something' }).check()
    await doctor.getByRole('button', { name: 'Send back' }).click()

    await expect(
      words(guest, /^You were asked to wait again at .*\. Your clinician must see to something/),
    ).toBeVisible()
    await expect(guest.locator('.call-frame')).toHaveCount(0)
    await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
    await admit(doctor, booking.name)
    await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  })

test('whoever is sent away while their page hears nothing is taken out of the room all the same', async ({
  stage,
  clinician,
  patient,
}) => {
  await clinician.clock.install()
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Ygritte Holm')

  // Their page goes on as it was: it cannot be told.
  await patient.route('**/api/**', (route) => route.abort())
  await doctor.evaluate(async () => {
    const [, launch, , visit] = location.pathname.split('/').slice(1)
    const path = `/v/${launch}/api/visits/${visit}`
    const { door } = await (await fetch(path)).json()
    const body = JSON.stringify({ doorId: door[0].doorId })
    await fetch(`${path}/returns`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  })
  await beats(doctor, 4)

  await expect(room(doctor).locator('video[data-participant]')).toHaveCount(0)
  await expect(room(guest).locator('video[data-participant]')).toHaveCount(0)
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()
})

test('a patient who is taken out by Jitsi’s own means waits at our door, and comes back through it', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, booking } = await meeting(clinician, patient, stage, 'Zaida Moreno')
  const id = await room(doctor).locator('video[data-participant]').getAttribute('data-participant')

  // As the room's own menu does it: our page hears only that it happened.
  await doctor.locator('.call-frame iframe').evaluate((frame, id) => {
    if (!(frame instanceof HTMLIFrameElement)) return
    const scope = frame.name.replace('jitsiConferenceFrame', 'jitsi_meet_external_api_')
    const message = { type: 'command', name: 'kickParticipant', args: [id], scope }
    frame.contentWindow?.postMessage(message, new URL(frame.src).origin)
  }, id)

  await expect(words(guest, inTheQueue)).toBeVisible()
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('whoever comes while the door is locked waits at it, is seen there, and comes in alone when they are let, and the call goes on', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Benedikt Rau')
  const { doctor, guest } = await atLockedDoor(clinician, patient, stage, booking)
  await expect(words(doctor, `${booking.name} tried to come in at`)).toContainText('The door is locked.')
  await expect(doctor.locator('.person').getByText('Not here now')).toHaveCount(0)
  await look(doctor, 'door-locked-clinician', 'Door')
  await look(guest, 'patient-door-locked')

  // Also a page that is loaded again waits on, and goes on by itself.
  await guest.reload()
  await expect(words(guest, 'Your clinic sees that you tried to come in at')).toBeVisible()
  await doctor.getByRole('button', { name: `Let them wait: ${booking.name}` }).click()

  await expect(words(guest, inTheQueue)).toBeVisible()
  await expect(doctor.getByRole('button', { name: 'Unlock the door' })).toBeVisible()
  await expect(words(doctor, 'tried to come in at')).toHaveCount(0)
  await admit(doctor, booking.name)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
})

test('whoever waits at a locked door goes on by itself once it is unlocked, also where the first try is lost', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Benedikta Rau')
  const { doctor, guest } = await atLockedDoor(clinician, patient, stage, booking)
  await expect(guest.getByRole('link', { name: /call the clinic/ })).toBeVisible()
  await guest.route('**/knocks', (route) => route.abort(), { times: 1 })

  await doctor.getByRole('button', { name: 'Unlock the door' }).click()

  await expect(words(guest, inTheQueue)).toBeVisible({ timeout: 15_000 })
  await expect(doctor.getByRole('button', { name: `Let in ${booking.name}` })).toBeVisible()
})

test('whoever does not wait at a locked door any longer is not spoken of at it', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Benedetta Rau')
  const { doctor, guest } = await atLockedDoor(clinician, patient, stage, booking)
  await expect(words(doctor, `${booking.name} tried to come in at`)).toBeVisible()

  await guest.getByRole('button', { name: 'Do not wait any longer' }).click()

  await expect(words(doctor, 'tried to come in at')).toHaveCount(0)
  await expect(words(guest, 'The waiting room is closed for a while.')).toHaveCount(0)
})

/** The clinician is in the call behind a locked door, and the patient has tried to come in. */
async function atLockedDoor(clinician: BrowserContext, patient: BrowserContext, stage: Stage, booking: Booking) {
  const doctor = await clinicianAt(clinician, stage, booking)
  await doctor.getByRole('button', { name: 'Start the call' }).click()
  await expect(words(doctor, 'You are alone in the call.')).toBeVisible()
  await openDoor(doctor)
  await doctor.getByRole('button', { name: 'Lock the door' }).click()
  await expect(words(doctor, 'Nobody new can come, unless you let them wait.')).toBeVisible()
  const guest = await launch(patient, stage, booking.byPatient)
  await guest.getByRole('button', { name: 'Go to the waiting room' }).click()
  await expect(words(guest, 'The waiting room is closed for a while.')).toBeVisible()
  await expect(words(guest, 'Keep this page open: it goes on by itself.')).toBeVisible()
  return { doctor, guest }
}
