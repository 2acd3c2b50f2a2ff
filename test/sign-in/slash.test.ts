// A FHIR base URL with one slash at its end and without is one EHR: Medplum's own web app launches with it. Its sign-in is asked for in the
// launch's own writing; within there is one, so that a person, a visit and a note are the same whichever way they came.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { LaunchId } from '../../server/domain/ids.ts'
import type { AppointmentList, OrganisationList } from '../../server/wire/wire.ts'
import { ask } from '../support/people.ts'
import { bodyOf, open } from '../support/visits.ts'
import { arrive, leave, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners, patients, appointments } = clinic
const chen = { user: practitioners.chen.reference } as const

/** Wants the slash in `aud` where its launch has it (the sandbox compares to the letter); its issuer is its base, without. */
const slashed: Personality = { ...generic, smart: { ...generic.smart, slashInLaunch: true, issuerIsBase: true } }

let world: World
beforeAll(async () => {
  world = await openWorld({ personality: slashed })
})
afterAll(() => world.close())

test('a launch that names it with a slash gets in, and meets the visit of who came without', async () => {
  const launch = await world.ehr.launchUrl({ ...chen, patient: patients.zoe.id, appointment: appointments.zoe.id })
  const arrived = await arrive(world.url, world.ehr, { ...chen, patient: patients.zoe.id })
  const clinician = personOf(world.url, arrived)
  const id = clinician.home.split('/').at(-1) as LaunchId // sound: a sign-in's path ends so

  expect(new URL(launch).searchParams.get('iss')).toBe(`${world.ehr.iss}/`)
  expect((await world.house.launches.get(id))?.iss).toBe(world.ehr.iss)
  const visit = await open(clinician, appointments.zoe.id)
  const patient = await world.signIn({ user: patients.zoe.reference })
  expect(await open(patient, appointments.zoe.id)).toBe(visit)
  expect(bodyOf<AppointmentList>(await clinician.get('/api/appointments')).appointments.length).toBeGreaterThan(0)
})

test.each(['', '/'])('aud is the launch’s iss as it came: with %j at its end', async (end) => {
  const search = `?${new URLSearchParams({ iss: world.ehr.iss + end, launch: 'x' })}`

  const { location } = await leave(world.url, search)

  expect(location.searchParams.get('aud')).toBe(world.ehr.iss + end)
  expect(location.origin).toBe(world.ehr.origin)
})

test('nothing else is made alike: two slashes, another case, a port or a dot is another EHR', async () => {
  const { iss } = world.ehr
  for (const other of [`${iss}//`, iss.toUpperCase(), `${iss}/.`, `${iss}/?`, `${iss}%2F`, ` ${iss}`])
    expect((await ask(world.url, `/smart/launch?${new URLSearchParams({ iss: other, launch: 'x' })}`)).code).toBe(
      'unknown-issuer',
    )
})

test('the page of a launch that names it with a slash may stand in that clinic’s frames', async () => {
  for (const end of ['', '/']) {
    const { headers } = await ask(world.url, `/launch.html?${new URLSearchParams({ iss: world.ehr.iss + end })}`)
    expect(headers['content-security-policy']).toContain(`frame-ancestors 'self' ${world.ehr.origin};`)
  }
})

test('where it is listed with a slash, our own page asks for it so', async () => {
  const listed = await openWorld({
    config: (config) => ({
      ...config,
      organisations: config.organisations.map((o) => ({
        ...o,
        issuers: o.issuers.map((i) => ({ ...i, asListed: `${i.iss}/` })),
      })),
    }),
  })
  onTestFinished(() => listed.close())
  const { organisations } = bodyOf<OrganisationList>(await ask(listed.url, '/smart/organisations'))
  const [link] = organisations

  const { location } = await leave(listed.url, new URL(link?.signIn ?? '', listed.url).search)

  expect(location.searchParams.get('aud')).toBe(`${listed.ehr.iss}/`)
})
