// A note that goes into the chart before it is signed, where clinic and EHR allow it: one document from the first draft to the signature.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { attempt, having, notesOf, withEncounter, wordsIn, writesSince } from '../support/chart.ts'
import { refuses } from '../support/refusals.ts'
import {
  amend,
  bodyOf,
  draft,
  file,
  inCall,
  amendedSoap as other,
  save,
  sign,
  signedAlone,
  writtenAlone,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const config = having({ policies: { drafts: true } })

type Walked = Awaited<ReturnType<typeof written>>
async function written(world: World) {
  const about = await withEncounter(world)
  return { ...about, ...(await writtenAlone(world, about)) }
}
/** One attempt to put the note into the chart as a draft; answers with what is said of the draft. */
async function drafted({ clinician, visit }: Pick<Walked, 'clinician' | 'visit'>, version: number, body: object = {}) {
  return bodyOf<NoteView>(await draft(clinician, visit, version, body)).draft
}

describe.each([
  ['generic', generic],
  ['epic', epic],
])('a draft at %s', (_name, personality) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality, config })
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  test('is in the chart as one, says that nobody signed it, and leaves the Appointment to the signature', async () => {
    const walked = await written(world)

    const kept = await drafted(walked, 1)

    const [note, another] = notesOf(world, walked.patient)
    expect(kept).toMatchObject({
      version: 1,
      filing: { state: 'filed', documentReference: `DocumentReference/${note?.id}`, appointment: 'left' },
    })
    expect([note?.docStatus, note?.status, another]).toEqual(['preliminary', 'current', undefined])
    expect(wordsIn(note)).toMatch(/Amlodipine 10 mg[\s\S]*Draft, not signed/)
    expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('booked')
  })

  test('of a text that is there already sends nothing', async () => {
    const walked = await written(world)
    const first = await drafted(walked, 1)
    const since = writesSince(world)

    expect([await drafted(walked, 1), since()]).toEqual([first, []])
  })

  test('that is followed by another, and by the signature, is one document to the end', async () => {
    const { clinician, visit, ...walked } = await written(world)
    await drafted({ clinician, visit }, 1)
    const [first] = notesOf(world, walked.patient)
    const since = writesSince(world)
    bodyOf(await save(clinician, visit, 1, other))

    expect(await drafted({ clinician, visit }, 2)).toMatchObject({ version: 2, filing: { state: 'filed' } })
    const [second] = notesOf(world, walked.patient)
    bodyOf(await sign(clinician, visit, 2))
    const filing = await attempt({ clinician, visit })

    const [note, another] = notesOf(world, walked.patient)
    expect([second?.docStatus, wordsIn(second)]).toEqual(['preliminary', expect.stringContaining('Walk every day')])
    expect([filing, another]).toMatchObject([{ documentReference: `DocumentReference/${first?.id}` }, undefined])
    expect([note?.docStatus, wordsIn(note)]).toEqual(['final', expect.stringContaining('Signed by')])
    expect(wordsIn(note)).not.toContain('Draft')
    const put = `PUT /DocumentReference/${first?.id}`
    expect(since().filter((w) => w.includes('DocumentReference'))).toEqual([put, put])
  })

  test.each([
    ['POST', 'cut-after-write', ['unknown', 'filed']],
    ['POST', 'cut-before-write', ['unknown', 'not-filed', 'filed']],
    ['PUT', 'cut-after-write', ['unknown', 'filed']],
    ['PUT', 'cut-before-write', ['unknown', 'not-filed', 'filed']],
  ] as const)('whose %s is not answered (%s) is looked for before it is sent again', async (method, fault, states) => {
    const walked = await written(world)
    if (method === 'PUT') {
      await drafted(walked, 1)
      bodyOf(await save(walked.clinician, walked.visit, 1, other))
    }
    const version = method === 'PUT' ? 2 : 1
    world.ehr.faults.on(fault, { method, type: 'DocumentReference', times: 1 })

    const said = []
    for (const _ of states) {
      said.push((await drafted(walked, version))?.filing.state)
      world.later(6)
    }

    expect(said).toEqual(states)
    expect(notesOf(world, walked.patient).map(wordsIn)).toEqual([expect.stringContaining('Draft')])
  })

  test.each(['cut-after-write', 'cut-before-write'] as const)(
    'of which nobody knows whether it arrived (%s) keeps the signed note back until it is known',
    async (fault) => {
      const { clinician, visit, patient } = await written(world)
      world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1 })
      expect((await drafted({ clinician, visit }, 1))?.filing.state).toBe('unknown')
      bodyOf(await sign(clinician, visit))
      world.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET', times: 1 })

      await refuses(world, 'ehr-failed', () => file(clinician, visit))

      world.later(6)
      const states = [await attempt({ clinician, visit }), await attempt({ clinician, visit })].map(
        ({ state }) => state,
      )
      expect(states).toEqual(['unfiled', 'filed'])
      expect(notesOf(world, patient).map(({ docStatus }) => docStatus)).toEqual(['final'])
    },
  )

  test.each([
    ['removed', undefined],
    ['marked as a mistake', 'entered-in-error'],
  ] as const)('that somebody %s in the chart does not keep the signed note out of it', async (_what, status) => {
    const { clinician, visit, patient } = await written(world)
    await drafted({ clinician, visit }, 1)
    const [there] = notesOf(world, patient)
    if (there && status) await world.ehr.put({ ...there, status })
    else await world.ehr.remove('DocumentReference', there?.id ?? '')
    bodyOf(await sign(clinician, visit))
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', times: 1 })

    const states = [await attempt({ clinician, visit }), await attempt({ clinician, visit })].map(({ state }) => state)

    expect(states).toEqual(['unknown', 'filed'])
    const current = notesOf(world, patient).filter((d) => d.status === 'current')
    expect(current.map(({ docStatus }) => docStatus)).toEqual(['final'])
  })

  test('is not put there without its version, of an older text, or of none', async () => {
    const walked = await written(world)
    const { clinician, visit } = walked

    await refuses(world, 'if-match-required', () => clinician.post(`${visit}/note/draft`))
    await refuses(world, 'note-changed', () => draft(clinician, visit, 0))
    bodyOf(await save(clinician, visit, 1, { subjective: ' ', objective: '', assessment: '', plan: '' }))
    await refuses(world, 'note-empty', () => draft(clinician, visit, 2))
    expect(notesOf(world, walked.patient)).toEqual([])
  })

  test('is not made of what is signed, nor of what amends what is signed', async () => {
    const about = await withEncounter(world)
    const { clinician, visit } = await signedAlone(world, about)
    await refuses(world, 'note-signed', () => draft(clinician, visit, 1))
    await attempt({ clinician, visit })
    bodyOf(await amend(clinician, visit))
    bodyOf(await save(clinician, visit, 2, other))

    await refuses(world, 'note-signed', () => draft(clinician, visit, 3))
  })
})

describe('no draft goes into the chart', () => {
  test.each([
    ['of Oracle Health', { personality: oracle, config }],
    ['of a clinic that wants none', { config: having({ policies: { drafts: false } }) }],
    [
      'of an EHR whose administrator says no',
      { config: having({ policies: { drafts: true }, issuer: { can: { draftNotes: false } } }) },
    ],
  ])('%s', async (_whose, told) => {
    const world = await openWorld(told)
    const { clinician, visit } = await writtenAlone(world)

    await refuses(world, 'draft-refused', () => draft(clinician, visit, 1))
    await world.close()
  })

  test('while the visit goes on', async () => {
    const world = await openWorld({ config })
    const { clinician, visit } = await inCall(world)
    bodyOf(await save(clinician, visit))

    await refuses(world, 'visit-not-finished', () => draft(clinician, visit, 1))
    await world.close()
  })
})
