// What belongs to one organisation and what does not: its EHRs lead into the same visits, its policies are its own, and two EHRs of
// one house must mean the same Appointment before they share a room.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { LaunchId, VisitId } from '../../server/domain/ids.ts'
import type { Organisation } from '../../server/settings/config.ts'
import type { AppointmentList, CapabilityView, Me, RoomToken } from '../../server/wire/wire.ts'
import { attempt } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  type Booked,
  bodyOf,
  book,
  doorIdOf,
  inCall,
  knock,
  match,
  open,
  patientWasThere,
  save,
  sign,
  tokenFor,
} from '../support/visits.ts'
import { openWorld, underOneRoof, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const { margaret, zoe } = patients
const chen = practitioners.chen.reference

const last = (path: string) => path.split('/').at(-1) ?? ''
const signInOf = (world: World, { home }: Person) => world.house.launches.get(last(home) as LaunchId) // sound: our own id
const keptVisit = (world: World, visit: string) => world.house.visits.get(last(visit) as VisitId) // sound: our own id
const roomOf = async (person: Person, visit: string) => bodyOf<RoomToken>(await tokenFor(person, visit)).room
const capabilityOf = async (person: Person) => bodyOf<CapabilityView>(await person.get('/api/capability'))

/** A visit of her own, ended, with its note signed. */
async function written(world: World, clinician: Person, appointment: string) {
  const visit = await open(clinician, appointment)
  bodyOf(await tokenFor(clinician, visit))
  bodyOf(await save(clinician, visit))
  await patientWasThere(world, visit)
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  return { clinician, visit }
}

describe('a clinic with one base URL for its staff and another for its patients', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality: oracle })
  })
  afterAll(() => world.close())

  test('lets both sides meet in one room, each signed in at their own', async () => {
    const { clinician, patient, visit, room } = await inCall(world)
    const { provider, patient: portal } = world.ehr.issuers

    expect(provider).not.toBe(portal)
    expect((await signInOf(world, clinician))?.iss).toBe(provider)
    expect((await signInOf(world, patient))?.iss).toBe(portal)
    expect(await roomOf(patient, visit)).toBe(room)
    const [hers, theirs] = await Promise.all([clinician.get('/api/me'), patient.get('/api/me')])
    expect(bodyOf<Me>(theirs).organisation).toEqual(bodyOf<Me>(hers).organisation)
  })

  test('asks each side for what their base has to give, and patients for nothing that writes', async () => {
    const { clinician, patient } = await inCall(world)

    const hers = (await signInOf(world, clinician))?.tokens.scope.split(' ')
    const theirs = (await signInOf(world, patient))?.tokens.scope.split(' ')

    expect(hers).toContain('user/DocumentReference.crus')
    expect(hers?.filter((scope) => scope.startsWith('patient/'))).toEqual([])
    expect(theirs).toContain('patient/Appointment.rs')
    expect(theirs?.filter((scope) => /^user\/|^patient\/.*\..*[cud]/.test(scope))).toEqual([])
  })
})

describe('a clinic with two base URLs that share their ids', () => {
  let world: World
  let here: Ehr
  let there: Ehr
  beforeAll(async () => {
    world = await openWorld({
      organisations: ['riverside', 'harbor'],
      personality: [generic, epic],
      config: underOneRoof(true),
    })
    ;[here = world.ehr, there = world.ehr] = world.ehrs
  })
  afterAll(() => world.close())

  /** An Appointment here, and one under its id there: the same, or what is `otherwise`. */
  async function twice(otherwise: Booked = {}): Promise<string> {
    const id = await book(world, {}, here)
    await book(world, { id, ...otherwise }, there)
    const [one, two] = [here, there].map((ehr) => ehr.resource('Appointment', id))
    if (one === undefined || two === undefined) throw new Error('it was booked in both')
    // Booked a moment later, it would begin a moment later.
    if (otherwise.startsInMinutes === undefined && one.start !== undefined && one.end !== undefined)
      await there.put({ ...two, start: one.start, end: one.end })
    return id
  }

  test('that know the same Appointment lets both sides meet, each signed in at another', async () => {
    const appointment = await twice()
    const clinician = await world.signIn({ user: chen, appointment }, here)
    const patient = await world.signIn({ user: margaret.reference }, there)

    const visit = await open(clinician, appointment)
    const same = await open(patient, appointment)
    bodyOf(await knock(patient, visit))
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))

    expect(same).toBe(visit)
    expect(await roomOf(patient, visit)).toBe(await roomOf(clinician, visit))
  })

  test.each([
    ['of another patient', { patient: zoe.reference }, zoe],
    ['at another time', { startsInMinutes: 45 }, margaret],
  ])('does not mix up an Appointment here with one %s under the same id there', async (_what, otherwise, who) => {
    const appointment = await twice(otherwise)
    const visit = await open(await world.signIn({ user: chen, appointment }, here), appointment)
    const before = await keptVisit(world, visit)
    const sameOne = who === margaret
    const theirs = await world.signIn({ user: who.reference }, there)
    const colleague = await world.signIn({ user: chen }, there)

    for (const second of [theirs, colleague]) {
      const { appointments } = bodyOf<AppointmentList>(await second.get('/api/appointments'))
      expect(appointments.find(({ id }) => id === appointment)?.visit).toEqual(sameOne ? expect.anything() : undefined)
      await refuses(world, 'appointment-changed', () => second.post('/api/visits', { appointment }))
      await refuses(world, 'not-your-visit', () => second.get(visit))
    }

    expect(await keptVisit(world, visit)).toEqual(before)
  })

  test.each([
    ['of another patient', { patient: zoe.reference }],
    ['at another time', { startsInMinutes: 45 }],
  ])(
    'does not cancel a visit here, nor take it for cancelled, by word of an Appointment %s there',
    async (_what, otherwise) => {
      const appointment = await twice(otherwise)
      const clinician = await world.signIn({ user: chen, appointment }, here)
      const patient = await world.signIn({ user: margaret.reference, appointment }, here)
      const visit = await open(patient, appointment)
      bodyOf(await knock(patient, visit))
      const before = await keptVisit(world, visit)
      const theirs = there.resource('Appointment', appointment)
      if (theirs !== undefined) await there.put({ ...theirs, status: 'cancelled' })

      const colleague = await world.signIn({ user: chen }, there)
      await refuses(world, 'appointment-cancelled', () => colleague.post('/api/visits', { appointment }))

      expect(await keptVisit(world, visit)).toEqual(before)
      expect(await open(clinician, appointment)).toBe(visit)
    },
  )

  test('cancels a visit when either tells that its Appointment is', async () => {
    const appointment = await twice()
    const patient = await world.signIn({ user: margaret.reference, appointment }, here)
    const visit = await open(patient, appointment)
    bodyOf(await knock(patient, visit))
    const theirs = there.resource('Appointment', appointment)
    if (theirs !== undefined) await there.put({ ...theirs, status: 'cancelled' })

    const colleague = await world.signIn({ user: chen }, there)
    expect((await colleague.post('/api/visits', { appointment })).code).toBe('appointment-cancelled')

    expect(await keptVisit(world, visit)).toMatchObject({ status: 'cancelled' })
  })

  test('files each note where its writer is signed in, in the way of that EHR', async () => {
    const [mine, theirs] = [await twice(), await twice()]
    const one = await world.signIn({ user: chen, appointment: mine }, here)
    const two = await world.signIn({ user: chen }, there)

    const filings = [await attempt(await written(world, one, mine)), await attempt(await written(world, two, theirs))]

    expect([await capabilityOf(one), await capabilityOf(two)]).toMatchObject([
      { kind: 'generic', iss: here.iss },
      { kind: 'epic', iss: there.iss },
    ])
    expect(filings).toMatchObject([{ state: 'filed' }, { state: 'not-filed', why: 'no-encounter' }])
    const statuses = [here, there].map((ehr) => ehr.resource('Appointment', mine)?.status)
    expect([statuses, there.all('DocumentReference')]).toEqual([['fulfilled', 'booked'], []])
  })
})

describe('three clinics with the same EHR, each with policies of its own', () => {
  const policies: Readonly<Record<string, Partial<Organisation['policies']>>> = {
    generous: { createEncounters: true, notesWithoutEncounter: true, drafts: true },
    sparing: { createEncounters: false, notesWithoutEncounter: true, drafts: false },
    strict: { createEncounters: false, notesWithoutEncounter: false, drafts: true },
  }
  let world: World
  beforeAll(async () => {
    const theirs = (o: Organisation) => ({ ...o, policies: { ...o.policies, ...policies[o.id] } })
    world = await openWorld({
      organisations: Object.keys(policies),
      config: (config) => ({ ...config, organisations: config.organisations.map(theirs) }),
    })
  })
  afterAll(() => world.close())

  const at = async (name: string) => {
    const ehr = world.ehrs[Object.keys(policies).indexOf(name)] ?? world.ehr
    const appointment = await book(world, {}, ehr)
    return { ehr, appointment, clinician: await world.signIn({ user: chen, appointment }, ehr) }
  }

  const inChart = (ehr: Ehr) => ({
    notes: ehr.all('DocumentReference').length,
    encounters: ehr.all('Encounter').length,
  })

  test.each([
    ['generous', 'goes in with one that is made', { state: 'filed', appointment: 'fulfilled' }, 1, 1],
    ['sparing', 'goes in without', { state: 'filed', appointment: 'fulfilled' }, 1, 0],
    ['strict', 'does not go in', { state: 'not-filed', why: 'no-encounter' }, 0, 0],
  ])('at the %s one a note that has no encounter %s', async (name, _how, expected, notes, encounters) => {
    const { ehr, appointment, clinician } = await at(name)
    const before = inChart(ehr)

    const filing = await attempt(await written(world, clinician, appointment))

    expect(filing).toMatchObject(expected)
    expect(inChart(ehr)).toEqual({ notes: before.notes + notes, encounters: before.encounters + encounters })
    const note =
      filing.state === 'filed' ? ehr.resource('DocumentReference', last(filing.documentReference)) : undefined
    expect(note?.context?.encounter?.length ?? 0).toBe(encounters)
  })

  test.each([
    ['generous', true],
    ['sparing', false],
    ['strict', true],
  ])('at the %s one drafts are let into the chart: %s', async (name, drafts) => {
    const { appointment, clinician } = await at(name)
    const visit = await open(clinician, appointment)
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await save(clinician, visit))
    await patientWasThere(world, visit)
    bodyOf(await clinician.post(`${visit}/end`))
    const draft = () => clinician.post(`${visit}/note/draft`, {}, match(1))

    expect((await capabilityOf(clinician)).drafts).toBe(drafts)
    if (drafts) expect((await draft()).status).toBe(200)
    else await refuses(world, 'draft-refused', draft)
  })
})
