// The waiting room: who may knock, who may let in, and that nobody decides about someone who has gone.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  admitted,
  bodyOf,
  book,
  devices,
  doorIdOf,
  knock,
  open,
  opened,
  placeOf,
  rowIn,
  tokenFor,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic

describe('at the door', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('a knock with neither camera nor microphone is refused: nobody could be seen or heard', async () => {
    const { patient, visit } = await opened(world)
    const mute = { devices: { camera: false, microphone: false } }

    await refuses(world, 'devices-unchecked', () => patient.post(`${visit}/knocks`, mute))
  })

  test('a patient without a camera may wait, and the clinician sees that there will be no picture', async () => {
    const { patient, clinician, visit } = await opened(world)

    await patient.post(`${visit}/knocks`, { devices: { camera: false, microphone: true } })

    expect(bodyOf<ClinicianView>(await clinician.get(visit)).door).toMatchObject([{ devices: { camera: false } }])
  })

  test('knocking twice keeps the place, and the better devices', async () => {
    const { patient, clinician, visit } = await opened(world)
    await patient.post(`${visit}/knocks`, { devices: { camera: false, microphone: true } })
    const before = bodyOf<ClinicianView>(await clinician.get(visit)).door

    await knock(patient, visit)

    const after = bodyOf<ClinicianView>(await clinician.get(visit)).door
    expect(after).toEqual(before.map((person) => ({ ...person, devices })))
  })

  test('mother and child stand in the order they came, each with their own name', async () => {
    const appointment = await book(world, {
      patient: patients.noor.reference,
      practitioner: practitioners.okafor.reference,
    })
    const [doctor, mother, child] = await Promise.all([
      world.signIn({ user: practitioners.okafor.reference, appointment }),
      world.signIn({ user: relatedPersons.layla.reference, appointment }),
      world.signIn({ user: patients.noor.reference, appointment }),
    ])
    const visit = await open(doctor, appointment)
    for (const person of [mother, child]) {
      await open(person, appointment)
      await knock(person, visit)
    }

    const [first, second] = [await placeOf(mother, visit), await placeOf(child, visit)]

    expect([first, second]).toMatchObject([
      { at: 'door', ahead: 0 },
      // They wait for one visit.
      { at: 'door', ahead: 0 },
    ])
    const { door } = bodyOf<ClinicianView>(await doctor.get(visit))
    expect(door.map(({ name, as }) => [name, as])).toEqual([
      [relatedPersons.layla.name, 'representative'],
      [patients.noor.name, 'patient'],
    ])
    expect((await rowIn(doctor, appointment))?.visit).toMatchObject({ waiting: 2 })
  })

  test('a patient sees nothing of the door, the room or the note', async () => {
    const { patient, visit } = await admitted(world)

    const { text } = await patient.get(visit)

    expect(text).not.toMatch(/"(room|door|doorId|note)"/)
  })

  test('who is told no waits again only after a new knock, at the end', async () => {
    const { patient, clinician, visit, doorId } = await waiting(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    const { revision } = bodyOf<ClinicianView>(await clinician.get(visit))

    const answer = await clinician.post(`${visit}/refusals`, { doorId })

    expect(bodyOf<ClinicianView>(answer).door).toMatchObject([{ doorId, state: 'declined' }])
    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect(await placeOf(patient, visit)).toEqual({ at: 'declined' })
    await refuses(world, 'not-at-door', () => admit(clinician, visit, doorId))
    await knock(patient, visit)
    const again = await doorIdOf(clinician, visit)
    expect(again).not.toBe(doorId)
    expect((await admit(clinician, visit, again)).status).toBe(200)
    theirs.stop()
  })

  test('nobody is let in or sent away who is not there', async () => {
    const { patient, clinician, visit, doorId } = await waiting(world)
    await patient.post(`${visit}/departures`)

    for (const gone of [doorId, 'made-up']) {
      await refuses(world, 'not-at-door', () => admit(clinician, visit, gone))
      await refuses(world, 'not-at-door', () => clinician.post(`${visit}/refusals`, { doorId: gone }))
    }
  })

  test('letting in twice changes nothing', async () => {
    const { clinician, visit, doorId } = await admitted(world)
    const before = (await clinician.get(visit)).headers.etag

    const answer = await admit(clinician, visit, doorId)

    expect([answer.status, answer.headers.etag]).toEqual([200, before])
  })

  test('letting in asks the EHR again: a cancelled visit admits nobody', async () => {
    const { appointment, patient, clinician, visit, doorId } = await waiting(world)
    const kept = world.ehr.resource('Appointment', appointment)
    if (kept) await world.ehr.put({ ...kept, status: 'cancelled' })

    const answer = await admit(clinician, visit, doorId)

    expect([answer.status, answer.code]).toEqual([409, 'appointment-cancelled'])
    expect(await placeOf(patient, visit)).toEqual({ at: 'cancelled' })
    await refuses(world, 'appointment-cancelled', () => admit(clinician, visit, doorId))
  })

  test('letting in asks the EHR again: a visit that was given to someone else admits nobody', async () => {
    const { appointment, clinician, visit, doorId } = await withoutContext()
    const kept = world.ehr.resource('Appointment', appointment)
    const [, practitioner] = kept?.participant ?? []
    const zoe = { actor: { reference: patients.zoe.reference }, status: 'accepted' as const }
    if (kept && practitioner) await world.ehr.put({ ...kept, participant: [zoe, practitioner] })

    const answer = await admit(clinician, visit, doorId)

    // Who stood at the door is no longer there: the Appointment, read again, is not theirs.
    expect(answer.code).toBe('appointment-changed')
    await eventually(async () => expect(bodyOf<ClinicianView>(await clinician.get(visit)).door).toEqual([]))
  })

  test('patients let nobody in and send nobody away, not even themselves', async () => {
    const { patient, visit, doorId } = await waiting(world)

    await refuses(world, 'clinician-only', () => admit(patient, visit, doorId))
    await refuses(world, 'clinician-only', () => patient.post(`${visit}/refusals`, { doorId }))
    await refuses(world, 'clinician-only', () => patient.post(`${visit}/end`))
    await refuses(world, 'clinician-only', () => patient.get(`${visit}/note`))
    await refuses(world, 'clinician-only', () => patient.get('/api/events'))
  })

  test('clinicians do not knock at their own door', async () => {
    const { clinician, visit } = await opened(world)

    await refuses(world, 'patient-only', () => knock(clinician, visit))
    await refuses(world, 'patient-only', () => clinician.post(`${visit}/departures`))
  })

  test('a visit of others and a visit that never was are the same to a stranger', async () => {
    const { visit } = await waiting(world)
    const zoe = await opened(world, { patient: patients.zoe.reference })
    const strangers = [zoe.patient, zoe.clinician]

    for (const person of strangers) {
      for (const path of [visit, '/api/visits/made-up']) {
        await refuses(world, 'not-your-visit', () => person.get(path))
        await refuses(world, 'not-your-visit', () => person.get(`${path}/events`))
        await refuses(world, 'not-your-visit', () => tokenFor(person, path))
      }
    }
  })

  test('someone who has not opened the visit is refused, though the Appointment is theirs', async () => {
    const { visit, appointment } = await opened(world)
    const again = await world.signIn({ user: practitioners.chen.reference, appointment })

    await refuses(world, 'not-your-visit', () => again.get(visit))

    expect(await open(again, appointment)).toBe(visit)
  })

  test('who waits stays where they stood when the app starts anew', async () => {
    const own = await openWorld()
    const { patient, clinician, visit, doorId } = await waiting(own)
    const before = bodyOf<ClinicianView>(await clinician.get(visit))

    await own.restart()

    const after = bodyOf<ClinicianView>(await clinician.get(visit))
    expect(after.door.map(({ doorId }) => doorId)).toEqual([doorId])
    expect(after.revision).toBe(before.revision)
    expect((await placeOf(patient, visit)).at).toBe('door')
    await own.close()
  })

  /** A clinician who came without a patient in context, so that it is the visit's own rule that must refuse. */
  async function withoutContext() {
    const appointment = await book(world)
    const [clinician, patient] = await Promise.all([
      world.signIn({ user: practitioners.chen.reference }),
      world.signIn({ user: patients.margaret.reference }),
    ])
    const visit = await open(clinician, appointment)
    await open(patient, appointment)
    await knock(patient, visit)
    return { appointment, clinician, visit, doorId: await doorIdOf(clinician, visit) }
  }
})
