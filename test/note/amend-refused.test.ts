// What keeps an amendment out of the chart: somebody else's change, somebody else's name, or an EHR that takes none; and what is said then.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { attempt, filedAlone, having, notesOf, withEncounter, wordsIn, writes, writesSince } from '../support/chart.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import { refuses } from '../support/refusals.ts'
import {
  amend,
  amended,
  bodyOf,
  file,
  match,
  open,
  amendedSoap as other,
  save,
  sign,
  signedAlone,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { okafor } = clinic.practitioners

describe.each([
  ['epic', epic],
  ['oracle', oracle],
])('a new version of a note at %s', (_name, personality) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality })
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const words = (patient: string) =>
    notesOf(world, patient).map((d) => [d.status, wordsIn(d).includes('Walk every day')])

  test('that somebody else’s change overtakes is not filed, says so, and goes in once it was looked at', async () => {
    const { patient, first, ...walked } = await filedAlone(world)
    await amended(walked, other)
    const [note] = notesOf(world, patient)
    const answer = holdingBack(world, { type: 'DocumentReference', method: 'PUT' })
    const sending = attempt(walked)
    await eventually(() => expect(writes(world).at(-1)).toBe(`PUT /${first}`))
    if (note) await world.ehr.put({ ...note, description: 'Seen by a colleague' })
    answer()

    expect(await sending).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(words(patient)).toEqual([['current', false]])
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect(notesOf(world, patient)[0]).toMatchObject({ description: 'Seen by a colleague' })
    expect(world.ehr.requests.findLast((r) => r.method === 'PUT')?.headers['if-match']).toMatch(/^W\/"\d+"$/)
  })

  test('that brings back what somebody marked as a mistake is not sent', async () => {
    const { patient, ...walked } = await filedAlone(world)
    const [note] = notesOf(world, patient)
    if (note) await world.ehr.put({ ...note, status: 'entered-in-error' })
    await amended(walked, other)
    const since = writesSince(world)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect([since(), words(patient)]).toEqual([[], [['entered-in-error', false]]])
  })

  test.each([
    ['failed-with-200', ['unknown', 'not-filed', 'filed']],
    ['written-outcome', ['unknown', 'filed']],
  ] as const)('that is answered with a failure under status 200 (%s) is not called filed', async (fault, states) => {
    const { patient, ...walked } = await filedAlone(world)
    await amended(walked, other)
    world.ehr.faults.on(fault, { type: 'DocumentReference', method: 'PUT', times: 1 })

    const said = []
    for (const _ of states) said.push((await attempt(walked)).state)

    expect([said, words(patient)]).toEqual([states, [['current', true]]])
  })
})

test('an amendment by somebody else is refused, as is giving hers up', async () => {
  const world = await openWorld()
  const walked = await filedAlone(world)
  const kept = world.ehr.resource('Appointment', walked.appointment)
  const actor = { actor: { reference: okafor.reference }, status: 'accepted' as const }
  if (kept) await world.ehr.put({ ...kept, status: 'booked', participant: [...kept.participant, actor] })
  const context = { patient: walked.patient, appointment: walked.appointment }
  const colleague = await world.signIn({ user: okafor.reference, ...context })
  const visit = await open(colleague, walked.appointment)

  await refuses(world, 'signer-only', () => amend(colleague, visit))
  bodyOf(await amend(walked.clinician, walked.visit))
  bodyOf(await save(walked.clinician, walked.visit, 2, other))
  await refuses(world, 'signer-only', () => amend(colleague, visit, { drop: true }))
  await world.close()
})

test('an EHR that takes neither a replacement nor a new version is not given one, and nobody writes one in vain', async () => {
  const types = { ...generic.types, DocumentReference: ['read', 'search-type', 'create'] as const }
  const config = having({ issuer: { can: { replaceNotes: false } } })
  const world = await openWorld({ personality: { ...generic, types }, config })
  const { clinician, visit } = await filedAlone(world)

  await refuses(world, 'amend-refused', () => amend(clinician, visit))
  await world.close()
})

test('nothing is given up where nothing was begun, and nothing is opened again that nobody signed', async () => {
  const world = await openWorld()
  const { clinician, visit } = await filedAlone(world)
  await refuses(world, 'note-signed', () => amend(clinician, visit, { drop: true }))
  await refuses(world, 'bad-request', () => amend(clinician, visit, { drop: 'yes' }))
  const unsigned = await signedAlone(world, await withEncounter(world))
  bodyOf(await amend(unsigned.clinician, unsigned.visit))

  await refuses(world, 'note-not-signed', () => amend(unsigned.clinician, unsigned.visit))
  await refuses(world, 'note-not-signed', () => amend(unsigned.clinician, unsigned.visit, { drop: true }))
  await refuses(world, 'note-not-signed', () => file(unsigned.clinician, unsigned.visit))
  await refuses(world, 'if-match-required', () => unsigned.clinician.post(`${unsigned.visit}/note/signature`))
  await refuses(world, 'note-changed', () => sign(unsigned.clinician, unsigned.visit, 9))
  expect((await unsigned.clinician.post(`${unsigned.visit}/note/signature`, {}, match(2))).status).toBe(200)
  await world.close()
})
