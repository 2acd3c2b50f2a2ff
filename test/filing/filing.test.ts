// Filing while the EHR is in trouble: what is said is what is known, nothing stands in the chart twice, and nothing is lost.
// Every case twice: for an EHR that takes transactions, and for one that takes one thing at a time.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attempt, chart, nothing, once, writes } from '../support/chart.ts'
import { file, signed } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe.each([
  ['in one transaction', true],
  ['one by one', false],
])('a note that is sent %s', (_how, together) => {
  beforeEach(() => {
    if (!together) world.ehr.faults.on('no-transaction')
  })

  test('is in the chart once, however often it is filed, and the Appointment is fulfilled', async () => {
    const walked = await signed(world)

    const filings = [await attempt(walked), await attempt(walked)]

    expect(filings[0]).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect(filings[1]).toEqual(filings[0])
    expect(chart(world, walked.appointment)).toEqual(once)
    const fulfilling = world.ehr.requests.filter(({ path }) => path === `/Appointment/${walked.appointment}`).at(-1)
    expect([fulfilling?.method, fulfilling?.headers['if-match']]).toEqual(['PUT', expect.stringMatching(/^W\//)])
  })

  test('and is cut off before anything was kept is unknown, then not there, and goes in at the third attempt', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('cut-before-write', { times: 1 })

    const states = [await attempt(walked), await attempt(walked), await attempt(walked)]

    expect(states).toMatchObject([{ state: 'unknown' }, { state: 'not-filed', why: 'not-arrived' }, { state: 'filed' }])
    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test.each(['cut-after-write', '500-after-write'] as const)(
    'and is kept, but not answered (%s), is found at the second attempt',
    async (fault) => {
      const walked = await signed(world)
      world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1 })

      const first = await attempt(walked)
      const before = writes(world)
      const second = await attempt(walked)

      expect([first.state, second.state]).toEqual(['unknown', 'filed'])
      expect(chart(world, walked.appointment)).toEqual(once)
      expect(writes(world).slice(before.length)).toEqual([`PUT /Appointment/${walked.appointment}`])
      expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('fulfilled')
    },
  )

  test('and meets an EHR that has too many requests waits as long as it is asked to, and goes in at the same attempt', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('fhir-429-retry-after', { method: 'POST', times: 2, retryAfter: '3' })

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(world.waits).toEqual([3000, 3000])
    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test.each(['fhir-500', 'fhir-503-retry-after'] as const)(
    'and is answered by %s is unknown, and is not sent again before it was looked for',
    async (fault) => {
      const walked = await signed(world)
      world.ehr.faults.on(fault, { method: 'POST', times: 1 })

      const states = [await attempt(walked), await attempt(walked), await attempt(walked)]

      expect(states.map(({ state }) => state)).toEqual(['unknown', 'not-filed', 'filed'])
      expect(chart(world, walked.appointment)).toEqual(once)
    },
  )

  test('and finds the sign-in at the EHR ended is not filed, and says why', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('fhir-401')

    const first = await attempt(walked)
    world.ehr.faults.off('fhir-401')
    const second = await attempt(walked)

    expect([first, second]).toMatchObject([{ state: 'not-filed', why: 'sign-in-ended' }, { state: 'filed' }])
    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test('and goes to an EHR that forgets If-None-Exist is there once all the same', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('ignore-if-none-exist')

    await Promise.all([attempt(walked).catch(() => undefined), attempt(walked).catch(() => undefined)])
    await attempt(walked)

    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test('when the Appointment was changed meanwhile is filed, and the Appointment is left', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('appointment-conflict')

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed', appointment: 'left' })
    expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('booked')
    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test('by two windows at the same moment goes in once', async () => {
    const { clinician, visit, appointment } = await signed(world)

    const answers = await Promise.all([1, 2, 3].map(() => file(clinician, visit)))

    expect(answers.some(({ status }) => status === 200)).toBe(true)
    expect(answers.every(({ status, code }) => status === 200 || code === 'filing-under-way')).toBe(true)
    expect(chart(world, appointment)).toEqual(once)
  })

  test('by someone who may not write notes is not filed, and the EHR is not asked to', async () => {
    world.ehr.faults.on('scope-read-only')
    const walked = await signed(world)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'not-filed', why: 'scope-missing' })
    expect(writes(world)).toEqual([])
    expect(chart(world, walked.appointment)).toEqual(nothing)
  })
})
