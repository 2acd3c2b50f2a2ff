// What a patient's page tells of its devices before anybody has knocked: the clinician sees who is stuck, why, and since when.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClinicianView, PatientView } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, knock, opened, placeOf, rowIn, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

describe('a patient whose devices do not do for a call', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('is seen by the clinician, with what is wrong and since when, and the page is told at once', async () => {
    const { clinician, patient, visit } = await opened(world)
    const hers = await watch(world, clinician, `${visit}/events`)
    const { revision } = bodyOf<ClinicianView>(await clinician.get(visit))

    const answer = await patient.post(`${visit}/devices`, { camera: 'denied' })

    const since = expect.stringMatching(/^20\d\d-/)
    expect(await hers.until(revision + 1)).toBe(revision + 1)
    const { door, stuck } = bodyOf<ClinicianView>(await clinician.get(visit))
    expect(door).toEqual([])
    expect(stuck).toEqual([
      { name: expect.any(String), as: 'patient', here: true, hindrance: { camera: 'denied', since } },
    ])
    expect(bodyOf<PatientView>(answer).place).toEqual({ at: 'outside', window: 'open' })
    hers.stop()
  })

  test('is told of once while nothing changes, and no more once all is well', async () => {
    const { clinician, patient, visit } = await opened(world)
    await patient.post(`${visit}/devices`, { camera: 'denied', microphone: 'missing' })
    const before = await clinician.get(visit)
    world.later(1)

    await patient.post(`${visit}/devices`, { camera: 'denied', microphone: 'missing' })
    const same = await clinician.get(visit)
    await patient.post(`${visit}/devices`, {})
    const after = bodyOf<ClinicianView>(await clinician.get(visit))

    expect(same.headers.etag).toBe(before.headers.etag)
    expect(bodyOf<ClinicianView>(same).stuck).toEqual(bodyOf<ClinicianView>(before).stuck)
    expect(after.stuck).toBeUndefined()
  })

  test('who knocks without a camera stands at the door with why, and once only', async () => {
    const { clinician, patient, visit } = await opened(world)
    await patient.post(`${visit}/devices`, { camera: 'busy' })

    await patient.post(`${visit}/knocks`, { devices: { camera: false, microphone: true } })

    const { door, stuck } = bodyOf<ClinicianView>(await clinician.get(visit))
    expect(door).toMatchObject([{ state: 'waiting', hindrance: { camera: 'busy' } }])
    expect(stuck).toBeUndefined()
  })

  test('who knocks with all that was wrong mended has nothing wrong', async () => {
    const { clinician, patient, visit } = await opened(world)
    await patient.post(`${visit}/devices`, { camera: 'busy', byTelephone: true })

    bodyOf(await knock(patient, visit))

    const [person] = bodyOf<ClinicianView>(await clinician.get(visit)).door
    expect(person).not.toHaveProperty('hindrance')
  })

  test('who would rather speak by telephone is told that the clinic knows, also after a reload, and stands on the clinician’s day', async () => {
    const { appointment, clinician, patient, visit } = await opened(world)
    const { revision } = bodyOf<ClinicianView>(await clinician.get(visit))

    await patient.post(`${visit}/devices`, { camera: 'incapable', microphone: 'incapable', byTelephone: true })

    expect(await placeOf(patient, visit)).toEqual({ at: 'outside', window: 'open', byTelephone: expect.any(String) })
    const view = bodyOf<ClinicianView>(await clinician.get(visit))
    expect(view.revision).toBe(revision + 1)
    expect(view.stuck).toMatchObject([{ hindrance: { byTelephone: true, camera: 'incapable' } }])
    const row = await rowIn(clinician, appointment)
    expect(row?.visit).toMatchObject({ waiting: 0, byTelephoneSince: view.stuck?.[0]?.hindrance.since })
    const asked = (await world.audit()).filter(({ event }) => event === 'telephone-asked')
    expect(asked.at(-1)).toMatchObject({ outcome: 'success', role: 'patient' })
  })

  test('asking twice is written down once, and a knock takes it back', async () => {
    const { clinician, patient, visit } = await opened(world)
    const lines = async () => (await world.audit()).filter(({ event }) => event === 'telephone-asked').length
    const before = await lines()
    for (const _ of [1, 2]) await patient.post(`${visit}/devices`, { camera: 'denied', byTelephone: true })

    expect(await lines()).toBe(before + 1)
    await patient.post(`${visit}/knocks`, { devices: { camera: false, microphone: true } })
    const [person] = bodyOf<ClinicianView>(await clinician.get(visit)).door
    expect(person?.hindrance).toEqual({ camera: 'denied', since: expect.any(String) })
  })

  test('who leaves the waiting room leaves nothing of it behind', async () => {
    const { clinician, patient, visit } = await waiting(world)
    await patient.post(`${visit}/devices`, { microphone: 'busy' })

    await patient.post(`${visit}/departures`)

    const view = bodyOf<ClinicianView>(await clinician.get(visit))
    expect([view.door, view.stuck]).toEqual([[], undefined])
  })

  test('a word that nobody knows is refused, and so is a clinician and who comes too early', async () => {
    const { clinician, patient, visit } = await opened(world)
    const early = await opened(world, { startsInMinutes: 300 })

    await refuses(world, 'bad-request', () => patient.post(`${visit}/devices`, { camera: 'on fire' }))
    await refuses(world, 'patient-only', () => clinician.post(`${visit}/devices`, { camera: 'denied' }))
    await refuses(world, 'too-early', () => early.patient.post(`${early.visit}/devices`, { camera: 'denied' }))
  })

  test('stays when the app starts anew', async () => {
    const own = await openWorld()
    const { clinician, patient, visit } = await opened(own)
    await patient.post(`${visit}/devices`, { camera: 'system' })

    await own.restart()

    expect(bodyOf<ClinicianView>(await clinician.get(visit)).stuck).toMatchObject([{ hindrance: { camera: 'system' } }])
    await own.close()
  })
})
