// Which Encounter bears the note: the visit's own, never a mistaken one, another Appointment's, or the patient's other visit's.
// What others wrote in it stays, and what is nobody's business here is not touched by a byte.
import type { Encounter } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ReadType } from '../../server/outside/ehr/ehr.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { attempt, writes } from '../support/chart.ts'
import { bodyOf, book, type Opened, open, patientWasThere, save, sign, signed, tokenFor } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, encounters } = clinic
const { chen, okafor } = practitioners

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => {
  world.ehr.faults.clear()
  vi.restoreAllMocks()
})
afterAll(() => world.close())

const about = (...appointments: readonly string[]) => ({
  appointment: appointments.map((id) => ({ reference: `Appointment/${id}` })),
})
const encounterOf = (id: string) => world.ehr.resource('Encounter', id)

/** Registration's own Encounter of Margaret's. */
async function registered(id: string, of: Partial<Encounter> = {}): Promise<string> {
  const kept: Encounter = {
    ...{ resourceType: 'Encounter', id, status: 'planned' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
    subject: { reference: patients.margaret.reference },
    ...of,
  }
  await world.ehr.put(kept)
  return id
}

/** The whole visit of an Appointment that is there, by a clinician who launched with this Encounter open. */
async function walked(appointment: string, encounter?: string): Promise<Pick<Opened, 'clinician' | 'visit'>> {
  const context = encounter === undefined ? {} : { encounter }
  const clinician = await world.signIn({ user: chen.reference, patient: patients.margaret.id, appointment, ...context })
  return finished({ clinician, visit: await open(clinician, appointment) })
}

async function finished({ clinician, visit }: Pick<Opened, 'clinician' | 'visit'>) {
  bodyOf(await tokenFor(clinician, visit))
  bodyOf(await save(clinician, visit))
  await patientWasThere(world, visit)
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  return { clinician, visit }
}

type Filing = NoteView['filing']
const bearing = (filing: Filing) => (filing.state === 'filed' ? filing.encounter : filing.state)

describe.each([
  ['in one transaction', true],
  ['one by one', false],
])('a note that is sent %s', (_how, together) => {
  const tag = together ? 'a' : 'b'
  beforeEach(() => {
    // What an EHR can do is remembered for ten minutes.
    world.later(11)
    if (!together) world.ehr.faults.on('no-transaction')
  })

  test.each(['entered-in-error', 'cancelled'] as const)(
    'is never borne by an Encounter that is %s, though the EHR had it open and it is of this Appointment',
    async (status) => {
      const appointment = await book(world)
      const mistaken = await registered(`mistaken-${status}-${tag}`, { status, ...about(appointment) })
      const before = encounterOf(mistaken)

      const filing = await attempt(await walked(appointment, mistaken))

      expect(bearing(filing)).toMatch(/^Encounter\//)
      expect(bearing(filing)).not.toBe(`Encounter/${mistaken}`)
      expect(encounterOf(mistaken)).toEqual(before)
    },
  )

  test('is not borne by a mistaken one that only the search finds either', async () => {
    const appointment = await book(world)
    const mistaken = await registered(`found-${tag}`, { status: 'entered-in-error', ...about(appointment) })

    const filing = await attempt(await walked(appointment))

    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(bearing(filing)).not.toBe(`Encounter/${mistaken}`)
  })

  test('is borne by an Encounter nobody linked, when the EHR had it open for this one visit, which leaves it as it is', async () => {
    const [first, second] = [await book(world), await book(world, { startsInMinutes: 20 })]
    const unlinked = await registered(`unlinked-${tag}`, { status: 'in-progress' })
    const before = encounterOf(unlinked)
    const walk = await walked(first, unlinked)
    const filing = await attempt(walk)

    const next = await attempt(await finished({ ...walk, visit: await open(walk.clinician, second) }))

    expect(bearing(filing)).toBe(`Encounter/${unlinked}`)
    expect(bearing(next)).toMatch(/^Encounter\//)
    expect(bearing(next)).not.toBe(bearing(filing))
    expect(encounterOf(unlinked)).toEqual(before)
  })

  test('of another Appointment than the launch named is not borne by the launch’s Encounter', async () => {
    const [named, other] = [await book(world), await book(world)]
    const unlinked = await registered(`named-${tag}`, { status: 'in-progress' })
    const context = { patient: patients.margaret.id, appointment: named, encounter: unlinked }
    const clinician = await world.signIn({ user: chen.reference, ...context })

    const filing = await attempt(await finished({ clinician, visit: await open(clinician, other) }))

    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(bearing(filing)).not.toBe(`Encounter/${unlinked}`)
  })

  test('is not borne by the Encounter of the patient’s other Appointment, which stays planned', async () => {
    const [mine, other] = [await book(world), await book(world, { startsInMinutes: 60 })]
    const linked = await registered(`linked-${tag}`, about(other))
    const before = encounterOf(linked)

    const filing = await attempt(await walked(mine, linked))

    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(bearing(filing)).not.toBe(`Encounter/${linked}`)
    expect(encounterOf(linked)).toEqual(before)
  })

  test('brings the planned Encounter of its Appointment to its end, and keeps what others wrote in it', async () => {
    const appointment = await book(world)
    const participant = [
      { type: [{ text: 'interpreter' }], individual: { reference: okafor.reference } },
      { individual: { reference: practitioners.brandt.reference }, period: { start: '2026-01-01T10:00:00Z' } },
    ]
    const statusHistory = [{ status: 'unknown' as const, period: { start: '2026-01-01', end: '2026-01-02' } }]
    const whole = {
      ...{ participant, statusHistory, priority: { text: 'urgent' } },
      ...about(clinic.appointments.margaretLater.id, appointment),
      period: { start: '2026-01-01T10:00:00Z' },
    }
    const planned = await registered(`planned-${tag}`, whole)
    const walk = await walked(appointment, planned)

    const filing = await attempt(walk)

    const after = encounterOf(planned)
    const { startedAt, finishedAt } = bodyOf<{ startedAt: string; finishedAt: string }>(
      await walk.clinician.get(walk.visit),
    )
    expect(bearing(filing)).toBe(`Encounter/${planned}`)
    expect(after).toMatchObject({ status: 'finished', period: { start: startedAt, end: finishedAt } })
    expect([after?.appointment, after?.priority]).toEqual([whole.appointment, whole.priority])
    expect(after?.participant?.slice(0, 2)).toEqual(participant)
    expect(after?.participant?.slice(2).map((p) => p.individual?.reference)).toEqual([chen.reference])
    expect(after?.statusHistory?.[0]).toEqual(statusHistory[0])
    expect(after?.statusHistory?.map((h) => h.status)).toEqual(['unknown', 'planned', 'in-progress'])
  })

  test('leaves a hospital stay as it was, to the last byte', async () => {
    const stay = encounters.olafurInpatient.id
    const before = JSON.stringify(encounterOf(stay))
    const { olafur } = patients
    const walk = await signed(world, { patient: olafur.reference, encounter: stay })

    expect(await attempt(walk)).toMatchObject({ state: 'filed' })

    expect(JSON.stringify(encounterOf(stay))).toBe(before)
    expect(writes(world).filter((w) => w.includes(stay))).toEqual([])
  })

  test('leaves an Encounter alone of which nobody can say that it is still as it was read', async () => {
    const appointment = await book(world)
    const planned = await registered(`no-etag-${tag}`, about(appointment))
    const before = encounterOf(planned)
    const walk = await walked(appointment, planned)
    const { ehr } = world.house
    vi.spyOn(world.house, 'ehr').mockImplementation((launch) => {
      const whole = ehr(launch)
      const read = async <T extends ReadType>(type: T, id: string) => {
        const found = await whole.read(type, id)
        return found && { resource: found.resource }
      }
      return { ...whole, read }
    })

    const filing = await attempt(walk)

    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${planned}`, appointment: 'left' })
    expect(encounterOf(planned)).toEqual(before)
    expect(world.ehr.resource('Appointment', appointment)?.status).toBe('booked')
  })
})
