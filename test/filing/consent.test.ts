// A consent to telehealth in the chart: a Consent of the very text, in the giver's name, inactive once it is taken back; and nothing where the EHR takes none.
import type { Consent } from 'fhir/r4'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { Config } from '../../server/settings/config.ts'
import type { ConsentText } from '../../server/wire/wire.ts'
import { writes } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, knock, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, relatedPersons } = clinic
const text = 'A video visit is a visit by picture and sound. You can ask for a visit in person instead.'
const asking =
  (can: object) =>
  (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => ({
      ...o,
      consent: { version: '2026-11', date: '2026-11-01', texts: { en: text } },
      issuers: o.issuers.map((issuer) => ({ ...issuer, can })),
    })),
  })
const open = async (can: object, personality?: Personality): Promise<World> => {
  const world = await openWorld({ config: asking(can), ...(personality && { personality }) })
  onTestFinished(() => world.close())
  return world
}
const agree = async (person: Person, visit: string) => {
  const { version, language, hash } = bodyOf<ConsentText>(await person.get(`${visit}/consent`))
  return bodyOf(await person.post(`${visit}/consent`, { version, language, hash }))
}
const filed = ({ ehr }: World) => ehr.all('Consent') as readonly Consent[] // sound: it is the type that was asked for
const told = async (world: World) =>
  (await world.audit()).filter(({ event }) => event === 'consent-filing').map(({ code }) => code)

describe('where somebody said that the EHR takes it', () => {
  test('it is filed as it was given, and set inactive when it is taken back', async () => {
    const world = await open({ fileConsents: true })
    const { patient, visit, appointment } = await opened(world)

    await agree(patient, visit)
    await eventually(async () => expect(await told(world)).toEqual(['filed']))

    const [kept] = filed(world)
    expect(filed(world)).toHaveLength(1)
    expect(kept).toMatchObject({
      status: 'active',
      scope: { coding: [{ code: 'treatment' }] },
      patient: { reference: patients.margaret.reference },
      performer: [{ reference: patients.margaret.reference }],
      policy: [{ uri: `${world.url}/consent-texts/riverside/2026-11/en` }],
      provision: { data: [{ reference: { reference: `Appointment/${appointment}` } }] },
    })
    const { data = '', language } = kept?.sourceAttachment ?? {}
    expect([Buffer.from(data, 'base64').toString(), language]).toEqual([text, 'en'])

    bodyOf(await patient.post(`${visit}/consent/withdrawal`))
    await eventually(async () => expect(await told(world)).toEqual(['filed', 'inactive']))
    const [after] = filed(world)
    expect(after).toMatchObject({ id: kept?.id, status: 'inactive', dateTime: kept?.dateTime })
    expect(after?.provision?.period).toEqual({ start: kept?.dateTime, end: expect.any(String) })
  })

  test('a mother gives it for her child, in her own name', async () => {
    const world = await open({ fileConsents: true })
    const { reference, patient } = relatedPersons.layla
    const { patient: mother, visit } = await opened(world, { patient, patientUser: reference })

    await agree(mother, visit)
    await eventually(async () => expect(await told(world)).toEqual(['filed']))

    expect(filed(world)).toMatchObject([{ patient: { reference: patient }, performer: [{ reference }] }])
  })

  test('an EHR that answers nothing keeps nobody from the door', async () => {
    const world = await open({ fileConsents: true })
    const { patient, visit } = await opened(world)
    world.ehr.faults.on('fhir-500', { type: 'Consent' })

    await agree(patient, visit)
    bodyOf(await knock(patient, visit))

    await eventually(async () => expect(await told(world)).toEqual(['unknown']))
  })
})

test.each<[string, object, Personality | undefined]>([
  ['nobody said that it takes one', {}, undefined],
  ['it is Epic', {}, epic],
])('no Consent is asked for, and none is sent, where %s', async (_what, can, personality) => {
  const world = await open(can, personality)
  const { patient, visit } = await opened(world)

  await agree(patient, visit)
  bodyOf(await knock(patient, visit))

  expect(writes(world).filter((one) => one.includes('Consent'))).toEqual([])
  expect(await told(world)).toEqual([])
  expect(world.ehr.requests.some(({ path }) => path.includes('Consent'))).toBe(false)
})

test('Epic and Oracle Health refuse it also where somebody insists: what is kept here stands, and nobody is kept from the door', async () => {
  for (const personality of [epic, oracle]) {
    const world = await open({ fileConsents: true }, personality)
    const { patient, visit } = await opened(world)

    await agree(patient, visit)
    bodyOf(await knock(patient, visit))

    expect(filed(world)).toEqual([])
  }
})
