// When a queue's changes are told: many as one, and the last of them with the first.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import { openQueues } from '../../server/house/queues.ts'
import { openLive } from '../../server/outside/live.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-02T15:00:00Z') }))
afterEach(() => void vi.useRealTimers())

// Sound, these casts: a queue reads no more of a visit than stands here.
const waiting = (id: string, knockedAt: string) =>
  ({
    ...{ id, organisation: 'riverside', practitioners: ['Practitioner/chen'], status: 'arrived', face: { name: id } },
    call: { door: [{ doorId: id, who: `Patient/${id}`, state: 'waiting', knockedAt }] },
  }) as unknown as Visit

function queuesOver(rows: Visit[]) {
  const live = openLive()
  const told: string[] = []
  const stir = (topic: string) => void told.push(topic)
  const memory = {
    openPages: { here: () => true, lastHere: () => undefined, whoIsHere: () => [] },
    callPages: { inCall: () => [] },
    lateWords: { of: () => undefined },
  } as unknown as Parameters<typeof openQueues>[0]['memory']
  const visits = { find: async () => rows } as unknown as Parameters<typeof openQueues>[0]['visits']
  const now = () => new Date().toISOString() as Visit['start']
  return { queues: openQueues({ visits, memory, live: { ...live, stir }, clock: Date.now, now }), told }
}

test('who comes after somebody asked for the queue, and before a first change is told, is told of both', async () => {
  const [ada, ben] = [waiting('ada', '2026-03-02T15:00:00.000Z'), waiting('ben', '2026-03-02T15:00:01.000Z')]
  const rows = [ada]
  const { queues, told } = queuesOver(rows)
  queues.changed(ada)
  await vi.advanceTimersByTimeAsync(900)
  // Known from now on for a second.
  await queues.standing(ada, '2026-03-02T15:00:00.000Z' as Visit['start'])

  rows.push(ben)
  queues.changed(ben)
  await vi.advanceTimersByTimeAsync(250)

  // The first at once, and what came within the second after it as one.
  const queue = 'queue:riverside Practitioner/chen'
  expect(told).toEqual([queue, 'visit:ada', queue, 'visit:ada', 'visit:ben'])
})

test('a clinician is answered with who waits now, whatever was known a moment ago', async () => {
  const rows = [waiting('ada', '2026-03-02T15:00:00.000Z')]
  const { queues } = queuesOver(rows)
  const read = () => queues.waitingFor(rows[0]?.organisation ?? waiting('', '').organisation, ['Practitioner/chen'])
  expect((await read()).waiting).toMatchObject([{ visit: 'ada' }])

  rows.push(waiting('ben', '2026-03-02T14:59:00.000Z'))

  expect((await read()).waiting).toMatchObject([{ visit: 'ben' }, { visit: 'ada' }])
})
