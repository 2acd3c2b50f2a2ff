// The ledger in storms, through the app and over HTTP: whatever the EHR does and the person does, the chart has each version once,
// no word is lost, nothing is called filed that is not there; and when the weather clears, a few attempts bring the note in.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { having, notesOf } from '../support/chart.ts'
import { openWorld } from '../support/world.ts'
import { begun, calmed, chartBefore, first, holds, moved, moves } from './ledger-storm.ts'

const oneByOne = { ...generic, system: [] }
/** Answers each entry by itself, and keeps a note that names an Encounter which never came to be. */
const batchLike = { ...generic, fhir: { transactionsAreBatches: true, takesDanglingReferences: true } }
const types = { ...generic.types, DocumentReference: ['read', 'create', 'update'] as const }
/** Cannot be searched for notes, and forgets none it is given twice. */
const blind = { ...oneByOne, conditionalCreate: false, types }

/** Less than what is there: no searches, nothing that is changed. */
const little = {
  ...{ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' },
  rest: [{ resource: [{ type: 'DocumentReference', interaction: [{ code: 'create' }] }] }],
}
type Meddling = NonNullable<Parameters<typeof openWorld>[0]>['inTheWay'] & {}

test.each([
  ['in one transaction', generic, 8],
  ['in a transaction that is worked off as a batch', batchLike, 8],
  ['at Medplum', medplum, 8],
  ['one by one', oneByOne, 8],
  ['at Epic', epic, 8],
  ['at Oracle Health', oracle, 6],
  ['where nobody can look', blind, 6],
  ['where searches are answered from a cache', { ...oneByOne, fhir: { searchesKeptSeconds: 60 } }, 6],
  ['where /metadata never comes, and searches from a cache', { ...generic, fhir: { searchesKeptSeconds: 60 } }, 6],
  ['where /metadata says much and little by turns', generic, 6],
] as const)(
  'a note that is sent %s comes through every storm',
  { timeout: 120_000 },
  async (how, personality, numRuns) => {
    let asked = 0
    const inTheWay: Meddling = (request, response, handOn) => {
      if (!request.url?.endsWith('/metadata') || !how.includes('/metadata')) return handOn()
      const isSaid = how.includes('by turns') && ++asked % 2 === 0
      if (isSaid) return handOn()
      response.writeHead(how.includes('by turns') ? 200 : 500, { 'content-type': 'application/fhir+json' })
      response.end(JSON.stringify(little))
    }
    const world = await openWorld({ personality, inTheWay, config: having({ policies: { drafts: true } }) })

    const storms = fc.asyncProperty(chartBefore, first, moves, async (before, beginning, all) => {
      // What an EHR was once seen to do with transactions is forgotten with the process.
      if (how.includes('batch') || how.includes('Medplum')) await world.restart()
      // Past the hour for which the EHR's word is kept.
      if (how.includes('by turns')) world.later(61)
      const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
      const registered = before.registered || how === 'at Epic'
      const storm = await begun(world, clinician, { ...before, registered })
      await moved(storm, beginning)
      for (const move of all) {
        await moved(storm, move)
        await holds(storm)
      }
      const { filing } = await calmed(storm)

      expect(filing).toMatchObject({ state: 'filed', documentReference: expect.any(String) })
      const last = filing.state === 'filed' ? filing.documentReference : ''
      const mark = notesOf(world, storm.patient).find((d) => `DocumentReference/${d.id}` === last)?.identifier?.[0]
        ?.value
      const alike = notesOf(world, storm.patient).filter((d) => d.identifier?.some(({ value }) => value === mark))
      expect(alike.length).toBeLessThanOrEqual(1 + storm.again)
    })
    // The seed is fixed: what fails here fails again, and fast-check prints it with the way to get there.
    await fc.assert(storms, { numRuns, seed: 7 })
    await world.close()
  },
)
