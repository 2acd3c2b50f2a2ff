// What an EHR may answer to a note, one by one: busy, gone, against it, or saying that it took it in a way of its own.
// Whatever it says, the chart has the note once, and the ledger says what is known.

import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fetchRemedies } from '../../client/base/remedies.ts'
import { whySentence } from '../../client/note/sentences.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { notFiled } from '../../server/domain/note/ledger.ts'
import { about, attempt, having, newPatient, registered, writes } from '../support/chart.ts'
import { book, filingOf, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ personality: { ...generic, system: [] } })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

/** A visit of somebody new with an Encounter of its own, signed and ready to be filed. */
async function ready(at: World = world) {
  const patient = await newPatient(at)
  const appointment = await book(at, { patient })
  await registered(at, patient, { ...about(appointment), status: 'finished' })
  return { patient, ...(await signedAlone(at, { patient, appointment })) }
}
const notesOf = (patient: string, at: World = world) =>
  at.ehr.all('DocumentReference').filter((d) => d.subject?.reference === patient)
/** What was sent since, and how long was waited between. */
function watched(at: World = world) {
  const [from, waited] = [writes(at).length, at.waits.length]
  return {
    sends: () =>
      writes(at)
        .slice(from)
        .filter((w) => w === 'POST /DocumentReference').length,
    waits: () => at.waits.slice(waited),
  }
}
const busy = 'fhir-429-retry-after'

describe('an EHR that is busy', () => {
  test.each([
    ['after the seconds it asks for', '3', 2, [3000, 3000]],
    ['after a second, where it would have it at once', '0', 1, [1000]],
    ['after a little, and then a little more, where it does not say', false, 3, [1000, 2000, 4000]],
    ['after a little, where what it says cannot be read', 'soon', 1, [1000]],
  ] as const)('gets the note again %s', async (_when, retryAfter, times, waits) => {
    const walked = await ready()
    world.ehr.faults.on(busy, { type: 'DocumentReference', method: 'POST', retryAfter, times })
    const seen = watched()

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    expect([seen.waits(), seen.sends()]).toEqual([waits, times + 1])
    expect(notesOf(walked.patient).length).toBe(1)
  })

  test('and names a time of day gets it again then', async () => {
    const walked = await ready()
    const retryAfter = new Date(world.now() + 8000).toUTCString()
    world.ehr.faults.on(busy, { type: 'DocumentReference', method: 'POST', retryAfter, times: 1 })
    const seen = watched()

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    const [waited = 0, ...more] = seen.waits()
    expect([waited > 2000, waited <= 8000, more]).toEqual([true, true, []])
  })

  test.each([
    ['for longer than anyone is kept waiting', '30', 1, [], 30],
    ['again and again, for longer than that together', '6', 2, [6000], 6],
  ] as const)('%s gets nothing again by itself, and the ledger says when to come back', async (...of) => {
    const [, retryAfter, sends, waits, seconds] = of
    const walked = await ready()
    world.ehr.faults.on(busy, { type: 'DocumentReference', method: 'POST', retryAfter })
    const seen = watched()
    const now = world.now()

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'not-filed', why: 'ehr-busy' })
    const retryAt = filing.state === 'not-filed' ? Date.parse(filing.retryAt ?? '') : 0
    expect([retryAt - now >= seconds * 1000, retryAt - now < seconds * 1000 + 60_000]).toEqual([true, true])
    expect([seen.waits(), seen.sends(), notesOf(walked.patient)]).toEqual([waits, sends, []])
    world.ehr.faults.clear()
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
  })

  test('for ever, and never says until when, is asked four times and no more', async () => {
    const walked = await ready()
    world.ehr.faults.on(busy, { type: 'DocumentReference', method: 'POST', retryAfter: false })
    const seen = watched()

    const filing = await attempt(walked)

    expect(filing).toEqual({ state: 'not-filed', why: 'ehr-busy', at: expect.any(String) })
    expect([seen.waits(), seen.sends()]).toEqual([[1000, 2000, 4000], 4])
  })
})

test('an EHR whose door is shut is knocked at four times; nothing was sent, and the note waits', async () => {
  const can = { findEncounterByAppointment: false, findEncounterByIdentifier: false, findEncounterByPatient: false }
  const own = await openWorld({ config: having({ issuer: { can: { ...can, createEncounters: false } } }) })
  const walked = await signedAlone(own)
  await own.ehr.close()

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'not-filed', why: 'ehr-unreachable' })
  expect(own.waits).toEqual([1000, 2000, 4000])
  expect(await filingOf(walked.clinician.get(`${walked.visit}/note`))).toEqual(filing)
  await own.close()
})

describe('an EHR that is against it', () => {
  let strict: World
  beforeAll(async () => {
    strict = await openWorld({ personality: epic })
  })
  afterEach(() => strict.ehr.faults.clear())
  afterAll(() => strict.close())

  test.each([
    ['break-the-glass', '4130', 'ehr-policy'],
    ['break-the-glass', '4131', 'ehr-policy'],
    ['break-the-glass', '4134', 'ehr-policy'],
    ['note-daily-limit', '4135', 'ehr-limit'],
    ['note-duplicate', '59141', 'ehr-refused'],
  ] as const)(
    'by %s with the number %s is not asked again, and the number is kept beside the reason %s',
    async (fault, code, reason) => {
      const walked = await ready(strict)
      strict.ehr.faults.on(fault, { code })
      const seen = watched(strict)

      const filing = await attempt(walked)

      expect(filing).toEqual({ state: 'not-filed', why: reason, code, at: expect.any(String) })
      expect([seen.sends(), seen.waits(), notesOf(walked.patient, strict)]).toEqual([1, [], []])
      expect(strict.log() + JSON.stringify(await strict.audit())).not.toMatch(/glass|restricted|tomorrow|duplicate/i)
      strict.ehr.faults.clear()
      expect(await attempt(walked)).toMatchObject({ state: 'filed' })
      expect(notesOf(walked.patient, strict).length).toBe(1)
    },
  )

  test('because it has the note already, has it: a proxy sent it twice', async () => {
    const walked = await ready(strict)
    strict.ehr.faults.on('duplicate-after-write', { times: 1 })

    const filing = await attempt(walked)

    const [note, another] = notesOf(walked.patient, strict)
    expect([filing, another]).toMatchObject([{ documentReference: `DocumentReference/${note?.id}` }, undefined])
  })

  test('as a duplicate, and cannot be asked which, leaves it unknown until it can', async () => {
    const walked = await ready(strict)
    strict.ehr.faults.on('duplicate-after-write', { times: 1 })
    strict.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET', times: 1 })

    expect([await attempt(walked), await attempt(walked)]).toMatchObject([{ state: 'unknown' }, { state: 'filed' }])
    expect(notesOf(walked.patient, strict).length).toBe(1)
  })
})

describe('an EHR that refused the Encounter', () => {
  test.each([
    ['calls the note a duplicate of itself has it', 'duplicate-after-write', { state: 'filed' }, 1],
    ['breaks no glass for the note says so', 'break-the-glass', { why: 'ehr-policy', code: '4130' }, 0],
    ['takes no more today says so', 'note-daily-limit', { why: 'ehr-limit', code: '4135' }, 0],
    [
      'refuses the note without a word is said to have refused the Encounter',
      'document-403',
      { why: 'encounter-refused' },
      0,
    ],
  ] as const)('and %s', async (_what, fault, filing, notes) => {
    const patient = await newPatient(world)
    const walked = await signedAlone(world, { patient })
    world.ehr.faults.on('encounter-create-refused')
    world.ehr.faults.on(fault)

    expect(await attempt(walked)).toMatchObject(filing)
    expect(notesOf(patient).length).toBe(notes)
  })
})

const troubles = readFileSync('docs/troubleshooting.md', 'utf8')

beforeAll(fetchRemedies)

test.each(notFiled)('a person and an administrator are told in words why a note is not filed: %s', (reason) => {
  expect(whySentence(reason)).toMatch(/^[A-Z].+\.$/)
  expect(whySentence(reason)).not.toBe(whySentence('a word nobody knows'))
  expect(troubles).toMatch(new RegExp(`^\\| \`${reason}\` +\\| [^|]+ \\| [^|]+ \\|$`, 'm'))
})
