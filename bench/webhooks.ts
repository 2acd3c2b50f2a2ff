// Ten thousand events of five hundred visits, told to a webhook that fails one in three, on the house's own clock: the real trail, the real store,
// real HTTP. Counts what was delivered, what came out of the order of its visit, and what came under two ids.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWebhookReceiver, type WebhookReceiver } from '../sandbox/webhook/receiver.ts'
import type { Instant, OrganisationId } from '../server/domain/ids.ts'
import { instantsOf } from '../server/domain/instant.ts'
import { openTrail } from '../server/house/trail.ts'
import { webhookIdOf, webhookTypeOf } from '../server/house/webhook-events.ts'
import { openWebhooks, type Webhooks } from '../server/house/webhooks.ts'
import { openRecord } from '../server/outside/record/record.ts'
import { openTrailReader, type TrailPlace, type TrailReader } from '../server/outside/record/trail-reader.ts'
import { openStore } from '../server/outside/store/lowdb.ts'
import { deliver } from '../server/outside/webhook/deliver.ts'
import type { Organisation } from '../server/settings/config.ts'
import type { Webhook } from '../server/settings/webhook.ts'
import { type Bench, rounded, say } from './figures.ts'

const [visits, each] = [500, 20]
const told = ['knock', 'admit', 'call-joined', 'call-left'] as const

type Clock = { skewMs: number }
const msOf = (clock: Clock) => Date.now() + clock.skewMs

export const webhooksToOneInThree: Bench = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'housecall-webhooks-'))
  const secret = randomBytes(32)
  const clock = { skewMs: 0 }
  const at = { directory, now: instantsOf(() => msOf(clock)) }
  const secrets = [`whsec_${secret.toString('base64')}`]
  const receiver = await startWebhookReceiver({ secrets, now: () => msOf(clock) })
  const clinic = await openTold(at, { url: receiver.url, appointment: false, loopback: true, secrets: [secret] })
  try {
    receiver.faults.on('hook-one-in-three')
    await allHappen(clinic)
    const began = performance.now()
    const replayed = await toTheEnd(clinic.webhooks, clock)
    const seconds = (performance.now() - began) / 1_000
    return [
      {
        ...{
          bench: 'webhooks',
          unit: 'events',
          n: visits * each,
          ...verdictOf(receiver, await wantedIn(clinic.trail)),
        },
        ...{
          attempts: receiver.asked(),
          replayed,
          hours: rounded(clock.skewMs / 3_600_000),
          seconds: rounded(seconds),
        },
      },
    ]
  } finally {
    await clinic.close()
    await receiver.close()
    await rm(directory, { recursive: true, force: true })
  }
}

type At = { readonly directory: string; readonly now: () => Instant }

async function openTold({ directory, now }: At, webhook: Webhook) {
  const auditDirectory = join(directory, 'audit')
  const store = await openStore({ directory: join(directory, 'rows'), ring: [{ kid: 'k', key: randomBytes(32) }] })
  const record = await openRecord({ level: 'silent', auditDirectory, now })
  const organisation = { id: 'riverside' as OrganisationId, webhook } as unknown as Organisation // sound: nothing else of it is looked at
  const happened = openTrail(record.audit)
  const trail = openTrailReader(auditDirectory)
  const webhooks = openWebhooks({
    ...{ config: { organisations: [organisation] }, store, visits: { get: async () => undefined } },
    ...{ trail, now, every: () => () => undefined, happened, log: record.log, deliver },
  })
  await webhooks.begin()
  const close = async () => {
    await store.close()
    await record.close()
  }
  return { organisation, happened, trail, webhooks, close }
}

async function allHappen({ happened, organisation }: Awaited<ReturnType<typeof openTold>>): Promise<void> {
  for (let n = 0; n < each; n++) {
    const event = told[n % told.length] ?? 'knock'
    const ids = Array.from({ length: visits }, (_, v) => `visit-${v}`)
    await Promise.all(ids.map((id) => happened({ organisation, visit: { id } }, event)))
  }
  say(`${visits * each} events have happened`)
}

/** The clock goes from one event that is due to the next. What was given up is sent once more, as an administrator would; answers how much that was. */
async function toTheEnd(webhooks: Webhooks, clock: Clock): Promise<number> {
  await webhooks.round()
  await webhooks.idle()
  for (let due = webhooks.nextDue(); due !== undefined; due = webhooks.nextDue()) {
    clock.skewMs += Math.max(0, Date.parse(due) - msOf(clock)) + 1
    await webhooks.round()
    await webhooks.idle()
  }
  const givenUp = (await webhooks.standing()).reduce((sum, one) => sum + one.givenUp, 0)
  if (givenUp === 0) return 0
  await webhooks.again('riverside')
  return givenUp + (await toTheEnd(webhooks, clock))
}

/** The ids of all that is to be told, by visit, in the order of the trail. */
async function wantedIn(trail: TrailReader) {
  const wanted = new Map<string, string[]>()
  for (let place: TrailPlace = { book: '', offset: 0 }; ; ) {
    const { lines, place: next } = await trail.after(place)
    if (lines.length === 0) return wanted
    for (const line of lines)
      if (webhookTypeOf(line) !== undefined)
        wanted.set(line.visit ?? '', [...(wanted.get(line.visit ?? '') ?? []), webhookIdOf(line)])
    place = next
  }
}

function verdictOf({ received, wrong }: WebhookReceiver, wanted: ReadonlyMap<string, readonly string[]>) {
  const came = new Map<string, Set<string>>()
  for (const { id, data } of received) came.set(data.visit ?? '', (came.get(data.visit ?? '') ?? new Set()).add(id))
  const delivered = [...came.values()].reduce((sum, ids) => sum + ids.size, 0)
  const outOfOrder = [...wanted].filter(
    ([visit, ids]) => JSON.stringify([...(came.get(visit) ?? [])]) !== JSON.stringify(ids),
  )
  const known = new Set([...wanted.values()].flat())
  return {
    delivered,
    visitsOutOfOrder: outOfOrder.length,
    /** Under an id that the trail does not give: another one of the same event. */
    underAnotherId: received.filter(({ id }) => !known.has(id)).length,
    twice: received.length - delivered,
    refusedAsWrong: wrong.length,
  }
}
