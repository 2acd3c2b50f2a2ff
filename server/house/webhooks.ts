// Tells each organisation's webhook what happens in its visits: what the trail says goes into an outbox of the visit, and out of it in order,
// again and again until it is taken or given up. Nothing is sent that is not kept first; one that says 410 is sent nothing more.
import { given } from '../domain/given.ts'
import type { Instant, OrganisationId, VisitId } from '../domain/ids.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { webhookEventTypes } from '../domain/webhook/event-types.ts'
import { dueAgain, newOutbox, type Outbox, standingOf, withEvent } from '../domain/webhook/outbox.ts'
import type { TrailLine, TrailReader } from '../outside/record/trail-reader.ts'
import type { Shelf, Store } from '../outside/store/store.ts'
import type { Config } from '../settings/config.ts'
import { openRounds, type Rounds } from './rounds.ts'
import { recallOff, switchOn, type WebhookClinic, webhookClinicsIn } from './webhook-clinics.ts'
import { webhookEventOf, webhookIdOf, webhookTypeOf } from './webhook-events.ts'
import { OutboxRow, OutsideToldRow } from './webhook-rows.ts'
import { openWebhookSending, type WebhookParts } from './webhook-sending.ts'
import { openTrailReading } from './webhook-trail.ts'

/** How it stands with one organisation's webhook. */
export type WebhookStanding = {
  readonly organisation: OrganisationId
  /** Of its address, which may have a secret in it, the origin alone. */
  readonly origin: string
  readonly waiting: number
  readonly givenUp: number
  readonly leftOut: number
  /** Of the oldest event that waits. */
  readonly since?: Instant
  readonly offSince?: Instant
  /** Attempts since the app started. */
  readonly taken: number
  readonly notTaken: number
}

export type Webhooks = Rounds & {
  /** When the next event is due, of a webhook that is not switched off. */
  nextDue(): Instant | undefined
  standing(): Promise<readonly WebhookStanding[]>
  /** Switches it on again where it was switched off; all that waits or was given up is due now. Answers how much; undefined without a webhook. */
  again(organisation: string): Promise<number | undefined>
  /** Removes what has expired. */
  sweep(now: Instant): Promise<number>
}

type Parts = Omit<WebhookParts, 'outboxes' | 'rows' | 'luck'> & {
  readonly config: Pick<Config, 'organisations'>
  readonly store: Pick<Store, 'shelf'>
  readonly visits: Pick<Shelf<Visit>, 'get'>
  readonly trail: TrailReader
  readonly every: (ms: number, act: () => void) => () => void
  readonly luck?: () => number
}

export function openWebhooks(parts: Parts): Webhooks {
  const { log, every } = parts
  const inside = insideOf(parts)
  const { clinics, sending, reading, unsentOf } = inside
  const isAnybodyTold = clinics.size > 0
  const recall = (unread: (cause: unknown) => void) => recallAll(inside, unread)
  return {
    ...openRounds({ reading, sending, isAnybodyTold, recall, log, every }),
    nextDue: sending.nextDue,
    standing: () => Promise.all([...clinics.values()].map(async (one) => standing(one, await unsentOf(one)))),
    again: (organisation) => again(parts, inside, organisation),
    sweep: async (at) => (await inside.outboxes.sweep(at)) + (await inside.rows.sweep(at)),
  }
}

type Inside = ReturnType<typeof insideOf>

function insideOf({ config, store, visits, trail, luck = Math.random, ...parts }: Parts) {
  const { now, log } = parts
  const clinics = webhookClinicsIn(config.organisations)
  const rows = store.shelf({ name: 'outside-told', schema: OutsideToldRow, indexes: {} })
  const unsent = (outbox: Outbox) => (outbox.events.length > 0 ? [outbox.organisation] : [])
  const outboxes = store.shelf({ name: 'outboxes', schema: OutboxRow, indexes: { unsent } })
  const sending = openWebhookSending({ ...parts, outboxes, rows, luck })
  const take = taking({ clinics, outboxes, visits, now, log, put: sending.put })
  const reading = openTrailReading({ trail, rows, now, take })
  const unsentOf = ({ organisation }: WebhookClinic) => outboxes.find('unsent', organisation.id)
  return { clinics, rows, outboxes, sending, reading, unsentOf }
}

/** Goes on where it was left off with each of them; `unread` is told of what cannot be read. */
async function recallAll(inside: Inside, unread: (cause: unknown) => void): Promise<void> {
  const { clinics, rows, sending, unsentOf } = inside
  const recall = async (clinic: WebhookClinic) => {
    await recallOff(rows, clinic)
    for (const outbox of await unsentOf(clinic)) sending.put(outbox, clinic)
  }
  for (const clinic of clinics.values()) await recall(clinic).catch(unread)
}

async function again({ now, happened }: Parts, inside: Inside, organisation: string): Promise<number | undefined> {
  const { clinics, rows, outboxes, sending, unsentOf } = inside
  const clinic = clinics.get(organisation)
  if (clinic === undefined) return undefined
  if (clinic.offSince !== undefined) await happened({ organisation: clinic.organisation }, 'webhook-switched-on')
  await switchOn(rows, clinic)
  let count = 0
  for (const { id } of await unsentOf(clinic)) {
    const at = now()
    const { after } = await outboxes.change(id, (outbox) => dueAgain(outbox, at))
    sending.put(after, clinic)
    count += after.events.length
  }
  sending.sendDue()
  return count
}

function standing(clinic: WebhookClinic, outboxes: readonly Outbox[]): WebhookStanding {
  const all = outboxes.map(standingOf)
  const sum = (of: 'waiting' | 'givenUp' | 'leftOut') => all.reduce((count, one) => count + one[of], 0)
  const [since] = all.flatMap((one) => one.since ?? []).toSorted()
  return {
    ...{ organisation: clinic.organisation.id, origin: new URL(clinic.webhook.url).origin },
    ...{ waiting: sum('waiting'), givenUp: sum('givenUp'), leftOut: sum('leftOut') },
    ...given({ since, offSince: clinic.offSince }),
    ...{ taken: clinic.taken, notTaken: clinic.notTaken },
  }
}

type Taking = Pick<Parts, 'visits' | 'now' | 'log'> & {
  readonly clinics: ReadonlyMap<string, WebhookClinic>
  readonly outboxes: Shelf<Outbox>
  readonly put: (outbox: Outbox, clinic: WebhookClinic) => void
}

/** Puts what a line tells into its visit's outbox; whether it tells anything that this organisation wants to hear. */
const taking =
  ({ clinics, outboxes, visits, now, log, put }: Taking) =>
  async (line: TrailLine): Promise<boolean> => {
    const clinic = clinics.get(line.organisation)
    const type = webhookTypeOf(line)
    if (clinic === undefined || type === undefined) return false
    const { webhook, organisation } = clinic
    if (!(webhook.events ?? webhookEventTypes).includes(type)) return false
    const visit = line.visit as VisitId // sound: a line of ours, which tells of a visit
    const [at, number] = [now(), line.seq]
    const appointment = webhook.appointment ? (await visits.get(visit))?.appointment : undefined
    const body = JSON.stringify(webhookEventOf(line, type, appointment))
    const event = { number, id: webhookIdOf(line), type, body, at: line.at as Instant } // sound: the trail's own
    if ((await outboxes.get(visit)) === undefined) await outboxes.add(newOutbox(visit, organisation.id, at))
    const { before, after } = await outboxes.change(visit, (outbox) => withEvent(outbox, event, at))
    if (after.leftOut !== before.leftOut)
      log.warn('webhook', { organisation: organisation.id, visit, code: 'left-out' })
    put(after, clinic)
    return true
  }
