// The lists of who is known by several records, because an EHR has merged them: whichever of them a sign-in and an Appointment name.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { UserRef } from '../../sandbox/ehr/contract.ts'
import type { AppointmentList, BroughtPatient } from '../../server/wire/wire.ts'
import { merge, recordOf } from '../support/merged.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, book, open } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const chen = clinic.practitioners.chen.reference

let world: World
/** Whose Appointments the EHR cannot find at the moment. */
let closed: string | undefined
beforeAll(async () => {
  world = await openWorld({
    inTheWay: ({ url = '' }, response, handOn) => {
      const asked = new URL(url, 'http://ehr').searchParams.get('patient')
      if (closed === undefined || asked !== closed) return handOn()
      response.writeHead(500).end()
    },
  })
})
afterEach(() => {
  closed = undefined
})
afterAll(() => world.close())

const idOf = (reference: string) => reference.split('/')[1] ?? ''
/** The old record, and the one that took its place. */
async function merged() {
  const now = await recordOf(world, { name: [{ text: 'Jane Roe' }], birthDate: '1980-01-02' })
  const old = await recordOf(world)
  await merge(world, old, now)
  return { old, now }
}
const listOf = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments'))
/** The ids in a list, and the names they are under. */
async function rowsOf(person: Person) {
  const { appointments, incomplete, chosen } = await listOf(person)
  const rows = appointments.map(({ id, patient }) => [id, patient.name] as const)
  return { rows, incomplete, chosen }
}

describe('a clinician’s list', () => {
  test('of the day shows who was merged as the record has them that counts, and opens their visit', async () => {
    const { old } = await merged()
    const appointment = await book(world, { patient: old })
    const clinician = await world.signIn({ user: chen, contextShape: 'none' })

    const { rows } = await rowsOf(clinician)

    expect(rows).toContainEqual([appointment, 'Jane Roe'])
    expect(await open(clinician, appointment)).toMatch(/visits/)
  })

  test('from the old record’s chart has the Appointments of both records, and no one else’s', async () => {
    const { old, now } = await merged()
    const [before, since] = [
      await book(world, { patient: old }),
      await book(world, { patient: now, startsInMinutes: 9 }),
    ]
    await book(world, { patient: await recordOf(world) })
    const clinician = await world.signIn({ user: chen, patient: idOf(old), contextShape: 'none' })

    const { rows, incomplete } = await rowsOf(clinician)

    expect(rows).toEqual([
      [before, 'Jane Roe'],
      [since, 'Jane Roe'],
    ])
    expect(incomplete).toBeUndefined()
    for (const [id] of rows) expect(await open(clinician, id)).toMatch(/visits/)
  })

  test.each(['the old record', 'the one that counts'])(
    'launched for one Appointment from %s has that one',
    async (from) => {
      const { old, now } = await merged()
      const patient = idOf(from === 'the old record' ? old : now)
      for (const named of [old, now]) {
        const appointment = await book(world, { patient: named })
        const clinician = await world.signIn({ user: chen, patient, appointment })

        const { rows, chosen } = await rowsOf(clinician)

        expect(rows).toContainEqual([appointment, 'Jane Roe'])
        expect(chosen).toBe(appointment)
      }
    },
  )

  test('launched for one Appointment of another patient has it not, though that one is like them', async () => {
    const { now } = await merged()
    const other = await recordOf(world, { active: false, link: [{ other: { reference: now }, type: 'seealso' }] })
    const appointment = await book(world, { patient: other })
    const clinician = await world.signIn({ user: chen, patient: idOf(now), appointment })

    expect(await rowsOf(clinician)).toEqual({ rows: [], incomplete: undefined, chosen: undefined })
  })

  test('says that others may be missing where those of the record that counts cannot be had', async () => {
    const { old, now } = await merged()
    const appointment = await book(world, { patient: old })
    const clinician = await world.signIn({ user: chen, patient: idOf(old), contextShape: 'none' })
    closed = now

    const { rows, incomplete } = await rowsOf(clinician)

    expect(rows.map(([id]) => id)).toEqual([appointment])
    expect(incomplete).toBe(true)
  })

  test('of a record that nobody can follow shows the record as it is, and its visit is refused', async () => {
    const { old } = await merged()
    await merge(world, old, 'Patient/nobody-has-this')
    const appointment = await book(world, { patient: old })
    const clinician = await world.signIn({ user: chen, patient: idOf(old), contextShape: 'none' })

    expect((await rowsOf(clinician)).rows).toEqual([[appointment, 'Jane Doe']])
    expect((await clinician.post('/api/visits', { appointment })).code).toBe('patient-replaced')
  })
})

test('a patient whose record was merged finds their visits by their own sign-in', async () => {
  const { old } = await merged()
  const appointment = await book(world, { patient: old })
  const patient = await world.signIn({ user: old as UserRef, patient: idOf(old) })

  expect((await rowsOf(patient)).rows.map(([id]) => id)).toEqual([appointment])
})

test('a patient that a sign-in brings along is named as the record has them that counts', async () => {
  const { old } = await merged()
  const clinician = await world.signIn({ user: chen, patient: idOf(old), contextShape: 'none' })

  const brought = bodyOf<BroughtPatient>(await clinician.get('/api/brought-patient'))

  expect(brought).toEqual({ name: 'Jane Roe', birthDate: '1980-01-02' })
})

test('who was never merged is asked about no oftener than before', async () => {
  const patient = await recordOf(world)
  await book(world, { patient })
  const clinician = await world.signIn({ user: chen, patient: idOf(patient), contextShape: 'none' })
  const from = world.ehr.requests.length

  await listOf(clinician)

  const asked = world.ehr.requests.slice(from).map(({ path }) => path.split('?')[0])
  expect(asked.filter((path) => path !== '/metadata')).toEqual(['/Appointment'])
})
