// Who a Person is: an account that leads to records, one or several, and what is believed of them. And that a base URL which serves
// one side alone lets nobody of the other in.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { LaunchRequest, UserRef } from '../../sandbox/ehr/contract.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import type { Issuer } from '../../server/settings/config.ts'
import type { Me } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, open } from '../support/visits.ts'
import { arrive, leave } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons, persons } = clinic
const day = 24 * 3600_000
const instant = (fromNow: number) => new Date(Date.now() + fromNow).toISOString()
type Link = { target: { reference: string }; assurance?: 'level1' | 'level2' }
const to = (reference: string): Link => ({ target: { reference } })

/** A world where the first issuer serves `people`. */
const serving = (people?: Issuer['people']) =>
  openWorld({
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => ({
        ...o,
        issuers: o.issuers.map((i) => ({ ...i, ...(people === undefined ? {} : { people }) })),
      })),
    }),
  })

const accounts = (world: World) => {
  let count = 0
  const of = async (link: Link[], more: object = {}): Promise<UserRef> => {
    const id = `t-account-${count++}`
    await world.ehr.put({ resourceType: 'Person', id, link, ...more })
    return `Person/${id}`
  }
  const whoIs = async (launch: LaunchRequest) => {
    const { role, name } = bodyOf<Me>(await (await world.signIn(launch)).get('/api/me'))
    return { role, name }
  }
  const isNobody = (user: UserRef) => refuses(world, 'role-unknown', () => arrive(world.url, world.ehr, { user }))
  return { of, whoIs, isNobody }
}

describe('an account', () => {
  let world: World
  let at: ReturnType<typeof accounts>
  beforeAll(async () => {
    world = await serving()
    at = accounts(world)
  })
  afterAll(() => world.close())

  test('of a clinician, a patient, a mother is who its one record says', async () => {
    const { chen } = practitioners
    const { zoe } = patients
    const { layla } = relatedPersons

    expect(await at.whoIs({ user: await at.of([to(chen.reference)]) })).toEqual({ role: 'clinician', name: chen.name })
    expect(await at.whoIs({ user: await at.of([to(zoe.reference)]) })).toEqual({ role: 'patient', name: zoe.name })
    const mother = await at.of([to(layla.reference)])
    expect(await at.whoIs({ user: mother })).toEqual({ role: 'representative', name: layla.name })
  })

  test('by our own whole addresses leads to the same records', async () => {
    const user = await at.of([to(`${world.ehr.iss}/${patients.zoe.reference}`)])

    expect((await at.whoIs({ user, patient: patients.zoe.id })).name).toBe(patients.zoe.name)
  })

  test('of a nurse who is a patient too is the patient’s: her own visit opens, and no one else’s', async () => {
    const hers = await book(world, { patient: patients.brandt.reference, practitioner: practitioners.okafor.reference })
    const atWork = await book(world, { practitioner: practitioners.brandt.reference })
    const nurse = await world.signIn({ user: persons.brandt.reference })

    expect((await nurse.get(await open(nurse, hers))).status).toBe(200)
    await refuses(world, 'other-patient', () => nurse.post('/api/visits', { appointment: atWork }))
  })

  test('of a mother who is a patient too is hers, unless the launch is for her child', async () => {
    const user = await at.of([to(patients.zoe.reference), to(relatedPersons.layla.reference)])

    expect(await at.whoIs({ user })).toMatchObject({ role: 'patient', name: patients.zoe.name })
    expect(await at.whoIs({ user, patient: patients.noor.id })).toMatchObject({ role: 'representative' })
    // Somebody else's chart in context makes nobody their representative.
    expect(await at.whoIs({ user, patient: patients.jose.id })).toMatchObject({ role: 'patient' })
  })

  test('that leads twice to the same record leads to one person', async () => {
    const user = await at.of([to(patients.zoe.reference), to(`${world.ehr.iss}/${patients.zoe.reference}`)])

    expect((await at.whoIs({ user })).role).toBe('patient')
  })

  test.each<[string, Link[], object]>([
    ['leads to two patients', [to(patients.zoe.reference), to(patients.jose.reference)], {}],
    ['leads to two clinicians', [to(practitioners.chen.reference), to(practitioners.okafor.reference)], {}],
    ['is closed', [to(patients.zoe.reference)], { active: false }],
    ['leads to a record nobody vouches for', [{ ...to(patients.zoe.reference), assurance: 'level1' }], {}],
    ['leads nowhere', [], {}],
    ['leads to another account', [to(persons.zoe.reference)], {}],
    ['leads to a record that is gone', [to('Patient/t-gone')], {}],
    ['leads to a patient of another hospital', [to(`https://elsewhere.example/fhir/${patients.zoe.reference}`)], {}],
  ])('that %s is nobody’s', async (_what, link, more) => {
    await at.isNobody(await at.of(link, more))
  })

  test('that the record system does not know is nobody’s', async () => {
    await at.isNobody('Person/t-nobody')
  })

  test.each<[string, object]>([
    ['that has ended', { period: { end: instant(-day) } }],
    ['that has not begun', { period: { start: instant(day) } }],
    ['that was ended', { active: false }],
  ])('of a guardian by a guardianship %s is nobody’s', async (_what, of) => {
    const patient = { reference: patients.noor.reference }
    await world.ehr.put({ resourceType: 'RelatedPerson', id: 't-over', patient, ...of })

    await at.isNobody(await at.of([to('RelatedPerson/t-over')]))
  })

  test('of a guardian who is written down twice for one child is that guardian’s', async () => {
    const patient = { reference: patients.noor.reference }
    await world.ehr.put({
      resourceType: 'RelatedPerson',
      id: 't-layla-again',
      patient,
      name: [{ text: 'Layla again' }],
    })
    const user = await at.of([to(relatedPersons.layla.reference), to('RelatedPerson/t-layla-again')])

    expect(await at.whoIs({ user })).toEqual({ role: 'representative', name: relatedPersons.layla.name })
  })

  /** Where everyone may read everything, both guardianships are seen. */
  async function guardianOfTwo() {
    const open = await openWorld({ personality: launcher })
    onTestFinished(() => open.close())
    const there = accounts(open)
    const patient = { reference: patients.jose.reference }
    await open.ehr.put({ resourceType: 'RelatedPerson', id: 't-for-jose', patient, name: [{ text: 'For José' }] })
    const user = await there.of([to(relatedPersons.layla.reference), to('RelatedPerson/t-for-jose')])
    return { open, there, user }
  }

  test('of a guardian of two is the guardian’s of the one whose record can be had', async () => {
    const { open, there, user } = await guardianOfTwo()
    open.ehr.faults.on('fhir-500', { type: 'RelatedPerson', id: relatedPersons.layla.id })

    expect(await there.whoIs({ user, patient: patients.jose.id })).toMatchObject({ name: 'For José' })

    // Launched for the other child, they are not taken for the guardian of this one.
    await refuses(open, 'ehr-failed', () => arrive(open.url, open.ehr, { user, patient: patients.noor.id }))
  })

  test('of a guardian of two, launched for neither, is nobody’s; launched for one, that one’s guardian’s', async () => {
    const { open, there, user } = await guardianOfTwo()
    open.ehr.faults.on('context-none', { times: 1 })

    await there.isNobody(user)

    const chosen = await there.whoIs({ user, patient: patients.jose.id })
    expect(chosen).toEqual({ role: 'representative', name: 'For José' })
  })
})

describe('where clinicians alone come', () => {
  let world: World
  let at: ReturnType<typeof accounts>
  beforeAll(async () => {
    world = await serving('clinicians')
    at = accounts(world)
  })
  afterAll(() => world.close())

  test('the nurse who is a patient too is the nurse', async () => {
    const user = persons.brandt.reference

    expect(await at.whoIs({ user })).toEqual({ role: 'clinician', name: practitioners.brandt.name })
  })

  test('a patient, a mother, and an account that is a patient’s alone are nobody', async () => {
    for (const user of [patients.zoe.reference, relatedPersons.layla.reference, persons.zoe.reference])
      await at.isNobody(user)
  })

  test('no scope is asked for that a patient alone would need', async () => {
    const { location } = await leave(world.url, `?${new URLSearchParams({ iss: world.ehr.iss })}`)

    expect(location.searchParams.get('scope')).toMatch(/ user\/Person\.r( |$)/)
    expect(location.searchParams.get('scope')).not.toContain('patient/')
  })
})

describe('where patients alone come', () => {
  let world: World
  let at: ReturnType<typeof accounts>
  beforeAll(async () => {
    world = await serving('patients')
    at = accounts(world)
  })
  afterAll(() => world.close())

  test('the nurse who is a patient too is the patient', async () => {
    expect(await at.whoIs({ user: persons.brandt.reference })).toMatchObject({ role: 'patient' })
  })

  test('a clinician is nobody, in person or by role, and an account of hers gets nothing there', async () => {
    for (const user of [practitioners.chen.reference, practitioners.chen.role] as const) await at.isNobody(user)

    const account = await at.of([to(practitioners.chen.reference)])
    await refuses(world, 'scope-missing', () => arrive(world.url, world.ehr, { user: account }))
    // With some patient's chart open it is granted that patient's scopes, and is nobody all the same.
    const { status } = await arrive(world.url, world.ehr, { user: account, patient: patients.zoe.id })
    expect(status).toBe(403)
  })

  test.each([
    ['a patient', patients.zoe.reference, patients.zoe.reference],
    ['a mother', relatedPersons.layla.reference, patients.noor.reference],
    ['an account', persons.zoe.reference, patients.zoe.reference],
  ] as const)(
    '%s opens the visit with no more than was asked for, by Appointment or Encounter',
    async (_who, user, patient) => {
      const appointment = await book(world, { patient })
      const person = await world.signIn({ user, appointment })
      const encounter = await world.signIn({
        user,
        encounter: clinic.encounters[patient === patients.noor.reference ? 'noor' : 'zoe'].id,
      })

      expect((await person.get(await open(person, appointment))).status).toBe(200)
      expect((await encounter.get('/api/appointments')).body).toHaveProperty('chosen')
    },
  )

  test('no scope is asked for that a clinician alone would need', async () => {
    const { location } = await leave(world.url, `?${new URLSearchParams({ iss: world.ehr.iss })}`)

    expect(location.searchParams.get('scope')).toMatch(/ patient\/Person\.r( |$)/)
    expect(location.searchParams.get('scope')).not.toContain('user/')
  })
})
