// What a hasty look would get wrong: an EHR that keeps a note long after everyone stopped waiting, a search that was cut short,
// somebody else's words in the chart, an Encounter that was made already, and a visit of the same morning.
import type { Resource } from '@medplum/fhirtypes'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { openEhr } from '../../server/outside/ehr/ehr.ts'
import {
  actCode,
  attempt,
  filedAlone,
  having,
  newPatient,
  notesOf,
  registered,
  shown,
  withEncounter,
} from '../support/chart.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { refuses } from '../support/refusals.ts'
import {
  amend,
  amended,
  bodyOf,
  book,
  draft,
  file,
  filingOf,
  markInError,
  amendedSoap as other,
  save,
  sign,
  signedAlone,
  writtenAlone,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners } = clinic
const sendAgain = { sendAgain: true }

let dropsMarks = false
let world: World
beforeAll(async () => {
  const receive = (resource: Resource) => {
    if (!dropsMarks || resource.resourceType !== 'DocumentReference') return resource
    const { identifier: _dropped, ...rest } = resource
    return rest as Resource
  }
  world = await openWorld({ personality: { ...generic, fhir: { receive } } })
})
afterEach(() => {
  dropsMarks = false
  world.ehr.faults.clear()
})
afterAll(() => world.close())

describe('a note of which nobody has heard whether it arrived', () => {
  test('is not said to be missing a minute later: it may still arrive, and then there is one', async () => {
    const walked = await signedAlone(world, await withEncounter(world))
    const { clinician, visit } = walked
    world.ehr.faults.on('cut-before-write', { type: 'DocumentReference', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    const before = world.ehr.all('DocumentReference').length

    for (const _ of [1, 2]) await refuses(world, 'filing-unknown', () => file(clinician, visit))
    expect(await shown(walked)).toMatchObject({ state: 'unknown' })
    expect(world.ehr.all('DocumentReference').length).toBe(before)

    world.later(6)
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
  })

  test('goes again at once when the person, told so, has looked and says that it is not there', async () => {
    const { patient, ...about } = await withEncounter(world)
    const { clinician, visit } = await signedAlone(world, { patient, ...about })
    world.ehr.faults.on('cut-before-write', { type: 'DocumentReference', times: 1 })
    await file(clinician, visit)

    expect(await filingOf(clinician.post(`${visit}/note/filing`, sendAgain))).toMatchObject({ state: 'filed' })
    expect(notesOf(world, patient)).toHaveLength(1)
  })

  test.each([
    ['whose next page is gone', { status: 410, body: {} }],
    ['whose pages never end', undefined],
  ])('is not said to be missing by a search %s', async (_what, second) => {
    const page = (next: string) => ({
      ...{ resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'next', url: next }] },
      entry: [{ resource: { resourceType: 'Appointment', id: 'a', status: 'booked', participant: [] } }],
    })
    const crooked = await startCrookedEhr()
    const more = `${crooked.iss}/more`
    crooked.said.fhir = { '/Appointment?patient=p': { body: page(more) }, '/more': second ?? { body: page(more) } }
    const ehr = openEhr({ iss: crooked.iss as Iss, giveAccessToken: async () => 'any', now: Date.now }) // sound: our own server's

    await expect(ehr.search('Appointment', [['patient', 'p']])).rejects.toMatchObject({ code: 'ehr-failed' })
    await crooked.close()
  })

  test.each([
    ['its lines broken', (data: string) => data.replaceAll(/(.{76})/g, '$1\n')],
    [
      'its line ends changed',
      (data: string) =>
        Buffer.from(Buffer.from(data, 'base64').toString('utf8').replaceAll('\n', '\r\n')).toString('base64'),
    ],
  ])('is known again with %s', async (_how, changed) => {
    dropsMarks = true
    const { patient, ...about } = await withEncounter(world)
    const walked = await signedAlone(world, { patient, ...about })
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', times: 1 })
    await attempt(walked)
    const [ours] = notesOf(world, patient)
    if (ours === undefined) throw new Error('no note')
    const { attachment } = ours.content[0] ?? { attachment: {} }
    await world.ehr.put({ ...ours, content: [{ attachment: { ...attachment, data: changed(attachment.data ?? '') } }] })

    expect(await attempt(walked)).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${ours.id}` })
  })
})

describe('no second Encounter is made', () => {
  const config = having({
    policies: { drafts: true },
    issuer: {
      can: {
        findEncounterByAppointment: false,
        findEncounterByIdentifier: false,
        findEncounterByPatient: false,
        conditionalCreate: false,
        transaction: false,
      },
    },
  })
  let blind: World
  beforeAll(async () => {
    blind = await openWorld({ config })
  })
  afterEach(() => blind.ehr.faults.clear())
  afterAll(() => blind.close())
  const encountersOf = (patient: string) => blind.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)
  const begin = async () => {
    const patient = await newPatient(blind)
    return { patient, ...(await writtenAlone(blind, { patient })) }
  }

  test('for a text that was changed after the EHR took the Encounter and not the note', async () => {
    const { patient, clinician, visit } = await begin()
    bodyOf(await sign(clinician, visit))
    blind.ehr.faults.on('document-403', { times: 1 })
    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'not-filed' })
    await amended({ clinician, visit }, other)

    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed' })
    expect(encountersOf(patient)).toHaveLength(1)
  })

  test('for a draft that the EHR did not take', async () => {
    const { patient, clinician, visit } = await begin()
    blind.ehr.faults.on('document-403', { times: 1 })
    bodyOf(await draft(clinician, visit, 1))
    bodyOf(await save(clinician, visit, 1, other))
    bodyOf(await draft(clinician, visit, 2))

    expect(encountersOf(patient)).toHaveLength(1)
  })

  test('for a note that is written anew after a mistake', async () => {
    const { patient, clinician, visit } = await begin()
    bodyOf(await sign(clinician, visit))
    await attempt({ clinician, visit })
    bodyOf(await markInError(clinician, visit))
    await amended({ clinician, visit }, other)

    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed' })
    expect(encountersOf(patient)).toHaveLength(1)
  })
})

test('a visit of the same morning that was left open bears no note of the afternoon’s, unless it is a hospital stay', async () => {
  for (const [kind, bears] of [
    ['AMB', false],
    ['IMP', true],
  ] as const) {
    const patient = await newPatient(world)
    const began = new Date(world.now() - 5 * 3600_000).toISOString()
    const encounter = await registered(world, patient, {
      status: 'in-progress',
      class: actCode(kind),
      period: { start: began },
    })
    const appointment = await book(world, { patient })
    const clinician = await world.signIn({
      user: practitioners.chen.reference,
      patient,
      encounter,
      contextShape: 'none',
    })
    const walked = await signedAlone(world, { patient, appointment, clinician })

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect('encounter' in filing && filing.encounter === `Encounter/${encounter}`).toBe(bears)
  }
})

test('an amendment is signed by who signed the note, and a signed note stays on the list of who must file it', async () => {
  const walked = await filedAlone(world)
  bodyOf(await amend(walked.clinician, walked.visit))
  const kept = world.ehr.resource('Appointment', walked.appointment)
  const actor = { actor: { reference: practitioners.okafor.reference }, status: 'accepted' as const }
  if (kept) await world.ehr.put({ ...kept, status: 'booked', participant: [...kept.participant, actor] })
  const colleague = await world.signIn({ user: practitioners.okafor.reference, appointment: walked.appointment })
  bodyOf(await colleague.post('/api/visits', { appointment: walked.appointment }))
  bodyOf(await save(colleague, walked.visit, 2, other))

  await refuses(world, 'signer-only', () => sign(colleague, walked.visit, 3))
  bodyOf(await sign(walked.clinician, walked.visit, 3))
  expect(await attempt(walked)).toMatchObject({ state: 'filed' })
})
