// Who is not let in now learns why on their own page: asked for patience they keep their place, sent away they do not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notNowSentences, refusedSentences, saidWhy } from '../../client/door/turned-away-words.ts'
import { notNowReasons, refusalReasons, wordsLength } from '../../server/domain/visit/turned-away.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { admit, admitted, bodyOf, knock, placeOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const own = 'I look for an interpreter for you: ten minutes.'

describe('who is asked for patience', () => {
  test('keeps their place, and reads at once when they were asked, and why', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    const before = await placeOf(patient, visit)
    const theirs = await watch(world, patient, `${visit}/events`)
    const { revision } = bodyOf<ClinicianView>(await clinician.get(visit))
    const why = { reason: 'with-another' }

    const answer = await clinician.post(`${visit}/not-now`, { doorId, why })

    expect(bodyOf<ClinicianView>(answer).door).toMatchObject([{ doorId, state: 'waiting', notNow: { why } }])
    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect(await placeOf(patient, visit)).toMatchObject({ ...before, notNow: { why, at: expect.any(String) } })
    theirs.stop()
  })

  test('reads the last reason, also after knocking again, and none once they were in the room', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    bodyOf(await clinician.post(`${visit}/not-now`, { doorId, why: { reason: 'something-first' } }))
    bodyOf(await clinician.post(`${visit}/not-now`, { doorId, why: { words: own } }))
    bodyOf(await knock(patient, visit))
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door', notNow: { why: { words: own } } })

    bodyOf(await admit(clinician, visit, doorId))
    bodyOf(await clinician.post(`${visit}/returns`, { doorId }))

    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
    expect(await placeOf(patient, visit)).not.toHaveProperty('notNow')
  })

  test('must wait: who is in the room, was sent away or was made up is not at the door', async () => {
    const { clinician, visit, doorId } = await admitted(world)
    const ask = (id: string) => clinician.post(`${visit}/not-now`, { doorId: id, why: { reason: 'a-little-longer' } })

    await refuses(world, 'not-at-door', () => ask(doorId))
    bodyOf(await clinician.post(`${visit}/refusals`, { doorId }))
    for (const id of [doorId, 'made-up']) await refuses(world, 'not-at-door', () => ask(id))
  })

  test('is asked by a clinician alone', async () => {
    const { patient, visit, doorId } = await waiting(world)

    const why = { reason: 'a-little-longer' }
    await refuses(world, 'clinician-only', () => patient.post(`${visit}/not-now`, { doorId, why }))
  })
})

describe('who is sent away', () => {
  test.each([[{ reason: 'not-by-video' }], [{ words: own }]])(
    'reads why, and so does their clinician: %o',
    async (why) => {
      const { clinician, patient, visit, doorId } = await waiting(world)

      const answer = await clinician.post(`${visit}/refusals`, { doorId, why })

      expect(bodyOf<ClinicianView>(answer).door).toMatchObject([{ state: 'declined', why }])
      expect(await placeOf(patient, visit)).toEqual({ at: 'declined', why })
      bodyOf(await knock(patient, visit))
      expect(bodyOf<ClinicianView>(await clinician.get(visit)).door[0]).not.toHaveProperty('why')
    },
  )

  test('from the room reads why too', async () => {
    const { clinician, patient, visit, doorId } = await admitted(world)

    bodyOf(await clinician.post(`${visit}/refusals`, { doorId, why: { reason: 'we-telephone' } }))

    expect(await placeOf(patient, visit)).toEqual({ at: 'declined', why: { reason: 'we-telephone' } })
  })
})

test('a reason is one of the list, or one line of some length: nothing else is taken', async () => {
  const { clinician, visit, doorId } = await waiting(world)
  const odd = [
    ...[{ words: '' }, { words: '  ' }, { words: 'x'.repeat(wordsLength + 1) }, { words: 'two\nlines' }],
    ...[{ words: 'a\u0000' }, { reason: 'made-up' }, {}, 'with-another', { reason: 'cannot-now', words: own }],
  ]
  for (const why of odd) {
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/not-now`, { doorId, why }))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/refusals`, { doorId, why }))
  }
  await refuses(world, 'bad-request', () => clinician.post(`${visit}/not-now`, { doorId }))
  // The one list's words are not the other's.
  const others = { doorId, why: { reason: 'cannot-now' } }
  await refuses(world, 'bad-request', () => clinician.post(`${visit}/not-now`, others))
})

test('the trail has the reason, and the words of nobody; neither does the log', async () => {
  const { clinician, visit, doorId } = await waiting(world)
  bodyOf(await clinician.post(`${visit}/not-now`, { doorId, why: { words: own } }))
  bodyOf(await clinician.post(`${visit}/refusals`, { doorId, why: { reason: 'another-visit' } }))

  const lines = (await world.audit()).filter((line) => line.doorId === doorId)
  expect(lines.map(({ event, code }) => [event, code])).toEqual([
    ['not-now', 'own-words'],
    ['refuse', 'another-visit'],
  ])
  expect(JSON.stringify(await world.audit())).not.toContain('interpreter')
  expect(world.log()).not.toContain('interpreter')
})

test('each reason has a sentence of its own, and what somebody wrote is told as theirs', () => {
  expect([Object.keys(notNowSentences), Object.keys(refusedSentences)]).toEqual([
    [...notNowReasons],
    [...refusalReasons],
  ])
  const all = [...notNowReasons, ...refusalReasons].map((reason) => saidWhy({ reason }))

  expect(new Set(all).size).toBe(all.length)
  expect(saidWhy({ words: own })).toBe(`Your clinician wrote: “${own}”`)
})
