// The organisations that have a webhook, and whether anything is sent to it now: it may have asked for a rest, or for no more at all, which is
// kept until its address is another or somebody switches it on again.
import type { Instant, OrganisationId } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { retention } from '../domain/retention.ts'
import { sideBySide } from '../outside/side-by-side.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Organisation } from '../settings/config.ts'
import type { Webhook } from '../settings/webhook.ts'
import type { OutsideTold } from './webhook-rows.ts'

/** `taken` and `notTaken`: attempts since the app started. */
export type WebhookClinic = {
  readonly organisation: Organisation
  readonly webhook: Webhook
  readonly inTurn: ReturnType<typeof sideBySide>
  restUntil?: Instant
  offSince?: Instant
  taken: number
  notTaken: number
}

/** So many events go to one webhook at the same time, each of another visit. */
const mostAtOnce = 4

export const webhookClinicsIn = (organisations: readonly Organisation[]): ReadonlyMap<string, WebhookClinic> =>
  new Map(
    organisations.flatMap((organisation): readonly (readonly [OrganisationId, WebhookClinic])[] => {
      const { id, webhook } = organisation
      if (webhook === undefined) return []
      return [[id, { organisation, webhook, inTurn: sideBySide(mostAtOnce), taken: 0, notTaken: 0 }]]
    }),
  )

/** Whether anything may be sent to it now. */
export const isOn = ({ offSince, restUntil }: WebhookClinic, now: Instant): boolean =>
  offSince === undefined && (restUntil === undefined || restUntil <= now)

const idOf = ({ organisation }: WebhookClinic) => `off ${organisation.id}`

/** What was kept of it; that an address which is no more its own wanted nothing is forgotten. */
export async function recallOff(rows: Shelf<OutsideTold>, clinic: WebhookClinic): Promise<void> {
  const kept = await rows.get(idOf(clinic))
  if (kept?.is !== 'switched-off') return
  if (kept.url === clinic.webhook.url) clinic.offSince = kept.since
  else await rows.remove(kept.id)
}

export async function switchOff(rows: Shelf<OutsideTold>, clinic: WebhookClinic, now: Instant): Promise<void> {
  clinic.offSince = now
  const expiresAt = plus(now, retention.outsideTold)
  const row = { is: 'switched-off', url: clinic.webhook.url, since: now } as const
  await rows.remove(idOf(clinic))
  await rows.add({ ...row, id: idOf(clinic), revision: 1, expiresAt })
}

export async function switchOn(rows: Shelf<OutsideTold>, clinic: WebhookClinic): Promise<void> {
  await rows.remove(idOf(clinic))
  delete clinic.offSince
  delete clinic.restUntil
}
