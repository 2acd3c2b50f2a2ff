// A clinic's mail to its patients through the front door: only of what somebody's sign-in has read, only to who wants it, over a restart, and with no
// address of anybody in the log, the trail or the clear.
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { type MailServer, startMailServer } from '../../sandbox/mail/server.ts'
import type { Config } from '../../server/settings/config.ts'
import type { MailSettings } from '../../server/settings/mail.ts'
import type { PatientView } from '../../server/wire/wire.ts'
import { filesBelow } from '../support/secrets.ts'
import { admit, bodyOf, open, opened, visitIdOf, waiting } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const address = 'm.whitfield+home@mail.example'
const from = { name: 'Riverside', address: 'visits@riverside.example' }
let world: World
let server: MailServer
const withMail =
  (more: Partial<MailSettings> = {}) =>
  (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((one) => ({
      ...{ ...one, languages: ['en', 'es'] as const },
      mail: { ...{ host: '127.0.0.1', port: server.port, tls: 'none', from, to: 'clinic', loopback: true }, ...more },
    })),
  })

/** Margaret's record with an address, or with whatever is told. */
async function begin(
  more: Partial<MailSettings> = {},
  telecom: readonly object[] = [{ system: 'email', value: address }],
) {
  world = await openWorld({ config: withMail(more) })
  const [, id = ''] = clinic.patients.margaret.reference.split('/')
  const record = world.ehr.resource('Patient', id)
  if (record === undefined) throw new Error('the fixtures have a Margaret')
  const communication = [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'es' }] } }]
  await world.ehr.put({ ...record, telecom: [...telecom], communication })
  await world.house.notices.begin()
}
/** All that is due now is sent. */
const sent = async () => {
  await world.house.notices.round()
  await world.house.notices.idle()
}
const change = async (id: string, more: object) => {
  const found = world.ehr.resource('Appointment', id)
  if (found === undefined) throw new Error('it was booked')
  await world.ehr.put({ ...found, ...more })
}
const inMinutes = (minutes: number) => new Date(world.now() + minutes * 60_000).toISOString()
const mails = () => server.taken.map(({ subject, calendar }) => [subject, calendar?.method, calendar?.sequence])

beforeEach(async () => {
  server = await startMailServer()
})
afterEach(async () => {
  await world.close()
  await server.close()
  expect(server.wrong).toEqual([])
})

describe('where the organisation has its patients’ yes', () => {
  test('who opens the visit first invites to it, who reads that it was moved or called off tells so, in one entry of the calendar', async () => {
    await begin()
    const { appointment, clinician } = await opened(world, { startsInMinutes: 120 })
    await sent()
    const moved = { start: inMinutes(180), end: inMinutes(195) }
    await change(appointment, moved)
    await open(clinician, appointment)
    await sent()
    await change(appointment, { status: 'cancelled' })
    await clinician.post('/api/visits', { appointment })
    await sent()

    expect(mails()).toEqual([
      ['Su cita por video', 'REQUEST', 0],
      ['Su cita por video tiene otra hora', 'REQUEST', 1],
      ['Su cita por video se ha cancelado', 'CANCEL', 2],
    ])
    const [first, second, third] = server.taken.map(({ calendar }) => calendar)
    expect(new Set([first?.uid, second?.uid, third?.uid]).size).toBe(1)
    const whole = Math.floor(Date.parse(moved.start) / 1_000) * 1_000
    expect([second?.start, third?.start, (first?.start ?? 0) < whole]).toEqual([whole, whole, true])
    expect(server.taken.map(({ recipient }) => recipient)).toEqual(Array(3).fill(address))
    const all = JSON.stringify(server.taken.map(({ headers, ...mail }) => ({ ...mail, headers: [...headers] })))
    for (const word of ['Margaret', 'Whitfield', 'Chen', '1954', appointment, 'Patient/', 'test of its own'])
      expect(all).not.toContain(word)
    expect((await world.audit()).filter(({ event }) => event === 'notice-sent').map(({ code }) => code)).toEqual([
      ...['mail-invitation', 'mail-moved', 'mail-cancelled'],
    ])
  })

  test('a patient who says no on their page is told nothing more', async () => {
    await begin()
    const { patient, visit, appointment, clinician } = await opened(world, { startsInMinutes: 120 })
    await sent()

    const view = bodyOf<PatientView>(await patient.post(`${visit}/notices`, { mail: false }))
    await change(appointment, { status: 'cancelled' })
    await clinician.post('/api/visits', { appointment })
    await sent()

    expect(view.notices).toEqual({ mail: { to: 'm…@mail.example', on: false } })
    expect(mails()).toHaveLength(1)
  })
})

describe('where patients are asked', () => {
  test('nobody is written to until they say so; then they have the hour, also over a restart', async () => {
    await begin({ to: 'asked' })
    const { patient, visit } = await opened(world, { startsInMinutes: 120 })
    await sent()
    expect(mails()).toEqual([])

    bodyOf(await patient.post(`${visit}/notices`, { mail: true }))
    await world.restart()
    await world.house.notices.begin()
    await sent()
    await sent()

    expect(mails()).toEqual([['Su cita por video', 'REQUEST', 0]])
  })

  test('a clinician cannot say it for them', async () => {
    await begin({ to: 'asked' })
    const { clinician, visit } = await opened(world, { startsInMinutes: 120 })

    expect((await clinician.post(`${visit}/notices`, { mail: true })).code).toBe('patient-only')
  })
})

describe('whose turn it is', () => {
  test('is told to who is not there to see it, and not to who is', async () => {
    await begin()
    const here = await waiting(world)
    await admit(here.clinician, here.visit, here.doorId)
    await sent()
    expect(mails()).toEqual([])

    const away = await waiting(world)
    world.later(2)
    await admit(away.clinician, away.visit, away.doorId)
    await sent()

    expect(mails()).toEqual([['Es su turno', undefined, undefined]])
  })

  test('is not told to who has come meanwhile', async () => {
    await begin()
    const { clinician, patient, visit, doorId } = await waiting(world)
    server.faults.on('mail-busy')
    world.later(2)
    await admit(clinician, visit, doorId)
    await sent()
    server.faults.clear()
    await patient.get(visit)
    world.later(1)
    await sent()

    expect(mails()).toEqual([])
  })
})

test('whose record has no address, or one that is none, is written to by nobody, and their page does not ask', async () => {
  await begin({}, [
    { system: 'email', value: `${address}\r\nBcc: x@y.example` },
    { system: 'email', value: 'a@b.example, c@d.example' },
  ])

  const { patient, visit } = await opened(world, { startsInMinutes: 120 })
  await sent()

  expect(server.asked()).toBe(0)
  expect(bodyOf<PatientView>(await patient.get(visit)).notices).toBeUndefined()
})

test('what the mail server turns down for good is given up at once, and stands where somebody looks', async () => {
  await begin()
  server.faults.on('mail-nobody')
  const { visit } = await opened(world, { startsInMinutes: 120 })
  await sent()

  expect(await world.house.notices.standing()).toEqual([
    { organisation: 'riverside', by: 'mail', waiting: 0, givenUp: 1, taken: 0, notTaken: 1 },
  ])
  const given = (await world.audit()).filter(({ event }) => event === 'notice-given-up')
  expect(given).toMatchObject([{ visit: visitIdOf(visit), code: 'mail-turned-down', outcome: 'failed' }])

  server.faults.clear()
  expect(await world.house.notices.again('riverside')).toBe(1)
  await world.house.notices.idle()
  expect(mails()).toHaveLength(1)
})

test('no address of anybody stands in the log, the trail, or on the disc in the clear', async () => {
  await begin()
  server.faults.on('mail-busy')
  await opened(world, { startsInMinutes: 120 })
  await sent()
  server.faults.clear()
  world.later(2)
  await sent()

  expect(mails()).toHaveLength(1)
  const files = await Promise.all((await filesBelow(world.directory)).map((path) => readFile(path, 'utf8')))
  for (const text of [world.log(), JSON.stringify(await world.audit()), ...files]) {
    expect(text).not.toContain('mail.example')
    expect(text).not.toContain('whitfield+home')
  }
  expect(world.log()).toContain('"event":"notice"')
})

test('an organisation that writes to nobody keeps no address', async () => {
  world = await openWorld()
  const { visit } = await opened(world)

  const face = (await world.house.visits.get(visitIdOf(visit)))?.face
  expect([face?.mail, face?.reads]).toEqual([undefined, undefined])
})
