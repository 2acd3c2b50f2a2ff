// A visit that no clinician began: what became of it is said from the day, the chart is told, and whoever asked for the telephone is not lost sight of.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, VisitOpened } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, knock, open, opened, placeOf, rowIn, say, tokenFor, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const chen = clinic.practitioners.chen.reference

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const statusOf = (appointment: string) => world.ehr.resource('Appointment', appointment)?.status
const askForTelephone = (patient: Person, visit: string) => patient.post(`${visit}/devices`, { byTelephone: true })

describe('a visit that no clinician began', () => {
  test.each([
    ['did-not-come', 'noshow', 'missed'],
    ['technical-failure', 'booked', 'failed'],
    ['telephone', 'fulfilled', undefined],
  ] as const)('is over with the word %s, and the appointment is then %s', async (is, status, as) => {
    const { clinician, patient, visit, appointment } = await opened(world, { startsInMinutes: -20 })

    const after = bodyOf<ClinicianView>(await say(clinician, visit, is))

    expect(after).toMatchObject({ status: 'finished', neverBegan: true, outcome: { is } })
    // No call, no hours of one.
    expect([after.startedAt, after.finishedAt]).toEqual([undefined, undefined])
    expect(statusOf(appointment)).toBe(status)
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'finished', ...(as && { as }) })
    expect(world.ehr.all('Encounter').filter((one) => JSON.stringify(one).includes(appointment))).toEqual([])
    const line = (await world.audit()).findLast(({ event }) => event === 'outcome-said')
    expect(line).toMatchObject({ code: is, visit: visit.split('/').at(-1) })
  })

  test('nobody came to: when that would have been nobody knows, then or later', async () => {
    const { clinician, visit } = await opened(world, { startsInMinutes: -20 })
    await refuses(world, 'visit-not-started', () => say(clinician, visit, 'came'))
    bodyOf(await say(clinician, visit, 'did-not-come'))

    await refuses(world, 'visit-not-started', () => say(clinician, visit, 'came', { instead: 'did-not-come' }))
    bodyOf(await say(clinician, visit, 'telephone', { instead: 'did-not-come' }))
  })

  test('is not over before its hour, nor while anybody stands at the door or was let in', async () => {
    const early = await opened(world, { startsInMinutes: 5 })
    await refuses(world, 'visit-not-finished', () => say(early.clinician, early.visit, 'did-not-come'))

    // Nobody asked for the telephone, either.
    await refuses(world, 'visit-not-finished', () => say(early.clinician, early.visit, 'telephone'))

    const { clinician, patient, visit } = await opened(world, { startsInMinutes: -20 })
    bodyOf(await knock(patient, visit))
    await refuses(world, 'visit-not-finished', () => say(clinician, visit, 'did-not-come'))
    await refuses(world, 'clinician-only', () => say(patient, visit, 'did-not-come'))
    expect((await placeOf(patient, visit)).at).toBe('door')
  })

  test('whose people came and closed their page can be spoken for once its door has closed', async () => {
    const { clinician, patient, visit, appointment } = await opened(world, { startsInMinutes: -20 })
    bodyOf(await knock(patient, visit))
    await refuses(world, 'visit-not-finished', () => say(clinician, visit, 'technical-failure'))
    const { closesAt } = bodyOf<ClinicianView>(await clinician.get(visit))

    world.later(150)
    const back = await world.signIn({ user: chen, appointment })
    await open(back, appointment)
    bodyOf(await say(back, visit, 'technical-failure'))

    expect(Date.parse(closesAt)).toBeLessThan(Date.parse(world.house.now()))
    expect((await rowIn(back, appointment))?.visit?.outcome).toBe('technical-failure')
  })

  test('lets nobody in once it was said, and begins no more', async () => {
    const { clinician, patient, visit } = await opened(world, { startsInMinutes: -20 })
    bodyOf(await say(clinician, visit, 'did-not-come'))

    await refuses(world, 'visit-finished', () => tokenFor(clinician, visit))
    await refuses(world, 'visit-finished', () => knock(patient, visit))
  })

  test('and nobody opened in its hours can be opened by a clinician who says so, and by nobody else', async () => {
    const appointment = await book(world, { startsInMinutes: -200 })
    const clinician = await world.signIn({ user: chen, appointment })
    const patient = await world.signIn({ user: clinic.patients.margaret.reference, appointment })
    await refuses(world, 'appointment-past', () => clinician.post('/api/visits', { appointment }))
    await refuses(world, 'appointment-past', () => patient.post('/api/visits', { appointment, anyway: true }))

    const { visit } = bodyOf<VisitOpened>(await clinician.post('/api/visits', { appointment, anyway: true }))
    const path = `/api/visits/${visit}`
    await refuses(world, 'appointment-past', () => tokenFor(clinician, path))
    bodyOf(await say(clinician, path, 'did-not-come'))

    expect(statusOf(appointment)).toBe('noshow')
  })
})

describe('who asked for the telephone', () => {
  test('is told of with the question, also once the visit has ended', async () => {
    const { clinician, patient, visit } = await opened(world)
    expect(bodyOf<ClinicianView>(await clinician.get(visit))).not.toHaveProperty('byTelephone')
    bodyOf(await askForTelephone(patient, visit))
    bodyOf(await tokenFor(clinician, visit))
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).byTelephone).toBe(true)

    const after = bodyOf<ClinicianView>(await clinician.post(`${visit}/end`))

    expect(after).toMatchObject({ byTelephone: true, outcome: { is: 'unsaid' } })
    await world.restart()
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).byTelephone).toBe(true)
  })

  test('and was rung before the hour has been spoken with: nothing else of the visit can be said by then', async () => {
    const { clinician, patient, visit, appointment } = await opened(world, { startsInMinutes: 10 })
    bodyOf(await askForTelephone(patient, visit))
    await refuses(world, 'visit-not-finished', () => say(clinician, visit, 'did-not-come'))

    const after = bodyOf<ClinicianView>(await say(clinician, visit, 'telephone'))

    expect(after).toMatchObject({ status: 'finished', neverBegan: true, outcome: { is: 'telephone' } })
    expect(statusOf(appointment)).toBe('fulfilled')
    const row = await world.house.visits.get(visitIdOf(visit))
    expect(row?.status === 'finished' && row.startedAt <= row.finishedAt).toBe(true)
  })

  test('stays on the clinician’s day though the EHR’s list has the visit no more, until somebody said what became of it', async () => {
    const { clinician, patient, visit, appointment } = await opened(world, { startsInMinutes: -20 })
    bodyOf(await askForTelephone(patient, visit))
    const doctor = await world.signIn({ user: chen })
    const kept = world.ehr.resource('Appointment', appointment)
    // Moved to another day, so that no list of today's has it.
    const later = (at: unknown) => new Date(Date.parse(String(at)) + 3 * 86_400_000).toISOString()
    await world.ehr.put({ ...kept, id: appointment, start: later(kept?.start), end: later(kept?.end) } as never)

    const row = await rowIn(doctor, appointment)

    expect(row?.visit?.byTelephoneSince).toEqual(expect.any(String))
    expect(row?.patient.name).not.toBe('')
    bodyOf(await clinician.get(visit))
  })
})
