// A clinician's PractitionerRoles where the EHR tells them late, or not at once: nobody waits long for them to sign in, and whoever is named by
// a role alone finds their day all the same, once it is told.
import type { AppointmentParticipant } from 'fhir/r4'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { newPatient } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, open } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { chen } = clinic.practitioners
const role = 'PractitionerRole/late'

let world: World
let appointment: string
beforeEach(async () => {
  world = await openWorld()
  await world.ehr.put({
    ...{ resourceType: 'PractitionerRole', id: 'late', active: true },
    practitioner: { reference: chen.reference },
  })
  appointment = await byRole()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.close()
})

/** An Appointment that names her by her role alone. */
async function byRole(): Promise<string> {
  const patient = await newPatient(world)
  const id = await book(world, { patient })
  const kept = world.ehr.resource('Appointment', id)
  const participant: AppointmentParticipant[] = [patient, role].map((reference) => ({
    ...{ actor: { reference }, status: 'accepted' },
  }))
  if (kept) await world.ehr.put({ ...kept, participant })
  return id
}

/** Whoever waits three seconds for anything has waited. */
function waited(): void {
  const really = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
    ms === 3_000 ? AbortSignal.abort(new DOMException('late', 'TimeoutError')) : really(ms),
  )
}

const day = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments'))
const listed = async (person: Person) => (await day(person)).appointments.map(({ id }) => id)
const searches = () => world.ehr.requests.filter(({ path }) => path.endsWith('/PractitionerRole')).length
const held = () => {
  let release: () => void = () => undefined
  world.ehr.faults.on('fhir-slow', { type: 'PractitionerRole', until: new Promise<void>((done) => (release = done)) })
  return () => release()
}

test('a search for roles that is not answered in time keeps nobody from their day, which says that it may lack something', async () => {
  waited()
  const release = held()

  const person = await world.signIn({ user: chen.reference })
  const before = await day(person)
  expect([before.appointments.some(({ id }) => id === appointment), before.incomplete]).toEqual([false, true])
  await refuses(world, 'ehr-unreachable', () => person.post('/api/visits', { appointment }))
  world.ehr.faults.clear()
  release()

  await eventually(async () => expect(await listed(person)).toContain(appointment))
  expect(await day(person)).not.toHaveProperty('incomplete')
  expect(await open(person, appointment)).toMatch(/visits/)
})

test('a day that is open when the roles are told looks again', async () => {
  waited()
  const release = held()
  const person = await world.signIn({ user: chen.reference })
  const watching = await watch(world, person, '/api/events')
  world.ehr.faults.clear()
  release()

  // Its browser comes back, and looks.
  await eventually(() => expect(watching.ended()).toBe(true))
  expect(await listed(person)).toContain(appointment)
})

test.each([500, 429])(
  'a search for roles that went wrong (%i) is made again at the day, once a minute',
  async (status) => {
    world.ehr.faults.on('search-refused', { type: 'PractitionerRole', status })
    const person = await world.signIn({ user: chen.reference })
    await day(person)
    const before = searches()
    world.ehr.faults.clear()

    expect(await day(person)).toMatchObject({ incomplete: true })
    expect(searches()).toBe(before)
    world.later(1.1)
    expect(await listed(person)).toContain(appointment)
    await day(person)
    expect(searches()).toBe(before + 1)
  },
)

test('a search for roles that is refused is a verdict: it is not made again, and the day lacks nothing', async () => {
  world.ehr.faults.on('search-refused', { type: 'PractitionerRole', status: 403 })
  const person = await world.signIn({ user: chen.reference })
  const before = searches()

  world.later(2)
  expect(await day(person)).not.toHaveProperty('incomplete')
  expect(searches()).toBe(before)
})
