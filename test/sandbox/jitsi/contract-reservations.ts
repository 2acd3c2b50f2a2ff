// Owns what the contract says of a Jitsi that asks before a room begins (mod_reservations): whom, how often, and what it makes of each answer.
// Of the sandbox alone: a real one asks whom its settings name.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { startJitsi } from '../../../sandbox/jitsi/main.ts'
import { arrive, closeHouse, doctor, type House, patient } from '../../support/jitsi-visitor.ts'
import type { Case } from './contract-cases.ts'

type Asked = {
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly form: URLSearchParams
}
type Answer = { readonly status: number; readonly body?: object; readonly late?: true }

/** Who is asked, and a Jitsi that asks: quickly, where the module would wait for seconds. */
type Asking = {
  readonly house: House
  readonly asked: readonly Asked[]
  readonly posts: () => readonly Asked[]
  /** From now on; a function of the form that was sent. */
  answers(answer: (form: URLSearchParams) => Answer): void
  away(): Promise<void>
  back(): Promise<void>
}

const hour = 3_600
/** All that the module looks for. */
const yes = (form: URLSearchParams, duration = hour): Answer => ({
  status: 200,
  body: { ...Object.fromEntries(form), id: 'r1', duration },
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}

async function open(timeoutMs: number): Promise<Asking & { close(): Promise<void> }> {
  const asked: Asked[] = []
  let answer: (form: URLSearchParams) => Answer = yes
  const server: Server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    const form = new URLSearchParams(await bodyOf(request))
    asked.push({ method, path, form, authorization: headers.authorization ?? '' })
    const { status, body, late } = answer(form)
    if (late) return
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body))
  })
  let port = 0
  const listen = () => new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  await listen()
  port = (server.address() as AddressInfo).port // sound: it listens on a port
  const clock = { now: Date.now() }
  const secret = randomUUID()
  const jitsi = await startJitsi({
    ...{ issuer: 'telehealth', audience: 'jitsi', domain: 'meet.jitsi', secret, now: () => clock.now },
    reservations: {
      ...{ prefix: `http://127.0.0.1:${port}/ours`, authorization: 'Bearer theirs' },
      times: { retryMs: 5, timeoutMs, sweepMs: 10 },
    },
  })
  const house: House = { jitsi, secret, clock, sockets: [] }
  const away = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return {
    ...{ house, asked, posts: () => asked.filter(({ method }) => method === 'POST'), away, back: listen },
    answers: (next) => {
      answer = next
    },
    async close() {
      await closeHouse(house)
      if (server.listening) await away()
    },
  }
}

/** As long as the module waits. */
const patientMs = 20_000

const checked = (sent: string, comes: string, check: (at: Asking) => Promise<void>, timeoutMs = patientMs): Case => ({
  ...{ fact: 'reservations', sent, comes },
  async check() {
    const at = await open(timeoutMs)
    try {
      await check(at)
    } finally {
      await at.close()
    }
  },
})

const refusal = async ({ house }: Asking, room: string) => (await arrive(house, room, doctor)).heard('no-room')
/** What the first to come to a room is told. */
const comes = async ({ house }: Asking, room: string) => {
  const visitor = await arrive(house, room, doctor)
  return Promise.race(['joined', 'no-room'].map(async (type) => (await visitor.heard(type)).type))
}

export const reservationCases: readonly Case[] = [
  checked(
    'a room that nobody is in',
    'one question, in a form, with the header of the settings; then the room',
    async (at) => {
      const inside = await arrive(at.house, 'Visit-1', doctor)
      await inside.heard('joined')
      const guest = await arrive(at.house, 'visit-1', patient)
      await guest.heard('members-only')
      expect(at.asked.map(({ method, path, authorization }) => [method, path, authorization])).toEqual([
        ['POST', '/ours/conference', 'Bearer theirs'],
      ])
      const [only] = at.asked
      expect([...(only?.form.keys() ?? [])].toSorted()).toEqual(['mail_owner', 'name', 'start_time'])
      expect(only?.form.get('name')).toBe('visit-1')
    },
  ),
  ...(
    [
      ['a no with a reason', () => ({ status: 403, body: { message: 'Not now.' } }), 403, 'Not now.', 1],
      ['a no without one', () => ({ status: 404 }), 404, 'Rejected by reservation server', 1],
      ['a fault, each time', () => ({ status: 503 }), 503, 'Rejected by reservation server', 4],
      ['a yes to another room', (f) => ({ status: 200, body: { ...yes(f).body, name: 'x' } }), 500, /^Invalid/, 1],
      [
        'a yes without a duration',
        (f) => ({ status: 200, body: { ...Object.fromEntries(f), id: 1 } }),
        500,
        /^Invalid/,
        1,
      ],
      ['a yes that is no JSON', () => ({ status: 200 }), 500, /^Invalid/, 1],
      ['no answer in time', () => ({ status: 200, late: true }), 500, 'Reservation lookup timed out', 1],
      ['a conflict with nothing', () => ({ status: 409, body: {} }), 409, /^Invalid/, 1],
    ] satisfies readonly (readonly [string, (form: URLSearchParams) => Answer, number, string | RegExp, number])[]
  ).map(([sent, answer, code, text, posts]) =>
    checked(
      sent,
      `no room, by the code ${code}, after ${posts} of them`,
      async (at) => {
        at.answers(answer)
        const told = typeof text === 'string' ? text : expect.stringMatching(text)
        expect(await refusal(at, 'visit-1')).toMatchObject({ why: 'reservation', code, text: told })
        expect(at.posts().length).toBe(posts)
        expect(at.house.jitsi.rooms()).toEqual([])
      },
      sent === 'no answer in time' ? 2_000 : patientMs,
    ),
  ),
  checked('a conflict with a reservation that is there', 'a look at that one, and the room', async (at) => {
    at.answers((form) =>
      form.size > 0
        ? { status: 409, body: { conflict_id: 'r9' } }
        : yes(
            new URLSearchParams({
              name: 'visit-1',
              mail_owner: 'x',
              start_time: new Date(at.house.clock.now).toISOString(),
            }),
          ),
    )
    expect(await comes(at, 'visit-1')).toBe('joined')
    expect(at.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /ours/conference',
      'GET /ours/conference/r9',
    ])
  }),
  checked(
    'nobody there to ask',
    'a running room goes on; a new one does not begin, for half a minute after too',
    async (at) => {
      const inside = await arrive(at.house, 'running', doctor)
      await inside.heard('joined')
      await at.away()

      const guest = await arrive(at.house, 'running', patient)
      await guest.heard('members-only')
      guest.say({ type: 'knock' })
      const { id } = await inside.heard('knocking')
      inside.say({ type: 'answer-knock', id, approved: true })
      await guest.heard('joined')
      expect(await refusal(at, 'new')).toMatchObject({ why: 'reservation', code: 0 })

      await at.back()
      expect(await comes(at, 'new')).toBe('no-room')
      at.house.clock.now += 31_000
      await expect.poll(() => comes(at, 'new')).toBe('joined')
      expect(at.posts().length).toBe(2)
    },
  ),
  checked(
    'a room that is over, and one whose time is',
    'a word that it is gone; everyone out, and nothing said',
    async (at) => {
      const inside = await arrive(at.house, 'over', doctor)
      await inside.heard('joined')
      inside.say({ type: 'end' })
      await inside.heard('destroyed')
      await expect
        .poll(() => at.asked.map(({ method, path }) => `${method} ${path}`))
        .toContain('DELETE /ours/conference/r1')

      const late = await arrive(at.house, 'late', doctor)
      await late.heard('joined')
      at.house.clock.now += (hour + 1) * 1_000
      await late.heard('destroyed')
      expect(at.asked.filter(({ method }) => method === 'DELETE').length).toBe(1)
    },
  ),
]
