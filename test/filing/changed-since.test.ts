// What somebody did to the note in the chart since we put it there is not written over, and what went elsewhere is not followed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { attempt, filedAlone, having, newPatient, notesOf, withEncounter, wordsIn } from '../support/chart.ts'
import { refuses } from '../support/refusals.ts'
import { amended, bodyOf, draft, markInError, amendedSoap as other, sign, writtenAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

describe('what somebody did to the note in the chart', () => {
  const config = having({ policies: { drafts: true } })
  let epics: World
  beforeAll(async () => {
    epics = await openWorld({ personality: epic, config })
  })
  afterAll(() => epics.close())
  const written = async () => {
    const about = await withEncounter(epics)
    return { ...about, ...(await writtenAlone(epics, about)) }
  }
  const change = async (patient: string, of: (text: string) => object) => {
    const note = notesOf(epics, patient).at(-1)
    if (note === undefined) throw new Error('no note')
    await epics.ehr.put({ ...note, ...of(wordsIn(note)) })
  }
  const content = (text: string) => [
    { attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } },
  ]

  test('is not written over by the signed note of a draft', async () => {
    const { clinician, visit, patient } = await written()
    bodyOf(await draft(clinician, visit, 1))
    await change(patient, (text) => ({ content: content(`${text}\nPenicillin allergy!`) }))
    bodyOf(await sign(clinician, visit))

    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(wordsIn(notesOf(epics, patient).at(-1))).toContain('Penicillin allergy!')
  })

  test('is not written over by an amendment', async () => {
    const walked = await filedAlone(epics)
    await change(walked.patient, (text) => ({ content: content(`${text}\nAddendum of a colleague.`) }))
    await amended(walked, other)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(wordsIn(notesOf(epics, walked.patient).at(-1))).toContain('Addendum of a colleague.')
  })

  test('that went to another patient’s chart is neither amended nor marked there', async () => {
    const walked = await filedAlone(epics)
    const stranger = await newPatient(epics)
    await change(walked.patient, () => ({ subject: { reference: stranger } }))

    await refuses(epics, 'amend-refused', () => markInError(walked.clinician, walked.visit))
    await amended(walked, other)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(notesOf(epics, stranger).map(({ status }) => status)).toEqual(['current'])
  })
})
