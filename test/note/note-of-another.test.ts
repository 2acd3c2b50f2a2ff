// A note that was written of whoever came, and was not the patient: it stays with its visit, and by no way that a page has goes to the patient's chart.

import fc from 'fast-check'
import type { Composition } from 'fhir/r4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClinicianView, NoteView } from '../../server/wire/wire.ts'
import { having, newPatient, notesOf, writesSince } from '../support/chart.ts'
import type { Answer } from '../support/people.ts'
import '../support/seed.ts'
import { amendedSoap, bodyOf, draft, inCall, rowIn, save, say, sign, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ config: having({ policies: { drafts: true } }) })
})
afterAll(() => world.close())

type Of = Awaited<ReturnType<typeof ofAnother>>

/** Whoever came was another, as was said in the call; the visit has ended, what happened is said, the note is signed. */
async function ofAnother(is: 'another-came' | 'did-not-come' | 'technical-failure' = 'another-came') {
  const patient = await newPatient(world)
  const both = await inCall(world, { patient, patientUser: patient as `Patient/${string}` })
  const { clinician, visit, doorId } = both
  bodyOf(await save(clinician, visit))
  const [at] = bodyOf<ClinicianView>(await clinician.get(visit)).door
  bodyOf(await clinician.post(`${visit}/identities`, { doorId, admittedAt: at?.admittedAt, is: 'denied' }))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await say(clinician, visit, is))
  bodyOf(await sign(clinician, visit))
  return { ...both, patient }
}

const versionOf = async ({ clinician, visit }: Of) => bodyOf<NoteView>(await clinician.get(`${visit}/note`)).version
const filing = (of: Of, body: object) => of.clinician.post(`${of.visit}/note/filing`, body)

/** Every way that a page has to a note, and to what is said of its visit, but the word that it was confirmed who it was. */
const ways: Readonly<Record<string, (of: Of) => Promise<Answer>>> = {
  file: (of) => filing(of, {}),
  'look for it': (of) => filing(of, { onlyLook: true }),
  'send it again': (of) => filing(of, { sendAgain: true }),
  'file it unread': (of) => filing(of, { anyway: 'unread' }),
  'file it in spite of another patient': (of) => filing(of, { anyway: 'another-patient' }),
  'save it as a draft': async (of) => draft(of.clinician, of.visit, await versionOf(of)),
  'send the draft again': async (of) => draft(of.clinician, of.visit, await versionOf(of), { sendAgain: true }),
  'open it again': (of) => of.clinician.post(`${of.visit}/note/amendment`),
  'give that up': (of) => of.clinician.post(`${of.visit}/note/amendment`, { drop: true }),
  'write in it': async (of) => save(of.clinician, of.visit, await versionOf(of), amendedSoap),
  'sign it': async (of) => sign(of.clinician, of.visit, await versionOf(of)),
  'mark it as an error': (of) => of.clinician.post(`${of.visit}/note/mistake`),
  'take it along': (of) => of.clinician.get(`${of.visit}/note/export?as=fhir`),
  'open the visit anew': (of) => of.clinician.post('/api/visits', { appointment: of.appointment }),
  'say that they came': (of) => say(of.clinician, of.visit, 'came', { instead: 'another-came' }),
  'say that they spoke': (of) => say(of.clinician, of.visit, 'telephone', { instead: 'another-came' }),
  'say that they did not come': (of) => say(of.clinician, of.visit, 'did-not-come', { instead: 'another-came' }),
  'say that another came': (of) => say(of.clinician, of.visit, 'another-came', { instead: 'did-not-come' }),
  'say that it failed': (of) => say(of.clinician, of.visit, 'technical-failure', { instead: 'another-came' }),
}

async function staysHere(of: Of): Promise<void> {
  const encounters = world.ehr.all('Encounter').filter(({ subject }) => subject?.reference === of.patient)
  expect([notesOf(world, of.patient), encounters]).toEqual([[], []])
  expect(world.ehr.resource('Appointment', of.appointment)?.status).not.toBe('fulfilled')
  const row = await world.house.notes.get(visitIdOf(of.visit))
  expect(row?.soap.subjective).not.toBe('')
}

describe('a note of whoever came and was not the patient', () => {
  test.each(Object.entries(ways))('stays here: %s', async (_way, go) => {
    const of = await ofAnother()

    const { status } = await go(of)

    expect(status).toBeLessThan(500)
    await staysHere(of)
  })

  test('stays here whatever is pressed after what, also over a restart', async () => {
    const some = fc.array(fc.constantFrom(...Object.keys(ways)), { minLength: 8, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.constantFrom('another-came', 'did-not-come', 'technical-failure'),
        async (pressed, is) => {
          const of = await ofAnother(is)
          for (const way of pressed) expect((await ways[way]?.(of))?.status).toBeLessThan(500)
          await world.restart()
          expect((await filing(of, {})).status).toBeGreaterThanOrEqual(400)
          await staysHere(of)
        },
      ),
      { numRuns: 6 },
    )
  }, 60_000)

  test('asks the EHR for nothing but that the patient was not there', async () => {
    const of = await ofAnother()
    const since = writesSince(world)

    for (const body of [{}, { sendAgain: true }, { onlyLook: true }]) await filing(of, body)

    expect(since()).toEqual([])
  })

  test.each(['text', 'fhir'] as const)('is nobody’s file when it is taken along: %s', async (as) => {
    const of = await ofAnother()

    const { text } = await of.clinician.get(`${of.visit}/note/export?as=${as}`)

    expect(text).toMatch(/About: Whoever came, who was not the patient for whom the visit was booked/)
    expect(text).toMatch(/Booked for: Somebody New/)
    expect(text).not.toMatch(/Patient: /)
    if (as === 'text') return
    const { entry = [] } = JSON.parse(text) as { entry?: readonly { resource: { resourceType: string } }[] }
    const document = entry[0]?.resource as Composition // sound: a document's first
    expect([document.subject, document.encounter]).toEqual([undefined, undefined])
    expect(entry.map(({ resource }) => resource.resourceType)).not.toContain('Patient')
    expect(text).not.toContain(of.patient)
  })

  test('is called what it is on the clinician’s day, and is the patient’s once it is confirmed who it was', async () => {
    const of = await ofAnother()
    const rowOf = async () => (await rowIn(of.clinician, of.appointment))?.visit
    const before = await rowOf()

    bodyOf(await of.clinician.post(`${of.visit}/identities/outside`))
    const filed = bodyOf<NoteView>(await filing(of, {}))

    expect(before).toMatchObject({ note: 'final', ofAnother: true, outcome: 'another-came' })
    expect([filed.filing.state, (await rowOf())?.ofAnother]).toEqual(['filed', undefined])
    const { text } = await of.clinician.get(`${of.visit}/note/export?as=fhir`)
    expect(text).toContain(of.patient)
  })
})
