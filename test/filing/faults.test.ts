// Filing with what an EHR may do besides: take no note, answer with nothing, be gone; and what a restart in the middle leaves.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { attempt, chart, nothing, once, shown, writes } from '../support/chart.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import { refuses } from '../support/refusals.ts'
import { file, filingOf, match, signed, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('an EHR that answers with nothing but a Location has the note, by that Location’s id', async () => {
  world.ehr.faults.on('no-transaction')
  world.ehr.faults.on('created-empty-body')
  const walked = await signed(world)

  const filing = await attempt(walked)

  const [note] = world.ehr.all('DocumentReference')
  expect(filing).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${note?.id}` })
  expect(chart(world, walked.appointment)).toEqual(once)
})

test('an EHR that names another host in its Location is believed for the id alone', async () => {
  world.ehr.faults.on('no-transaction')
  world.ehr.faults.on('location-other-host', { url: 'http://127.0.0.1:9' })
  const walked = await signed(world)

  expect(await attempt(walked)).toMatchObject({ state: 'filed' })
  expect(chart(world, walked.appointment)).toEqual(once)
})

test('an EHR that takes no note says so, keeps the Encounter, and gets no second one at the next attempt', async () => {
  world.ehr.faults.on('no-transaction')
  world.ehr.faults.on('document-403', { times: 2 })
  const walked = await signed(world)

  const states = [await attempt(walked), await attempt(walked), await attempt(walked)]

  expect(states).toMatchObject([{ state: 'not-filed', why: 'ehr-policy' }, { state: 'not-filed' }, { state: 'filed' }])
  expect(chart(world, walked.appointment)).toEqual(once)
})

test('an EHR that takes no Encounter still gets the note, which then stands by itself', async () => {
  world.ehr.faults.on('encounter-create-refused')
  const walked = await signed(world)

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'filed' })
  expect(filing).not.toHaveProperty('encounter')
  expect(chart(world, walked.appointment)).toMatchObject({ all: 1, encounters: 0 })
})

test('an EHR that takes neither Encounter nor note is said not to, and nothing is written', async () => {
  world.ehr.faults.on('encounter-create-refused')
  world.ehr.faults.on('document-403')
  const walked = await signed(world)

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'not-filed', why: 'encounter-refused' })
  expect(chart(world, walked.appointment)).toEqual(nothing)
  expect((await world.audit()).at(-1)).toMatchObject({ event: 'note-filing', outcome: 'failed', code: 'not-filed' })
})

test('an EHR that is switched off was not reached, and the note waits for it', async () => {
  const walked = await signed(world)
  await world.ehr.close()

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'not-filed', why: 'ehr-unreachable' })
  expect(await shown(walked)).toEqual(filing)
})

test('an EHR that cannot look for a note by its mark is not sent it a second time', async () => {
  const own = await openWorld({
    personality: { ...generic, types: { ...generic.types, DocumentReference: ['read', 'create'] } },
  })
  const { clinician, visit } = await signed(own)
  own.ehr.faults.on('fhir-500', { method: 'POST', times: 1 })
  expect(await filingOf(file(clinician, visit))).toMatchObject({ state: 'unknown' })

  await refuses(own, 'filing-unknown', () => file(clinician, visit))

  expect(await filingOf(clinician.get(`${visit}/note`))).toMatchObject({ state: 'unknown' })
  await own.close()
})

test('while a note is on its way a second attempt is refused, and after a restart nobody claims to know', async () => {
  const walked = await signed(world)
  const { clinician, visit } = walked
  world.ehr.faults.on('fhir-timeout', { method: 'POST', times: 1 })
  const first = file(clinician, visit).catch(() => undefined)
  await eventually(() => expect(writes(world)).toEqual(['POST /']))

  await refuses(world, 'filing-under-way', () => file(clinician, visit))
  expect(await shown(walked)).toMatchObject({ state: 'pending' })
  await world.restart()
  // The lease would hold for most of a minute: but there is one process, and it is another now.
  const kept = await world.house.notes.get(visitIdOf(visit))
  const { process } = world.house.holder
  expect(kept).toMatchObject({ filing: { state: 'pending', lease: { process: expect.not.stringMatching(process) } } })

  expect(await shown(walked)).toMatchObject({ state: 'unknown' })
  expect([await attempt(walked), await attempt(walked)]).toMatchObject([{ state: 'not-filed' }, { state: 'filed' }])
  expect(chart(world, walked.appointment)).toEqual(once)
  void first
})

test('the Encounter of another Appointment is not used, though the EHR had it open', async () => {
  const { encounters, patients } = clinic
  const walked = await signed(world, { patient: patients.zoe.reference, encounter: encounters.zoe.id })

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'filed' })
  expect(filing).not.toMatchObject({ encounter: encounters.zoe.reference })
  expect(world.ehr.resource('Encounter', encounters.zoe.id)?.status).toBe('planned')
})

test('a filed note stays as it is: it is neither saved nor signed again', async () => {
  const walked = await signed(world)
  const filed = await attempt(walked)

  await refuses(world, 'note-signed', () => walked.clinician.put(`${walked.visit}/note`, empty, match(1)))

  expect(await shown(walked)).toEqual(filed)
})

const empty = { subjective: '', objective: '', assessment: '', plan: '' }

test('an Encounter that was made without an answer is found again, and the note goes to it', async () => {
  world.ehr.faults.on('no-transaction')
  world.ehr.faults.on('ignore-if-none-exist')
  world.ehr.faults.on('cut-after-write', { type: 'Encounter', times: 1 })
  const walked = await signed(world)

  const states = [await attempt(walked), await attempt(walked), await attempt(walked)]

  expect(states.map(({ state }) => state)).toEqual(['unknown', 'not-filed', 'filed'])
  expect(chart(world, walked.appointment)).toEqual(once)
})

test('an Encounter that someone changed at the same moment does not keep the note out of the chart', async () => {
  const { encounters, patients } = clinic
  const walked = await signed(world, { patient: patients.zoe.reference })
  const planned = world.ehr.resource('Encounter', encounters.zoe.id)
  if (planned === undefined) throw new Error('no Encounter')
  const ours = { ...planned, appointment: [{ reference: `Appointment/${walked.appointment}` }] }
  await world.ehr.put(ours)
  const answer = holdingBack(world, { type: 'Bundle' })

  const sending = attempt(walked)
  await eventually(() => expect(writes(world)).toEqual(['POST /']))
  await world.ehr.put({ ...ours, priority: { text: 'changed by somebody' } })
  answer()

  expect(await sending).toMatchObject({ state: 'filed', encounter: encounters.zoe.reference })
  expect(world.ehr.resource('Encounter', encounters.zoe.id)?.priority?.text).toBe('changed by somebody')
  expect(chart(world, walked.appointment)).toEqual(once)
})
