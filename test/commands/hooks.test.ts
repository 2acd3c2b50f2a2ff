// `npm run hooks`: an administrator tries a webhook before anything depends on it, reads how it stands, and has what was given up sent again.
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { certificate } from '../../sandbox/certificate.ts'
import { startMailServer } from '../../sandbox/mail/server.ts'
import type { WebhookFault } from '../../sandbox/webhook/faults.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../sandbox/webhook/receiver.ts'
import { openControl } from '../../server/http/control.ts'
import { commandRuns } from '../support/command.ts'
import { waiting } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'
import { settings } from './settings.ts'

const bytes = randomBytes(32)
const secret = `whsec_${bytes.toString('base64')}`
let receiver: WebhookReceiver
let folder: string
let env: Record<string, string>
beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: [secret] })
  folder = await mkdtemp(join(tmpdir(), 'housecall-hooks-'))
  env = await settings(folder, { HOUSECALL_WEBHOOK_SECRET_HARBOR: secret })
})
afterAll(async () => {
  await receiver.close()
  await rm(folder, { recursive: true })
})

const command = (words: readonly string[], its: Readonly<Record<string, string>>) =>
  commandRuns('server/hooks.ts', words, { env: { PATH: process.env.PATH, ...its } })

/** The same settings with this webhook. */
const withHook = (webhook: object | undefined) => withMore({ webhook })

async function withMore(more: object): Promise<Record<string, string>> {
  const file = join(folder, `${randomBytes(4).toString('hex')}.json`)
  const { organisations } = JSON.parse(await readFile(env.HOUSECALL_CONFIG ?? '', 'utf8')) as {
    organisations: object[]
  } // sound: written by `settings`
  await writeFile(file, JSON.stringify({ organisations: organisations.map((one) => ({ ...one, ...more })) }))
  return { ...env, HOUSECALL_CONFIG: file }
}
const local = () => withHook({ url: receiver.url, loopback: true })

test('a test event is sent, signed, and what came back is said in words', async () => {
  const { code, out, err } = await command(['try', 'harbor'], await local())

  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(
    /^Sends a webhook\.test to http:\/\/127\.0\.0\.1:\d+, as msg_test_[0-9a-f]{24}\.\nIt was taken: answered 204\.\n$/,
  )
  expect(receiver.wrong).toEqual([])
  expect(receiver.received.at(-1)).toMatchObject({ type: 'webhook.test', data: { organisation: 'harbor' } })
  expect(out + err).not.toContain(secret)
})

test.each<[WebhookFault, RegExp]>([
  ['hook-404', /answered 404\. .* with 404, whether the path is right/],
  ['hook-redirect', /sends us to another address\. Nobody is followed/],
  ['hook-410', /answered 410: it wants no more/],
  ['hook-cut', /ended the connection before it had answered/],
])('with %s it says what is wrong, and ends with 1', async (fault, words) => {
  receiver.faults.on(fault)
  onTestFinished(() => receiver.faults.clear())

  const { code, err } = await command(['try', 'harbor'], await local())

  expect(code).toBe(1)
  expect(err).toMatch(words)
})

test('who has no webhook, is not listed, or has settings that are wrong is told so', async () => {
  const [without, unlisted, inside, usage] = await Promise.all([
    command(['try', 'harbor'], await withHook(undefined)),
    command(['try', 'nobody'], await local()),
    command(['try', 'harbor'], await withHook({ url: 'https://10.0.0.1/' })),
    command(['send'], env),
  ])

  expect([without.code, without.err]).toEqual([1, expect.stringContaining('harbor has no webhook')])
  expect([unlisted.code, unlisted.err]).toEqual([2, expect.stringContaining('no organisation "nobody", but: harbor')])
  expect([inside.code, inside.err]).toEqual([78, expect.stringContaining('is within a network')])
  expect([usage.code, usage.err]).toEqual([2, expect.stringContaining('Usage: npm run hooks')])
})

test('a mail is shown before anybody depends on it, and sent to whom one names over TLS that is checked', async () => {
  const tls = certificate(new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000))
  const login = { user: 'housecall', password: 'a word of the clinic’s' }
  const server = await startMailServer({ tls, login })
  onTestFinished(() => server.close())
  const believed = join(folder, 'mail.pem')
  await writeFile(believed, tls.cert)
  const from = { name: 'Harbor', address: 'visits@harbor.example' }
  const mail = { host: 'localhost', port: server.port, user: login.user, from, loopback: true }
  const its = { ...(await withMore({ mail })), HOUSECALL_MAIL_PASSWORD_HARBOR: login.password }

  const [shown, sent, unbelieved, none] = await Promise.all([
    command(['try', 'mail', 'harbor'], its),
    command(['try', 'mail', 'harbor', '--to', 'me@harbor.example', '--language', 'es'], {
      ...{ ...its, NODE_EXTRA_CA_CERTS: believed },
    }),
    command(['try', 'mail', 'harbor', '--to', 'me@harbor.example'], its),
    command(['try', 'mail', 'harbor'], await withMore({})),
  ])

  expect([shown.code, shown.err]).toEqual([0, ''])
  expect(shown.out).toMatch(/^Envelope: from visits@harbor\.example to patient@mail\.example\n/)
  expect(shown.out).toContain('BEGIN:VCALENDAR')
  expect(shown.out).toMatch(/Nothing was sent\. With --to/)
  expect([sent.code, sent.err]).toEqual([0, ''])
  expect(sent.out).toMatch(/localhost took it: answered 250\.\n$/)
  expect(server.taken).toMatchObject([{ subject: 'Su cita por video', recipient: 'me@harbor.example', isSecure: true }])
  expect(unbelieved).toMatchObject({ code: 1, err: expect.stringContaining('is not trusted by this machine') })
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('harbor writes no mail')])
  expect(JSON.stringify([shown, sent, unbelieved])).not.toContain(login.password)
})

test('the running app says how it stands with each webhook, and sends again what it had put aside', async () => {
  const webhook = { url: receiver.url, appointment: false, loopback: true, secrets: [bytes] } as const
  const world = await openWorld({
    config: (config) => ({ ...config, organisations: config.organisations.map((one) => ({ ...one, webhook })) }),
  })
  const close = await openControl(world.house)
  onTestFinished(async () => {
    await close()
    await world.close()
  })
  const its = { HOUSECALL_DATA: world.directory }
  await world.house.webhooks.begin()
  receiver.faults.on('hook-410')
  await waiting(world)
  await world.house.webhooks.round()
  await world.house.webhooks.idle()
  receiver.faults.clear()

  const off = await command(['state'], its)
  const again = await command(['again', 'riverside'], its)
  await world.house.webhooks.idle()
  const state = await command(['state', '--json'], its)

  expect(off.out).toMatch(/riverside +http:\/\/127\.0\.0\.1:\d+ +off since 20\S+ +3 /)
  expect(off.out).not.toContain('/housecall')
  expect(again).toMatchObject({ code: 0, out: '3 messages are sent now.\n' })
  expect(JSON.parse(state.out)).toMatchObject({
    webhooks: [{ organisation: 'riverside', waiting: 0, givenUp: 0, taken: 3 }],
    notices: [],
  })
  expect(await command(['again', 'harbor'], its)).toMatchObject({
    code: 1,
    err: 'harbor has no webhook, and writes to nobody.\n',
  })
})

test('where no app runs, that is said', async () => {
  expect(await command(['state'], env)).toMatchObject({
    code: 69,
    err: expect.stringContaining('No app runs over this folder'),
  })
})
