// Recording: off unless the clinic allows it and everyone in the visit has agreed; off again when anybody takes the word back or comes new.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, PatientView, RoomToken } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admit, admitted, bodyOf, doorIdOf, inCall, knock, open, tokenFor } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, relatedPersons } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld({
    organisations: ['riverside', 'harbor'],
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) =>
        o.id === 'riverside' ? { ...o, policies: { ...o.policies, recording: true } } : o,
      ),
    }),
  })
})
afterAll(() => world.close())

const asking = (clinician: Person, visit: string) => clinician.post(`${visit}/recording`)
const answering = (person: Person, visit: string, agrees: boolean) =>
  person.post(`${visit}/recording/answers`, { agrees })
const seenBy = async (person: Person, visit: string) =>
  bodyOf<ClinicianView | PatientView>(await person.get(visit)).recording

/** Whether this person's entry to the room would let them record now. */
async function mayRecord(person: Person, visit: string): Promise<unknown> {
  const { token, call } = bodyOf<RoomToken>(await tokenFor(person, visit))
  const { context } = decodeJwt<{ context: { features: { recording: unknown } } }>(token)
  expect(call.recording).toBe(context.features.recording)
  return context.features.recording
}

describe('at a clinic that allows it', () => {
  test('nothing may be recorded before anyone asked, and nobody is asked anything', async () => {
    const { clinician, patient, visit } = await inCall(world)

    expect([await seenBy(clinician, visit), await seenBy(patient, visit)]).toEqual([undefined, undefined])
    expect(await mayRecord(clinician, visit)).toBe(false)
    await refuses(world, 'recording-not-asked', () => answering(patient, visit, true))
  })

  test('the patient is asked, and with their yes the clinician may record, and only the clinician', async () => {
    const { clinician, patient, visit } = await inCall(world)

    bodyOf(await asking(clinician, visit))
    const asked = await seenBy(patient, visit)
    const before = await mayRecord(clinician, visit)
    bodyOf(await answering(patient, visit, true))

    expect(asked).toEqual({ agreement: 'asked', mine: 'asked', open: 1 })
    expect(before).toBe(false)
    expect(await seenBy(clinician, visit)).toEqual({ agreement: 'agreed', mine: 'agreed', open: 0 })
    expect([await mayRecord(clinician, visit), await mayRecord(patient, visit)]).toEqual([true, false])
  })

  test('a no is a no, until the clinician asks anew and everyone answers anew', async () => {
    const { clinician, patient, visit } = await inCall(world)
    bodyOf(await asking(clinician, visit))
    bodyOf(await answering(patient, visit, false))

    expect(await seenBy(clinician, visit)).toMatchObject({ agreement: 'refused' })
    expect(await mayRecord(clinician, visit)).toBe(false)

    bodyOf(await asking(clinician, visit))
    expect(await seenBy(patient, visit)).toMatchObject({ agreement: 'asked', mine: 'asked' })
    expect(await mayRecord(clinician, visit)).toBe(false)
  })

  test('who agreed takes the word back at any time, and the next entry no longer lets record', async () => {
    const { clinician, patient, visit } = await inCall(world)
    bodyOf(await asking(clinician, visit))
    bodyOf(await answering(patient, visit, true))
    expect(await mayRecord(clinician, visit)).toBe(true)

    bodyOf(await answering(patient, visit, false))

    expect(await seenBy(patient, visit)).toMatchObject({ agreement: 'refused', mine: 'refused' })
    expect(await mayRecord(clinician, visit)).toBe(false)
  })

  test('somebody who is let in later has not agreed: nothing may be recorded until they have', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world, { patient: patients.noor.reference })
    bodyOf(await asking(clinician, visit))
    bodyOf(await answering(patient, visit, true))
    const mother = await world.signIn({ user: relatedPersons.layla.reference, appointment })
    await open(mother, appointment)
    bodyOf(await knock(mother, visit))
    const door = bodyOf<ClinicianView>(await clinician.get(visit)).door
    expect(await seenBy(mother, visit)).toBeUndefined()
    expect(await mayRecord(clinician, visit)).toBe(true)

    bodyOf(await admit(clinician, visit, door.find((p) => p.state === 'waiting')?.doorId ?? ''))

    expect(await seenBy(mother, visit)).toEqual({ agreement: 'asked', mine: 'asked', open: 1 })
    expect(await mayRecord(clinician, visit)).toBe(false)
    bodyOf(await answering(mother, visit, true))
    expect(await mayRecord(clinician, visit)).toBe(true)
  })

  test('each word is in the record, by whom and when, and survives a restart', async () => {
    const { clinician, patient, visit } = await inCall(world)
    bodyOf(await asking(clinician, visit))
    bodyOf(await answering(patient, visit, true))
    await world.restart()

    expect(await seenBy(clinician, visit)).toMatchObject({ agreement: 'agreed' })
    const words = (await world.audit()).filter(({ event }) => event === 'agreement-to-recording').slice(-2)
    expect(words).toMatchObject([
      { code: 'recording-asked', role: 'clinician' },
      { code: 'recording-agreed', role: 'patient', who: patients.margaret.reference },
    ])
  })

  test('nobody is asked before the visit has begun, and no patient asks', async () => {
    const { clinician, patient, visit } = await admitted(world)

    await refuses(world, 'visit-not-started', () => asking(clinician, visit))
    await refuses(world, 'clinician-only', () => asking(patient, visit))
  })

  test('who waits at the door has no say yet', async () => {
    const { clinician, visit, appointment } = await inCall(world, { patient: patients.noor.reference })
    bodyOf(await asking(clinician, visit))
    const mother = await world.signIn({ user: relatedPersons.layla.reference, appointment })
    await open(mother, appointment)
    bodyOf(await knock(mother, visit))
    expect(await doorIdOf(clinician, visit)).not.toBe('')

    await refuses(world, 'not-admitted', () => answering(mother, visit, true))
  })
})

describe('a recording that runs', () => {
  const reporting = (person: Person, visit: string, running: boolean) =>
    person.post(`${visit}/recording/state`, { running })
  const view = async (person: Person, visit: string) => bodyOf<ClinicianView | PatientView>(await person.get(visit))
  const runsFor = async (person: Person, visit: string) => (await view(person, visit)).recordedSince
  const written = async (visit: string) => {
    const lines = (await world.audit()).filter((line) => line.visit === visit.split('/').at(-1))
    return lines.filter(({ event }) => event.startsWith('recording-'))
  }
  const agreed = async () => {
    const both = await inCall(world)
    bodyOf(await asking(both.clinician, both.visit))
    bodyOf(await answering(both.patient, both.visit, true))
    return both
  }

  test('is shown to everyone as what the clinician’s page tells, and stands in the record from when until when', async () => {
    const { clinician, patient, visit } = await agreed()
    const before = await runsFor(patient, visit)

    const began = bodyOf<ClinicianView>(await reporting(clinician, visit, true)).recordedSince
    const during = [await runsFor(clinician, visit), await runsFor(patient, visit)]
    const ended = bodyOf<ClinicianView>(await reporting(clinician, visit, false))

    expect([before, during, ended.recordedSince]).toEqual([undefined, [began, began], undefined])
    expect(await runsFor(patient, visit)).toBeUndefined()
    const lines = await written(visit)
    const who = clinic.practitioners.chen.reference
    expect(lines).toMatchObject([
      { event: 'recording-started', outcome: 'success', role: 'clinician', who },
      { event: 'recording-stopped', outcome: 'success', role: 'clinician', who, from: began },
    ])
    expect(lines[0]).not.toHaveProperty('code')
    expect(Date.parse(String(lines[1]?.until))).toBeGreaterThanOrEqual(Date.parse(began ?? ''))
  })

  test('is told again with each entry, and changes nothing then: nobody looks again, and nothing is written', async () => {
    const { clinician, visit } = await agreed()
    bodyOf(await reporting(clinician, visit, false))
    expect(await written(visit)).toEqual([])
    const began = bodyOf<ClinicianView>(await reporting(clinician, visit, true))

    const [one, other] = await Promise.all([reporting(clinician, visit, true), reporting(clinician, visit, true)])

    for (const again of [one, other]) expect(bodyOf<ClinicianView>(again)).toMatchObject({ ...began, door: [{}] })
    expect(await written(visit)).toHaveLength(1)
  })

  test('told by two pages in the same moment began once', async () => {
    const { clinician, visit } = await agreed()

    await Promise.all([1, 2, 3].map(() => reporting(clinician, visit, true)))
    await Promise.all([1, 2, 3].map(() => reporting(clinician, visit, false)))

    expect((await written(visit)).map(({ event }) => event)).toEqual(['recording-started', 'recording-stopped'])
  })

  test('is not hushed up where somebody did not agree: everyone sees that it runs, and it is written down as a failure', async () => {
    const { clinician, patient, visit } = await inCall(world)

    bodyOf(await reporting(clinician, visit, true))

    expect(await view(patient, visit)).toMatchObject({ recordedSince: expect.any(String) })
    expect(await seenBy(patient, visit)).toBeUndefined()
    expect(await written(visit)).toMatchObject([{ event: 'recording-started', outcome: 'failed', code: 'not-agreed' }])
    expect(await mayRecord(clinician, visit)).toBe(false)
  })

  test('that goes on after a word was taken back is still shown', async () => {
    const { clinician, patient, visit } = await agreed()
    bodyOf(await reporting(clinician, visit, true))

    bodyOf(await answering(patient, visit, false))

    expect(await view(patient, visit)).toMatchObject({
      ...{ recordedSince: expect.any(String), recording: { agreement: 'refused' } },
    })
  })

  test('ends with the visit, in the record too', async () => {
    const { clinician, patient, visit } = await agreed()
    const began = bodyOf<ClinicianView>(await reporting(clinician, visit, true)).recordedSince

    bodyOf(await clinician.post(`${visit}/end`))

    expect([await runsFor(clinician, visit), await runsFor(patient, visit)]).toEqual([undefined, undefined])
    expect((await written(visit)).slice(1)).toMatchObject([
      { event: 'recording-stopped', outcome: 'success', code: 'visit-ended', from: began },
    ])
    bodyOf(await clinician.post(`${visit}/end`))
    expect(await written(visit)).toHaveLength(2)
    await refuses(world, 'visit-finished', () => reporting(clinician, visit, true))
  })

  test('is known over a restart', async () => {
    const { clinician, patient, visit } = await agreed()
    const began = bodyOf<ClinicianView>(await reporting(clinician, visit, true)).recordedSince

    await world.restart()

    expect(await runsFor(patient, visit)).toBe(began)
  })

  test('is told by clinicians alone, and shown to nobody who is outside', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world, { patient: patients.noor.reference })
    bodyOf(await reporting(clinician, visit, true))
    const mother = await world.signIn({ user: relatedPersons.layla.reference, appointment })
    await open(mother, appointment)
    bodyOf(await knock(mother, visit))

    expect(await runsFor(mother, visit)).toBeUndefined()
    await refuses(world, 'clinician-only', () => reporting(patient, visit, false))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/recording/state`, { running: 'yes' }))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/recording/state`))
  })
})

test('a clinic that does not allow it is not asked to, whatever anyone says; what runs all the same is a failure', async () => {
  const [, harbor = world.ehr] = world.ehrs
  const appointment = 't-no-recording'
  await harbor.put({
    ...{ resourceType: 'Appointment', id: appointment, status: 'booked' },
    start: new Date(world.now() + 60_000).toISOString(),
    end: new Date(world.now() + 900_000).toISOString(),
    participant: [patients.margaret.reference, clinic.practitioners.chen.reference].map((reference) => ({
      ...{ actor: { reference }, status: 'accepted' as const },
    })),
  })
  const clinician = await world.signIn({ user: clinic.practitioners.chen.reference, appointment }, harbor)
  const visit = await open(clinician, appointment)
  expect(await mayRecord(clinician, visit)).toBe(false)

  await refuses(world, 'recording-off', () => asking(clinician, visit))
  bodyOf(await clinician.post(`${visit}/recording/state`, { running: true }))
  const [line] = (await world.audit()).filter(({ event }) => event === 'recording-started').slice(-1)
  expect(line).toMatchObject({ organisation: 'harbor', outcome: 'failed', code: 'recording-off' })
})
