// A locked door: nobody new comes to it, and nobody who stands there or was let in loses their place.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { admit, bodyOf, inCall, knock, opened, placeOf, tokenFor, waiting } from '../support/visits.ts'
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
    await refuses(world, 'door-locked', () => knock(patient, visit))
    const after = bodyOf<ClinicianView>(await clinician.post(`${visit}/lock`, { locked: false }))

    expect(after).not.toHaveProperty('locked')
    expect((await knock(patient, visit)).status).toBe(200)
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
