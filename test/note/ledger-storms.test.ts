// The ledger in storms, through the app and over HTTP: whatever the EHR does and the person does, the chart has each version once,
// no word is lost, nothing is called filed that is not there; and when the weather clears, a few attempts bring the note in.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { having, notesOf } from '../support/chart.ts'
import { openWorld } from '../support/world.ts'
import { begun, calmed, first, holds, moved, moves } from './ledger-storm.ts'

const oneByOne = { ...generic, system: [] }
const types = { ...generic.types, DocumentReference: ['read', 'create', 'update'] as const }
/** Cannot be searched for notes, and forgets none it is given twice. */
const blind = { ...oneByOne, conditionalCreate: false, types }

test.each([
  ['in one transaction', generic, 10],
  ['one by one', oneByOne, 10],
  ['at Epic', epic, 10],
  ['at Oracle Health', oracle, 8],
  ['where nobody can look', blind, 8],
] as const)(
  'a note that is sent %s comes through every storm',
  { timeout: 120_000 },
  async (_how, personality, numRuns) => {
    const world = await openWorld({ personality, config: having({ policies: { drafts: true } }) })
    const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })

    const storms = fc.asyncProperty(first, moves, async (beginning, all) => {
      const storm = await begun(world, clinician)
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
