// Whatever a receiver fails and whenever the app dies: every event is delivered, those of a visit in their order, and none under two ids.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OrganisationId } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import type { Outgoing, Sent } from '../../server/domain/webhook/outbox.ts'
import { openWebhooks } from '../../server/house/webhooks.ts'
import type { TrailLine, TrailReader } from '../../server/outside/record/trail-reader.ts'
import type { Row, Shelf, ShelfOf, Store } from '../../server/outside/store/store.ts'
import type { Organisation } from '../../server/settings/config.ts'
import { sharedStore } from '../support/shared-store.ts'
import { askingTwice } from '../support/twice.ts'

type Story = {
  /** The visit of each event, in the order in which they happen, and how often it is refused first. */
  readonly events: readonly { readonly visit: number; readonly refused: number }[]
  /** After how many steps of its own the app dies, each time. */
  readonly deaths: readonly number[]
  /** How many events have happened before it starts each time. */
  readonly portions: readonly number[]
}

const story: fc.Arbitrary<Story> = fc.record({
  events: fc.array(fc.record({ visit: fc.nat(3), refused: fc.nat(4) }), { minLength: 1, maxLength: 24 }),
  deaths: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
  portions: fc.array(fc.nat(12), { maxLength: 4 }),
})

const lineOf = (seq: number, visit: number): TrailLine => ({
  ...{ seq, at: '2026-03-02T15:00:00.000Z', hash: seq.toString(16).padStart(8, '0').padEnd(64, '0') },
  ...{ event: 'knock', outcome: 'success', organisation: 'riverside', visit: `visit-${visit}` },
})

/** A life of the app: after so many steps nothing that it began comes to an end any more. */
function life(steps: number) {
  let left = steps
  let die: () => void = () => undefined
  const died = new Promise<void>((done) => {
    die = done
  })
  const spend = async () => {
    left--
    if (left >= 0) return
    die()
    await new Promise(() => undefined)
  }
  /** It may die before a step and after it: then the step was done, and nobody knows. */
  const mortal =
    <A extends readonly unknown[], T>(act: (...of: A) => Promise<T>) =>
    async (...of: A): Promise<T> => {
      await spend()
      const done = await act(...of)
      await spend()
      return done
    }
  return { died, mortal }
}

const mortalStore = (store: Store, mortal: ReturnType<typeof life>['mortal']): Pick<Store, 'shelf'> => ({
  shelf<R extends Row>(of: ShelfOf<R>): Shelf<R> {
    const { get, add, remove, find, change, sweep } = store.shelf(of)
    return {
      ...{ get: mortal(get), add: mortal(add), remove: mortal(remove), find: mortal(find) },
      ...{ change: mortal(change), sweep: mortal(sweep) },
    }
  },
})

const organisation = {
  ...{ id: 'riverside' as OrganisationId, webhook: { url: 'https://x.example', appointment: false, secrets: [] } },
} as unknown as Organisation // sound: nothing else of it is looked at

async function played({ events, deaths, portions }: Story) {
  const store = askingTwice(sharedStore())
  const lines: TrailLine[] = []
  const clock = { ms: Date.parse('2026-03-02T15:00:00.000Z') }
  const trail: TrailReader = {
    end: async () => ({ book: 'b', offset: lines.length }),
    after: async ({ offset }) => ({ lines: lines.slice(offset), place: { book: 'b', offset: lines.length } }),
  }
  const refusals = new Map<string, number>()
  const took: Outgoing[] = []
  const deliver = async (_webhook: unknown, event: Outgoing): Promise<Sent> => {
    const number = Number.parseInt(event.id.slice(4, 12), 16)
    const before = refusals.get(event.id) ?? 0
    refusals.set(event.id, before + 1)
    if (before < (events[number - 1]?.refused ?? 0)) return { is: 'not-taken', why: 'refused', status: 500 }
    took.push(event)
    return { is: 'taken', status: 204 }
  }
  const happens = (count: number) => {
    for (let n = 0; n < count && lines.length < events.length; n++)
      lines.push(lineOf(lines.length + 1, events[lines.length]?.visit ?? 0))
  }
  const live = async (steps: number, portion: number) => {
    const { died, mortal } = life(steps)
    const webhooks = openWebhooks({
      ...{ config: { organisations: [organisation] }, visits: { get: async () => undefined } },
      ...{ store: mortalStore(store, mortal), trail, deliver: mortal(deliver), now: () => instant(clock.ms) },
      ...{ every: () => () => undefined, happened: async () => undefined, luck: () => 0.5 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    })
    const whole = async () => {
      await webhooks.begin()
      happens(portion)
      await webhooks.round()
      for (let due = webhooks.nextDue(); due !== undefined; due = webhooks.nextDue()) {
        clock.ms = Math.max(clock.ms, Date.parse(due))
        await webhooks.round()
        await webhooks.idle()
      }
    }
    await Promise.race([whole(), died])
  }
  // Before the first event: from then on it is told.
  await live(Number.POSITIVE_INFINITY, 0)
  for (const [i, steps] of deaths.entries()) await live(steps, portions[i] ?? 0)
  await live(Number.POSITIVE_INFINITY, events.length)
  return { lines, took }
}

test('every event is delivered, in the order of its visit, under one id, whatever fails and whenever the app dies', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const { lines, took } = await played(told)
      const first = took.filter((event, i) => took.findIndex(({ id }) => id === event.id) === i)

      expect(lines).toHaveLength(told.events.length)
      for (const visit of new Set(lines.map((line) => line.visit))) {
        const happened = lines.filter((line) => line.visit === visit).map(({ hash }) => `msg_${hash.slice(0, 40)}`)
        const heard = first.filter(({ body }) => body.includes(`"${visit}"`)).map(({ id }) => id)
        expect(heard).toEqual(happened)
      }
      // The same id means the same event, to the byte.
      for (const event of took) expect(event.body).toBe(first.find(({ id }) => id === event.id)?.body)
    }),
    { numRuns: 60 },
  )
})
