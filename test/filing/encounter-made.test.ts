// The last rungs: an Encounter of our own, in the shape each EHR takes; the note without one, where that is allowed; and else no note.
import type { AppointmentParticipant } from 'fhir/r4'
import { afterEach, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { about, attempt, bearing, type Changes, having, newPatient, registered, writes } from '../support/chart.ts'
import { book, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { location, organization } = clinic

const worlds: World[] = []
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()))
})

async function worldOf(personality: Personality | undefined, changes: Changes = {}): Promise<World> {
  const world = await openWorld({ ...(personality && { personality }), config: having(changes) })
  worlds.push(world)
  return world
}

/** A visit of somebody new, signed and ready to be filed. */
async function walkedAt(world: World, actors: readonly string[] = []) {
  const patient = await newPatient(world)
  const appointment = await book(world, { patient })
  await world.ehr.put({ resourceType: 'Location', id: 'another', name: 'Across the street' })
  const booked = world.ehr.resource('Appointment', appointment)
  const others = actors.map((reference): AppointmentParticipant => ({ actor: { reference }, status: 'accepted' }))
  if (booked) await world.ehr.put({ ...booked, participant: [...booked.participant, ...others] })
  return { patient, ...(await signedAlone(world, { patient, appointment })) }
}

/** The Encounters of a patient. */
const encountersOf = (world: World, patient: string) =>
  world.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)
const notesOf = (world: World, patient: string) =>
  world.ehr.all('DocumentReference').filter((d) => d.subject?.reference === patient)

const withoutEncounters =
  'openid fhirUser launch user/Appointment.rus user/Patient.rs user/Practitioner.rs user/PractitionerRole.rs user/Encounter.rs user/DocumentReference.crus'

describe('where the EHR answers 401 for Encounters alone', () => {
  async function closedTo(of: RegExp) {
    let isClosed = false
    const world = await openWorld({
      inTheWay: (request, response, handOn) => {
        if (isClosed && request.method === 'GET' && of.test(request.url ?? '')) response.writeHead(401).end()
        else handOn()
      },
    })
    worlds.push(world)
    const walked = await walkedAt(world)
    isClosed = true
    return { world, walked }
  }

  test('a note that it takes goes into the chart without a look, once', async () => {
    const { world, walked } = await closedTo(/\/Encounter[/?]/)

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([notesOf(world, walked.patient).length, encountersOf(world, walked.patient).length]).toEqual([1, 1])
  })

  test('and for the Appointment too, the sign-in is over, and nothing is sent', async () => {
    const { world, walked } = await closedTo(/\/(?:Encounter|Appointment)[/?]/)
    const before = writes(world).length

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'sign-in-ended' })
    expect(
      writes(world)
        .slice(before)
        .filter((write) => !write.includes('/oauth/')),
    ).toEqual([])
  })
})

describe('where the EHR has no Encounter of the visit', () => {
  test('one is made: virtual, finished, of this Appointment, with who was there', async () => {
    const world = await worldOf(undefined)
    const { patient, appointment, ...walked } = await walkedAt(world)

    const filing = await attempt(walked)

    const [made, another] = encountersOf(world, patient)
    expect([bearing(filing), another]).toEqual([`Encounter/${made?.id}`, undefined])
    expect(made).toMatchObject({
      ...{ status: 'finished', class: { code: 'VR' }, ...about(appointment) },
      type: [{ coding: [{ code: '448337001' }] }],
      participant: [{ individual: { reference: clinic.practitioners.chen.reference } }],
    })
  })

  test.each<[string, Changes]>([
    ['the clinic wants none made', { policies: { createEncounters: false } }],
    ['the scope has none', { issuer: { scopes: withoutEncounters } }],
    ['the administrator says that the EHR takes none', { issuer: { can: { createEncounters: false } } }],
  ])('and %s, the note stands by itself', async (_why, changes) => {
    const world = await worldOf(undefined, changes)
    const { patient, ...walked } = await walkedAt(world)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(filing).not.toHaveProperty('encounter')
    expect([encountersOf(world, patient).length, notesOf(world, patient).length]).toEqual([0, 1])
    expect(notesOf(world, patient)[0]?.context).not.toHaveProperty('encounter')
  })

  test.each<[string, Changes]>([
    ['the clinic wants none made', { policies: { createEncounters: false, notesWithoutEncounter: false } }],
    ['the scope has none', { policies: { notesWithoutEncounter: false }, issuer: { scopes: withoutEncounters } }],
  ])('and %s, and no note may stand by itself, it is not filed and nothing is written', async (_why, changes) => {
    const world = await worldOf(undefined, changes)
    const { patient, appointment, ...walked } = await walkedAt(world)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'no-encounter' })
    expect([writes(world), notesOf(world, patient)]).toEqual([[], []])

    const encounter = await registered(world, patient, about(appointment))
    expect(bearing(await attempt(walked))).toBe(`Encounter/${encounter}`)
  })

  test('and refuses to have one made, a note that may not stand by itself is not sent', async () => {
    const world = await worldOf(undefined, { policies: { notesWithoutEncounter: false } })
    world.ehr.faults.on('encounter-create-refused')
    world.ehr.faults.on('no-transaction')
    const { patient, ...walked } = await walkedAt(world)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'encounter-refused' })
    expect(writes(world)).toEqual(['POST /Encounter'])
    expect(notesOf(world, patient)).toEqual([])
  })
})

describe('an EHR whose administrator says no', () => {
  test.each([true, false])(
    'to changing Encounters keeps the one it has as it is (in one transaction: %s)',
    async (transaction) => {
      const world = await worldOf(undefined, { issuer: { can: { finishEncounters: false, transaction } } })
      const { patient, appointment, ...walked } = await walkedAt(world)
      const encounter = await registered(world, patient, about(appointment))

      expect(bearing(await attempt(walked))).toBe(`Encounter/${encounter}`)
      expect(world.ehr.resource('Encounter', encounter)?.status).toBe('planned')
      expect(writes(world)[0]).toBe(transaction ? 'POST /' : 'POST /DocumentReference')
    },
  )

  test.each([true, false])('to conditional creates is sent none (in one transaction: %s)', async (transaction) => {
    const world = await worldOf(undefined, { issuer: { can: { conditionalCreate: false, transaction } } })
    // Where If-None-Exist is looked at, it would be struck.
    world.ehr.faults.on('ignore-if-none-exist', { times: 1 })
    const { patient, ...walked } = await walkedAt(world)

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([world.ehr.faults.isOn('ignore-if-none-exist'), notesOf(world, patient).length]).toEqual([true, 1])
  })
})

describe('Epic', () => {
  test('gets no note that stands under no Encounter, and is asked for none', async () => {
    const world = await worldOf(epic)
    const { patient, ...walked } = await walkedAt(world)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'no-encounter' })
    expect([writes(world), encountersOf(world, patient)]).toEqual([[], []])
  })

  test('gets the note under the Encounter that registration made meanwhile, and that one is left as it is', async () => {
    const world = await worldOf(epic)
    const { patient, appointment, ...walked } = await walkedAt(world)
    await attempt(walked)
    const encounter = await registered(world, patient, about(appointment))
    const before = encountersOf(world, patient)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter}`, appointment: 'left' })
    expect(encountersOf(world, patient)).toEqual(before)
    expect(writes(world)).toEqual(['POST /DocumentReference'])
  })
})

describe('Oracle Health', () => {
  const serviceProvider = organization.reference as `Organization/${string}` // sound: the fixtures' own

  test.each<[string, readonly string[], Changes, object]>([
    [
      'at the Appointment’s place',
      [location.reference],
      {},
      { location: [{ location: { reference: location.reference } }] },
    ],
    [
      'at the Appointment’s place, whatever the settings say',
      [location.reference],
      { issuer: { serviceProvider } },
      { location: [{ location: { reference: location.reference } }] },
    ],
    [
      'with the organisation of the settings',
      [],
      { issuer: { serviceProvider } },
      { serviceProvider: { reference: serviceProvider } },
    ],
    [
      'with the organisation of the settings where the Appointment has two places',
      [location.reference, 'Location/another'],
      { issuer: { serviceProvider } },
      { serviceProvider: { reference: serviceProvider } },
    ],
  ])('gets the little of an Encounter that it takes, %s', async (_where, actors, changes, where) => {
    const world = await worldOf(oracle, changes)
    const { patient, ...walked } = await walkedAt(world, actors)

    const filing = await attempt(walked)

    const [made, another] = encountersOf(world, patient)
    expect([bearing(filing), another]).toEqual([`Encounter/${made?.id}`, undefined])
    const { id: _id, meta: _meta, class: _class, ...rest } = made ?? {}
    expect(rest).toEqual({
      ...{ resourceType: 'Encounter', status: 'finished', subject: { reference: patient }, ...where },
      identifier: [expect.objectContaining({ value: expect.any(String) })],
      type: [expect.objectContaining({ text: 'Video visit' })],
    })
    expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('fulfilled')
  })

  test('gets the note by itself where nobody can say where the visit was', async () => {
    const world = await worldOf(oracle)
    const { patient, ...walked } = await walkedAt(world)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect([encountersOf(world, patient).length, notesOf(world, patient).length]).toEqual([0, 1])
  })

  test('has an Encounter whose making it did not answer found again by our mark, and gets no second one', async () => {
    const world = await worldOf(oracle, { issuer: { serviceProvider } })
    const { patient, ...walked } = await walkedAt(world)
    world.ehr.faults.on('cut-after-write', { type: 'Encounter', times: 1 })

    const states = [await attempt(walked), await attempt(walked), await attempt(walked)]

    expect(states.map(({ state }) => state)).toEqual(['unknown', 'not-filed', 'filed'])
    const [made, another] = encountersOf(world, patient)
    expect([states.map(bearing)[2], another]).toEqual([`Encounter/${made?.id}`, undefined])
  })
})
