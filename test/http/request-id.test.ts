// Every line of the log and of the audit trail says for which request it was written, by a number of ours, and from where that came, by a
// name that is another one each day and of which nobody makes the address again.
import { createHash, createHmac } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openAddressHash } from '../../server/outside/record/trace.ts'
import { eventually } from '../support/eventually.ts'
import { loggedLines } from '../support/log-lines.ts'
import { ask } from '../support/people.ts'
import { admitted, opened, save } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const Line = z.looseObject({
  event: z.string(),
  visit: z.string().optional(),
  requestId: z.string().optional(),
  addressHash: z.string().optional(),
})
type Line = z.infer<typeof Line>
const logged = (start = 0) => loggedLines(world, Line, start)
const audited = async () => z.array(Line).parse(await world.audit())
const number = /^[0-9a-f]{8}-[0-9a-f]{4}$/

/** What was logged for one request, once it is over. */
async function oneRequest(path: string, headers: Record<string, string> = {}) {
  const start = world.log().length
  const answer = await ask(world.url, path, { headers })
  await eventually(() => expect(logged(start).map(({ event }) => event)).toContain('request'))
  return { answer, number: answer.headers['x-request-id'], lines: logged(start) }
}

describe('a request', () => {
  test('has a number of ours in a header of the reply and in each of its lines, whatever it brings', async () => {
    const stranger = {
      'X-Request-Id': '0a0a0a0a-0a0a',
      'Request-Id': 'x',
      traceparent: `00-${'a'.repeat(32)}-b7ad6b71-01`,
    }
    const asked = [
      await oneRequest('/healthz', stranger),
      await oneRequest('/nothing-here', stranger),
      await oneRequest('/v/x/api/me', stranger),
      await oneRequest('/launch.html', stranger),
    ]

    const numbers = asked.map(({ number }) => number)
    expect(numbers).toEqual(numbers.map(() => expect.stringMatching(number)))
    expect(new Set([...numbers, '0a0a0a0a-0a0a']).size).toBe(5)
    for (const { lines, number } of asked)
      expect(lines.map(({ requestId }) => requestId)).toEqual(lines.map(() => number))
  })

  test('that ends in the audit trail is found there by the same number, at whatever step it was written', async () => {
    const { clinician, visit } = await opened(world)
    const { headers } = await save(clinician, visit)
    const refused = await (await opened(world)).patient.get(visit)

    const lines = await audited()
    const [saved, away] = [headers, refused.headers].map((h) => lines.filter((l) => l.requestId === h['x-request-id']))
    expect(saved?.map(({ event }) => event)).toEqual(['note-saved'])
    expect(away?.map(({ event }) => event)).toEqual(['access-refused'])
  })

  test('leaves no line of a whole visit without a number and a name for where it came from', async () => {
    await admitted(world)

    const lines = [...(await audited()), ...logged().filter(({ event }) => event !== 'audit-head')]
    expect(lines.length).toBeGreaterThan(20)
    const found = (line: Line) => number.test(line.requestId ?? '') && /^[0-9a-f]{16}$/.test(line.addressHash ?? '')
    expect(lines.filter((line) => !found(line))).toEqual([])
  })

  test('whose reply is a fault tells the person its number: in the page, and in a header beside the OperationOutcome', async () => {
    const { clinician, visit } = await opened(world)
    await save(clinician, visit)
    await world.restart()
    const notes = join(world.directory, 'rows', 'notes')
    for (const entry of await readdir(notes, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && entry.name.endsWith('.json'))
        await writeFile(join(entry.parentPath, entry.name), '{"text":"spoilt"}')
    const { get } = world.house.signInsUnderWay
    world.house.signInsUnderWay.get = () => Promise.reject(new Error('the disc'))

    const answer = await clinician.get(`${visit}/note`)
    const page = await oneRequest('/smart/callback?state=x', { Accept: 'text/html', 'X-Request-Id': '"><script>' })
    world.house.signInsUnderWay.get = get

    expect([answer.status, answer.headers['x-request-id']]).toEqual([500, expect.stringMatching(number)])
    expect(answer.text).not.toContain(answer.headers['x-request-id'])
    expect(page.answer.text).toContain(`data-refusal="fault" data-request-id="${page.number}"`)
    const fault = logged().find(({ event, requestId }) => event === 'fault' && requestId === page.number)
    expect(fault).toBeDefined()
  })
})

describe('an address', () => {
  const from = async (address: string) =>
    (await oneRequest('/healthz', { 'X-Forwarded-For': address })).lines[0]?.addressHash

  test('has one name all day, another one tomorrow, and another one than its neighbour', async () => {
    const [morning, again, other] = [await from('203.0.113.7'), await from('203.0.113.7'), await from('203.0.113.8')]
    world.later(24 * 60)
    const tomorrow = await from('203.0.113.7')
    world.later(-24 * 60)

    expect(again).toBe(morning)
    expect(new Set([morning, other, tomorrow]).size).toBe(3)
    expect(await from('203.0.113.7')).toBe(morning)
  })

  test('is the same person’s in all of an IPv6 network of theirs, and as IPv4 in whatever way it is written', async () => {
    const [one, two] = [await from('2001:db8:1:2::9'), await from('2001:db8:1:2:ffff::1')]

    expect(one).toBe(two)
    expect(await from('2001:db8:1:3::9')).not.toBe(one)
    expect(await from('::ffff:203.0.113.7')).toBe(await from('203.0.113.7'))
  })

  test('stands nowhere itself: neither in the log nor in the trail', async () => {
    const { clinician, visit } = await opened(world)
    await clinician.get(visit, { 'X-Forwarded-For': '203.0.113.99' })

    await eventually(async () => expect(world.log()).toContain((await from('203.0.113.99')) ?? 'nothing'))
    expect(`${world.log()}${JSON.stringify(await world.audit())}`).not.toMatch(/203\.0\.113|127\.0\.0\.1|::1/)
  })

  test('is not found again by whoever tries all addresses without the key', () => {
    const at = '2026-03-02T09:30:00.000Z'
    const ours = openAddressHash(new Uint8Array(32).fill(9))('203.0.113.7', at)

    const plain = ['sha256', 'sha512', 'sha1', 'md5'].flatMap((kind) =>
      ['203.0.113.7', `203.0.113.7${at.slice(0, 10)}`, `${at.slice(0, 10)}203.0.113.7`].flatMap((text) => [
        createHash(kind).update(text).digest('hex'),
        createHmac(kind, at.slice(0, 10)).update(text).digest('hex'),
      ]),
    )
    expect(plain.filter((hash) => hash.startsWith(ours))).toEqual([])
    expect(openAddressHash(new Uint8Array(32).fill(8))('203.0.113.7', at)).not.toBe(ours)
  })
})
