// A note never goes under a record that the EHR says was replaced: not one that is made, not one that is amended, and whenever it was replaced.
import type { DocumentReference, Resource } from '@medplum/fhirtypes'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { about, attempt, filedAlone, notesOf, registered, shown, withEncounter, writesSince } from '../support/chart.ts'
import { merge, recordOf, replacedBy } from '../support/merged.ts'
import {
  amended,
  book,
  filingOf,
  markInError,
  amendedSoap as other,
  signed,
  signedAlone,
  visitIdOf,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const whole = (note: DocumentReference): DocumentReference => note
let made = whole

let world: World
beforeAll(async () => {
  const receive = (resource: Resource) => (resource.resourceType === 'DocumentReference' ? made(resource) : resource)
  world = await openWorld({ personality: { ...generic, fhir: { receive } } })
})
afterEach(() => {
  made = whole
  world.ehr.faults.clear()
})
afterAll(() => world.close())

/** Ended and signed, and only then merged. */
async function mergedAfter(into?: string) {
  const [old, now] = [await recordOf(world), await recordOf(world)]
  const walked = await signed(world, { patient: old })
  await merge(world, old, into ?? now)
  return { ...walked, old, now }
}
const encountersOf = (patient: string) => world.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)
const idOf = (reference: string) => reference.split('/')[1] ?? ''

describe('a note of a visit whose patient was merged before it was filed', () => {
  test('goes under the record that counts, and the Encounter with it', async () => {
    const walked = await mergedAfter()

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    const { old, now } = walked
    expect([notesOf(world, old), encountersOf(old)]).toEqual([[], []])
    expect([notesOf(world, now).length, encountersOf(now).length]).toEqual([1, 1])
    const changes = (await world.audit()).filter((a) => a.event === 'appointment-changed')
    expect(changes.at(-1)).toMatchObject({ code: 'patient-merged', visit: visitIdOf(walked.visit) })
  })

  test('waits here where nobody can say which record counts, and goes there once that can be read', async () => {
    const walked = await mergedAfter()
    world.ehr.faults.on('fhir-403', { type: 'Patient', id: idOf(walked.now) })
    const since = writesSince(world)

    const why = await attempt(walked)

    expect(why).toMatchObject({ state: 'not-filed', why: 'patient-replaced' })
    expect([await shown(walked), since()]).toEqual([why, []])
    world.ehr.faults.clear()
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([notesOf(world, walked.old).length, notesOf(world, walked.now).length]).toEqual([0, 1])
  })

  test.each(['Patient/nobody-has-this', 'https://other.example/fhir/Patient/1', 'RelatedPerson/x', 'itself'])(
    'into %s is not sent',
    async (into) => {
      const walked = await mergedAfter(into)
      if (into === 'itself') await merge(world, walked.old, walked.old)
      const since = writesSince(world)

      expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'patient-replaced' })

      expect(since()).toEqual([])
    },
  )

  test('is not sent where two records took its place', async () => {
    const walked = await mergedAfter()
    await merge(world, walked.old, walked.now, await recordOf(world))

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'patient-replaced' })
  })

  test('stands under the Encounter that the EHR has of the visit, though that names the old record still', async () => {
    const [old, now] = [await recordOf(world), await recordOf(world)]
    const appointment = await book(world, { patient: old })
    const encounter = await registered(world, old, about(appointment))
    const walked = await signedAlone(world, { patient: old, appointment })
    await merge(world, old, now)

    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter}` })

    expect([notesOf(world, now).length, encountersOf(now).length]).toEqual([1, 0])
  })
})

test.each(['fhir-403', 'fhir-500', 'fhir-410', 'fhir-404-page'] as const)(
  'a record that cannot be read (%s) says nothing of a merger, and the note is filed as ever',
  async (fault) => {
    const old = await recordOf(world)
    const walked = await signed(world, { patient: old })
    world.ehr.faults.on(fault, { type: 'Patient' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    expect(notesOf(world, old)).toHaveLength(1)
  },
)

test('a record that is not active, or sees another, keeps its notes', async () => {
  const [old, now] = [await recordOf(world), await recordOf(world)]
  const walked = await signed(world, { patient: old })
  const link = [{ other: { reference: now }, type: 'seealso' }]
  await world.ehr.put({ resourceType: 'Patient', id: idOf(old), active: false, link: link as never }) // sound: as FHIR has it

  expect(await attempt(walked)).toMatchObject({ state: 'filed' })

  expect(notesOf(world, old)).toHaveLength(1)
})

describe('a note whose answer never came, of a patient who was merged since', () => {
  /** The EHR moves its documents along, or leaves them where they were; it has our mark of them, or drops it. */
  const ways = [true, false].flatMap((moves) => [true, false].map((marks) => ({ moves, marks })))
  test.each(ways)('is found wherever it is (moved: $moves, marked: $marks), and goes in once', async (way) => {
    if (!way.marks) made = ({ identifier: _dropped, ...note }) => note
    const [old, now] = [await recordOf(world), await recordOf(world)]
    const walked = await signed(world, { patient: old })
    world.ehr.faults.on('cut-after-write', { method: 'POST', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    await merge(world, old, now)
    const [note] = notesOf(world, old)
    if (way.moves) await world.ehr.put({ ...note, subject: { reference: now } } as never) // sound: the same note
    const since = writesSince(world)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${note?.id}` })
    expect(since().filter((w) => w.startsWith('POST'))).toEqual([])
    expect(notesOf(world, old).length + notesOf(world, now).length).toBe(1)
  })

  test('and did not arrive, is sent to the record that counts', async () => {
    const [old, now] = [await recordOf(world), await recordOf(world)]
    const walked = await signed(world, { patient: old })
    world.ehr.faults.on('cut-before-write', { method: 'POST', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    await merge(world, old, now)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    expect([notesOf(world, old).length, notesOf(world, now).length]).toEqual([0, 1])
  })
})

test.each([true, false])('a mistake is marked under either record (moved along: %s)', async (moves) => {
  const { patient, first, ...walked } = await filedAlone(world)
  const now = await recordOf(world)
  await merge(world, patient, now)
  const [note] = notesOf(world, patient)
  if (moves) await world.ehr.put({ ...note, subject: { reference: now } } as never) // sound: the same note

  expect(await filingOf(markInError(walked.clinician, walked.visit))).toMatchObject({ state: 'entered-in-error' })

  const marked = world.ehr.all('DocumentReference').find((d) => `DocumentReference/${d.id}` === first)
  expect([marked?.status, marked?.subject?.reference]).toEqual(['entered-in-error', moves ? now : patient])
})

/** Whatever kind of EHR it is, and whenever the merger happened. */
describe.each([
  ['generic', generic],
  ['medplum', medplum],
  ['epic', epic],
  ['oracle', oracle],
])('at %s', (_name, personality) => {
  let its: World
  beforeAll(async () => {
    its = await openWorld({ personality })
  })
  afterAll(() => its.close())

  test.each(['before it was opened', 'while it went on', 'after the first note'])(
    'no text of ours stands under a record that was replaced %s',
    async (when) => {
      const now = await recordOf(its)
      const { patient: old, appointment, registered: encounter } = await withEncounter(its)
      // Encounters go along with the merger: Epic takes no note of one patient under another's.
      const merges = async () => {
        await merge(its, old, now)
        const found = its.ehr.all('Encounter').find(({ id }) => id === its.ehr.idOf(idOf(encounter)))
        await its.ehr.put({ ...found, subject: { reference: now } } as never) // sound: the same Encounter
      }
      if (when === 'before it was opened') await merges()
      const walked = await signedAlone(its, { patient: old, appointment })
      if (when === 'while it went on') await merges()
      expect(await attempt(walked)).toMatchObject({ state: 'filed' })
      if (when === 'after the first note') await merges()
      await amended(walked, other)

      expect(await attempt(walked)).toMatchObject({ state: 'filed' })

      const replaced = its.ehr.all('Patient').filter((p) => p.link?.some(({ type }) => type === 'replaced-by'))
      const wrong = its.ehr
        .all('DocumentReference')
        .filter((d) => d.status === 'current' && replaced.some(({ id }) => d.subject?.reference === `Patient/${id}`))
      expect([replaced.length > 0, wrong]).toEqual([true, []])
      expect(notesOf(its, now).filter((d) => d.status === 'current')).toHaveLength(1)
    },
  )
})

test('a merger of a merger is followed too', async () => {
  const walked = await mergedAfter()
  const last = await recordOf(world)
  await world.ehr.put({ resourceType: 'Patient', id: idOf(walked.now), link: replacedBy(last) })

  expect(await attempt(walked)).toMatchObject({ state: 'filed' })

  expect(notesOf(world, last)).toHaveLength(1)
})
