// An EHR that knows us as two clients under one FHIR base URL: one registration for the clinicians, one for the patients.
// The address that was opened says which client asks; who somebody is, the EHR's signed word says alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import type { Iss } from '../../server/domain/ids.ts'
import type { Issuer } from '../../server/settings/config.ts'
import type { Me, OrganisationList } from '../../server/wire/wire.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, open } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const [chen, margaret] = [practitioners.chen.reference, patients.margaret.reference]

let world: World
let ehr: World['ehr']
beforeAll(async () => {
  // Known only once the EHR listens, and the EHR wants to know where the app is.
  const issuers: Issuer[] = []
  world = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, issuers })) }),
  })
  const client = (clientId: string) => ({
    clientId,
    redirectUris: [`${world.url}/smart/callback/riverside/${clientId}`],
    auth: { kind: 'public' as const },
  })
  ehr = await startEhr({
    clients: [client('for-clinicians'), client('for-patients')],
    launchUrls: [
      { url: `${world.url}/launch.html`, title: 'Clinicians', clientId: 'for-clinicians' },
      { url: `${world.url}/patients/launch.html`, title: 'Patients', clientId: 'for-patients' },
    ],
  })
  const row = (people: 'clinicians' | 'patients'): Issuer => ({
    ...{ iss: ehr.iss as Iss, title: `For ${people}`, clientId: `for-${people}`, name: `for-${people}` }, // sound: the sandbox's own
    ...{ client: 'public', can: {}, people },
  })
  issuers.push(row('clinicians'), row('patients'))
})
afterAll(async () => {
  await world.close()
  await ehr.close()
})

/** Opened at the address the EHR has for this side; what the launch page passes on is asked of the server. */
async function opened(app: 'Clinicians' | 'Patients', user: typeof chen | typeof margaret, appointment?: string) {
  const search = await launchSearch(ehr, { user, app, ...(appointment === undefined ? {} : { appointment }) })
  const { location, cookie } = await leave(world.url, `${search}${app === 'Patients' ? '&people=patients' : ''}`)
  return { location, arrived: async () => comeBack(world.url, await atEhr(location), cookie) }
}

test('each side asks as its own client, for its own scopes, and both meet in one visit', async () => {
  const appointment = await book(world, {}, ehr)

  const [clinician, patient] = [
    await opened('Clinicians', chen, appointment),
    await opened('Patients', margaret, appointment),
  ]
  const [doctor, guest] = [personOf(world.url, await clinician.arrived()), personOf(world.url, await patient.arrived())]

  expect(clinician.location.searchParams.get('client_id')).toBe('for-clinicians')
  expect(patient.location.searchParams.get('client_id')).toBe('for-patients')
  expect(patient.location.searchParams.get('scope')).not.toMatch(/user\/|DocumentReference/)
  expect(bodyOf<Me>(await doctor.get('/api/me')).role).toBe('clinician')
  expect(bodyOf<Me>(await guest.get('/api/me')).role).toBe('patient')
  expect(await open(doctor, appointment)).toBe(await open(guest, appointment))
})

test('whoever comes in at the other side’s door is nobody there', async () => {
  const clinicianAsPatient = await opened('Patients', chen)
  const patientAsClinician = await opened('Clinicians', margaret)

  await refuses(world, 'role-unknown', clinicianAsPatient.arrived)
  await refuses(world, 'role-unknown', patientAsClinician.arrived)
})

test('a word for the side that is none of the two opens nothing', async () => {
  await refuses(world, 'launch-incomplete', () =>
    ask(world.url, `/smart/launch?${new URLSearchParams({ iss: ehr.iss, people: 'administrators' })}`),
  )
})

test('without an EHR both sides are offered, each with its own way in', async () => {
  const { organisations } = bodyOf<OrganisationList>(await ask(world.url, '/smart/organisations'))

  expect(
    organisations.map(({ title, signIn }) => [title, new URLSearchParams(signIn.split('?')[1]).get('people')]),
  ).toEqual([
    ['For clinicians', 'clinicians'],
    ['For patients', 'patients'],
  ])
})

test('the launch page of each side is there', async () => {
  for (const path of ['/launch.html', '/patients/launch.html', '/clinicians/launch.html'])
    expect((await ask(world.url, path, { headers: { Accept: 'text/html' } })).status).toBe(200)
})
