// From the EHR's frame to a window of its own: the key is good once, for a minute, for one sign-in; and both windows are that sign-in.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, HandedOver, PatientView, TakenOver } from '../../server/wire/wire.ts'
import { type Answer, ask, cookiesOf, type Person, personAt } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { filesBelow } from '../support/secrets.ts'
import { bodyOf, inCall, knock, opened, save, soap, tokenFor, waiting } from '../support/visits.ts'
import { type Overheard, openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const
const idOf = (visit: string) => visit.split('/').at(-1)

/** What a page in the frame asks for, and gets. */
async function keyOf(person: Person, visit?: string): Promise<string> {
  const answer = await person.post('/api/hand-overs', visit === undefined ? {} : { visit: idOf(visit) })
  return new URL(bodyOf<HandedOver>(answer).url).hash.slice(1)
}

/** What the window's page does with it, in a browser that has no cookie of ours. */
const take = (world: World, key: string, headers: Record<string, string> = { Origin: world.url }): Promise<Answer> =>
  ask(world.url, '/hand-overs/taken', { method: 'post', headers, body: { key } })

async function inWindow(world: World, person: Person, visit?: string): Promise<Person> {
  const taken = await take(world, await keyOf(person, visit))
  bodyOf(taken)
  return personAt(world.url, person.home, cookiesOf(taken.headers))
}

describe('a window of its own', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('opens at the visit it was asked for, or at the list, with a cookie of its own beside the frame’s', async () => {
    const { clinician, visit } = await opened(world)

    const answer = await clinician.post('/api/hand-overs', { visit: idOf(visit) })
    const { origin, pathname, search, hash } = new URL(bodyOf<HandedOver>(answer).url)
    const taken = await take(world, hash.slice(1))

    expect([origin, pathname, search]).toEqual([world.url, '/hand-over.html', ''])
    expect(bodyOf<TakenOver>(taken).path).toBe(`${clinician.home}/visits/${idOf(visit)}`)
    const cookie = String(taken.headers['set-cookie'])
    for (const word of [`Path=${clinician.home};`, 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned'])
      expect(cookie).toContain(word)
    expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBeLessThanOrEqual(12 * 3600)
    expect(cookiesOf(taken.headers)).not.toBe(clinician.cookie)
    expect(bodyOf<TakenOver>(await take(world, await keyOf(clinician))).path).toBe(clinician.home)
  })

  test('is the same sign-in: the note typed in the frame stands in the window, and the frame goes on', async () => {
    const { clinician, visit } = await inCall(world)
    const window = await inWindow(world, clinician, visit)

    bodyOf(await save(clinician, visit))

    expect(bodyOf(await window.get(`${visit}/note`))).toMatchObject({ version: 1, soap })
    expect((await tokenFor(window, visit)).status).toBe(200)
    expect((await save(clinician, visit, 1)).status).toBe(200)
    expect(bodyOf<ClinicianView>(await window.get(visit)).status).toBe('in-progress')
  })

  test('keeps a patient’s place at the door, and lets them in when they are let in', async () => {
    const { clinician, patient, visit, doorId } = await waiting(world)
    const before = bodyOf<PatientView>(await patient.get(visit)).place

    const window = await inWindow(world, patient, visit)
    const now = bodyOf<PatientView>(await window.get(visit)).place
    bodyOf(await clinician.post(`${visit}/admissions`, { doorId }))

    expect(before).toMatchObject({ at: 'door' })
    expect(now).toEqual(before)
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).door).toHaveLength(1)
    expect((await tokenFor(window, visit)).status).toBe(200)
  })

  test('survives a restart, as the frame does', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { clinician, visit } = await opened(own)
    const window = await inWindow(own, clinician, visit)

    await own.restart()

    expect([(await window.get(visit)).status, (await clinician.get(visit)).status]).toEqual([200, 200])
  })

  test('ends with the frame, whichever of the two signs out', async () => {
    for (const leaves of ['frame', 'window'] as const) {
      const frame = await world.signIn(chen)
      const window = await inWindow(world, frame)

      await (leaves === 'frame' ? frame : window).post('/api/sign-out')

      for (const either of [frame, window]) await refuses(world, 'session-ended', () => either.get('/api/me'))
    }
  })

  test('opened a second time lets the first one go, and the frame stays', async () => {
    const frame = await world.signIn(chen)
    const first = await inWindow(world, frame)

    const second = await inWindow(world, frame)

    await refuses(world, 'session-ended', () => first.get('/api/me'))
    expect([(await second.get('/api/me')).status, (await frame.get('/api/me')).status]).toEqual([200, 200])
  })

  test('does not idle while it or the frame is used', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { patient, visit } = await opened(own)
    const window = await inWindow(own, patient, visit)
    own.later(20)
    bodyOf(await knock(window, visit))

    own.later(20)

    expect((await patient.get('/api/me')).status).toBe(200)
  })

  test('is written into the audit trail, as is what was refused', async () => {
    const { clinician, visit } = await opened(world)
    const key = await keyOf(clinician, visit)
    await take(world, key)
    await take(world, key)

    const lines = (await world.audit()).filter(({ event }) => event.startsWith('hand-over')).slice(-3)
    const about = { organisation: 'riverside', who: chen.user, role: 'clinician' }
    expect(lines).toMatchObject([
      { event: 'hand-over', outcome: 'success', visit: idOf(visit), ...about },
      { event: 'hand-over-taken', outcome: 'success', visit: idOf(visit), ...about },
      { event: 'hand-over-taken', outcome: 'refused', code: 'hand-over-unknown', ...about },
    ])
  })
})

describe('the key to a window of its own', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('opens once, also when two windows try it at the same moment', async () => {
    const key = await keyOf(await world.signIn(chen))

    const both = await Promise.all([take(world, key), take(world, key)])

    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    await refuses(world, 'hand-over-unknown', () => take(world, key))
  })

  test('opens nothing after a minute', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const key = await keyOf(await own.signIn(chen))

    own.later(1)

    await refuses(own, 'hand-over-unknown', () => take(own, key))
  })

  test('opens nothing once another was made, and a guess does not spend it', async () => {
    const person = await world.signIn(chen)
    const old = await keyOf(person)
    const key = await keyOf(person)

    await refuses(world, 'hand-over-unknown', () => take(world, old))
    await refuses(world, 'hand-over-unknown', () => take(world, `${key.split('.')[0]}.guessed`))
    expect((await take(world, key)).status).toBe(200)
  })

  test('of one sign-in opens no other, and none that was never made', async () => {
    const [mine, other] = await Promise.all([world.signIn(chen), world.signIn(chen)])
    const [key, theirs] = [await keyOf(mine), await keyOf(other)]

    const crossed = `${theirs.split('.')[0]}.${key.split('.')[1]}`
    await refuses(world, 'hand-over-unknown', () => take(world, crossed))
    for (const nothing of ['', '.', 'made-up', `made-up.${key.split('.')[1]}`])
      await refuses(world, 'session-ended', () => take(world, nothing))
  })

  test('opens nothing after the person signed out, and does not bring the sign-in back', async () => {
    const person = await world.signIn(chen)
    const key = await keyOf(person)
    await person.post('/api/sign-out')

    await refuses(world, 'session-ended', () => take(world, key))
    await refuses(world, 'session-ended', () => person.get('/api/me'))
  })

  test('is taken from our own page alone, and from there it is still good', async () => {
    const key = await keyOf(await world.signIn(chen))

    for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, {}])
      await refuses(world, 'origin-refused', () => take(world, key, headers))
    expect((await take(world, key)).status).toBe(200)
  })

  test('is made by who is signed in, from our own page, for a visit of theirs', async () => {
    const { clinician, visit } = await opened(world)
    const stranger = personAt(world.url, clinician.home, 'housecall=guessed')
    const other = await world.signIn(chen)

    await refuses(world, 'session-ended', () => stranger.post('/api/hand-overs'))
    await refuses(world, 'origin-refused', () =>
      clinician.post('/api/hand-overs', {}, { Origin: 'https://evil.example' }),
    )
    await refuses(world, 'not-your-visit', () => other.post('/api/hand-overs', { visit: idOf(visit) }))
    for (const body of [{ visit: 7 }, { visit: '' }, { to: 'https://evil.example' }])
      await refuses(world, 'bad-request', () => clinician.post('/api/hand-overs', body))
    await refuses(world, 'bad-request', () =>
      ask(world.url, '/hand-overs/taken', { method: 'post', headers: { Origin: world.url }, body: { key: 7 } }),
    )
  })

  test('is tried a limited number of times a minute', async () => {
    const own = await openWorld({ limits: { launches: 3 } })
    onTestFinished(() => own.close())
    for (const _ of [1, 2, 3]) await take(own, 'made-up')

    await refuses(own, 'too-many', () => take(own, 'made-up'))
  })

  test('is in no log, on no disc, in no trail, and in no address that a server is told', async () => {
    const heard: Overheard[] = []
    const own = await openWorld({ overhear: (reply) => void heard.push(reply) })
    onTestFinished(() => own.close())
    const { clinician, visit } = await opened(own)
    const [, key = ''] = (await keyOf(clinician, visit)).split('.')
    const spent = await keyOf(clinician, visit)
    await take(own, `made-up.${key}`)
    const window = cookiesOf((await take(own, spent)).headers).split('=')[1] ?? ''
    await take(own, spent)

    const files = await filesBelow(own.directory)
    const kept = await Promise.all(files.map(async (file) => `${file}\n${await readFile(file, 'utf8')}`))
    const told = [
      own.log(),
      ...kept,
      ...heard.map(({ url, head }) => `${url}\n${head.replace(/^set-cookie:.*$/m, '')}`),
    ]
    for (const secret of [key, spent.split('.')[1] ?? '', window]) {
      expect(secret).toMatch(/^[\w-]{43}$/)
      expect(told.filter((text) => text.includes(secret))).toEqual([])
    }
    expect(heard.filter(({ body }) => body.includes(key))).toHaveLength(1)
  })
})

describe('the window’s page', () => {
  test('comes to who opens it from our own page or by its address, not by a link elsewhere', async () => {
    const world = await openWorld()
    onTestFinished(() => world.close())
    const from = (site: string) => ask(world.url, '/hand-over.html', { headers: { 'Sec-Fetch-Site': site } })

    for (const answer of [await from('same-origin'), await from('none'), await ask(world.url, '/hand-over.html')])
      expect([answer.status, answer.text.includes('data-refusal')]).toEqual([200, false])
    for (const site of ['cross-site', 'same-site']) {
      const answer = await from(site)
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('data-refusal="origin-refused"')])
    }
  })
})
