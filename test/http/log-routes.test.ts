// Every line of the log says by which route a request went, read from Express itself; and every refusal goes out by one door.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refusals } from '../../server/domain/errors.ts'
import { createApp } from '../../server/http/app.ts'
import { eventually } from '../support/eventually.ts'
import { loggedLines } from '../support/log-lines.ts'
import { ask, type Method } from '../support/people.ts'
import { routesOf } from '../support/routes.ts'
import { inCall, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const Line = z.looseObject({ event: z.string(), route: z.string().optional(), method: z.string().optional() })
const linesFrom = (start: number) => loggedLines(world, Line, start)

/** The lines of one request, once it is over. */
async function linesOf(method: Method, path: string, headers: Record<string, string> = {}) {
  const start = world.log().length
  const answer = await ask(world.url, path, { method, headers: { Origin: world.url, ...headers } })
  const over = () => expect(linesFrom(start).map(({ event }) => event)).toContain('request')
  await eventually(over)
  return { answer, lines: linesFrom(start) }
}

describe('the log', () => {
  test('names the route of every request that a route takes, in the line of the refusal too', async () => {
    const all = routesOf(createApp(world.house, { client: 'test/support/pages' }))

    expect(all.length).toBeGreaterThan(45)
    for (const [method, path] of all) {
      const { lines } = await linesOf(method, path.replaceAll(/:[a-z]+/g, 'x'))
      expect(lines.map(({ route }) => [method, route])).toEqual(lines.map(() => [method, path]))
    }
  })

  test('names none where no route took the request, and `/` for the first page alone', async () => {
    const nowhere = await linesOf('get', '/nothing-here')
    const first = await linesOf('get', '/')

    expect(nowhere.answer.status).toBe(404)
    expect(nowhere.lines.map(({ route }) => route)).toEqual([undefined, undefined])
    expect(first.lines.map(({ route }) => route)).toEqual(['/'])
  })
})

describe('what is refused', () => {
  test('is told as a page where a person’s browser goes, and as an OperationOutcome to everybody else', async () => {
    const html = { Accept: 'text/html' }

    const seen = await linesOf('get', '/smart/callback?state=x', html)
    const read = await linesOf('get', '/smart/callback?state=x')
    const asked = await linesOf('get', '/v/x/api/me', html)

    expect([seen.answer.status, seen.answer.headers['cache-control']]).toEqual([400, 'no-store'])
    expect(seen.answer.text).toContain('data-refusal="launch-unknown"')
    expect([read.answer.code, asked.answer.code]).toEqual(['launch-unknown', 'session-ended'])
    const about = { event: 'refusal', route: '/smart/callback', code: 'launch-unknown' }
    expect([seen.lines[0], read.lines[0]]).toMatchObject([about, about])
  })

  test('is in the audit trail where the table of refusals says so, with the visit that was asked for', async () => {
    const [theirs, others] = [await opened(world), await inCall(world)]
    const audited = async () => (await world.audit()).filter(({ event }) => event === 'access-refused')
    const before = (await audited()).length

    await theirs.patient.post(`${theirs.visit}/room-tokens`)
    await theirs.patient.get(others.visit)
    await theirs.patient.get('/api/visits/what-somebody-wrote')
    await theirs.patient.get('/api/capability')
    await theirs.clinician.post(`${theirs.visit}/end`)

    const id = (visit: string) => visit.split('/').at(-1)
    const lines = (await audited()).slice(before)
    expect(lines.map(({ code, visit }) => [code, visit])).toEqual([
      ['not-admitted', id(theirs.visit)],
      ['not-your-visit', id(others.visit)],
      ['not-your-visit', undefined],
      ['clinician-only', undefined],
    ])
    expect(refusals['visit-not-started'].audited).toBe(false)
  })
})
