// A clinic's webhook through the front door: a whole visit is told, with ids and times alone, over a restart, and no more once it says 410.
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../sandbox/webhook/receiver.ts'
import type { Config } from '../../server/settings/config.ts'
import type { Webhook } from '../../server/settings/webhook.ts'
import { WebhookEvent } from '../../server/wire/webhook.ts'
import { inviteSomebody, press, pressed } from '../support/invited.ts'
import { book, file, knock, open, opened, save, say, sign, visitIdOf, waiting, withTokens } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secret = randomBytes(32)
let world: World
let receiver: WebhookReceiver
const webhook = (more: Partial<Webhook> = {}): Webhook => ({
  ...{ url: receiver.url, appointment: false, loopback: true, secrets: [secret] },
  ...more,
})
const withWebhook =
  (more: Partial<Webhook> = {}, which = 'riverside') =>
  (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => (o.id === which ? { ...o, webhook: webhook(more) } : o)),
  })
const begin = async (more: Partial<Webhook> = {}) => {
  world = await openWorld({ organisations: ['riverside', 'harbor'], config: withWebhook(more) })
  await world.house.webhooks.begin()
}
/** All that is due now is sent. */
const sent = async () => {
  await world.house.webhooks.round()
  await world.house.webhooks.idle()
}
/** Lines of the trail, as steps write them, of Riverside's. */
const happen = async (visit: string, ...events: readonly ('appointment-opened' | 'knock' | 'admit')[]) => {
  for (const event of events)
    await world.house.happened({ organisation: { id: 'riverside' }, visit: { id: visit } }, event)
}
const types = () => receiver.received.map(({ type }) => type)

beforeEach(async () => {
  receiver = await startWebhookReceiver({
    secrets: [`whsec_${secret.toString('base64')}`],
    now: () => world.now(),
  })
})
afterEach(async () => {
  await world.close()
  await receiver.close()
})

test('a whole visit is told in order, each event once, signed, with ids and times and nothing else', async () => {
  await begin()

  const { clinician, visit } = await withTokens(world)
  await clinician.post(`${visit}/end`)
  await say(clinician, visit, 'came')
  await save(clinician, visit)
  await sign(clinician, visit)
  await file(clinician, visit)
  await sent()

  const told = [
    ...['visit.opened', 'visit.opened', 'visit.waiting', 'visit.admitted', 'visit.ended', 'visit.outcome_said'],
    ...['note.signed', 'note.filed'],
  ]
  expect(receiver.wrong).toEqual([])
  expect(types()).toEqual(told)
  const events = receiver.received.map(({ id: _, ...event }) => WebhookEvent.parse(event))
  expect(new Set(events.map(({ data }) => data.visit))).toEqual(new Set([visitIdOf(visit)]))
  expect(events.map(({ data }) => data.by)).toContain('patient')
  expect(events.find(({ type }) => type === 'visit.outcome_said')?.data.outcome).toBe('came')
  const { margaret } = clinic.patients
  const all = JSON.stringify(receiver.received)
  for (const word of [margaret.reference, 'Practitioner/', 'Patient/', 'Appointment/', 'Margaret', 'Chen'])
    expect(all).not.toContain(word)
})

test('of whoever is invited it is told as what they come and how far they are, and not who they are', async () => {
  await begin()

  const { clinician, visit } = await opened(world)
  const made = await inviteSomebody(clinician, visit, { as: 'interpreter', name: 'Quirina Zabel', language: 'Spanish' })
  const guest = await pressed(world, made)
  await knock(guest, visit)
  await press(world, { secret: made.secret })
  await clinician.post(`${visit}/invitations/links`, { invitation: made.invitation })
  await clinician.post(`${visit}/invitations/revocations`, { invitation: made.invitation })
  await sent()

  expect(receiver.received.slice(2).map(({ type, data }) => [type, data.by])).toEqual([
    ['visit.invited', 'clinician'],
    ['visit.invitation_opened', 'interpreter'],
    ['visit.waiting', 'interpreter'],
    ['visit.invitation_renewed', 'clinician'],
    ['visit.invitation_revoked', 'clinician'],
  ])
  for (const word of ['Quirina', 'Spanish', made.invitation, made.secret])
    expect(JSON.stringify(receiver.received)).not.toContain(word)
})

test('the Appointment is told where the settings ask for it, and a webhook hears only of what it wants to', async () => {
  await begin({ appointment: true, events: ['visit.waiting'] })

  const { visit } = await waiting(world)
  await sent()

  const appointment = (await world.house.visits.get(visitIdOf(visit)))?.appointment
  expect(receiver.received.map(({ type, data }) => [type, data.appointment])).toEqual([
    ['visit.waiting', `Appointment/${appointment}`],
  ])
})

test('nobody else’s visits are told, and nothing of before there was a webhook', async () => {
  world = await openWorld({ organisations: ['riverside', 'harbor'] })
  await opened(world)
  await world.restart(withWebhook())
  await world.house.webhooks.begin()

  const [, ehr] = world.ehrs
  if (ehr === undefined) throw new Error('a world with two organisations has two EHRs')
  const patient = clinic.patients.margaret.reference.split('/')[1] ?? ''
  const context = { appointment: await book(world, {}, ehr), patient }
  const elsewhere = await world.signIn({ user: clinic.practitioners.chen.reference, ...context }, ehr)
  await open(elsewhere, context.appointment)
  await sent()

  expect(receiver.received).toEqual([])
})

test('what was not taken comes again after a restart, with the same id, and before what happened later', async () => {
  await begin()
  receiver.faults.on('hook-429')
  await happen('v1', 'appointment-opened', 'knock')
  await sent()
  receiver.faults.clear()

  await world.restart()
  await world.house.webhooks.begin()
  await happen('v1', 'admit')
  await sent()
  expect(receiver.received).toEqual([])
  world.later(61)
  await sent()

  expect(types()).toEqual(['visit.opened', 'visit.waiting', 'visit.admitted'])
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(3)
  expect(world.log()).toMatch(/"event":"webhook","organisation":"riverside".*"status":429,"count":1,"code":"busy"/)
})

test('what happened while the app was down for telling is told once it reads on: nothing is lost with a crash', async () => {
  await begin()
  receiver.faults.on('hook-cut')
  await happen('v1', 'appointment-opened', 'knock')

  // It dies before it has told anything.
  await world.restart()
  receiver.faults.clear()
  await world.house.webhooks.begin()
  world.later(1)
  await sent()

  expect(types()).toEqual(['visit.opened', 'visit.waiting'])
})

test('one that says 410 is sent nothing more, over a restart too, until somebody switches it on again; all is told then', async () => {
  await begin()
  receiver.faults.on('hook-410')
  await happen('v1', 'appointment-opened', 'knock')
  await sent()
  receiver.faults.clear()
  const asked = receiver.asked()

  await world.restart()
  await world.house.webhooks.begin()
  await happen('v1', 'admit')
  world.later(60)
  await sent()

  expect(receiver.asked()).toBe(asked)
  const [off] = await world.house.webhooks.standing()
  expect(off).toMatchObject({ organisation: 'riverside', waiting: 3, givenUp: 0, offSince: expect.any(String) })
  expect((await world.audit()).filter(({ event }) => event === 'webhook-switched-off')).toHaveLength(1)

  expect(await world.house.webhooks.again('riverside')).toBe(3)
  await world.house.webhooks.idle()

  expect(types()).toEqual(['visit.opened', 'visit.waiting', 'visit.admitted'])
  expect((await world.audit()).filter(({ event }) => event === 'webhook-switched-on')).toHaveLength(1)
})

test('the app starts and tells on also where what was to be told is sealed by a key that is gone; the log says so', async () => {
  await begin()
  receiver.faults.on('hook-500')
  await happen('v1', 'appointment-opened', 'knock')
  await sent()
  receiver.faults.clear()
  const lost = world.log().length

  const next = { kid: 'k2', key: new Uint8Array(32).fill(8) }
  await world.restart((config) => ({ ...config, sealKeys: [next, ...config.sealKeys] }))
  await world.restart((config) => ({ ...config, sealKeys: [next] }))
  await world.house.webhooks.begin()
  expect(world.log().slice(lost)).toContain('"event":"store-fault"')
  await happen('v2', 'appointment-opened', 'knock')
  await sent()

  expect(types()).toEqual(['visit.opened', 'visit.waiting'])
})

test('one that asks for a rest has it, for the events of all visits', async () => {
  await begin()
  receiver.faults.on('hook-429')
  await happen('v1', 'appointment-opened', 'knock')
  await sent()
  receiver.faults.clear()
  const asked = receiver.asked()

  await happen('v2', 'appointment-opened', 'knock')
  world.later(59)
  await sent()
  expect(receiver.asked()).toBe(asked)
  world.later(2)
  await sent()

  expect(types()).toHaveLength(4)
})

test('an event that nobody takes for a day is given up, said in the trail, and told when somebody asks for it', async () => {
  await begin({ events: ['visit.waiting'] })
  receiver.faults.on('hook-500')
  await happen('v1', 'knock')
  for (let n = 0; n < 12; n++) {
    await sent()
    world.later(14 * 60)
  }

  const given = (await world.audit()).filter(({ event }) => event === 'webhook-given-up')
  expect(given).toMatchObject([{ outcome: 'failed', code: 'refused', visit: 'v1' }])
  expect(await world.house.webhooks.standing()).toMatchObject([{ waiting: 0, givenUp: 1 }])
  receiver.faults.clear()
  await world.house.webhooks.again('riverside')
  await world.house.webhooks.idle()

  expect(types()).toEqual(['visit.waiting'])
  expect(await world.house.webhooks.standing()).toMatchObject([{ waiting: 0, givenUp: 0 }])
})

test('neither the log nor the trail holds where a webhook is, or its secret', async () => {
  await begin()
  receiver.faults.on('hook-500')
  await happen('v1', 'appointment-opened', 'knock')
  await sent()

  const all = world.log() + JSON.stringify(await world.audit())
  expect(all).toContain('"event":"webhook"')
  for (const word of [new URL(receiver.url).host, '/housecall', secret.toString('base64')])
    expect(all).not.toContain(word)
})
