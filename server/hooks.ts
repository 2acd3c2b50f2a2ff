// `npm run hooks -- try <organisation>`: sends one signed test event to an organisation's webhook and says in words what came back. `… state` and
// `… again <organisation>` ask the running app how it stands, and have it send what was given up. `… try mail <organisation>` shows a mail, and sends
// it to whom one names. Refuses an organisation without what is tried.
import { randomBytes } from 'node:crypto'
import {
  asCommand,
  askApp,
  loadEnvironment,
  organisationIn,
  printColumns,
  Stop,
  socketOf,
  typed,
} from './control-client.ts'
import { instantsOf } from './domain/instant.ts'
import type { NotTaken, Sent } from './domain/webhook/outbox.ts'
import { deliver } from './outside/webhook/deliver.ts'
import type { Webhook } from './settings/webhook.ts'
import { tryMail } from './try-message.ts'
import { DueAgain, NoticeStandings, WebhookStandings } from './wire/control.ts'
import type { WebhookTest } from './wire/webhook.ts'

const usage = `npm run hooks -- try <organisation>
   or: npm run hooks -- try mail <organisation> [--to <your own address>] [--language <es>]
   or: npm run hooks -- state [--json]
   or: npm run hooks -- again <organisation>
Each with --env <path> where the settings stand in a file.`

const nobody = 'What is to be told is kept over a restart: start it, then ask again.'

async function hooks(): Promise<void> {
  const { verb, message, organisation, ...more } = asked()
  if (verb === 'try') {
    loadEnvironment(more.env, usage)
    return message === undefined ? tryOne(organisation) : tryMail(organisation, more)
  }
  const socket = socketOf(more.env, usage)
  if (verb === 'state') return state(socket, more.json)
  const { due } = await askApp(socket, { path: '/hooks', schema: DueAgain, body: { organisation }, nobody })
  if (due === undefined) throw new Stop(`${organisation} has no webhook, and writes to nobody.`, { exit: 1 })
  console.log(due === 0 ? 'Nothing waits to be told.' : `${due} ${due === 1 ? 'message is' : 'messages are'} sent now.`)
}

function asked() {
  const text = { type: 'string' } as const
  const options = { env: text, to: text, language: text, json: { type: 'boolean', default: false } } as const
  const { values, positionals } = typed(options, usage)
  const [verb, ...words] = positionals
  const message = verb === 'try' && words[0] === 'mail' && words.length > 1 ? ('mail' as const) : undefined
  const [organisation = '', ...more] = message === undefined ? words : words.slice(1)
  const isKnown = verb === 'state' || verb === 'try' || verb === 'again'
  const isStray = message === undefined && (values.to ?? values.language) !== undefined
  if (!isKnown || isStray || more.length > 0 || (verb === 'state') !== (organisation === ''))
    throw new Stop(`Usage: ${usage}`)
  return { verb, message, organisation, ...values }
}

async function tryOne(id: string): Promise<void> {
  const { webhook } = organisationIn(id).organisation
  if (webhook === undefined)
    throw new Stop(`${id} has no webhook: nothing is told to anybody. docs/integrate.md says how to set one.`, {
      exit: 1,
    })
  const now = instantsOf(Date.now)()
  const event: WebhookTest = { type: 'webhook.test', timestamp: now, data: { organisation: id } }
  const message = { id: `msg_test_${randomBytes(12).toString('hex')}`, body: JSON.stringify(event) }
  console.log(`Sends a webhook.test to ${new URL(webhook.url).origin}, as ${message.id}.`)
  const sent = await deliver(webhook, message, now)
  const signatures = webhook.secrets.length > 1 ? `, with ${webhook.secrets.length} signatures` : ''
  if (sent.is === 'taken') return console.log(`It was taken: answered ${sent.status}${signatures}.`)
  throw new Stop(`It was not taken. ${wordsFor(sent, webhook)}`, { exit: 1 })
}

function wordsFor({ why, status = 0 }: Extract<Sent, { is: 'not-taken' }>, { url }: Webhook): string {
  return `${sentences[why].replaceAll('STATUS', String(status)).replaceAll('HOST', new URL(url).host)}`
}

const sentences: Readonly<Record<NotTaken, string>> = {
  refused:
    'HOST answered STATUS. With 401 or 403, see whether it has the same secret and the right time; with 404, whether the path is right.',
  busy: 'HOST answered STATUS: it is busy, or what stands behind it does not answer. The app would send an event again, later.',
  redirected: 'HOST answered STATUS and sends us to another address. Nobody is followed: set the address itself.',
  gone: 'HOST answered 410: it wants no more. The app would send it nothing until you set another address or run `npm run hooks -- again`.',
  'too-slow': 'HOST did not answer within fifteen seconds. It should answer first, and do its work afterwards.',
  'no-answer': 'Nobody listens at HOST, or something on the way lets nothing through.',
  cut: 'HOST ended the connection before it had answered.',
  'unknown-host': 'The name HOST has no address here (DNS).',
  certificate: 'The certificate of HOST is not trusted by this machine, has ended, or is for another name.',
  inside:
    'The name HOST has an address within a network. Nothing was sent: what happens in visits is told to no address of that kind.',
}

async function state(socket: string, json: boolean): Promise<void> {
  const schema = WebhookStandings.extend(NoticeStandings.shape)
  const { webhooks, notices } = await askApp(socket, { path: '/hooks', schema, nobody })
  if (json) return console.log(JSON.stringify({ webhooks, notices }, undefined, 2))
  if (webhooks.length + notices.length === 0)
    return console.log('No organisation has a webhook, and none writes to anybody.')
  if (notices.length > 0)
    printColumns(
      ['organisation', 'to patients', 'waiting', 'given up', 'taken', 'not taken'],
      notices.map((n) => [
        n.organisation,
        n.by,
        String(n.waiting),
        String(n.givenUp),
        String(n.taken),
        String(n.notTaken),
      ]),
    )
  if (webhooks.length === 0) return
  if (notices.length > 0) console.log()
  const heads = ['organisation', 'address', 'state', 'waiting', 'oldest', 'given up', 'left out', 'taken', 'not taken']
  const rows = webhooks.map((w) => [
    ...[w.organisation, w.origin, w.offSince === undefined ? 'on' : `off since ${w.offSince}`, String(w.waiting)],
    ...[w.since ?? '-', String(w.givenUp), String(w.leftOut), String(w.taken), String(w.notTaken)],
  ])
  printColumns(heads, rows)
}

await asCommand(hooks)
