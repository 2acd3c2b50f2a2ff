// How a sign-in's tokens are renewed when something goes wrong on the way: no refresh token goes out twice unless nothing went out, and
// an EHR that takes a token no longer is asked once more with another one.

import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { attempt, chart, once } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import { lookedInto } from '../support/going-out.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, inCall, save, signed, soap } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference }
const list = '/api/appointments'

afterEach(() => void vi.restoreAllMocks())

type Told = Record<string, unknown>
type Line = {
  /** Each refresh token that went out. */
  readonly sent: string[]
  /** What becomes of the next refresh: given the way to really ask. */
  next?: ((really: () => Promise<Response>) => Promise<Response>) | undefined
  /** What is made of each answer of the token endpoint. */
  told?: (said: Told) => Told
}

/** The line to the token endpoint. */
function tapped(): Line {
  const line: Line = { sent: [] }
  const really = fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
    const { form, init } = await lookedInto(given)
    if (!form.has('grant_type')) return really(to, init)
    const ask = () => {
      if (form.has('refresh_token')) line.sent.push(form.get('refresh_token') ?? '')
      return really(to, init)
    }
    const next = form.has('refresh_token') ? line.next : undefined
    if (next) line.next = undefined
    const answer = await (next?.(ask) ?? ask())
    if (!line.told || !answer.ok) return answer
    return Response.json(line.told((await answer.json()) as Told)) // sound: a token response is an object
  })
  return line
}

/** The EHR has answered, and the answer never came. */
const lost = async (really: () => Promise<Response>): Promise<Response> => {
  await really()
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) })
}
const failed = async (really: () => Promise<Response>) => {
  await really()
  return new Response('<h1>502</h1>', { status: 502 })
}
const notThere = async (): Promise<Response> => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
}
const busy = async () => Response.json({ error: 'temporarily_unavailable' }, { status: 429 })
const busyInWords = async () => new Response('slow down', { status: 429 })

async function alone(personality?: Personality) {
  const world = await openWorld(personality === undefined ? {} : { personality })
  onTestFinished(() => world.close())
  return world
}

const without = (...names: readonly string[]) =>
  function told(said: Told): Told {
    return Object.fromEntries(Object.entries(said).filter(([name]) => !names.includes(name)))
  }

describe('a refresh token', () => {
  test.each([
    ['was cut off', lost],
    ['was a failure of whoever stands before the EHR', failed],
  ])('whose answer %s goes out no second time, and the visit goes on', async (_how, becomes) => {
    const line = tapped()
    const world = await alone()
    const { clinician, visit, appointment } = await inCall(world)
    bodyOf(await save(clinician, visit))
    world.later(11)
    line.next = becomes

    for (const _ of [1, 2]) await refuses(world, 'ehr-session-ended', () => clinician.get(list))

    expect(line.sent.length).toBe(1)
    expect(bodyOf(await clinician.get(`${visit}/note`))).toMatchObject({ soap })
    expect(bodyOf(await clinician.get(visit))).toMatchObject({ status: 'in-progress' })
    const again = await world.signIn({ ...chen, appointment })
    bodyOf(await again.post('/api/visits', { appointment }))
    expect(bodyOf(await again.get(`${visit}/note`))).toMatchObject({ soap })
    for (const token of line.sent) expect(world.log()).not.toContain(token)
  })

  test('that is on its way is waited for by whoever asks meanwhile', async () => {
    const line = tapped()
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)
    let release: () => void = () => undefined
    const held = new Promise<void>((done) => {
      release = done
    })
    line.next = async (really) => {
      const answer = await really()
      await held
      return answer
    }

    const first = person.get(list)
    await eventually(() => expect(line.sent.length).toBe(1))
    const second = person.get(list)
    // Whoever does not wait meets the EHR with the old token.
    await person.get('/api/me')
    release()

    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200])
    expect(line.sent.length).toBe(1)
    expect(world.ehr.requests.filter(({ status }) => status === 401)).toEqual([])
  })

  test('that was on its way when the app went down goes out no second time', async () => {
    const line = tapped()
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)
    world.ehr.faults.on('token-endpoint-hangs')
    const waiting = person.get(list).catch(() => undefined)
    await eventually(() => expect(line.sent.length).toBe(1))

    await world.restart()
    world.ehr.faults.clear()

    await refuses(world, 'ehr-session-ended', () => person.get(list))
    expect(line.sent.length).toBe(1)
    void waiting
  })

  test('that is refused is not offered again', async () => {
    const line = tapped()
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)
    world.ehr.faults.on('refresh-refused')

    for (const _ of [1, 2]) await refuses(world, 'ehr-session-ended', () => person.get(list))

    expect(line.sent.length).toBe(1)
  })

  test.each([
    ['found nobody at home', notThere, 'ehr-unreachable'],
    ['met an EHR that is busy', busy, 'ehr-busy'],
    ['met an EHR that is busy and says so in words', busyInWords, 'ehr-busy'],
  ] as const)('that %s was not used, and goes out when it is asked for again', async (_how, becomes, code) => {
    const line = tapped()
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)
    line.next = becomes

    await refuses(world, code, () => person.get(list))

    expect((await person.get(list)).status).toBe(200)
    world.later(11)
    expect((await person.get(list)).status).toBe(200)
    expect([line.sent.length, new Set(line.sent).size]).toEqual([2, 2])
  })

  test('of an EHR that once gave no new one goes out again whatever became of it', async () => {
    const line = tapped()
    const world = await alone(oracle)
    const person = await world.signIn(chen)
    world.later(10)
    expect((await person.get(list)).status).toBe(200)
    await world.restart()
    world.later(10)
    line.next = lost

    await refuses(world, 'ehr-unreachable', () => person.get(list))
    world.later(1)

    expect((await person.get(list)).status).toBe(200)
    expect([line.sent.length, new Set(line.sent).size]).toEqual([3, 1])
  })

  test('of an EHR that sends the same one back goes out again too', async () => {
    const line = tapped()
    const world = await alone(oracle)
    const person = await world.signIn(chen)
    line.told = (said) => ({ ...said, refresh_token: said.refresh_token ?? line.sent.at(-1) })
    world.later(10)
    expect((await person.get(list)).status).toBe(200)
    world.later(10)
    line.next = failed

    expect(bodyOf(await person.get(list))).toMatchObject({ asRead: { code: 'ehr-unreachable' } })
  })
})

describe('an EHR that takes the access token no longer', () => {
  test('though it never said when it would end is asked once more, with one new token for all who wait', async () => {
    const line = tapped()
    line.told = without('expires_in')
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)

    const answers = await Promise.all([1, 2, 3].map(() => person.get(list)))

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(line.sent.length).toBe(1)
  })

  test('gets the note once, with a new token', async () => {
    const line = tapped()
    const world = await alone()
    const walked = await signed(world)
    world.ehr.faults.on('fhir-401', { method: 'POST', times: 1 })

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })

    expect(chart(world, walked.appointment)).toEqual(once)
    expect(line.sent.length).toBe(1)
  })

  test('and none that came after it is not asked a third time', async () => {
    const line = tapped()
    const world = await alone()
    const walked = await signed(world)
    world.ehr.faults.on('fhir-401')
    const asked = () => world.ehr.requests.filter(({ status }) => status === 401).length

    await refuses(world, 'ehr-session-ended', () => walked.clinician.get(list))
    expect(line.sent.length).toBe(1)
    expect(asked()).toBeLessThanOrEqual(4) // two reads side by side

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'sign-in-ended' })
    expect(world.log()).not.toContain(line.sent[0])
  })

  test('and gave nothing to renew it with has ended the sign-in', async () => {
    const line = tapped()
    line.told = without('expires_in', 'refresh_token')
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)

    await refuses(world, 'ehr-session-ended', () => person.get(list))

    expect(line.sent).toEqual([])
  })

  test('and is too busy to renew it has not ended the sign-in', async () => {
    const line = tapped()
    line.told = without('expires_in')
    const world = await alone()
    const person = await world.signIn(chen)
    world.later(11)
    line.next = busy

    await refuses(world, 'ehr-busy', () => person.get(list))

    expect((await person.get(list)).status).toBe(200)
  })
})
