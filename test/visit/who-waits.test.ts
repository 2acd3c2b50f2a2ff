// Who waits for a clinician at her other visits: by name where her sign-in may open it, as a number where it may not, and told as it changes.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { AppointmentList, ClinicianView, RoomToken, WhoWaits } from '../../server/wire/wire.ts'
import { changeAppointment } from '../support/appointment.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { admit, bodyOf, book, inCall, knock, open, opened, rowIn, say, tokenFor, waiting } from '../support/visits.ts'
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

const whoWaits = async (person: Person) => bodyOf<WhoWaits>(await person.get('/api/who-waits'))
const chen = () => world.signIn({ user: practitioners.chen.reference })
const idOf = (visit: string) => visit.split('/').at(-1)

test('a clinician who came for her day reads who waits at each of her visits, who waits longest first, and nobody else', async () => {
  const first = await waiting(world)
  world.later(1 / 30)
  const second = await waiting(world, zoe)
  await waiting(world, { ...okafor, patient: patients.noor.reference })
  world.later(1 / 30)

  const { visits, ...rest } = await whoWaits(await chen())

  expect(rest).toEqual({ count: 2 })
  expect(visits).toMatchObject([
    { visit: idOf(first.visit), appointment: first.appointment, patient: patients.margaret.name },
    { visit: idOf(second.visit), appointment: second.appointment, patient: patients.zoe.name },
  ])
  expect(visits[0]?.since).toBe(visits[0]?.cameAt)
})

test('a sign-in for one patient reads of all others how many wait and since when, and nothing that says who they are', async () => {
  const first = await waiting(world)
  world.later(1 / 30)
  const second = await waiting(world, zoe)
  world.later(1 / 30)

  const told = await whoWaits(second.clinician)
  const list = bodyOf<AppointmentList>(await second.clinician.get('/api/appointments'))

  expect(told).toMatchObject({
    visits: [{ visit: idOf(second.visit) }],
    count: 1,
    outOfReach: { count: 1, since: expect.any(String), cameAt: expect.any(String) },
  })
  expect(list.outOfReach).toEqual(told.outOfReach)
  for (const known of [first.appointment, idOf(first.visit) ?? '', patients.margaret.name])
    expect(JSON.stringify(told)).not.toContain(known)
})

test('who closed the page, who was let in, and who waits in another organisation for a clinician of the same id is not among them', async () => {
  const closed = await waiting(world)
  world.later(1)
  const call = await inCall(world, zoe)
  const [, harbor] = world.ehrs
  const appointment = await book(world, { patient: patients.noor.reference }, harbor)
  const elsewhere = await world.signIn({ user: patients.noor.reference, appointment }, harbor)
  bodyOf(await knock(elsewhere, await open(elsewhere, appointment)))
  world.later(1 / 30)

  expect(await whoWaits(await chen())).toEqual({ visits: [], count: 0 })

  // Their page is heard of again: the place was kept.
  bodyOf(await closed.patient.get(closed.visit))
  world.later(1 / 30)
  expect((await whoWaits(await chen())).visits.map(({ visit }) => visit)).toEqual([idOf(closed.visit)])
  bodyOf(await admit(closed.clinician, closed.visit, closed.doorId))
  bodyOf(await call.patient.get(call.visit))
})

test('whom she sent back from a call waits and has not come anew, and who was found to be another is told of as that until they come again', async () => {
  const call = await inCall(world, zoe)
  const item = async () => (await rowIn(await chen(), call.appointment))?.visit
  bodyOf(await call.clinician.post(`${call.visit}/returns`, { doorId: call.doorId }))

  const [back] = (await whoWaits(await chen())).visits
  expect(back).toMatchObject({ visit: idOf(call.visit), since: expect.any(String) })
  expect(back).not.toHaveProperty('cameAt')
  expect(back).not.toHaveProperty('another')
  expect(await item()).not.toHaveProperty('cameAt')

  const { door } = bodyOf<ClinicianView>(await admit(call.clinician, call.visit, call.doorId))
  const word = { doorId: call.doorId, admittedAt: door[0]?.admittedAt, is: 'denied' }
  const out = bodyOf<ClinicianView>(await call.clinician.post(`${call.visit}/identities`, word))
  expect(out.door).toMatchObject([{ state: 'waiting', sentBackAt: out.door[0]?.knockedAt }])
  expect((await whoWaits(await chen())).visits).toMatchObject([{ another: true }])

  bodyOf(await call.patient.post(`${call.visit}/departures`))
  bodyOf(await knock(call.patient, await open(call.patient, call.appointment)))
  expect((await whoWaits(await chen())).visits).toMatchObject([{ another: true, cameAt: expect.any(String) }])
  bodyOf(await call.patient.post(`${call.visit}/departures`))
})

test('a patient is refused', async () => {
  const { patient } = await waiting(world)

  const { status, code } = await patient.get('/api/who-waits')

  expect([status, code]).toEqual([403, 'clinician-only'])
})

test('a clinician in one visit hears of who comes to another and who leaves it, each time as news that carries nothing', async () => {
  const call = await inCall(world)
  const heard = await watch(world, call.clinician, `${call.visit}/events`)
  await heard.until(0)
  const times = () => heard.wire().match(/^event: queue\ndata: queue$/gm)?.length ?? 0
  // What was told of her own visit is over.
  await eventually(() => expect(times()).toBeGreaterThan(0))
  const before = times()

  const other = await waiting(world, zoe)
  await eventually(() => expect(times()).toBeGreaterThan(before))
  // No clock of the test has moved: it is asked afresh, and not what was known a moment ago.
  expect((await whoWaits(await chen())).visits.map(({ visit }) => visit)).toEqual([idOf(other.visit)])
  const came = times()
  bodyOf(await other.patient.post(`${other.visit}/departures`))
  await eventually(() => expect(times()).toBeGreaterThan(came))

  expect(await whoWaits(await chen())).toEqual({ visits: [], count: 0 })
  expect(heard.wire()).not.toContain(patients.zoe.name)
  heard.stop()
})

test('a patient’s own page is told nothing of the queue by that event', async () => {
  const one = await waiting(world)
  const heard = await watch(world, one.patient, `${one.visit}/events`)
  await heard.until(0)

  await waiting(world, zoe)
  await eventually(() => expect(heard.wire()).toContain('event: beside'))

  expect(heard.wire()).not.toContain('event: queue')
  heard.stop()
})

test('the day says when somebody last tried to come in at a locked door, until they are let, and to clinicians alone', async () => {
  const call = await waiting(world, zoe)
  bodyOf(await call.clinician.post(`${call.visit}/lock`, { locked: true }))
  const item = async (person: Person) => (await rowIn(person, call.appointment))?.visit
  expect(await item(await chen())).not.toHaveProperty('triedAt')

  // They left, and come back to a door that is shut.
  bodyOf(await call.patient.post(`${call.visit}/departures`))
  bodyOf(await knock(call.patient, await open(call.patient, call.appointment)))

  expect(await item(await chen())).toMatchObject({ triedAt: expect.any(String) })
  expect(await item(call.patient)).not.toHaveProperty('triedAt')
  bodyOf(await call.clinician.post(`${call.visit}/lock`, { locked: false }))
  expect(await item(await chen())).not.toHaveProperty('triedAt')
})

test('who asks for the telephone is told of beside who waits: by name within the sign-in’s reach, beyond it without, until they come by video', async () => {
  const other = await opened(world, zoe)
  const mine = await opened(world)
  const asked = () => other.patient.post(`${other.visit}/devices`, { byTelephone: true })
  const heard = await watch(world, mine.clinician, `${mine.visit}/events`)
  await heard.until(0)
  const times = () => heard.wire().match(/^event: queue$/gm)?.length ?? 0
  const before = times()

  bodyOf(await asked())

  await eventually(() => expect(times()).toBeGreaterThan(before))
  heard.stop()
  const since = expect.any(String)
  const named = { visit: idOf(other.visit), appointment: other.appointment, patient: patients.zoe.name }
  expect(await whoWaits(await chen())).toEqual({ visits: [], count: 0, asking: [{ as: 'by-telephone', since, named }] })
  // Whoever came for one patient reads how others ask, and not who they are.
  expect(await whoWaits(mine.clinician)).toMatchObject({ asking: [{ as: 'by-telephone', since }] })
  const list = await mine.clinician.get('/api/appointments')
  expect(bodyOf<AppointmentList>(list).asking).toEqual([{ as: 'by-telephone', since }])
  for (const known of [other.appointment, idOf(other.visit) ?? '', patients.zoe.name])
    expect(list.text).not.toContain(known)
  // Nobody heard of their page for long, and they are to be rung all the same.
  world.later(20)
  expect((await whoWaits(await chen())).asking).toHaveLength(1)
  bodyOf(await say(other.clinician, other.visit, 'telephone'))
  expect(await whoWaits(await chen())).not.toHaveProperty('asking')
})

test('who tried a locked door is told of at the other visits, until they are let', async () => {
  const call = await waiting(world, zoe)
  bodyOf(await call.clinician.post(`${call.visit}/lock`, { locked: true }))
  bodyOf(await call.patient.post(`${call.visit}/departures`))
  bodyOf(await knock(call.patient, await open(call.patient, call.appointment)))

  expect((await whoWaits(await chen())).asking).toMatchObject([{ as: 'locked', named: { patient: patients.zoe.name } }])

  bodyOf(await call.clinician.post(`${call.visit}/lock`, { locked: false }))
  expect(await whoWaits(await chen())).not.toHaveProperty('asking')
})

test('who waits for two clinicians is taken over by the one who is free, and waits for nobody any more', async () => {
  const { appointment, patient, visit, doorId } = await waiting(world, zoe)
  const slot = world.ehr.resource('Appointment', appointment)
  const second = { actor: { reference: practitioners.okafor.reference }, status: 'accepted' as const }
  await changeAppointment(world, appointment, { participant: [...(slot?.participant ?? []), second] })
  const busy = await chen()
  const free = await world.signIn({ user: practitioners.okafor.reference })
  // Whoever opens it reads the Appointment as it is now, and it is theirs too.
  expect(await rowIn(free, appointment)).toMatchObject({ visit: { waiting: 1, here: 1 } })
  expect(await open(free, appointment)).toBe(visit)
  expect((await whoWaits(free)).visits).toMatchObject([{ visit: idOf(visit) }])

  bodyOf(await admit(free, visit, doorId))

  expect(decodeJwt(bodyOf<RoomToken>(await tokenFor(patient, visit)).token).context).toMatchObject({
    user: { moderator: false },
  })
  expect(bodyOf<RoomToken>(await tokenFor(free, visit)).moderator).toBe(true)
  for (const clinician of [busy, free]) {
    expect((await whoWaits(clinician)).visits).toEqual([])
    expect((await rowIn(clinician, appointment))?.visit).toMatchObject({ status: 'in-progress', waiting: 0 })
  }
  const admission = (await world.audit()).findLast(({ event }) => event === 'admit')
  expect(admission).toMatchObject({ who: practitioners.okafor.reference })
})
