// A sign-in that began at our own page: nobody's screen stands around ours, the EHR may bring along a patient whom nobody chose, and
// may remember whoever signed in before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { scopesFor } from '../../server/domain/ehr/scopes.ts'
import type { Config } from '../../server/settings/config.ts'
import { type Answer, ask, cookiesOf, type Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book } from '../support/visits.ts'
import { atEhr, chooseAtEhr, comeBack, launchSearch, leave, leaving, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { zoe, noor } = clinic.patients
const chen = clinic.practitioners.chen.reference

/** An EHR that is asked for a patient, as a clinic may set it up. */
function asksForPatient(config: Config): Config {
  const scopes = `${scopesFor(['permission-v2'], 'standalone')} launch/patient`
  return {
    ...config,
    organisations: config.organisations.map((o) => ({ ...o, issuers: o.issuers.map((i) => ({ ...i, scopes })) })),
  }
}

let world: World
/** Its EHR is asked for the launch that it has, as usual. */
let usual: World
beforeAll(async () => {
  ;[world, usual] = await Promise.all([openWorld({ config: asksForPatient }), openWorld()])
})
afterAll(() => Promise.all([world.close(), usual.close()]))

const search = () => `?${new URLSearchParams({ iss: world.ehr.iss })}`
const startAlone = async (cookie = '') =>
  leaving(await ask(world.url, `/smart/launch${search()}`, { headers: cookie === '' ? {} : { Cookie: cookie } }))

async function alone(choices: Record<string, string>) {
  const { cookie, location } = await startAlone()
  const arrived = await comeBack(world.url, await chooseAtEhr(location, choices), cookie)
  return { arrived, person: personOf(world.url, arrived) }
}

async function chosen(person: Person, whose: 'one' | 'all') {
  expect((await person.post('/api/whose-visits', { whose })).status).toBe(204)
  return bodyOf(await person.get('/api/me'))
}

const setOf = ({ headers }: Answer, name: string) =>
  [headers['set-cookie'] ?? []].flat().filter((line) => String(line).startsWith(`${name}=`))

describe('a clinician whose own sign-in brought a patient', () => {
  const both = async () =>
    [await book(world, { patient: zoe.reference }), await book(world, { patient: noor.reference })] as const
  const listed = async (person: Awaited<ReturnType<typeof alone>>['person']) =>
    bodyOf<{ appointments: { id: string }[] }>(await person.get('/api/appointments')).appointments.map(({ id }) => id)

  test('is asked whose visits, with the patient named, and sees nobody else before there is an answer', async () => {
    const [hers, another] = await both()
    const { person } = await alone({ user: chen, patient: zoe.id })

    expect(bodyOf(await person.get('/api/me'))).toMatchObject({ patientUnasked: true, onePatient: true })
    expect(bodyOf(await person.get('/api/brought-patient'))).toMatchObject({ birthDate: expect.any(String) })
    expect(await listed(person)).toContain(hers)
    expect(await listed(person)).not.toContain(another)
    await refuses(world, 'other-patient', () => person.post('/api/visits', { appointment: another }))
  })

  test('who means the whole day sees it, and the patient and the encounter that came along are gone', async () => {
    const [hers, another] = await both()
    const { person } = await alone({ user: chen, patient: zoe.id })

    const told = await chosen(person, 'all')

    expect(told).toMatchObject({ onePatient: false, patientBanner: true })
    expect(told).not.toHaveProperty('patientUnasked')
    expect(await listed(person)).toEqual(expect.arrayContaining([hers, another]))
    expect((await person.post('/api/visits', { appointment: another })).status).toBe(200)
    expect((await world.audit()).at(-2)).toMatchObject({ event: 'visits-chosen', code: 'all', who: chen })
  })

  test('who means that patient alone stays with them, whatever is asked later', async () => {
    const [hers, another] = await both()
    const { person } = await alone({ user: chen, patient: zoe.id })

    await person.post('/api/whose-visits', { whose: 'one' })
    const told = await chosen(person, 'all')

    expect(told).toMatchObject({ onePatient: true })
    expect(told).not.toHaveProperty('patientUnasked')
    expect(await listed(person)).toEqual(expect.arrayContaining([hers]))
    expect(await listed(person)).not.toContain(another)
  })

  test('whom the EHR does not tell of is asked all the same', async () => {
    const { person } = await alone({ user: chen, patient: zoe.id })
    world.ehr.faults.on('fhir-403', { type: 'Patient' })
    const answer = await person.get('/api/brought-patient')
    world.ehr.faults.clear()

    expect([answer.status, answer.body]).toEqual([200, {}])
  })

  test('is not asked in an EHR’s own launch, without a patient, or as a patient', async () => {
    const inEhr = await usual.signIn({ user: chen, patient: zoe.id })
    const patient = (await alone({ user: zoe.reference })).person

    for (const person of [inEhr, patient])
      expect(bodyOf(await person.get('/api/me'))).not.toHaveProperty('patientUnasked')
    await refuses(world, 'clinician-only', () => patient.post('/api/whose-visits', { whose: 'all' }))
    await refuses(usual, 'bad-request', () => inEhr.post('/api/whose-visits', { whose: 'both' }))
    const told = await chosen(inEhr, 'all')
    expect(told).toMatchObject({ onePatient: true })
  })
})

describe('the patient’s name and birth date', () => {
  const bannerOf = async (launch: Parameters<World['signIn']>[0]) =>
    bodyOf<{ patientBanner: boolean }>(await (await usual.signIn(launch)).get('/api/me')).patientBanner

  test('stand on our page unless the EHR shows the patient it opened us for', async () => {
    expect(await bannerOf({ user: chen, patient: zoe.id, needPatientBanner: false })).toBe(false)
    expect(await bannerOf({ user: chen, patient: zoe.id, needPatientBanner: true })).toBe(true)
    expect(await bannerOf({ user: chen, needPatientBanner: false })).toBe(true)
  })

  test('stand there in a sign-in of our own page, whatever the EHR says of its screen', async () => {
    const { person } = await alone({ user: chen, patient: zoe.id })
    const id = person.home.split('/').at(-1)
    for (const row of await world.house.launches.find('person', `riverside ${world.ehr.iss} ${chen}`))
      if (row.id === id) await world.house.changeLaunch(row.id, (l) => ({ ...l, patientBanner: false }))

    expect(bodyOf(await person.get('/api/me'))).toMatchObject({ patientBanner: true })
  })
})

describe('whoever comes after somebody signed out', () => {
  test('must say at the EHR who they are, until one did, and nobody who comes from an EHR', async () => {
    const { person } = await alone({ user: chen, patient: zoe.id })
    expect((await startAlone()).location.searchParams.get('prompt')).toBe(null)

    const out = await person.post('/api/sign-out')
    const mark = cookiesOf(out.headers)
    expect(setOf(out, 'housecall-out')).toEqual([
      expect.stringMatching(
        /^housecall-out=1; Max-Age=\d+; Path=\/smart; .*HttpOnly; Secure; Partitioned; SameSite=None$/,
      ),
    ])
    const next = await startAlone(mark)
    expect(next.location.searchParams.get('prompt')).toBe('login')

    // One who turned back half-way leaves it as it was.
    expect((await startAlone(mark)).location.searchParams.get('prompt')).toBe('login')
    const arrived = await comeBack(
      world.url,
      await chooseAtEhr(next.location, { user: chen, patient: zoe.id }),
      `${next.cookie}; ${mark}`,
    )
    expect(setOf(arrived, 'housecall-out')).toEqual([expect.stringContaining('Expires=Thu, 01 Jan 1970')])

    const inEhr = await leave(usual.url, await launchSearch(usual.ehr, { user: chen }), { Cookie: mark })
    expect(inEhr.location.searchParams.get('prompt')).toBe(null)
    const back = await comeBack(usual.url, await atEhr(inEhr.location), inEhr.cookie)
    expect(setOf(back, 'housecall-out')).toEqual([])
  })
})
