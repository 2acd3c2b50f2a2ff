// docs/openapi.json is the whole edge of the app: written from the code, valid, with every URL, body, reply and refusal; and a whole walk
// over the sandbox is answered as it says. Every other test that asks over HTTP is held to it as well (test/support/people.ts).
import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openapiText } from '../../scripts/openapi/document.ts'
import { chartParts } from '../../server/domain/ehr/chart-parts.ts'
import { refusals } from '../../server/domain/errors.ts'
import { createApp } from '../../server/http/app.ts'
import { routes } from '../../server/http/routes.ts'
import type { HandedOver } from '../../server/wire/wire.ts'
import { misfitOf, operationOf } from '../support/described.ts'
import { type Answer, ask, type Person } from '../support/people.ts'
import { routesOf } from '../support/routes.ts'
import * as visits from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const Operation = z.looseObject({
  operationId: z.string(),
  requestBody: z.unknown().optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
})
const text = readFileSync('docs/openapi.json', 'utf8')
const document = z
  .looseObject({
    paths: z.record(z.string(), z.record(z.string(), Operation)),
    components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
  })
  .parse(JSON.parse(text))
const described = Object.entries(document.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ method, path, operation })),
)
const templated = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}')
const operationAt = (method: string, path: string) =>
  described.find((one) => one.method === method && one.path === templated(path))?.operation

const secret = 'what the Jitsi of Riverside shows: 32 or more'
let world: World
beforeAll(async () => {
  world = await openWorld({
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => ({
        ...o,
        jitsiEvents: secret,
        policies: { ...o.policies, recording: true, drafts: true, chart: true },
      })),
    }),
  })
})
afterAll(() => world.close())

describe('docs/openapi.json', () => {
  test('is as `npm run openapi` writes it', { timeout: 60_000 }, () => {
    expect(text).toBe(openapiText())
  })

  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(text))

    expect([valid, errors]).toEqual([true, undefined])
    const broken = text.replace('"paths"', '"ways"')
    expect((await new Validator().validate(JSON.parse(broken))).valid).toBe(false)
  })

  test('has every URL of the app, and no other', () => {
    const real = routesOf(createApp(world.house, { client: 'test/support/pages' }))

    expect(described.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      real.map(([method, path]) => `${method} ${templated(path)}`).toSorted(),
    )
    const ids = described.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  test('says of every row of the table what it takes and what it gives', () => {
    const rows = routes.map(({ method, path, takes }) => {
      const operation = operationAt(method, path) ?? expect.fail(`${method} ${path}`)
      const members = Object.keys((takes as z.ZodObject).shape ?? {}) // sound: the table's schemas are of objects
      const inQuery = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
      return { path, members, inQuery, takesBody: operation.requestBody !== undefined, method, operation }
    })

    const misfits = rows.filter(({ method, members, inQuery, takesBody }) =>
      method === 'get' ? takesBody || inQuery.join() !== members.join() : takesBody !== members.length > 0,
    )
    expect(misfits.map(({ path }) => path)).toEqual([])
    const silent = rows.filter(({ operation }) => !('200' in operation.responses) && !('204' in operation.responses))
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  test('has every refusal of the table, each with its status', () => {
    const { oneOf } = z
      .looseObject({ oneOf: z.array(z.object({ const: z.string(), description: z.string() })) })
      .parse(document.components.schemas.RefusalCode)
    const real = Object.entries(refusals).map(([code, { status, says }]) => `${code} ${status}: ${says}`)

    expect(oneOf.map((row) => `${row.const} ${row.description}`).filter((row) => !row.startsWith('fault '))).toEqual(
      real,
    )
    expect(described.filter(({ operation }) => operation.responses.default === undefined)).toEqual([])
  })
})

test('an answer that lacks a member, has one more, or has another code than its status has, does not fit', () => {
  const list = { method: 'get', path: '/v/x/api/sign-ins', status: 200, type: 'application/json' }
  const refused = {
    resourceType: 'OperationOutcome',
    issue: [
      {
        ...{ severity: 'error', code: 'login' },
        details: {
          coding: [{ system: 'https://housecall.example/refusals', code: 'session-ended' }],
          text: 'Signed out.',
        },
      },
    ],
  }
  const no = { ...list, status: 401, type: 'application/fhir+json', body: refused }

  expect(misfitOf({ ...list, body: { others: 1 } })).toBeUndefined()
  expect(misfitOf(no)).toBeUndefined()
  expect(misfitOf({ ...list, body: {} })).toMatch(/otherSignIns answered 200/)
  expect(misfitOf({ ...list, body: { others: 1, whose: 'x' } })).toMatch(/additional properties/)
  expect(misfitOf({ ...list, status: 201, body: { others: 1 } })).toMatch(/says nothing/)
  expect(misfitOf({ ...no, status: 403 })).toMatch(/allowed values/)
})

describe('a walk over the sandbox', () => {
  /** What was answered well, by the name of its operation. */
  const answered = new Set<string>()
  const walked = ({ home, ...person }: Person): Pick<Person, 'get' | 'post' | 'put'> => {
    const noted = async (method: 'get' | 'post' | 'put', path: string, answering: Promise<Answer>) => {
      const answer = await answering
      visits.bodyOf(answer)
      answered.add(operationOf(method, `${home}${path}`)?.operationId ?? path)
      return answer
    }
    return {
      get: (path) => noted('get', path, person.get(path)),
      post: (path, ...more) => noted('post', path, person.post(path, ...more)),
      put: (path, ...more) => noted('put', path, person.put(path, ...more)),
    }
  }

  test('is answered as it says at every row of the table', async () => {
    await clinicsDay()
    await door()
    await chart()
    await consent()
    await nobodyCame()

    const rows = routes.map(({ method, path }) => operationAt(method, path)?.operationId ?? path)
    expect(rows.filter((id) => !answered.has(id))).toEqual([])
  })

  async function clinicsDay(): Promise<void> {
    const both = await visits.opened(world)
    const [hers, his] = [walked(both.clinician), walked(both.patient)]
    for (const path of ['me', 'appointments', 'who-waits', 'capability', 'brought-patient', 'late', 'sign-ins'])
      await hers.get(`/api/${path}`)
    await his.get('/api/appointments')
    await hers.post('/api/late', { minutes: 10 })
    await hers.post('/api/whose-visits', { whose: 'all' })
    await hers.post('/api/visits', { appointment: both.appointment })
    const { url } = visits.bodyOf<HandedOver>(await hers.post('/api/hand-overs', {}))
    for (const way of ['looked', 'taken']) {
      const asked = {
        method: 'post',
        headers: { Origin: world.url },
        body: { key: new URL(url).hash.slice(1) },
      } as const
      visits.bodyOf(await ask(world.url, `/hand-overs/${way}`, asked))
    }
    await hers.post('/api/sign-ins/end')
    await his.post('/api/sign-out')
  }

  async function door(): Promise<void> {
    const both = await visits.opened(world)
    const [hers, his] = [walked(both.clinician), walked(both.patient)]
    const at = both.visit
    await his.post(`${at}/devices`, { camera: 'denied', byTelephone: true })
    await his.post(`${at}/devices`, {})
    await his.post(`${at}/goodbyes`)
    const made = z.object({ invitation: z.string() })
    const invited = made.parse((await hers.post(`${at}/invitations`, { as: 'guest', name: 'Ana' })).body)
    const { invitation } = made.parse(
      (await hers.post(`${at}/invitations/links`, { invitation: invited.invitation })).body,
    )
    await hers.post(`${at}/invitations/revocations`, { invitation })
    await hers.post(`${at}/lock`, { locked: true })
    await his.post(`${at}/knocks`, { devices: visits.devices })
    const view = z.object({ tried: z.tuple([z.object({ doorId: z.string() })]) })
    const [tried] = view.parse((await hers.get(at)).body).tried
    await hers.post(`${at}/lock/exceptions`, tried)
    await his.post(`${at}/knocks`, { devices: visits.devices })
    const doorId = await visits.doorIdOf(both.clinician, at)
    await hers.post(`${at}/not-now`, { doorId, why: { words: 'We look for an interpreter.' } })
    await hers.post(`${at}/messages`, { doorId, says: { reason: 'soon' } })
    await his.post(`${at}/messages/shown`, { upTo: 1 })
    await his.post(`${at}/step-away`, { where: 'away' })
    await his.post(`${at}/notices`, { mail: true })
    await his.get(at)
    await hers.post(`${at}/admissions`, { doorId })
    for (const one of [hers, his]) {
      await one.post(`${at}/room-tokens`)
      await one.post(`${at}/presence`, { at: 'in', sees: [] })
    }
    await hers.post(`${at}/recording`)
    await his.post(`${at}/recording/answers`, { agrees: true })
    await hers.post(`${at}/recording/state`, { running: true })
    const people = z.object({ door: z.tuple([z.object({ admittedAt: z.string() })]) })
    const [{ admittedAt }] = people.parse((await hers.get(at)).body).door
    await hers.post(`${at}/identities`, { doorId, admittedAt, is: 'confirmed' })
    await hers.post(`${at}/returns`, { doorId })
    await hers.post(`${at}/refusals`, { doorId, why: { reason: 'cannot-now' } })
    await his.get(at)
    await his.post(`${at}/departures`)
  }

  async function chart(): Promise<void> {
    const both = await visits.inCall(world)
    const hers = walked(both.clinician)
    const note = `${both.visit}/note`
    for (const part of chartParts) await hers.get(`${both.visit}/chart?part=${part}`)
    await hers.get(`${both.visit}/chart/note?document=nowhere`)
    await hers.get(note)
    await hers.put(note, visits.soap, visits.match(0))
    await hers.post(`${both.visit}/end`)
    await hers.post(`${note}/draft`, {}, visits.match(1))
    await hers.post(`${note}/signature`, {}, visits.match(1))
    await hers.post(`${note}/filing`)
    for (const as of ['text', 'pdf', 'fhir']) await hers.get(`${note}/export?as=${as}`)
    await hers.post(`${note}/amendment`)
    await hers.post(`${note}/amendment`, { drop: true })
    await hers.post(`${note}/mistake`)
    await hers.post(`${both.visit}/reopening`)
  }

  /** The clinic asks for it from then on, and no more. */
  async function consent(): Promise<void> {
    const texts = { en: 'A video visit is a visit by picture and sound, and you can ask for another.' }
    const asking = { consent: { version: '1', date: '2026-11-01', texts } }
    await world.restart((c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, ...asking })) }))
    const { patient, clinician, visit } = await visits.opened(world)
    const his = walked(patient)
    const text = z.object({ version: z.string(), language: z.string(), hash: z.string() })
    await his.post(`${visit}/consent`, text.parse((await his.get(`${visit}/consent?language=en`)).body))
    visits.bodyOf(await visits.knock(patient, visit))
    await his.post(`${visit}/consent/withdrawal`)
    await walked(clinician).get(visit)
    await world.restart((c) => ({ ...c, organisations: c.organisations.map(({ consent: _, ...o }) => o) }))
  }

  async function nobodyCame(): Promise<void> {
    const { clinician, visit } = await visits.writtenAlone(world, { outcome: 'unsaid' })
    const hers = walked(clinician)
    await hers.post(`${visit}/outcome`, { is: 'did-not-come' })
    await hers.get('/api/appointments')
    await afterADenial()
  }

  async function afterADenial(): Promise<void> {
    const both = await visits.inCall(world)
    const hers = walked(both.clinician)
    const people = z.object({ door: z.tuple([z.object({ admittedAt: z.string() })]) })
    const [{ admittedAt }] = people.parse((await hers.get(both.visit)).body).door
    await hers.post(`${both.visit}/identities`, { doorId: both.doorId, admittedAt, is: 'denied' })
    await hers.post(`${both.visit}/end`)
    await hers.post(`${both.visit}/identities/outside`)
  }
})
