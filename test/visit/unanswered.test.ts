// Where nobody of the clinic looks after who waits, the other clinicians of the Appointment are told, and the outside; until somebody looks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Instant } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { answered, leftUnanswered, unansweredSince } from '../../server/domain/visit/unanswered.ts'
import type { Open, Visit, Waiting } from '../../server/domain/visit/visit-shape.ts'
import { tellUnanswered } from '../../server/house/unanswered.ts'
import { webhookTypeOf } from '../../server/house/webhook-events.ts'
import type { AppointmentList, WhoWaits } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, book, knock, open, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { chen, okafor } = clinic.practitioners
const { margaret } = clinic.patients

let world: World
beforeAll(async () => {
  world = await openWorld({
    config: (config) => ({
      ...config,
      organisations: config.organisations.map((one) => ({ ...one, unansweredMinutes: 10 })),
    }),
  })
})
afterAll(() => world.close())

const rowOf = async (clinician: Person, appointment: string) =>
  bodyOf<AppointmentList>(await clinician.get('/api/appointments')).appointments.find(({ id }) => id === appointment)
    ?.visit
const inQueueOf = async (clinician: Person, appointment: string) =>
  bodyOf<WhoWaits>(await clinician.get('/api/who-waits')).visits.find((one) => one.appointment === appointment)
const eventsOf = async (event: string) => (await world.audit()).filter((line) => line.event === event)

/** Minutes pass with the patient's page open. */
async function waits(minutes: number): Promise<void> {
  world.later(minutes)
  await tellUnanswered(world.house)
}

/** An Appointment of two clinicians that has begun; one has opened it, the patient waits, and both clinicians are elsewhere. */
async function ofTwo() {
  const appointment = await book(world, { startsInMinutes: 0 })
  const found = world.ehr.all('Appointment').find(({ id }) => id === appointment)
  if (found === undefined) throw new Error('nothing was booked')
  const second = { actor: { reference: okafor.reference }, status: 'accepted' } as const
  await world.ehr.put({ ...found, participant: [...found.participant, second] })
  const [first, other, patient] = await Promise.all([
    world.signIn({ user: chen.reference }),
    world.signIn({ user: okafor.reference }),
    world.signIn({ user: `Patient/${margaret.id}`, patient: margaret.id, appointment }),
  ])
  const visit = await open(patient, appointment)
  bodyOf(await knock(patient, visit))
  const { stop } = await watch(world, patient, `${visit}/events`)
  return { appointment, first, other, patient, stop }
}

test('nobody looks for ten minutes: it is on the day and in the queue of the other clinician at once, told outside, and over once somebody looks', async () => {
  const { appointment, first, other, patient, stop } = await ofTwo()
  await waits(9)
  expect(await rowOf(other, appointment)).not.toHaveProperty('unanswered')
  const heard = await watch(world, other, '/api/events')
  const before = await heard.until(0)

  await waits(2)

  await heard.until(before + 1)
  heard.stop()
  const unanswered = { since: expect.any(String), at: expect.any(String) }
  expect(await rowOf(other, appointment)).toMatchObject({ here: 1, unanswered })
  expect(await rowOf(first, appointment)).toMatchObject({ unanswered })
  expect(await inQueueOf(other, appointment)).toMatchObject({ unanswered })
  expect(await rowOf(patient, appointment)).not.toHaveProperty('unanswered')
  const [line, again] = await eventsOf('waiting-unanswered')
  expect(again).toBeUndefined()
  expect(line).not.toHaveProperty('who')
  // Told once, however long it goes on.
  await waits(12)
  expect(await eventsOf('waiting-unanswered')).toHaveLength(1)

  const path = await open(other, appointment)
  bodyOf(await other.get(path))

  expect(await rowOf(first, appointment)).not.toHaveProperty('unanswered')
  expect(await inQueueOf(other, appointment)).not.toHaveProperty('unanswered')
  expect(await eventsOf('waiting-answered')).toMatchObject([{ who: okafor.reference }])
  // She has looked, and gone: ten minutes later it is so again.
  await waits(9)
  expect(await eventsOf('waiting-unanswered')).toHaveLength(1)
  await waits(3)
  expect(await eventsOf('waiting-unanswered')).toHaveLength(2)
  stop()
})

test('an organisation that has set nothing is told nothing', async () => {
  const plain = await openWorld()
  const { appointment, clinician, patient, visit } = await waiting(plain, { startsInMinutes: 0 })
  plain.later(20)
  bodyOf(await patient.get(visit))

  await tellUnanswered(plain.house)

  const { appointments } = bodyOf<AppointmentList>(await clinician.get('/api/appointments'))
  expect(appointments.find(({ id }) => id === appointment)?.visit).not.toHaveProperty('unanswered')
  expect((await plain.audit()).filter(({ event }) => event === 'waiting-unanswered')).toEqual([])
  await plain.close()
})

test('the line of the trail is what the outside is told by', () => {
  const line = { seq: 1, at: '', hash: '', outcome: 'success', organisation: 'riverside', visit: 'v' } as const

  expect(webhookTypeOf({ ...line, event: 'waiting-unanswered' })).toBe('visit.unanswered')
  expect(webhookTypeOf({ ...line, event: 'waiting-answered' })).toBeUndefined()
})

const at = (minute: number): Instant => instant(Date.parse('2026-03-02T15:00:00.000Z') + minute * 60_000)
/** Of the members that the rule looks at. */
const visitWith = (person: Partial<Waiting>, more: object = {}) =>
  ({
    ...{ status: 'arrived', start: at(0), ...more },
    call: { room: 'r', door: [{ who: 'Patient/a', state: 'waiting', knockedAt: at(-20), ...person }] },
  }) as unknown as Open // sound: for this rule
const here = () => true

test.each([
  ['who came early is waited for from the booked hour on', {}, {}, undefined, at(0)],
  ['who came late is, from then on', { knockedAt: at(4) }, {}, undefined, at(4)],
  ['a look is an answer', {}, {}, at(6), at(6)],
  ['to be asked for patience is one', { notNow: { at: at(7), why: { reason: 'with-another' } } }, {}, at(6), at(7)],
  [
    'to be written to is one',
    {},
    { messages: [{ n: 1, to: 'Patient/a', by: 'Practitioner/c', at: at(8), says: { reason: 'soon' } }] },
    at(6),
    at(8),
  ],
] as const)('%s', (_what, person, more, lookedAt, since) => {
  expect(unansweredSince(visitWith(person as Partial<Waiting>, more), { here, lookedAt })).toBe(since)
})

test('of who is away, or was let in, nobody is missed', () => {
  const visit: Visit = visitWith({})
  const away = { here: () => false, lookedAt: undefined }

  expect(leftUnanswered(visit, away, 10, at(60))).toBe(visit)
  expect(leftUnanswered(visit, { here, lookedAt: undefined }, 10, at(9))).toBe(visit)
  const missed = leftUnanswered(visit, { here, lookedAt: undefined }, 10, at(10))
  expect('call' in missed && missed.call.unanswered).toEqual({ since: at(0), at: at(10) })
  expect(leftUnanswered(missed, { here, lookedAt: undefined }, 10, at(30))).toBe(missed)
  expect(leftUnanswered(missed, away, 10, at(30))).toEqual(visit)
  expect(answered(missed)).toEqual(visit)
  expect(answered(visit)).toBe(visit)
})
