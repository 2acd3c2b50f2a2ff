// A signed note put right: replaced by a new one, or by a new version of itself, as the EHR has it; or given up.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { attempt, filedAlone, having, notesOf, shown, withEncounter, wordsIn, writesSince } from '../support/chart.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import { refuses } from '../support/refusals.ts'
import { amend, amended, bodyOf, amendedSoap as other, save, sign, signedAlone, soap } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const kinds = [
  ['generic', generic, 'replace'],
  ['epic', epic, 'update'],
  ['oracle', oracle, 'update'],
] as const

describe.each(kinds)('an amendment at %s', (_name, personality, how) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality })
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const words = (patient: string) =>
    notesOf(world, patient).map((d) => [d.status, wordsIn(d).includes('Walk every day')])
  const inTheChart =
    how === 'replace'
      ? [
          ['superseded', false],
          ['current', true],
        ]
      : [['current', true]]

  test('leaves the chart as it is until it is signed and filed, and says what it amends', async () => {
    const { clinician, visit, patient } = await filedAlone(world)
    const since = writesSince(world)

    const view = bodyOf<NoteView>(await amend(clinician, visit))

    expect(view).toMatchObject({ sign: { docStatus: 'preliminary' }, amends: { signedBy: expect.any(String) }, soap })
    bodyOf(await save(clinician, visit, 2, other))
    bodyOf(await sign(clinician, visit, 3))
    expect([since(), words(patient)]).toEqual([[], [['current', false]]])
  })

  test('goes in once, in the EHR’s own way, however often it is filed', async () => {
    const { patient, first, ...walked } = await filedAlone(world)
    await amended(walked, other)
    const since = writesSince(world)

    const filings = [await attempt(walked), await attempt(walked)]

    const notes = notesOf(world, patient)
    expect(words(patient)).toEqual(inTheChart)
    expect(filings).toMatchObject(Array(2).fill({ documentReference: `DocumentReference/${notes.at(-1)?.id}` }))
    expect(since()).toContain(`PUT /${first}`)
    expect(notes.at(-1)?.identifier?.at(-1)?.value).toMatch(/\.3$/)
    if (how === 'replace') expect(notes[1]?.relatesTo).toEqual([{ code: 'replaces', target: { reference: first } }])
    else expect(since().filter((w) => w.startsWith('POST'))).toEqual([])
    expect(new Set(notes.map((d) => d.context?.encounter?.[0]?.reference)).size).toBe(1)
  })

  test('of an amendment goes in as well', async () => {
    const { patient, ...walked } = await filedAlone(world)
    await amended(walked, other)
    await attempt(walked)
    await amended(walked, { ...soap, plan: 'A third plan.' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    const notes = notesOf(world, patient)
    expect(wordsIn(notes.at(-1))).toContain('A third plan.')
    expect(notes.filter((d) => d.status === 'current').length).toBe(1)
    expect(notes.length).toBe(how === 'replace' ? 3 : 1)
  })

  test.each([
    ['cut-after-write', ['unknown', 'filed']],
    ['500-after-write', ['unknown', 'filed']],
    ['cut-before-write', ['unknown', 'not-filed', 'filed']],
    ['fhir-503-retry-after', ['unknown', 'not-filed', 'filed']],
  ] as const)('whose answer is lost (%s) is looked for before it is sent again', async (fault, states) => {
    const { patient, ...walked } = await filedAlone(world)
    await amended(walked, other)
    const method = how === 'replace' ? 'POST' : 'PUT'
    world.ehr.faults.on(fault, { method, type: 'DocumentReference', times: 1 })

    const said = []
    for (const _ of states) said.push((await attempt(walked)).state)

    expect([said, words(patient)]).toEqual([states, inTheChart])
  })

  test('is not begun while nobody knows whether the text before it arrived', async () => {
    const about = await withEncounter(world)
    const walked = await signedAlone(world, about)
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    await refuses(world, 'filing-unknown', () => amend(walked.clinician, walked.visit))
  })

  test('is not begun while the text before it is on its way', async () => {
    const about = await withEncounter(world)
    const walked = await signedAlone(world, about)
    const answer = holdingBack(world, { type: 'DocumentReference', method: 'POST' })
    const since = writesSince(world)
    const sending = attempt(walked)
    await eventually(() => expect(since().length).toBe(1))

    await refuses(world, 'filing-under-way', () => amend(walked.clinician, walked.visit))
    answer()
    expect(await sending).toMatchObject({ state: 'filed' })
  })

  test('that says the same as the chart is not signed', async () => {
    const { clinician, visit } = await filedAlone(world)
    bodyOf(await amend(clinician, visit))

    await refuses(world, 'note-unchanged', () => sign(clinician, visit, 2))
    bodyOf(await save(clinician, visit, 2, other))
    bodyOf(await save(clinician, visit, 3, soap))
    await refuses(world, 'note-unchanged', () => sign(clinician, visit, 4))
  })

  test('is given up, and the note is again what the chart has', async () => {
    const { patient, ...walked } = await filedAlone(world)
    const { clinician, visit } = walked
    const before = await shown(walked)
    bodyOf(await amend(clinician, visit))
    bodyOf(await save(clinician, visit, 2, other))
    const since = writesSince(world)

    const view = bodyOf<NoteView>(await amend(clinician, visit, { drop: true }))

    expect(view).toMatchObject({ soap, sign: { docStatus: 'final' }, filing: before, version: 4 })
    await refuses(world, 'note-signed', () => save(clinician, visit, 4, other))
    expect([await attempt(walked), since(), words(patient)]).toEqual([before, [], [['current', false]]])
    await amended(walked, other)
    expect([await attempt(walked), words(patient)]).toMatchObject([{ state: 'filed' }, inTheChart])
  })

  test('writes nothing of its text into log or trail', async () => {
    const { patient: _patient, ...walked } = await filedAlone(world)
    await amended(walked, other)
    await attempt(walked)

    const audit = await world.audit()
    expect(audit.filter((a) => a.event === 'note-amended').at(-1)).toMatchObject({ code: 'begun', outcome: 'success' })
    const said = world.log() + JSON.stringify(audit)
    for (const text of [...Object.values(soap), other.plan]) expect(said).not.toContain(text)
  })
})

describe('a signed note that is not in the chart', () => {
  test('is opened again, signed again, and goes in once', async () => {
    const world = await openWorld({ personality: epic })
    const about = await withEncounter(world)
    const walked = await signedAlone(world, about)
    await amended(walked, other)
    world.ehr.faults.on('break-the-glass', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', code: '4130' })
    await amended(walked, { ...soap, plan: 'A third plan.' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    expect(notesOf(world, about.patient).map(wordsIn)).toEqual([expect.stringContaining('A third plan.')])
    await world.close()
  })
})

test('an amendment goes under the Encounter of the note it amends, where the EHR could not be asked for it', async () => {
  const can = { findEncounterByAppointment: false, findEncounterByIdentifier: false, findEncounterByPatient: false }
  const world = await openWorld({ config: having({ issuer: { can: { ...can, conditionalCreate: false } } }) })
  const walked = await signedAlone(world)
  const before = world.ehr.all('Encounter').length
  const first = await attempt(walked)
  await amended(walked, other)

  const second = await attempt(walked)

  expect(world.ehr.all('Encounter').length).toBe(before + 1)
  expect(second).toMatchObject({ state: 'filed', ...('encounter' in first && { encounter: first.encounter }) })
  await world.close()
})
