// Room tokens: nobody has one before the clinician lets them in, and nobody after they were sent away or the visit has ended.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, RoomToken } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  admitted,
  bodyOf,
  book,
  doorIdOf,
  inCall,
  knock,
  open,
  opened,
  tokenFor,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

describe('a room token', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('is not for a patient who has not knocked', async () => {
    const { patient, visit } = await opened(world)

    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
  })

  test('is not for a patient who is still waiting, though the doctor is inside', async () => {
    const { patient, clinician, visit } = await waiting(world)
    bodyOf(await tokenFor(clinician, visit))

    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))

    const line = (await world.audit()).findLast(({ event }) => event === 'access-refused')
    expect(line).toMatchObject({ outcome: 'refused', code: 'not-admitted', role: 'patient' })
  })

  test('is not for a patient who was sent away, nor for one who was sent out of the room', async () => {
    const atDoor = await waiting(world)
    bodyOf(await atDoor.clinician.post(`${atDoor.visit}/refusals`, { doorId: atDoor.doorId }))
    const inRoom = await inCall(world)
    bodyOf(await inRoom.clinician.post(`${inRoom.visit}/refusals`, { doorId: inRoom.doorId }))

    for (const { patient, visit } of [atDoor, inRoom])
      await refuses(world, 'admission-declined', () => tokenFor(patient, visit))
  })

  test('is for nobody once the visit has ended, and nothing at the door happens any more', async () => {
    const { patient, clinician, visit, doorId } = await inCall(world)
    bodyOf(await clinician.post(`${visit}/end`))

    await refuses(world, 'visit-finished', () => tokenFor(patient, visit))
    await refuses(world, 'visit-finished', () => tokenFor(clinician, visit))
    await refuses(world, 'visit-finished', () => knock(patient, visit))
    await refuses(world, 'visit-finished', () => admit(clinician, visit, doorId))
    await refuses(world, 'visit-finished', () => clinician.post(`${visit}/refusals`, { doorId }))
    expect((await patient.post(`${visit}/departures`)).status).toBe(204)
  })

  test('is given again for a rejoin, for the same room and person, and nothing is written for it', async () => {
    const { patient, visit } = await inCall(world)
    const before = (await patient.get(visit)).headers.etag

    const [first, second] = [await tokenFor(patient, visit), await tokenFor(patient, visit)]

    const seats = [first, second].map((t) => decodeJwt(bodyOf<RoomToken>(t).token))
    expect(seats[0]?.room).toBe(seats[1]?.room)
    expect(seats[0]?.context).toEqual(seats[1]?.context)
    expect((await patient.get(visit)).headers.etag).toBe(before)
  })

  test('is given after an admission survives a restart, and the room is the same', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { patient, visit, room } = await inCall(own)

    await own.restart()

    expect(bodyOf<RoomToken>(await tokenFor(patient, visit)).room).toBe(room)
  })

  test('tells nothing of record ids: neither the patient’s nor the Appointment’s', async () => {
    const { patient, visit, appointment } = await admitted(world)

    const { token, room } = bodyOf<RoomToken>(await tokenFor(patient, visit))

    const said = JSON.stringify(decodeJwt(token)) + room
    for (const id of [appointment, clinic.patients.margaret.id, clinic.patients.margaret.birthDate])
      expect(said).not.toContain(id)
  })

  test('ends an hour after the Appointment, and no more than four hours from now', async () => {
    const short = await admitted(world, { startsInMinutes: 0, minutes: 15 })
    const long = await admitted(world, { startsInMinutes: -5, minutes: 480 })

    const minutes = await Promise.all(
      [short, long].map(async ({ clinician, visit }) => {
        const { expiresAt } = bodyOf<RoomToken>(await tokenFor(clinician, visit))
        return Math.round((Date.parse(expiresAt) - world.now()) / 60_000)
      }),
    )

    expect(minutes).toEqual([75, 240])
  })

  test('is not for a patient who left the waiting room; one who left the call gets one again', async () => {
    const atDoor = await waiting(world)
    await atDoor.patient.post(`${atDoor.visit}/departures`)
    const inRoom = await inCall(world)
    await inRoom.patient.post(`${inRoom.visit}/departures`)

    await refuses(world, 'not-admitted', () => tokenFor(atDoor.patient, atDoor.visit))

    expect((await tokenFor(inRoom.patient, inRoom.visit)).status).toBe(200)
  })

  test('is not for a patient who signs out in the call: they are at the door no more, and come back by knocking', async () => {
    const { clinician, patient, visit } = await inCall(world)
    const door = async () => bodyOf<ClinicianView>(await clinician.get(visit)).door

    bodyOf(await patient.post(`${visit}/departures`, { fromCall: true }))

    expect(await door()).toEqual([])
    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
    bodyOf(await knock(patient, visit))
    expect(await door()).toMatchObject([{ state: 'waiting' }])
  })

  test('of the clinician begins the visit, which the patient hears of', async () => {
    const { patient, clinician, visit } = await waiting(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    const revision = Number(/\d+/.exec((await clinician.get(visit)).headers.etag ?? '')?.[0])

    bodyOf(await tokenFor(clinician, visit))

    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect((await clinician.get(visit)).body).toMatchObject({ status: 'in-progress' })
    theirs.stop()
  })

  test('is for the second clinician of the Appointment as well, each as themselves', async () => {
    const { patients, practitioners } = clinic
    const appointment = await book(world)
    const kept = world.ehr.resource('Appointment', appointment)
    const okafor = { actor: { reference: practitioners.okafor.reference }, status: 'accepted' as const }
    if (kept) await world.ehr.put({ ...kept, participant: [...kept.participant, okafor] })
    const [first, second, patient] = await Promise.all([
      world.signIn({ user: practitioners.chen.reference, appointment }),
      world.signIn({ user: practitioners.okafor.reference, appointment }),
      world.signIn({ user: patients.margaret.reference, appointment }),
    ])
    const visit = await open(first, appointment)
    for (const person of [second, patient]) await open(person, appointment)
    await knock(patient, visit)

    bodyOf(await admit(second, visit, await doorIdOf(second, visit)))

    const tokens = await Promise.all(
      [first, second, patient].map(async (p) => bodyOf<RoomToken>(await tokenFor(p, visit))),
    )
    expect(new Set(tokens.map(({ room }) => room)).size).toBe(1)
    expect(tokens.map(({ displayName, moderator }) => [displayName, moderator])).toEqual([
      [practitioners.chen.name, true],
      [practitioners.okafor.name, true],
      [patients.margaret.name, false],
    ])
  })
})

describe('who watches', () => {
  test('comes back with what they saw last, and hears only what is new', async () => {
    const world = await openWorld()
    onTestFinished(() => world.close())
    const { patient, clinician, visit, doorId } = await waiting(world)
    const first = await watch(world, patient, `${visit}/events`)
    const seen = await first.until(0)
    first.stop()

    const quiet = await watch(world, patient, `${visit}/events`, seen)
    bodyOf(await admit(clinician, visit, doorId))

    expect(await quiet.until(seen)).toBe(seen + 1)
    expect(quiet.heard).toEqual([seen + 1])
    quiet.stop()
  })
})
