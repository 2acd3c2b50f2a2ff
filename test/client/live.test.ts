// Where a page is, when it looks again, and what it makes of a reply that is no success.
import { describe, expect, it } from 'vitest'
import { passing, problemIn } from '../../client/base/api.ts'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { coalesced, newer, pollDelay, troubled } from '../../client/base/live.ts'
import { learn } from '../../client/base/remedies.ts'
import { routeOf } from '../../client/base/route.ts'
import { outcome } from '../../server/domain/errors.ts'

learn({ ...problemRemedies, ...chartRemedies })

it('an address says which launch and which visit', () => {
  expect(routeOf('/v/abc')).toEqual({ at: 'home', launch: 'abc' })
  expect(routeOf('/v/abc/visits/v1')).toEqual({ at: 'visit', launch: 'abc', visit: 'v1' })
  expect(['/', '/v/', '/v/abc/visits/', '/x/abc'].map((p) => routeOf(p).at)).toEqual(Array(4).fill('nowhere'))
})

describe('looking again', () => {
  it('is quick at first, then every 15 seconds, and rare beside a stream', () => {
    expect([0, 1, 2, 3, 4, 50].map((tries) => pollDelay(tries, 'visible'))).toEqual([
      1_000, 5_000, 10_000, 15_000, 15_000, 15_000,
    ])
    expect(pollDelay(0, 'hidden')).toBe(15_000)
    expect(pollDelay(0, 'streaming')).toBe(60_000)
    expect([0, 50].map((tries) => pollDelay(tries, 'held-back'))).toEqual([2_000, 2_000])
  })

  it('never shows an older view after a newer one, and keeps the last view through trouble', () => {
    const shown = newer({ at: 'looking' }, { revision: 5 }, (v) => v.revision)
    const late = newer(shown, { revision: 4 }, (v) => v.revision)

    expect(late).toEqual({ at: 'shown', value: { revision: 5 } })
    expect(troubled(shown, { code: 'offline' })).toMatchObject({
      at: 'shown',
      value: { revision: 5 },
      trouble: { code: 'offline' },
    })
    expect(troubled({ at: 'looking' }, { code: 'offline' })).toEqual({ at: 'refused', problem: { code: 'offline' } })
  })

  it('asked for many times while one look runs, looks once more', async () => {
    let looks = 0
    let resolve = () => {}
    const promise = new Promise<void>((done) => {
      resolve = done
    })
    const look = coalesced(async () => {
      looks += 1
      await (looks === 1 ? promise : undefined)
    })

    for (let n = 0; n < 5; n++) look()
    resolve()
    await new Promise((done) => setTimeout(done, 0))

    expect(looks).toBe(2)
  })
})

const reply = (status: number, headers = {}) => ({ status, headers: new Headers(headers) })

describe('a reply that is no success', () => {
  it('says its code, and when it would be granted', () => {
    const refused = outcome({ code: 'too-early', detail: { opensAt: '2026-03-02T15:00:00.000Z' } })

    expect(problemIn(refused, reply(409))).toEqual({ code: 'too-early', opensAt: '2026-03-02T15:00:00.000Z' })
    expect(problemIn(outcome('fault'), reply(500))).toEqual({ code: 'fault' })
  })

  it('that is a fault of ours tells its number, for support', () => {
    const numbered = reply(500, { 'X-Request-Id': '4f2a91bc-07de' })

    expect(problemIn(outcome('fault'), numbered)).toEqual({ code: 'fault', requestId: '4f2a91bc-07de' })
    expect(problemIn(outcome({ code: 'too-many' }), numbered)).toEqual({ code: 'too-many' })
  })

  it('that is of an EHR that is busy tells how long it asked for, where it did', () => {
    const told = ['90', '0', null].map((seconds) =>
      problemIn(outcome({ code: 'ehr-busy' }), reply(502, seconds === null ? {} : { 'Retry-After': seconds })),
    )

    expect(told).toEqual([{ code: 'ehr-busy', seconds: 90 }, { code: 'ehr-busy' }, { code: 'ehr-busy' }])
    expect(told.every(passing)).toBe(true)
  })

  it('that is not ours is a fault, or our system’s silence when a gateway made it', () => {
    expect([undefined, null, 'x', {}, { issue: [] }].map((body) => problemIn(body, reply(500)).code)).toEqual(
      Array(5).fill('fault'),
    )
    expect([problemIn(undefined, reply(503)).code, problemIn('<html>', reply(502)).code]).toEqual([
      'unavailable',
      'unavailable',
    ])
  })
})
