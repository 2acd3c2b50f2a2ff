// A 412 says that somebody changed it, or that the version was written otherwise than the EHR reads it: only the resource itself tells which.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import {
  about,
  attempt,
  filedAlone,
  having,
  newPatient,
  notesOf,
  registered,
  wordsIn,
  writesSince,
} from '../support/chart.ts'
import { amended, amendedSoap, book, markInError, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  const personality = { ...generic, system: [] }
  world = await openWorld({ personality, config: having({ issuer: { can: { replaceNotes: false } } }) })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

const packed = (type: string) => world.ehr.faults.on('etag-unlike-version', { type })
async function amending() {
  const walked = await filedAlone(world)
  await amended(walked, amendedSoap)
  return walked
}

describe('an ETag that is no version for If-Match', () => {
  test('does not keep a note from being amended: it is sent once more, by its version', async () => {
    const walked = await amending()
    packed('DocumentReference')
    const since = writesSince(world)

    expect(await attempt(walked)).toMatchObject({ state: 'filed', documentReference: walked.first })

    expect(notesOf(world, walked.patient).map(wordsIn)).toEqual([expect.stringContaining(amendedSoap.plan)])
    expect(since().filter((w) => w.includes('DocumentReference'))).toEqual([
      `PUT /${walked.first}`,
      `PUT /${walked.first}`,
    ])
    const [, last] = world.ehr.requests.filter((r) => r.method === 'PUT' && r.path === `/${walked.first}`).slice(-2)
    expect(last?.headers['if-match']).toBe('W/"1"')
  })

  test('does not keep a note from being marked as a mistake', async () => {
    const walked = await filedAlone(world)
    packed('DocumentReference')

    expect((await markInError(walked.clinician, walked.visit)).status).toBe(200)
    expect(notesOf(world, walked.patient).map(({ status }) => status)).toEqual(['entered-in-error'])
  })

  test.each(['Appointment', 'Encounter'] as const)('does not keep the %s from its end', async (type) => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const encounter = await registered(world, patient, about(appointment))
    const walked = await signedAlone(world, { patient, appointment })
    packed(type)

    expect(await attempt(walked)).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect(world.ehr.resource('Encounter', encounter)?.status).toBe('finished')
  })
})

describe('a note that somebody changed', () => {
  const changed = async (walked: Awaited<ReturnType<typeof amending>>) => {
    const [note] = notesOf(world, walked.patient)
    if (note) await world.ehr.put({ ...note, description: 'Seen by somebody else.' })
  }

  test('between our reading and our sending is not written over, and said to be changed', async () => {
    const walked = await amending()
    // The reading names version 1; by the time of the update it is at 2.
    let turn: (() => void) | undefined
    const until = new Promise<void>((done) => {
      turn = done
    })
    world.ehr.faults.on('fhir-slow', { type: 'DocumentReference', method: 'PUT', times: 1, until })
    const sending = attempt(walked)
    await expect
      .poll(() => world.ehr.requests.filter((r) => r.method === 'PUT' && r.path === `/${walked.first}`).length)
      .toBe(1)
    await changed(walked)
    turn?.()

    expect(await sending).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })

    const [note] = notesOf(world, walked.patient)
    expect(note?.description).toBe('Seen by somebody else.')
    expect(wordsIn(note)).not.toContain(amendedSoap.plan)
  })

  test('meanwhile is not written over either where its ETag is no version', async () => {
    const walked = await amending()
    packed('DocumentReference')
    let turn: (() => void) | undefined
    const until = new Promise<void>((done) => {
      turn = done
    })
    world.ehr.faults.on('fhir-slow', { type: 'DocumentReference', method: 'PUT', times: 1, until })
    const since = writesSince(world)
    const sending = attempt(walked)
    await expect.poll(() => since().length).toBe(1)
    await changed(walked)
    turn?.()

    expect(await sending).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(since()).toEqual([`PUT /${walked.first}`])
  })

  test('is called so where nothing tells its version, and is not sent again', async () => {
    const walked = await amending()
    world.ehr.faults.on('write-refused', { type: 'DocumentReference', status: 412 })
    const since = writesSince(world)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(since()).toEqual([`PUT /${walked.first}`])
  })
})
