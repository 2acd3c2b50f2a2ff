// A locked door: nobody new comes to it, both sides are told who tried, and nobody who stands there or was let in loses their place.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, PatientView } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admit, bodyOf, book, inCall, knock, open, opened, placeOf, tokenFor, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

describe('while the door is locked', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('nobody new can knock, and once it is unlocked they can', async () => {
    const { clinician, patient, visit } = await opened(world)

    expect(bodyOf<ClinicianView>(await clinician.post(`${visit}/lock`, { locked: true })).locked).toBe(true)
    expect(bodyOf<PatientView>(await knock(patient, visit)).place.at).toBe('outside')
    const after = bodyOf<ClinicianView>(await clinician.post(`${visit}/lock`, { locked: false }))

    expect(after).not.toHaveProperty('locked')
    expect(bodyOf<PatientView>(await knock(patient, visit)).place.at).toBe('door')
  })

  test('who waits keeps the place and can be let in, and who is in the call comes back to it', async () => {
    const atDoor = await waiting(world)
    const inRoom = await inCall(world)
    for (const { clinician, visit } of [atDoor, inRoom]) bodyOf(await clinician.post(`${visit}/lock`, { locked: true }))

    expect((await knock(atDoor.patient, atDoor.visit)).status).toBe(200)
    expect((await admit(atDoor.clinician, atDoor.visit, atDoor.doorId)).status).toBe(200)
    expect((await knock(inRoom.patient, inRoom.visit)).status).toBe(200)
    expect((await tokenFor(inRoom.patient, inRoom.visit)).status).toBe(200)
  })

  test('who was sent away does not come back', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    bodyOf(await clinician.post(`${visit}/refusals`, { doorId }))
    bodyOf(await clinician.post(`${visit}/lock`, { locked: true }))

    await refuses(world, 'door-locked', () => knock(patient, visit))
    expect(await placeOf(patient, visit)).toEqual({ at: 'declined' })
  })

  test('it stays locked when the app starts anew, and until the visit ends', async () => {
    const own = await openWorld()
    const { clinician, patient, visit } = await inCall(own)
    bodyOf(await clinician.post(`${visit}/lock`, { locked: true }))

    await own.restart()

    expect(bodyOf<ClinicianView>(await clinician.get(visit)).locked).toBe(true)
    const ended = bodyOf<ClinicianView>(await clinician.post(`${visit}/end`))
    expect(ended).not.toHaveProperty('locked')
    expect((await patient.get(visit)).text).not.toContain('locked')
    await own.close()
  })

  test('locking twice changes nothing; patients lock no doors, and an ended visit has none', async () => {
    const { clinician, patient, visit } = await inCall(world)
    const once = await clinician.post(`${visit}/lock`, { locked: true })
    const twice = await clinician.post(`${visit}/lock`, { locked: true })
    expect(twice.headers.etag).toBe(once.headers.etag)

    await refuses(world, 'clinician-only', () => patient.post(`${visit}/lock`, { locked: false }))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/lock`, { locked: 'yes' }))
    bodyOf(await clinician.post(`${visit}/end`))
    await refuses(world, 'visit-finished', () => clinician.post(`${visit}/lock`, { locked: false }))
  })
})

const { patients, practitioners, relatedPersons } = clinic
const devices = { camera: true, microphone: true }

describe('whoever tries to come in while the door is locked', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const lock = (clinician: Person, visit: string, locked = true) => clinician.post(`${visit}/lock`, { locked })
  const letWait = (clinician: Person, visit: string, doorId = '') =>
    clinician.post(`${visit}/lock/exceptions`, { doorId })
  const seen = async (clinician: Person, visit: string) => bodyOf<ClinicianView>(await clinician.get(visit))
  const last = async () => (await world.audit()).at(-1)

  /** Mother and child, of one visit whose door is locked. */
  async function two(at = world) {
    const { noor } = patients
    const appointment = await book(at, { patient: noor.reference, practitioner: practitioners.okafor.reference })
    const [clinician, mother, child] = await Promise.all([
      at.signIn({ user: practitioners.okafor.reference, appointment }),
      at.signIn({ user: relatedPersons.layla.reference, appointment }),
      at.signIn({ user: noor.reference, appointment }),
    ])
    const visit = await open(clinician, appointment)
    for (const person of [mother, child]) await open(person, appointment)
    bodyOf(await lock(clinician, visit))
    return { clinician, mother, child, visit }
  }

  test('is told so with the time, and the clinician’s page hears at once who, when and that they are here', async () => {
    const { clinician, patient, visit } = await opened(world)
    bodyOf(await lock(clinician, visit))
    const hers = await watch(world, clinician, `${visit}/events`)
    const { revision } = await seen(clinician, visit)

    const { place } = bodyOf<PatientView>(await knock(patient, visit))

    const triedAt = expect.stringMatching(/^20\d\d-/)
    expect(place).toEqual({ at: 'outside', window: 'open', locked: { triedAt, devices } })
    expect(await hers.until(revision + 1)).toBe(revision + 1)
    const { door, stuck, tried, status } = await seen(clinician, visit)
    expect([door, stuck, status]).toEqual([[], undefined, 'planned'])
    expect(tried).toEqual([
      { doorId: expect.any(String), name: patients.margaret.name, as: 'patient', triedAt, here: true },
    ])
    hers.stop()
  })

  test('is kept once, with the last time, and is not said to be here once their page is gone', async () => {
    const { clinician, patient, visit } = await opened(world)
    bodyOf(await lock(clinician, visit))
    bodyOf(await knock(patient, visit))
    const first = (await seen(clinician, visit)).tried?.[0]
    world.later(5)

    expect((await seen(clinician, visit)).tried).toEqual([{ ...first, here: false }])
    bodyOf(await knock(patient, visit))

    const again = (await seen(clinician, visit)).tried
    expect(again).toMatchObject([{ doorId: first?.doorId, here: true }])
    expect(Date.parse(again?.[0]?.triedAt ?? '') - Date.parse(first?.triedAt ?? '')).toBeGreaterThanOrEqual(300_000)
  })

  test('is let wait alone: one of two comes to the door, and the other stays outside', async () => {
    const { clinician, mother, child, visit } = await two()
    for (const person of [mother, child]) bodyOf(await knock(person, visit))
    const { tried = [] } = await seen(clinician, visit)
    expect(tried.map(({ name, as }) => [name, as])).toEqual([
      [relatedPersons.layla.name, 'representative'],
      [patients.noor.name, 'patient'],
    ])
    const hers = await watch(world, mother, `${visit}/events`)

    const after = bodyOf<ClinicianView>(await letWait(clinician, visit, tried[0]?.doorId))

    expect(await hers.until(after.revision)).toBe(after.revision)
    expect(after).toMatchObject({ locked: true, door: [], tried: [{ mayWait: true }, {}] })
    expect(await placeOf(mother, visit)).toMatchObject({ at: 'outside', locked: { mayCome: true } })
    expect(await placeOf(child, visit)).not.toHaveProperty('locked.mayCome')
    expect(bodyOf<PatientView>(await knock(child, visit)).place.at).toBe('outside')
    expect(bodyOf<PatientView>(await knock(mother, visit)).place.at).toBe('door')
    const { door, tried: left } = await seen(clinician, visit)
    expect([door, left]).toMatchObject([[{ name: relatedPersons.layla.name, state: 'waiting' }], [{ as: 'patient' }]])
    hers.stop()
  })

  test('may come when the door is unlocked, all of them, and nobody who waits outside reads of another', async () => {
    const { clinician, mother, child, visit } = await two()
    for (const person of [mother, child]) bodyOf(await knock(person, visit))
    const { text } = await child.get(visit)
    expect(text).not.toMatch(/"(room|door|doorId|tried)"/)
    expect(text).not.toContain(relatedPersons.layla.name)

    bodyOf(await lock(clinician, visit, false))

    for (const person of [mother, child]) {
      expect(await placeOf(person, visit)).toMatchObject({ locked: { mayCome: true } })
      bodyOf(await knock(person, visit))
    }
    const { door, tried } = await seen(clinician, visit)
    expect([door.length, tried]).toEqual([2, undefined])
  })

  test('goes away and is not spoken of any more', async () => {
    const { clinician, patient, visit } = await opened(world)
    bodyOf(await lock(clinician, visit))
    bodyOf(await knock(patient, visit))

    bodyOf(await patient.post(`${visit}/departures`))

    expect(await seen(clinician, visit)).not.toHaveProperty('tried')
    expect(await placeOf(patient, visit)).toEqual({ at: 'outside', window: 'open' })
  })

  test('is known, and may come, also when the app starts anew', async () => {
    const own = await openWorld()
    const { clinician, mother, child, visit } = await two(own)
    for (const person of [mother, child]) bodyOf(await knock(person, visit))
    const { tried = [] } = await seen(clinician, visit)
    bodyOf(await letWait(clinician, visit, tried[1]?.doorId))

    await own.restart()

    expect((await seen(clinician, visit)).tried).toMatchObject([{ doorId: tried[0]?.doorId }, { mayWait: true }])
    expect(await placeOf(mother, visit)).toEqual({ at: 'outside', window: 'open', locked: expect.anything() })
    expect(bodyOf<PatientView>(await knock(child, visit)).place.at).toBe('door')
    await own.close()
  })

  test('reads that the visit has ended when it has, and nothing of it is left', async () => {
    const { clinician, patient, visit } = await opened(world)
    bodyOf(await lock(clinician, visit))
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await knock(patient, visit))
    const doorId = (await seen(clinician, visit)).tried?.[0]?.doorId

    const ended = bodyOf<ClinicianView>(await clinician.post(`${visit}/end`))

    expect(ended).not.toHaveProperty('tried')
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'finished' })
    await refuses(world, 'visit-finished', () => letWait(clinician, visit, doorId))
    await refuses(world, 'visit-finished', () => knock(patient, visit))
  })

  test('is written down without a name, and so is who was let wait', async () => {
    const { clinician, patient, visit } = await opened(world)
    bodyOf(await lock(clinician, visit))

    bodyOf(await knock(patient, visit))
    const trial = await last()
    const doorId = (await seen(clinician, visit)).tried?.[0]?.doorId
    bodyOf(await letWait(clinician, visit, doorId))
    const word = await last()

    expect(trial).toMatchObject({ event: 'knock-at-locked-door', outcome: 'success', role: 'patient' })
    expect(word).toMatchObject({ event: 'let-wait', outcome: 'success', role: 'clinician', doorId })
    expect(JSON.stringify([trial, word])).not.toContain(patients.margaret.name)
  })

  test('cannot let themselves wait, nobody else can be let, and whom the visit is not for is refused as before', async () => {
    const { clinician, patient, visit } = await opened(world)
    const stranger = await opened(world, { patient: patients.noor.reference })
    bodyOf(await lock(clinician, visit))
    bodyOf(await knock(patient, visit))
    const doorId = (await seen(clinician, visit)).tried?.[0]?.doorId

    await refuses(world, 'clinician-only', () => letWait(patient, visit, doorId))
    await refuses(world, 'not-at-door', () => letWait(clinician, visit, 'nobody'))
    await refuses(world, 'not-your-visit', () => knock(stranger.patient, visit))
    expect((await seen(clinician, visit)).tried).toHaveLength(1)
  })
})
