// Owns the proof that a whole visit leaves nothing personal and nothing secret in an address or in the app's log.
import { type BrowserContext, expect } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { book } from './booking.ts'
import { test } from './people.ts'
import { sees } from './picture.ts'
import { end, inCall, note, saved, words } from './walk.ts'

const written = 'Palpitations after coffee.'
const birthDates = ['1988-11-02', 'November 2, 1988', '2 November 1988']

test('from launch to chart, no address and no line of the log names anyone or gives a secret away', async ({
  stage,
  everyone,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Gwendolyn Ashcombe')
  const asked = [clinician, patient].map(addresses)
  const replies = [clinician, patient].map(tokens)
  const before = everyone.log.length

  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  await note(doctor, 'Subjective').fill(written)
  await saved(doctor)
  await end(doctor)
  await doctor.getByRole('button', { name: 'Review and sign' }).click()
  await doctor.getByRole('button', { name: 'Sign and file' }).click()
  await expect(words(doctor, 'The note is in the chart.')).toBeVisible()

  const cookies = (await Promise.all([clinician.cookies(), patient.cookies()])).flat().map(({ value }) => value)
  const roomTokens = (await Promise.all(replies.flat())).flat()
  const personal = [
    ...['Gwendolyn', 'Ashcombe', booking.patient, booking.appointment, written, 'Palpitations'],
    ...birthDates,
    ...['Lillian', 'Chen', clinic.practitioners.chen.id],
  ]
  expect(cookies.length).toBeGreaterThan(1)
  expect(roomTokens.length).toBeGreaterThan(1)

  const urls = asked.flat()
  const ours = urls.filter((url) => url.startsWith(stage.app))
  expect(ours.length).toBeGreaterThan(40)
  expect(found(ours, [...personal, ...cookies, ...roomTokens, 'eyJ'])).toEqual([])
  // Jitsi takes its entry in the frame's address, by its own design; nobody else may get it, and no name goes there either.
  const others = urls.filter((url) => !url.startsWith(stage.app) && !url.startsWith(stage.jitsi.origin))
  expect(found(others, [...cookies, ...roomTokens])).toEqual([])
  const room = urls.filter((url) => url.startsWith(stage.jitsi.origin)).map((url) => url.replace(/eyJ[\w.-]+/g, ''))
  expect(found(room, [...personal, ...cookies])).toEqual([])

  const log = everyone.log.slice(before).join('').split('\n')
  expect(log.filter((line) => line.includes('"event":"request"')).length).toBeGreaterThan(20)
  expect(found(log, [...personal, ...cookies, ...roomTokens, 'eyJ', 'Bearer'])).toEqual([])
})

/** Every address this browser asks from now on, those of frames and sockets too. */
function addresses(who: BrowserContext): string[] {
  const urls: string[] = []
  who.on('request', (request) => urls.push(request.url()))
  who.on('page', (page) => page.on('websocket', (socket) => urls.push(socket.url())))
  return urls
}

/** The entries to the room that this browser is given from now on. */
function tokens(who: BrowserContext): Promise<string[]>[] {
  const given: Promise<string[]>[] = []
  who.on('response', (response) => {
    if (!response.url().endsWith('/room-tokens')) return
    given.push(response.text().then((text) => [...text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)].map(([token]) => token)))
  })
  return given
}

/** The texts that give something away, with what they give away. */
const found = (texts: readonly string[], secrets: readonly string[]) =>
  texts.flatMap((text) => {
    const plain = decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'))
    return secrets.filter((secret) => text.includes(secret) || plain.includes(secret)).map((secret) => [secret, text])
  })
