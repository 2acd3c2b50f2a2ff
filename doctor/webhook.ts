// Whether an organisation's webhook can be reached from here: its name, its certificate, and that something answers. Sends no event, and nothing
// to an address within a network; `npm run hooks -- try` sends one.
import { reachOf } from '../server/outside/webhook/deliver.ts'
import type { Organisation } from '../server/settings/config.ts'
import { about, type Finding, ofUs } from './finding.ts'
import { request, step, type World } from './request.ts'

/** None where the organisation has no webhook. */
export async function examineWebhook(world: World, { id, webhook }: Organisation): Promise<readonly Finding[]> {
  if (webhook === undefined) return []
  const { origin } = new URL(webhook.url)
  const { ok, warning } = about('webhook', `HEAD at ${origin}`)
  const question = { method: 'HEAD', reach: reachOf(webhook), mostBytes: 1_000 } as const
  const answer = await step(world, `the webhook at ${origin}`, () => request(world, webhook.url, question))
  const tryIt = ofUs(`Send it a test event: npm run hooks -- try ${id}`)
  if (!answer.came)
    return [
      warning(`The webhook is not told anything: ${answer.why}.`, {
        ask: ofUs('Mend its address, or what stands in front of it.'),
      }),
    ]
  if (webhook.loopback === true)
    return [
      warning('The webhook is of this machine alone, for a trial.', {
        ask: ofUs('Set an https address, and take "loopback" out.'),
      }),
    ]
  if (answer.status >= 300 && answer.status < 400)
    return [warning('The webhook sends us on to another address, which is not followed.', { ask: tryIt })]
  return [ok('Something answers where the webhook is; whether it takes events was not tried.')]
}
