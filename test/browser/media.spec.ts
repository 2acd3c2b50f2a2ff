// Owns a call in which people meet and nothing comes through: that both sides read so, on which side it is where that is known, and what to try.
import { expect, type Page } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { meeting } from './meeting.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { inCall, note, saved, words } from './walk.ts'

const nothing = 'No picture and no sound comes through.'
const here = /is here\.$/

/** What the room in the page's frame would write into its log. */
const roomLogs = (page: Page, { jitsi, app }: Stage, line: string) =>
  page
    .frames()
    .find((one) => one.url().startsWith(jitsi.origin))
    ?.evaluate(
      ([said, to]) => {
        const scope = `jitsi_meet_external_api_${window.name.replace('jitsiConferenceFrame', '')}`
        parent.postMessage({ scope, type: 'event', name: 'log', data: { logLevel: 'info', args: [said] } }, to)
      },
      [line, app] as const,
    )
const through = '(TIME) ICE connected JVB:\t'

test('where nothing comes through both sides read so after eight seconds, what to try and whom to ring, and no more once it does', async ({
  stage,
  clinician,
  patient,
}) => {
  stage.jitsi.faults.on('no-media')
  // Its channel stands all the same.
  stage.jitsi.faults.on('bridge-by-websocket')
  const booking = await book(stage, 'Marit Dahle')
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await Promise.all([expect(words(doctor, here)).toBeVisible(), expect(words(guest, here)).toBeVisible()])
  const since = Date.now()
  await Promise.all([expect(words(doctor, nothing)).toHaveCount(0), expect(words(guest, nothing)).toHaveCount(0)])

  await Promise.all([expect(words(doctor, nothing)).toBeVisible(), expect(words(guest, nothing)).toBeVisible()])

  expect(Date.now() - since).toBeGreaterThan(5_000)
  await expect(words(doctor, /UDP port 10000/)).toBeVisible()
  await expect(words(guest, /mobile data in place of Wi-Fi/)).toBeVisible()
  await expect(words(guest, /UDP|10000/)).toHaveCount(0)
  await expect(guest.getByRole('link', { name: 'Or call 555-0100' })).toBeVisible()
  await look(doctor, 'call-blocked-clinician', 'Call')
  await look(guest, 'patient-call-blocked')
  await expect(guest.locator('#announcer')).toContainText(nothing)

  stage.jitsi.faults.off('no-media')
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await Promise.all([expect(words(doctor, nothing)).toHaveCount(0), expect(words(guest, nothing)).toHaveCount(0)])
})

test('who is alone reads nothing of it, and a camera and a microphone that are off are no fault', async ({
  stage,
  clinician,
  patient,
}) => {
  await Promise.all([clinician.clock.install(), patient.clock.install()])
  const { doctor, guest } = await meeting(clinician, patient, stage, 'Nina Vold')

  await room(guest).getByRole('button', { name: 'Mute microphone' }).click()
  await room(guest).getByRole('button', { name: 'Stop camera' }).click()
  await doctor.clock.runFor(20_000)
  await expect(words(doctor, 'Nina Vold is here.')).toBeVisible()
  await expect(words(doctor, nothing)).toHaveCount(0)
  await guest.close()
  await expect(words(doctor, /^You are alone in the call/)).toBeVisible()
  await doctor.clock.runFor(20_000)

  await expect(words(doctor, nothing)).toHaveCount(0)
})

test('where it is held back on the patient’s side alone, her clinician reads that, and she is told by her page as before', async ({
  stage,
  clinician,
  patient,
}) => {
  stage.jitsi.faults.on('no-media')
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Olga Bech'))
  await expect(words(doctor, here)).toBeVisible()

  await roomLogs(doctor, stage, through)

  await expect(words(doctor, /It is held back on the other side, and not on yours/)).toBeVisible()
  await expect(words(guest, /Try another one: mobile data/)).toBeVisible()
  await look(doctor, 'call-blocked-theirs-clinician', 'Call')
  // A note that is signed now is of no video visit until she says so.
  await note(doctor, 'Plan').fill('We spoke on the telephone.')
  await saved(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  const signing = doctor.getByRole('dialog', { name: 'Sign this note' })
  await expect(signing).toContainText('The patient’s side was in the call, and neither picture nor sound came through.')
  await signing.getByRole('radio', { name: 'We spoke by telephone' }).check()
  await expect(signing).toContainText('Visit by telephone on')
  await look(doctor, 'clinician-sign-nothing-through')
  await signing.getByRole('button', { name: 'Go on writing' }).click()
  // Hers once more: on a slow machine the room has given up meanwhile, and was opened anew.
  await Promise.all([roomLogs(guest, stage, through), roomLogs(doctor, stage, through)])
  await Promise.all([expect(words(doctor, nothing)).toHaveCount(0), expect(words(guest, nothing)).toHaveCount(0)])
})
