// Owns the proof that both sides can sign in with WebKit, over TLS alone, and what becomes of a patient whose browser cannot hold a call: Debian's
// WebKit has no RTCPeerConnection.
import { expect } from '@playwright/test'
import { book } from '../browser/booking.ts'
import { pictured, test } from './walking.ts'
import { openWebKit, type WebKitWindow } from './webkit.ts'

test.use({ tls: true })

test('a patient and a clinician come in with WebKit, and a browser that holds no call goes on by telephone', async ({
  stage,
}) => {
  const [guest, doctor] = await Promise.all([openWebKit(), openWebKit()])
  const booking = await book(stage, 'Sol Lunde')

  await doctor.go(await stage.ehr.launchUrl(booking.byClinician))
  await reads(doctor, booking.name)
  await guest.go(await stage.ehr.launchUrl(booking.byPatient))
  expect(await guest.run('return "RTCPeerConnection" in window')).toBe(false)
  await reads(guest, 'This browser cannot hold a video call.')
  await pictured('webkit-check', guest.picture)
  await guest.press('Go on by telephone')

  await reads(guest, 'By telephone')
  await reads(doctor, 'Asks to speak by telephone')
  await pictured('webkit-waiting', guest.picture)
  await pictured('webkit-clinician', doctor.picture)
  await Promise.all([guest.close(), doctor.close()])
})

const reads = (window: WebKitWindow, words: string) => expect.poll(window.text).toContain(words)
