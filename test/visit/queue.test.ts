// What whoever waits is told of the queue: it is the clinicians' whole queue and the calls they are in, and nothing that is not known.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { admit, bodyOf, book, inCall, knock, open, placeOf, tokenFor, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld({ organisations: ['riverside', 'harbor'] })
})
afterAll(() => world.close())
// Nobody of an earlier test is at a page any more.
beforeEach(() => world.later(1))

const zoe = { patient: patients.zoe.reference }
const okafor = { practitioner: practitioners.okafor.reference, clinicianUser: practitioners.okafor.reference }

/** The person's page tells that it is in the call, or that it has left. */
const pulse = (person: Person, visit: string, at: 'in' | 'out' = 'in') =>
  person.post(`${visit}/presence`, { at, sees: [] })

describe('who waits for a clinician', () => {
  test('is told how many of the clinician’s other patients have been waiting for longer, and loses nobody’s place', async () => {
    const first = await waiting(world)
    world.later(1 / 60)
    const second = await waiting(world, zoe)
    world.later(1 / 60)

    expect(await placeOf(first.patient, first.visit)).toMatchObject({ at: 'door', ahead: 0, clinician: 'here' })
    expect(await placeOf(second.patient, second.visit)).toMatchObject({ at: 'door', ahead: 1, clinician: 'here' })

    bodyOf(await admit(first.clinician, first.visit, first.doorId))
    world.later(1 / 30)
    expect(await placeOf(second.patient, second.visit)).toMatchObject({ at: 'door', ahead: 0 })
  })

  test('is not told of who has closed the page, nor of another clinician’s patients, nor of another organisation’s', async () => {
    await waiting(world)
    world.later(1)
    const own = await waiting(world, zoe)
    await waiting(world, { ...okafor, patient: patients.noor.reference })
    const elsewhere = await waitingElsewhere()
    world.later(1 / 30)

    // The first one’s page has not been heard of for a minute.
    expect(await placeOf(own.patient, own.visit)).toMatchObject({ ahead: 0 })
    expect(await placeOf(elsewhere.patient, elsewhere.visit)).toMatchObject({ ahead: 0 })
  })

  test('reads that the clinician is with another patient, for as long as both are in that call and no longer', async () => {
    const call = await inCall(world)
    const own = await waiting(world, zoe)
    // Its page is closed, so that the clinician is at the call alone.
    world.later(1)
    await pulse(call.clinician, call.visit)
    expect(await placeOf(own.patient, own.visit)).toMatchObject({ clinician: 'away' })

    await pulse(call.patient, call.visit)
    world.later(1 / 30)
    expect(await placeOf(own.patient, own.visit)).toMatchObject({ clinician: 'with-another', ahead: 0 })

    // She looks at this visit’s page out of the call.
    bodyOf(await own.clinician.get(own.visit))
    world.later(1 / 30)
    expect(await placeOf(own.patient, own.visit)).toMatchObject({ clinician: 'with-another' })

    await pulse(call.patient, call.visit, 'out')
    world.later(1 / 30)
    expect(await placeOf(own.patient, own.visit)).toMatchObject({ clinician: 'here' })
  })

  test('hears of a change at another visit by itself, and reads that it was sent back where it was', async () => {
    const first = await waiting(world)
    world.later(1 / 60)
    // One change is told with the other: who came last hears of both.
    const second = await waiting(world, zoe)
    const heard = await watch(world, second.patient, `${second.visit}/events`)
    await heard.until(0)
    const times = heard.besides
    const [before, wasTold] = [heard.heard.length, times()]

    bodyOf(await admit(first.clinician, first.visit, first.doorId))
    await eventually(() => expect(times()).toBeGreaterThan(wasTold))
    // The visit itself is as it was.
    expect(heard.heard.length).toBe(before)

    bodyOf(await tokenFor(first.patient, first.visit))
    const { sentBackAt } = { sentBackAt: undefined, ...(await placeOf(second.patient, second.visit)) }
    expect(sentBackAt).toBeUndefined()
    bodyOf(await first.clinician.post(`${first.visit}/returns`, { doorId: first.doorId }))
    const place = await placeOf(first.patient, first.visit)
    expect(place).toMatchObject({ at: 'door', sentBackAt: expect.any(String) })
    heard.stop()
  })
})

test('the clinician’s day tells who is there and since when, and of whom only the place is left', async () => {
  const first = await waiting(world)
  world.later(1)
  const second = await waiting(world, zoe)

  const { appointments } = bodyOf<AppointmentList>(await second.clinician.get('/api/appointments'))
  const all = bodyOf<AppointmentList>(await (await chen()).get('/api/appointments')).appointments
  const of = (appointment: string) => all.find(({ id }) => id === appointment)?.visit

  expect(appointments.some(({ id }) => id === first.appointment)).toBe(false)
  expect(of(second.appointment)).toMatchObject({ waiting: 1, here: 1, waitingSince: expect.any(String) })
  expect(of(second.appointment)).not.toHaveProperty('away')
  expect(of(first.appointment)).toMatchObject({ waiting: 1, here: 0, away: { since: expect.any(String) } })
})

const chen = () => world.signIn({ user: practitioners.chen.reference })

test('whoever waits is told when the clinician comes to the visit’s page', async () => {
  const { clinician, patient, visit } = await waiting(world)
  // What the knock changed has been told.
  const heard = await watch(world, patient, `${visit}/events`)
  const times = heard.besides
  await eventually(() => expect(times()).toBe(1))

  const theirs = await watch(world, clinician, `${visit}/events`)

  await eventually(() => expect(times()).toBe(2))
  expect(await placeOf(patient, visit)).toMatchObject({ clinician: 'here' })
  heard.stop()
  theirs.stop()
})

test('a change at one organisation keeps no other’s queue from being told, where clinicians have the same ids', async () => {
  const first = await waitingElsewhere()
  const heard = await watch(world, first.patient, `${first.visit}/events`)
  const times = heard.besides

  const here = await waiting(world)
  bodyOf(await first.patient.post(`${first.visit}/departures`))
  bodyOf(await knock(first.patient, first.visit))
  bodyOf(await here.patient.post(`${here.visit}/departures`))

  // Once a second is soon; what the house looks over by itself comes once a minute.
  await vi.waitFor(() => expect(times()).toBeGreaterThan(0), { timeout: 20_000 })
  heard.stop()
})

/** Somebody waits in the other organisation, whose clinician has the same id there. */
async function waitingElsewhere() {
  const [, harbor] = world.ehrs
  const appointment = await book(world, zoe, harbor)
  const patient = await world.signIn({ user: patients.zoe.reference, appointment }, harbor)
  const visit = await open(patient, appointment)
  bodyOf(await knock(patient, visit))
  return { patient, visit }
}
