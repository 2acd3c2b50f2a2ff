// Consent to telehealth over HTTP: asked for before anybody knocks, given to the very text that was read, taken back whenever, and stated in the note.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Config } from '../../server/settings/config.ts'
import type { AppointmentList, ClinicianView, ConsentText, PatientView } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  doorIdOf,
  file,
  inTheCall,
  knock,
  opened,
  save,
  sign,
  tokenFor,
  visitIdOf,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { layla } = clinic.relatedPersons
const english = 'A video visit is a visit by picture and sound. You can ask for a visit in person instead.'
const spanish = 'Una videoconsulta es una consulta con imagen y sonido. Puede pedir una consulta presencial.'
const consent = { version: '2026-11', date: '2026-11-01', texts: { en: english, es: spanish } }
const asking =
  (more: Partial<typeof consent> = {}) =>
  (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => ({
      ...o,
      languages: ['en', 'es'],
      consent: { ...consent, ...more },
    })),
  })

const read = async (person: Person, visit: string, language = 'en') =>
  bodyOf<ConsentText>(await person.get(`${visit}/consent?language=${language}`))
const agree = async (person: Person, visit: string, language = 'en') => {
  const { version, language: its, hash } = await read(person, visit, language)
  return person.post(`${visit}/consent`, { version, language: its, hash })
}
const withdraw = (person: Person, visit: string) => person.post(`${visit}/consent/withdrawal`)
const ownWord = async (person: Person, visit: string) => bodyOf<PatientView>(await person.get(visit)).consent
const inRow = async (person: Person, visit: string) => {
  const { appointments } = bodyOf<AppointmentList>(await person.get('/api/appointments'))
  return appointments.find((one) => one.visit?.id === visitIdOf(visit))?.visit?.consent
}
const asSeen = async (person: Person, visit: string) => bodyOf<ClinicianView>(await person.get(visit))

describe('where the clinic asks for it', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ config: asking() })
  })
  afterAll(() => world.close())

  test('nobody knocks before they have agreed, and the place they then have is theirs as ever', async () => {
    const { patient, clinician, visit } = await opened(world)
    expect([await ownWord(patient, visit), await inRow(clinician, visit)]).toEqual([{ is: 'needed' }, 'none'])
    await refuses(world, 'consent-needed', () => knock(patient, visit))

    const given = bodyOf<PatientView>(await agree(patient, visit, 'es'))
    bodyOf(await knock(patient, visit))

    expect(given.consent).toEqual({ is: 'given', version: '2026-11', at: expect.any(String) })
    const { door, asksConsent } = await asSeen(clinician, visit)
    expect(asksConsent).toBe(true)
    expect(door).toMatchObject([{ state: 'waiting', consent: { version: '2026-11', language: 'es' } }])
    expect(await inRow(clinician, visit)).toMatchObject({ version: '2026-11', language: 'es' })
  })

  test('the text comes whole, in the language of the page, with its version and its day', async () => {
    const { patient, clinician, visit } = await opened(world)

    expect(await read(patient, visit, 'es')).toMatchObject({
      ...{ version: '2026-11', date: '2026-11-01', language: 'es', text: spanish },
    })
    expect(await read(patient, visit, 'fr')).toMatchObject({ language: 'en', text: english })
    await refuses(world, 'patient-only', () =>
      clinician.post(`${visit}/consent`, { version: '1', language: 'en', hash: 'x'.repeat(43) }),
    )
    await refuses(world, 'patient-only', () => withdraw(clinician, visit))
  })

  test('one that acts for a child gives it as such, and the trail has version, language and role, and no name', async () => {
    const patient = layla.patient
    const { patient: mother, clinician, visit } = await opened(world, { patient, patientUser: layla.reference })

    bodyOf(await agree(mother, visit))
    bodyOf(await knock(mother, visit))

    expect((await asSeen(clinician, visit)).door).toMatchObject([
      { as: 'representative', consent: { version: '2026-11' } },
    ])
    const lines = (await world.audit()).filter(
      ({ event, role }) => event === 'consent-given' && role === 'representative',
    )
    expect(lines).toMatchObject([{ who: layla.reference, patient, version: '2026-11', language: 'en' }])
    expect(JSON.stringify(lines)).not.toContain('Layla')
  })

  test('given twice it is written down once', async () => {
    const { patient, visit } = await opened(world)
    const first = bodyOf<PatientView>(await agree(patient, visit))
    const lines = (await world.audit()).length

    expect(bodyOf<PatientView>(await agree(patient, visit)).consent).toEqual(first.consent)
    expect((await world.audit()).length).toBe(lines)
  })

  test('taken back at the door or in the call it ends the place there, the clinician is told, and who wants to come must agree anew', async () => {
    const { patient, clinician, visit } = await opened(world)
    bodyOf(await agree(patient, visit))
    bodyOf(await knock(patient, visit))
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await tokenFor(patient, visit))
    bodyOf(await inTheCall(patient, visit))
    bodyOf(await save(clinician, visit))

    const { consent: own, place } = bodyOf<PatientView>(await withdraw(patient, visit))

    expect([own, place.at]).toEqual([{ is: 'withdrawn', at: expect.any(String) }, 'outside'])
    const { door, withdrew, status } = await asSeen(clinician, visit)
    expect([door, status]).toEqual([[], 'in-progress'])
    expect(withdrew).toEqual([{ name: expect.any(String), as: 'patient', at: own?.is === 'withdrawn' ? own.at : '' }])
    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
    await refuses(world, 'consent-needed', () => knock(patient, visit))
    // Nothing else is lost.
    expect(bodyOf<{ version: number }>(await clinician.get(`${visit}/note`)).version).toBe(1)
    bodyOf(await agree(patient, visit))
    bodyOf(await knock(patient, visit))
    expect((await asSeen(clinician, visit)).withdrew).toBeUndefined()
  })

  test('the note that is filed says who agreed to which text, and when', async () => {
    const { patient, clinician, visit } = await opened(world)
    bodyOf(await agree(patient, visit))
    bodyOf(await knock(patient, visit))
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
    bodyOf(await tokenFor(clinician, visit))
    bodyOf(await tokenFor(patient, visit))
    bodyOf(await inTheCall(patient, visit))
    bodyOf(await save(clinician, visit))
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))
    bodyOf(await file(clinician, visit))

    const filed = world.ehr.all('DocumentReference').map(({ content: [first] }) => first?.attachment.data ?? '')
    expect(filed.map((data) => Buffer.from(data, 'base64').toString())).toEqual([
      expect.stringMatching(
        /^Video visit .*\nConsent to telehealth: .*Margaret.*, \d+ \w+ \d{4}, \d\d:\d\d, text 2026-11 \(English\)\n\nSubjective/,
      ),
    ])
    const copy = await clinician.get(`${visit}/note/export?as=text`)
    expect(copy.text).toMatch(/Consent: Consent to telehealth: .*2026-11/)
  })
})

test('a text that was changed while somebody read the old one is refused in plain words, and the new one is shown and asked for', async () => {
  const world = await openWorld({ config: asking() })
  const { patient, visit } = await opened(world)
  const old = await read(patient, visit)
  const { version, language, hash } = old

  // The administrator puts a comma right: the same version, and other words than those on the screen.
  await world.restart(asking({ texts: { en: `${english} Yes.`, es: spanish } }))
  await refuses(world, 'consent-changed', () => patient.post(`${visit}/consent`, { version, language, hash }))
  expect((await read(patient, visit)).text).toBe(`${english} Yes.`)
  bodyOf(await agree(patient, visit))
  // Words put right under the same version ask nobody again; a new version does.
  await world.restart(asking({ texts: { en: english, es: spanish } }))
  expect(await ownWord(patient, visit)).toMatchObject({ is: 'given' })
  await world.restart(asking({ version: '2026-12' }))
  expect(await ownWord(patient, visit)).toEqual({ is: 'needed' })
  await refuses(world, 'consent-needed', () => knock(patient, visit))
  bodyOf(await agree(patient, visit))
  bodyOf(await knock(patient, visit))
  await world.close()
})

test('where the clinic asks for none nobody is asked, and there is no text', async () => {
  const world = await openWorld()
  const { patient, clinician, visit } = await opened(world)

  await refuses(world, 'not-found', () => patient.get(`${visit}/consent`))
  expect(await ownWord(patient, visit)).toBeUndefined()
  bodyOf(await knock(patient, visit))
  expect(await asSeen(clinician, visit)).not.toHaveProperty('asksConsent')
  await world.close()
})
