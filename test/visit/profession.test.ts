// A nurse is a nurse: a patient reads what the EHR says that their clinician is, once the clinician's own sign-in has read it, and nothing before.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { PatientView } from '../../server/wire/wire.ts'
import { changeAppointment } from '../support/appointment.ts'
import { newPatient } from '../support/chart.ts'
import { bodyOf, book, open } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const kim = 'Practitioner/kim-lee'
let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.ehr.put({ resourceType: 'Practitioner', id: 'kim-lee', name: [{ text: 'Kim Lee' }] })
  await roleOf('kim-at-the-clinic', 'Nurse practitioner')
})
afterAll(() => world.close())

const roleOf = (id: string, text: string) =>
  world.ehr.put({
    ...{ resourceType: 'PractitionerRole', id, active: true, practitioner: { reference: kim } },
    code: [{ text }],
  } as never)

/** A patient at a visit of Kim Lee's and of `others`, before any clinician has opened it. */
async function booked(others: readonly string[] = []) {
  const patient = await newPatient(world)
  const appointment = await book(world, { patient, practitioner: kim })
  const people = [
    { reference: patient },
    { reference: kim, display: 'Kim Lee' },
    ...others.map((reference) => ({ reference, display: 'Dr. Lillian Chen, MD' })),
  ]
  const participant = people.map((actor) => ({ actor, status: 'accepted' as const }))
  await changeAppointment(world, appointment, { participant })
  const guest = await world.signIn({ user: patient as never, patient: patient.split('/')[1] ?? '', appointment })
  const visit = await open(guest, appointment)
  return { appointment, visit, read: async () => bodyOf<PatientView>(await guest.get(visit)).profession }
}

const opens = async (appointment: string) => open(await world.signIn({ user: kim, appointment }), appointment)
const searches = () => world.ehr.requests.filter(({ path }) => path.endsWith('/PractitionerRole')).length

test('a patient reads it once their clinician has opened the visit, and nobody is asked more than at a sign-in', async () => {
  const { appointment, read } = await booked()
  expect(await read()).toBeUndefined()
  const before = searches()

  await opens(appointment)

  expect(await read()).toBe('Nurse practitioner')
  expect(searches()).toBe(before + 1)
  await world.restart()
  expect(await read()).toBe('Nurse practitioner')
})

test('of several clinicians it is said of none, nor where two roles say two things', async () => {
  const several = await booked([clinic.practitioners.chen.reference])
  await opens(several.appointment)
  expect(await several.read()).toBeUndefined()

  await roleOf('kim-at-school', 'Teacher')
  const { appointment, read } = await booked()
  await opens(appointment)
  expect(await read()).toBeUndefined()
})
