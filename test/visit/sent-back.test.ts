// From the room back to the waiting room: nobody is in and out at once, and who comes in again is asked again who they are.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toldMeanwhile } from '../../client/door/turned-away.tsx'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { admit, admitted, bodyOf, inCall, knock, placeOf, tokenFor, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

describe('who is sent back to the waiting room', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('waits anew from now on, hears so, and gets no token until they are let in again', async () => {
    const { clinician, patient, visit, doorId } = await inCall(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    const { revision } = bodyOf<ClinicianView>(await clinician.get(visit))
    world.later(2)
    const before = world.now()

    const answer = await clinician.post(`${visit}/returns`, { doorId })

    const [person] = bodyOf<ClinicianView>(answer).door
    expect(person).toMatchObject({ doorId, state: 'waiting' })
    expect(Date.parse(person?.knockedAt ?? '')).toBeGreaterThanOrEqual(before)
    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door', ahead: 0 })
    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
    bodyOf(await admit(clinician, visit, doorId))
    expect((await tokenFor(patient, visit)).status).toBe(200)
    theirs.stop()
  })

  test('reads why where they were told, until they are let in again, and so does their clinician', async () => {
    const { clinician, patient, visit, doorId } = await admitted(world)
    const why = { reason: 'something-first' }

    const answer = await clinician.post(`${visit}/returns`, { doorId, why })

    expect(bodyOf<ClinicianView>(answer).door).toMatchObject([{ state: 'waiting', notNow: { why } }])
    const place = await placeOf(patient, visit)
    expect(place).toMatchObject({ at: 'door', notNow: { why } })
    if (place.at !== 'door') throw new Error('not at the door')
    expect(toldMeanwhile(place, { patient: { name: 'P' }, clinicians: [] }, 'UTC')).toEqual([
      expect.stringMatching(
        /^You were asked to wait again at .* Your clinician must see to something for your visit first\.$/,
      ),
    ])
    bodyOf(await clinician.post(`${visit}/not-now`, { doorId, why: { words: 'Ten minutes.' } }))
    const since = await placeOf(patient, visit)
    expect(since.at === 'door' && toldMeanwhile(since, { patient: { name: 'P' }, clinicians: [] }, 'UTC')).toEqual([
      expect.stringMatching(/^You were asked to wait again at [^.]*\.$/),
      expect.stringMatching(
        /^Your clinician asked you at .* to wait\. Your clinician wrote: “Ten minutes\.” You keep your place\.$/,
      ),
    ])
    const others = { doorId, why: { reason: 'cannot-now' } }
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/returns`, others))
  })

  test('stands in the audit trail, by handle and not by name', async () => {
    const { clinician, visit, doorId } = await admitted(world)
    bodyOf(await clinician.post(`${visit}/returns`, { doorId, why: { words: 'Somebody else first.' } }))

    const line = (await world.audit()).findLast(({ event }) => event === 'send-back')
    expect(line).toMatchObject({ outcome: 'success', doorId, role: 'clinician', code: 'own-words' })
    expect(JSON.stringify(await world.audit())).not.toContain('Somebody else')
  })

  test('keeps their place where they were waiting already', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    const before = (await clinician.get(visit)).headers.etag

    const answer = await clinician.post(`${visit}/returns`, { doorId })

    expect([answer.status, answer.headers.etag]).toEqual([200, before])
  })

  test('must be at the door: somebody who was sent away or made up is refused', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    bodyOf(await clinician.post(`${visit}/refusals`, { doorId }))

    for (const gone of [doorId, 'made-up'])
      await refuses(world, 'not-at-door', () => clinician.post(`${visit}/returns`, { doorId: gone }))
    expect((await knock(patient, visit)).status).toBe(200)
  })

  test('can be sent by a clinician alone, and only while the visit goes on', async () => {
    const { clinician, patient, visit, doorId } = await inCall(world)
    await refuses(world, 'clinician-only', () => patient.post(`${visit}/returns`, { doorId }))
    bodyOf(await clinician.post(`${visit}/end`))

    await refuses(world, 'visit-finished', () => clinician.post(`${visit}/returns`, { doorId }))
  })
})
