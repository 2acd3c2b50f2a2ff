// What pages ask is answered before express's routes are tried: by the same rules as what comes by express, and with nothing left under way.
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { ask, type Person } from '../support/people.ts'
import { inCall, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('an address is answered alike however it is written: as it stands, with a slash at its end, in capitals, or escaped', async () => {
  const { patient, visit } = await inCall(world)
  const id = visit.slice(visit.lastIndexOf('/') + 1)
  const escaped = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`
  const token = async (path: string) => {
    const { status, headers, body } = await patient.post(path)
    const { 'content-length': _length, 'x-request-id': _number, date: _date, ...rest } = headers
    return { status, headers: rest, keys: Object.keys(Object(body)) }
  }
  const straight = await token(`${visit}/room-tokens`)

  expect(straight.status).toBe(200)
  for (const path of [`${visit}/room-tokens/`, `${visit}/ROOM-TOKENS`, `/api/visits/${escaped}/room-tokens?x=1`])
    expect(await token(path)).toEqual(straight)
})

test('a body is read alike however it is sent: by those very words, or with its letters named', async () => {
  const { patient, visit } = await opened(world)
  const devices = { devices: { camera: true, microphone: false } }
  const kinds = ['application/json', 'application/json; charset=utf-8', 'Application/JSON']

  for (const kind of kinds) {
    const said = (body: string) => patient.post(`${visit}/knocks`, body, { 'Content-Type': kind })
    expect([
      (await said(JSON.stringify(devices))).status,
      (await said(`\uFEFF${JSON.stringify(devices)}`)).status,
    ]).toEqual([200, 200])
    expect([(await said('{"devices":')).code, (await said('null')).code]).toEqual(['bad-request', 'bad-request'])
  }
})

/** Begins to send a body and hangs up. */
async function cutOff({ url }: World, { home, cookie }: Person, path: string, after: 'at once' | 'when known') {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  const head = [`POST ${home}${path} HTTP/1.1`, 'Host: x', `Origin: ${url}`, `Cookie: ${cookie}`]
  const body = ['Content-Type: application/json', 'Content-Length: 20', '', '{"un']
  socket.write([...head, ...body].join('\r\n'))
  if (after === 'when known') await ask(url, '/healthz')
  socket.destroy()
}

test('whoever hangs up in the middle of sending has nothing under way any more', async () => {
  const own = await openWorld({ limits: { atOnce: 4 } })
  onTestFinished(() => own.close())
  const { patient, visit } = await inCall(own)

  for (let n = 0; n < 6; n++)
    for (const after of ['at once', 'when known'] as const) {
      await cutOff(own, patient, `${visit}/room-tokens`, after)
      await eventually(async () => expect((await patient.get(visit)).status).toBe(200))
    }

  await eventually(async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => patient.get(visit)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })
})
