// Nothing secret and nobody's name leaves by a side door: the log, the audit trail, the disc, our addresses, headers and refusals
// are searched for every token, cookie, state, code, name, birth date and word of a note that the whole journey has seen.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { ask, personAt } from '../support/people.ts'
import { eavesdrop, filesBelow, found, needles, quietly, takeDown } from '../support/secrets.ts'
import * as visits from '../support/visits.ts'
import { visitIdOf } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { watch } from '../support/watching.ts'
import { type Overheard, openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const chen = practitioners.chen.reference

let world: World
let walked: { visit: string; appointment: string; clinician: { home: string } }
let said: string[]
const replies: Overheard[] = []

beforeAll(async () => {
  said = quietly()
  eavesdrop()
  world = await openWorld({ overhear: (reply) => void replies.push(reply) })
  await signInsThatFail()
  walked = await wholeWalk()
  await refusalsAndFaults()
  takeDown(replies)
})
afterAll(async () => {
  await world.close()
  vi.restoreAllMocks()
})

async function left(): Promise<{ cookie: string; callback: string }> {
  const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, { user: chen }))
  needles.states.add(location.searchParams.get('state') ?? '')
  return { cookie, callback: await atEhr(location) }
}

async function signInsThatFail(): Promise<void> {
  for (const fault of [
    'id-token-other-key',
    'id-token-wrong-nonce',
    'id-token-no-fhir-user',
    'authorize-denied',
  ] as const) {
    world.ehr.faults.on(fault, { times: 1 })
    const { cookie, callback } = await left()
    await comeBack(world.url, callback, cookie)
    await comeBack(world.url, callback, cookie, { Accept: 'text/html' })
  }
  world.ehr.faults.clear()
  await comeBack(world.url, (await left()).callback, '')
}

async function wholeWalk() {
  const both = await visits.waiting(world)
  const heard = await watch(world, both.patient, `${both.visit}/events`)
  await heard.until(1)
  const early = await visits.tokenFor(both.patient, both.visit)
  expect(early.code).toBe('not-admitted')
  await visits.admit(both.clinician, both.visit, both.doorId)
  for (const person of [both.clinician, both.patient]) {
    const { token } = visits.bodyOf<RoomToken>(await visits.tokenFor(person, both.visit))
    needles.jitsiTokens.add(token).add(token.split('.')[2] ?? token)
  }
  visits.bodyOf(await visits.inTheCall(both.patient, both.visit))
  heard.stop()
  visits.bodyOf(await visits.save(both.clinician, both.visit))
  world.later(11) // the access token ends, and is renewed
  await both.clinician.get('/api/appointments')
  await both.clinician.post(`${both.visit}/end`)
  await visits.sign(both.clinician, both.visit)
  world.ehr.faults.on('cut-after-write', { times: 1 })
  await visits.file(both.clinician, both.visit)
  visits.bodyOf(await visits.file(both.clinician, both.visit))
  return both
}

async function refusalsAndFaults(): Promise<void> {
  const { clinician, patient, visit } = await visits.inCall(world)
  const told = { ...visits.soap, subjective: 7, name: patients.margaret.name }
  await clinician.put(`${visit}/note`, told, visits.match(0))
  await clinician.put(`${visit}/note`, `{"plan":"${visits.soap.plan}"`, {
    ...visits.match(0),
    'Content-Type': 'application/json',
  })
  await patient.post(`${visit}/knocks?name=${encodeURIComponent('Margaret')}`, { devices: patients.margaret.name })
  await visits.save(clinician, visit)
  await visits.save(clinician, visit, 0, { ...visits.soap, plan: visits.soap.subjective })
  await ask(world.url, `/v/${needles.states.values().next().value}/api/me`)
  await personAt(world.url, clinician.home, 'housecall=guessed').get(visit)
  for (const fault of ['fhir-500', 'fhir-401', 'fhir-429-retry-after'] as const) {
    world.ehr.faults.on(fault)
    await clinician.get('/api/appointments')
    world.ehr.faults.clear()
  }
  world.later(11)
  world.ehr.faults.on('refresh-refused')
  await clinician.get('/api/appointments')
  world.ehr.faults.clear()
  await brokenRow()
}

/** A row that the disc has spoilt: a fault, whose reply says nothing. */
async function brokenRow(): Promise<void> {
  const { clinician, visit } = await visits.opened(world)
  await visits.save(clinician, visit)
  await world.restart()
  const notes = join(world.directory, 'rows', 'notes')
  for (const file of await filesBelow(notes)) await writeFile(file, JSON.stringify({ text: 'spoilt' }))
  expect((await clinician.get(`${visit}/note`)).status).toBe(500)
}

describe('the search', () => {
  test('has something of every kind to look for', () => {
    const few = Object.entries(needles).filter(
      ([, kind]) => kind.size < 2 || [...kind].some((needle) => Buffer.byteLength(needle) < 4),
    )

    expect(few.map(([name]) => name)).toEqual([])
    expect(needles.tokens.size).toBeGreaterThanOrEqual(6)
  })

  test('finds each where it belongs: cookies in Set-Cookie, the rest in the reply to its owner', () => {
    const bodies = replies
      .filter(({ status }) => status === 200)
      .map(({ body }) => body)
      .join('\n')
    const heads = replies.map(({ head }) => head).join('\n')

    const kinds = new Set(found(bodies + heads).map((line) => line.split(':')[0]))
    expect([...kinds].toSorted()).toEqual([
      ...['birthDates', 'cookies', 'jitsiTokens', 'names', 'phones', 'states', 'words'],
    ])
  })

  test('would find a token on the disc if it were not sealed: the row itself holds it', async () => {
    const id = walked.clinician.home.split('/').at(-1) as Parameters<World['house']['launches']['get']>[0] // sound: our own id
    const launch = await world.house.launches.get(id)

    expect(needles.tokens).toContain(launch?.tokens.accessToken)
  })

  test('looks into a log and a trail that are not empty', async () => {
    expect(world.log().split('\n').length).toBeGreaterThan(50)
    expect(world.log()).toContain('"event":"fault"')
    expect((await world.audit()).length).toBeGreaterThan(15)
  })
})

describe('nothing of it is found', () => {
  test('in the log, nor printed past it', () => {
    expect(found(world.log())).toEqual([])
    expect(said).toEqual([])
  })

  test('anywhere in the data folder, the audit trail and the names of files included', async () => {
    const files = await filesBelow(world.directory)

    for (const file of files) expect([file, found(`${file}\n${await readFile(file, 'latin1')}`)]).toEqual([file, []])
    for (const file of files) expect(found(await readFile(file, 'utf8'))).toEqual([])
    expect(files.length).toBeGreaterThan(10)
  })

  test('in the body of any refusal or fault', () => {
    const refused = replies.filter(({ status }) => status >= 400)

    expect(refused.length).toBeGreaterThan(15)
    for (const { url, body } of refused) expect([url, found(body)]).toEqual([url, []])
  })

  test('in a header, but for the cookies and the way to the EHR', () => {
    for (const { head } of replies) {
      const lines = head.split('\n').filter((line) => !line.startsWith('set-cookie:'))
      const away = lines.filter((line) => line.startsWith(`location: ${world.ehr.origin}/oauth/authorize?`))
      expect(found(lines.filter((line) => !away.includes(line)).join('\n'))).toEqual([])
      expect(found(away.join('\n'), ['states'])).toEqual([])
    }
  })

  test('in an address of ours, but for what the EHR puts into the callback', () => {
    const own = replies
      .map(({ url }) => url)
      .filter((url) => url.startsWith('/v/') && !url.includes('?name=') && !guessed(url))

    expect(own.length).toBeGreaterThan(20)
    expect(found(own.join('\n'))).toEqual([])
  })

  test('in what is sent over the event stream', () => {
    const streams = replies.filter(({ url }) => url.endsWith('/events'))

    expect(streams.some(({ body }) => body.includes('event: look'))).toBe(true)
    expect(found(streams.map(({ body }) => body).join('\n'))).toEqual([])
  })

  test('of the note in what a patient is shown, nor of a token in any page', () => {
    const pages = replies.filter(
      ({ status, url }) =>
        status === 200 && !url.endsWith('/note') && !url.includes('/note/') && !url.startsWith('/smart/launch'),
    )

    expect(found(pages.map(({ body }) => body).join('\n'), ['names', 'birthDates', 'phones', 'jitsiTokens'])).toEqual(
      [],
    )
    // The form that leads to the EHR holds the state that comes back from there, and nothing else of all this.
    const forms = replies.filter(({ url }) => url.startsWith('/smart/launch'))
    expect(forms.length).toBeGreaterThan(0)
    expect(found(forms.map(({ body }) => body).join('\n'), ['states'])).toEqual([])
  })
})

/** An address that a test itself made up out of a state. */
const guessed = (url: string) => [...needles.states].some((state) => url.includes(state))

test('the kept visit knows its patient’s name, so that the disc was worth searching', async () => {
  const kept = await world.house.visits.get(visitIdOf(walked.visit))

  expect(kept?.face.name).toBe(patients.margaret.name)
})
