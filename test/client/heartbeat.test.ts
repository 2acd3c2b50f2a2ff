// How a page in the call tells our server of itself, and what it makes of answers, silence and sleep.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { heartbeat, type Told } from '../../client/call/heartbeat.ts'
import { since } from '../support/in-call.ts'

const minute = 60_000

describe('a page in the call', () => {
  const view = { newest: true, now: since, others: [] }
  const asked: { body: unknown; keepalive: boolean }[] = []
  const heard: { cutMs: number }[] = []
  const slept: number[] = []
  let lost = 0
  let reply: () => Response
  const told: Told = {
    what: () => ({ at: 'in', sees: ['Ana'], hurry: false }),
    heard: ({ cutMs }) => void heard.push({ cutMs }),
    lost: () => void lost++,
    slept: (ms) => void slept.push(ms),
  }
  const json = (status: number, body: object) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

  beforeEach(() => {
    vi.useFakeTimers()
    for (const list of [asked, heard, slept]) list.splice(0)
    lost = 0
    reply = () => json(200, { ...view, seat: 7 })
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      // What another file's page still asks in this worker is not this page's.
      if (path !== '/presence') return json(404, {})
      asked.push({ body: JSON.parse(String(init.body)) as unknown, keepalive: init.keepalive === true })
      return reply()
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('tells of itself at once and every five seconds, by the seat it was given', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(10_000)

    expect(asked.map(({ body }) => body)).toEqual([
      { at: 'in', sees: ['Ana'] },
      { at: 'in', sees: ['Ana'], seat: 7 },
      { at: 'in', sees: ['Ana'], seat: 7 },
    ])
    beats.stop()
  })

  test('says goodbye by that seat, also while it is closed; who never had one says nothing', async () => {
    reply = () => json(503, {})
    const early = heartbeat('/presence', told)
    early.leave()
    early.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)

    reply = () => json(200, { ...view, seat: 7 })
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    beats.leave()

    expect(asked.at(-1)).toEqual({ body: { at: 'out', sees: [], seat: 7 }, keepalive: true })
    beats.stop()
  })

  test('says how long there was no answer', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    reply = () => json(503, {})
    await vi.advanceTimersByTimeAsync(70_000)
    reply = () => json(200, { ...view, seat: 7 })
    await vi.advanceTimersByTimeAsync(5_000)

    expect(lost).toBe(14)
    expect(heard).toEqual([{ cutMs: 0 }, { cutMs: 70_000 }])
    expect(slept).toEqual([])
    beats.stop()
  })

  test('says how long its device slept', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(5_000)

    vi.setSystemTime(Date.now() + 10 * minute)
    await vi.advanceTimersByTimeAsync(5_000)

    expect(slept).toEqual([10 * minute])
    expect(heard.at(-1)).toEqual({ cutMs: 0 })
    beats.stop()
  })

  test('asked while it waits for an answer, it asks once more: the answer on its way may be older than the question', async () => {
    const beats = heartbeat('/presence', told)
    const views = [beats.beat(), beats.beat()]
    await vi.advanceTimersByTimeAsync(0)

    expect(await Promise.all(views)).toEqual([
      { ...view, seat: 7 },
      { ...view, seat: 7 },
    ])
    expect(asked).toHaveLength(2)
    beats.stop()
  })

  test('a refusal is no weak line', async () => {
    reply = () =>
      json(409, { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code: 'visit-finished' }] } }] })
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(20_000)

    expect([lost, heard.length]).toEqual([0, 0])
    beats.stop()
  })

  test('once stopped it says nothing more', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    beats.stop()
    await vi.advanceTimersByTimeAsync(60_000)

    expect(asked).toHaveLength(1)
  })
})
