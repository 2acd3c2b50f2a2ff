// An EHR that is busy (429) at any of its doors: nobody is told that it failed or refused, everybody is told when it asks to come back, and
// what it only helps with is done without.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { FaultName } from '../../sandbox/ehr/main.ts'
import { attempt } from '../support/chart.ts'
import { type Answer, ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { signed } from '../support/visits.ts'
import { arrive, atEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

/** A browser that goes as far as it gets, in an app that has just started and knows nothing of the EHR. */
async function signingIn(headers: Record<string, string> = {}): Promise<Answer> {
  const search = await launchSearch(world.ehr, chen)
  const answer = await ask(world.url, `/smart/launch${search}`, { headers })
  if (answer.status >= 400) return answer
  const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, chen))
  return comeBack(world.url, await atEhr(location), cookie, headers)
}

const doors = ['discovery-429', 'keys-429', 'token-429', 'fhir-429-retry-after'] as const satisfies readonly FaultName[]

describe.each(doors)('a sign-in at an EHR that is busy, %s,', (fault) => {
  test.each([
    ['7', '7'],
    ['0', '0'],
    ['999999999', '86400'],
    ['soon', undefined],
    ['-5', undefined],
    [false, undefined],
  ] as const)('is told so, and to come back when it says: %s', async (retryAfter, told) => {
    await world.restart()
    world.ehr.faults.on(fault, { retryAfter })

    const answer = await refuses(world, 'ehr-busy', signingIn)

    expect(answer.headers['retry-after']).toBe(told)
    world.ehr.faults.clear()
    expect((await signingIn()).status).toBe(303)
  })

  test('is told so on the page, in words and with its time, where that is a date', async () => {
    await world.restart()
    world.ehr.faults.on(fault, { retryAfter: new Date(world.now() + 100_000).toUTCString() })

    const { status, text } = await signingIn({ Accept: 'text/html' })

    const seconds = Number(/data-refusal="ehr-busy" data-retry-after="(\d+)"/.exec(text)?.[1])
    expect(status).toBe(502)
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThanOrEqual(100)
  })
})

test.each(['metadata-429', 'style-429'] as const)('what only helps is done without: %s', async (fault) => {
  await world.restart()
  world.ehr.faults.on(fault)

  const person = personOf(world.url, await arrive(world.url, world.ehr, chen))

  expect((await person.get('/api/appointments')).status).toBe(200)
  expect((await person.get('/api/capability')).status).toBe(200)
})

test('a page that asks such an EHR is told when to ask again', async () => {
  const person = await world.signIn(chen)
  world.ehr.faults.on('fhir-429-retry-after', { retryAfter: '30' })

  const { headers } = await refuses(world, 'ehr-busy', () => person.get('/api/appointments'))

  expect(headers['retry-after']).toBe('30')
})

test.each([
  ['its tokens are to be renewed', 'token-429'],
  ['its chart is looked at', 'fhir-429-retry-after'],
] as const)('a note meets a busy EHR when %s: it is not filed, and is told when it may be', async (_when, fault) => {
  const walked = await signed(world)
  if (fault === 'token-429') world.later(11)
  world.ehr.faults.on(fault, { retryAfter: '90' })

  const filing = await attempt(walked)

  expect(filing).toMatchObject({ state: 'not-filed', why: 'ehr-busy', retryAt: expect.any(String) })
  world.ehr.faults.clear()
  expect(await attempt(walked)).toMatchObject({ state: 'filed' })
})
