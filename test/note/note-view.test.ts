// What a page is told of a note besides its text: which signed text the chart has meanwhile, and the draft that stands there.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import { attempt, filedAlone, having, withEncounter } from '../support/chart.ts'
import { amend, amended, amendedSoap, bodyOf, draft, markInError, sign, writtenAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

describe('a page', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality: epic, config: having({ policies: { drafts: true } }) })
  })
  afterAll(() => world.close())

  test('with a signed amendment that did not arrive reads which text the chart still has, until it has the new one', async () => {
    const walked = await filedAlone(world)
    const { clinician, visit } = walked
    const read = async () => bodyOf<NoteView>(await clinician.get(`${visit}/note`))
    const first = await read()
    await amended(walked, amendedSoap)
    const before = await read()
    world.ehr.faults.on('fhir-429-retry-after', { method: 'PUT', retryAfter: '60', times: 1 })

    const refused = await attempt(walked)
    const after = await read()
    const filed = await attempt(walked)

    const amends = first.sign.docStatus === 'final' && { signedAt: first.sign.signedAt, signedBy: first.sign.signedBy }
    expect([first.filing.state, refused.state, filed.state]).toEqual(['filed', 'not-filed', 'filed'])
    expect([first.amends, before.amends, after.amends, (await read()).amends]).toEqual([
      ...[undefined, amends, amends, undefined],
    ])
  })

  test('with a note written anew after a mistake reads of no draft that is long signed over', async () => {
    const about = await withEncounter(world)
    const { clinician, visit } = await writtenAlone(world, about)
    const drafted = bodyOf<NoteView>(await draft(clinician, visit, 1))
    bodyOf(await sign(clinician, visit, 1))
    const { state } = await attempt({ clinician, visit })
    bodyOf(await markInError(clinician, visit))

    const anew = bodyOf<NoteView>(await amend(clinician, visit))

    expect([drafted.draft?.filing.state, state]).toEqual(['filed', 'filed'])
    expect(anew.sign.docStatus).toBe('preliminary')
    expect(anew).not.toHaveProperty('draft')
    expect(anew).not.toHaveProperty('amends')
  })

  test('reads of a draft in the chart while the signed text that never arrived is opened again', async () => {
    const about = await withEncounter(world)
    const { clinician, visit } = await writtenAlone(world, about)
    bodyOf(await draft(clinician, visit, 1))
    bodyOf(await sign(clinician, visit, 1))

    const again = bodyOf<NoteView>(await amend(clinician, visit))

    expect(again.draft).toMatchObject({ version: 1, filing: { state: 'filed' } })
  })
})
