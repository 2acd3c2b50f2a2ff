// One event to one webhook: signed so that the standard's own package takes it, within fifteen seconds, to no address within a network.
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { WebhookFault } from '../../sandbox/webhook/faults.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../sandbox/webhook/receiver.ts'
import { instantsOf } from '../../server/domain/instant.ts'
import { deliver } from '../../server/outside/webhook/deliver.ts'
import type { Webhook } from '../../server/settings/webhook.ts'

const [first, second, strange] = [24, 64, 32].map((length) => randomBytes(length))
const shown = (secret: Uint8Array | undefined) => `whsec_${Buffer.from(secret ?? []).toString('base64')}`

let receiver: WebhookReceiver
beforeAll(async () => {
  receiver = await startWebhookReceiver({ secrets: [shown(second)] })
})
afterEach(() => receiver.faults.clear())
afterAll(() => receiver.close())

const now = instantsOf(Date.now)
const data = { organisation: 'riverside', visit: 'v1' }
const message = (id: string) => ({
  id,
  body: JSON.stringify({ type: 'visit.waiting', timestamp: now(), data }),
})
const hook = (more: Partial<Webhook> = {}): Webhook => ({
  ...{ url: receiver.url, appointment: false, loopback: true },
  secrets: [second ?? new Uint8Array()],
  ...more,
})

describe('a signature', () => {
  test('is taken by the package of the standard, with secrets of 24 and of 64 bytes', async () => {
    const other = await startWebhookReceiver({ secrets: [shown(first)] })
    onTestFinished(() => other.close())

    const sent = [
      await deliver(hook(), message('msg_long'), now()),
      await deliver(hook({ url: other.url, secrets: [first ?? new Uint8Array()] }), message('msg_short'), now()),
    ]

    expect(sent).toEqual(Array(2).fill({ is: 'taken', status: 204 }))
    expect([receiver.wrong, other.wrong]).toEqual([[], []])
  })

  test('is by each secret while one follows the other, and a receiver needs to know one of them', async () => {
    const both = hook({ secrets: [strange, second].map((one) => one ?? new Uint8Array()) })

    expect(await deliver(both, message('msg_both'), now())).toEqual({ is: 'taken', status: 204 })
  })

  test('by another secret, or at another time, is refused', async () => {
    const other = await deliver(hook({ secrets: [strange ?? new Uint8Array()] }), message('msg_other'), now())
    const old = await deliver(hook(), message('msg_old'), instantsOf(() => Date.now() - 301_000)())

    expect([other, old]).toEqual(Array(2).fill({ is: 'not-taken', why: 'refused', status: 401 }))
    expect(receiver.wrong.slice(-2)).toEqual(['signature: not by our secret', expect.stringContaining('seconds off')])
  })
})

describe('what came back', () => {
  test.each<[WebhookFault, object]>([
    ['hook-500', { is: 'not-taken', why: 'refused', status: 500 }],
    ['hook-404', { is: 'not-taken', why: 'refused', status: 404 }],
    ['hook-503', { is: 'not-taken', why: 'busy', status: 503, retryAfter: 120 }],
    ['hook-429', { is: 'not-taken', why: 'busy', status: 429, retryAfter: 3600 }],
    ['hook-410', { is: 'not-taken', why: 'gone', status: 410 }],
    ['hook-redirect', { is: 'not-taken', why: 'redirected', status: 302 }],
    ['hook-cut', { is: 'not-taken', why: 'cut' }],
    ['hook-endless', { is: 'taken', status: 200 }],
  ])('with %s is said', async (fault, said) => {
    receiver.faults.on(fault)

    expect(await deliver(hook(), message(`msg_${fault}`), now())).toEqual(said)
  })

  test('after fifteen seconds is too late', async () => {
    const clock = new AbortController()
    const timing = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal)
    onTestFinished(() => timing.mockRestore())
    receiver.faults.on('hook-silent')
    const before = receiver.asked()

    const sent = deliver(hook(), message('msg_silent'), now())
    await vi.waitFor(() => expect(receiver.asked()).toBe(before + 1))
    clock.abort(new DOMException('late', 'TimeoutError'))

    expect(await sent).toEqual({ is: 'not-taken', why: 'too-slow' })
    expect(timing).toHaveBeenCalledWith(15_000)
  })

  test('where nobody listens is that nobody does', async () => {
    const gone = await startWebhookReceiver({ secrets: [shown(second)] })
    await gone.close()

    expect(await deliver(hook({ url: gone.url }), message('msg_nobody'), now())).toEqual({
      ...{ is: 'not-taken', why: 'no-answer' },
    })
  })
})

/** As a name server that says so of every name. */
const saying =
  (...addresses: readonly string[]) =>
  (_name: string, done: (cause: null, all: readonly { address: string; family: number }[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

describe('an address within a network', () => {
  const at = (url: string): Webhook => ({ url, appointment: false, secrets: [second ?? new Uint8Array()] })
  const here = () => `http://hooks.example.org:${new URL(receiver.url).port}/housecall`

  test.each([
    ['is all that its name means', ['127.0.0.1']],
    ['is one of two that its name means', ['8.8.8.8', '127.0.0.1']],
    ['hides in IPv6', ['::ffff:127.0.0.1']],
    ['is where a cloud keeps its keys', ['169.254.169.254']],
  ])('%s: nothing is sent', async (_what, addresses) => {
    const before = receiver.asked()

    const sent = await deliver(at(here()), message('msg_inside'), now(), saying(...addresses))

    expect(sent).toEqual({ is: 'not-taken', why: 'inside' })
    expect(receiver.asked()).toBe(before)
  })

  test('that stands in the settings itself is connected to by nobody', async () => {
    const before = receiver.asked()

    expect(await deliver(at(receiver.url), message('msg_literal'), now())).toEqual({ is: 'not-taken', why: 'inside' })
    expect(receiver.asked()).toBe(before)
  })

  test('is looked up once: a name server that answers otherwise the second time leads nowhere', async () => {
    let asked = 0
    const turning: ReturnType<typeof saying> = (name, done) =>
      saying(asked++ === 0 ? '127.0.0.1' : '10.0.0.1')(name, done)

    expect(await deliver({ ...at(here()), loopback: true }, message('msg_once'), now(), turning)).toEqual({
      ...{ is: 'taken', status: 204 },
    })
    expect(asked).toBe(1)
  })

  test('is this machine for a trial, and then nothing but this machine', async () => {
    const trial = { ...at(here()), loopback: true } as const

    expect(await deliver(trial, message('msg_out'), now(), saying('8.8.8.8'))).toEqual({
      is: 'not-taken',
      why: 'inside',
    })
  })

  test('a name that means nothing is unknown', async () => {
    const nothing = (_name: string, done: (cause: Error, all: readonly never[]) => void) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])

    expect(await deliver(at(here()), message('msg_unknown'), now(), nothing)).toEqual({
      ...{ is: 'not-taken', why: 'unknown-host' },
    })
  })
})
