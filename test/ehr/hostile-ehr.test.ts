// An EHR whose every answer is odd in turn, at every station of a visit: nobody is sent a fault, nobody is taken for somebody else, nothing is
// changed that should not be, a note stands in the chart once or not at all, and no other host hears of anything.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { refusals } from '../../server/domain/errors.ts'
import type { LaunchId } from '../../server/domain/ids.ts'
import { newPatient, notesOf } from '../support/chart.ts'
import { startListener } from '../support/crooked-ehr.ts'
import { type Asked, clockInHand, drawn, type Hostile, hostile } from '../support/hostile-ehr.ts'
import { asOddity, oddRecords } from '../support/odd-records.ts'
import { type Oddity, oddities } from '../support/oddities.ts'
import { type Answer, ask, type Person } from '../support/people.ts'
import { book, file, filingOf, open, signedAlone, tokenFor, visitIdOf } from '../support/visits.ts'
import { arrive, atEhr, comeBack, launchSearch, leaving, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const chen = practitioners.chen.reference
const { margaret } = patients
const seed = 10
const storm = { timeout: 300_000 }

let elsewhere: Awaited<ReturnType<typeof startListener>>
let hospital: Hostile
let world: World
/** What went wrong that should not have. */
const faults: string[] = []

const opens = (personality: Personality) => async () => {
  elsewhere = await startListener({ resourceType: 'Patient', id: 'p' })
  hospital = hostile(elsewhere.origin, clockInHand().giveUp)
  world = await openWorld({ inTheWay: hospital.inTheWay, personality })
}
const closes = async () => {
  vi.restoreAllMocks()
  await Promise.all([world.close(), elsewhere.close()])
}
afterEach(() => hospital.calm())

/** Clear words, and nothing worse: never a fault of ours. */
function clear(answer: Answer, what: string): void {
  const isRefusal = answer.code !== undefined && Object.hasOwn(refusals, answer.code)
  if (answer.status >= 300 && answer.status !== 303 && !isRefusal)
    faults.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
}

/** After everything: no fault, no word to another host, no secret in what is written down, and no prototype touched. */
async function unharmed(people: readonly Person[]): Promise<void> {
  expect(faults.splice(0)).toEqual([])
  expect(elsewhere.heard).toEqual([])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  const launches = await Promise.all(
    people.map(({ home }) => world.house.launches.get(home.split('/').at(-1) as LaunchId)), // sound: a sign-in's path ends so
  )
  const secrets = launches.flatMap((launch) => [launch?.tokens.accessToken, launch?.tokens.refreshToken])
  for (const secret of [...secrets, 'Whitfield', 'somebody-else', 'polluted'])
    if (secret !== undefined) expect(world.log()).not.toContain(secret)
}

const records = oddRecords.map((odd) => asOddity(odd))
const holdsRecords: ReadonlySet<Asked> = new Set(['read', 'search'])
const pairs = (of: readonly Asked[]) =>
  of.flatMap((one) => [...oddities, ...(holdsRecords.has(one) ? records : [])].map((oddity) => ({ of: one, oddity })))
type Pair = { readonly of: Asked; readonly oddity: Oddity }
const said = ({ of, oddity }: Pair) => `${of}: ${oddity.name}`

/** A browser that goes as far as it gets. */
async function signingIn(): Promise<Answer> {
  const search = await launchSearch(world.ehr, { user: chen, patient: margaret.id })
  const answer = await ask(world.url, `/smart/launch${search}`)
  if (answer.status >= 400) return answer
  const { cookie, location } = leaving(answer)
  return comeBack(world.url, await atEhr(location), cookie)
}

describe('at an EHR whose every answer is odd in turn, a sign-in', () => {
  beforeAll(opens(generic))
  afterAll(closes)

  test('goes on or is refused in words, and the next one goes well', storm, async () => {
    // Where its sign-in is, the EHR says itself: that is taken from it.
    const all = pairs(['discovery', 'keys', 'token', 'read', 'search', 'statement']).filter(
      ({ of, oddity }) => !(of === 'discovery' && oddity.name === 'addresses elsewhere'),
    )
    for (const [which, pair] of drawn(all, 60, seed).entries()) {
      // What an EHR says of its sign-in, and its keys, are kept for an hour: an app that has just started asks.
      await world.restart()
      hospital.turns(pair.of, pair.oddity)
      clear(await signingIn(), said(pair))
      hospital.calm()
      if (which % 10 === 9) expect((await signingIn()).status, said(pair)).toBe(303)
    }

    await unharmed([])
  })
})

describe('at an EHR whose every answer is odd in turn, a visit', () => {
  beforeAll(opens(generic))
  afterAll(closes)

  const signIn = async () => [
    personOf(world.url, await arrive(world.url, world.ehr, { user: chen })),
    personOf(world.url, await arrive(world.url, world.ehr, { user: `Patient/${margaret.id}`, patient: margaret.id })),
  ]
  const rowOf = async (visit: string) => world.house.visits.get(visitIdOf(visit))

  test('goes on or is refused in words, and stays with those whose it is', storm, async () => {
    let people = await signIn()
    let ended = false
    for (const pair of drawn(pairs(['read', 'search', 'statement', 'token']), 40, seed)) {
      // Who is told that the EHR takes their token no longer is signed out.
      if (pair.of === 'token' || ended) people = await signIn()
      // A refresh token that was sent, and nobody knows what became of it, is never sent again: its sign-in may be over later only.
      ended = pair.of === 'token'
      const [clinician, patient] = people
      if (clinician === undefined || patient === undefined) throw new Error('nobody is signed in')
      const appointment = await book(world)
      const visit = await open(clinician, appointment)
      await open(patient, appointment)
      const { patient: whose, practitioners: whom } = (await rowOf(visit)) ?? {}
      if (pair.of === 'token') world.later(11)
      hospital.turns(pair.of, pair.oddity)

      for (const [who, what] of [
        [clinician, () => clinician.get('/api/appointments')],
        [patient, () => patient.get('/api/appointments')],
        [clinician, () => clinician.get('/api/capability')],
        [patient, () => patient.post('/api/visits', { appointment })],
        [clinician, () => clinician.get(visit)],
        [clinician, () => tokenFor(clinician, visit)],
      ] as const) {
        const answer = await what()
        ended ||= answer.code === 'ehr-session-ended'
        clear(answer, `${said(pair)} for ${who === patient ? 'the patient' : 'the clinician'}`)
      }

      hospital.calm()
      expect(await rowOf(visit), said(pair)).toMatchObject({ patient: whose, practitioners: whom })
    }

    await unharmed(people)
  })
})

describe.each([
  ['one by one', { ...generic, system: [] }],
  ['in one transaction', generic],
])('at an EHR whose every answer is odd in turn, a note that is sent %s', (_how, personality) => {
  beforeAll(opens(personality))
  afterAll(closes)

  test('stands in the chart once or not at all, and once when the EHR is itself again', storm, async () => {
    const all = pairs(['search', 'create', 'update', 'read', 'transaction']).flatMap((pair) =>
      ([true, false] as const).flatMap((does) => [
        { ...pair, does, times: 1 },
        { ...pair, does, times: 9 },
      ]),
    )
    for (const { does, times, ...pair } of drawn(all, 24, seed)) {
      const patient = await newPatient(world)
      // Who is told that the EHR takes their token no longer is signed out: each look is by somebody who has just signed in.
      const signIn = () => world.signIn({ user: chen })
      const { appointment, visit, clinician } = await signedAlone(world, { patient, clinician: await signIn() })
      const what = `${said(pair)}, ${does ? 'done' : 'not done'}, ${times} times`
      hospital.turns(pair.of, pair.oddity, { does, times })

      clear(await file(clinician, visit), what)
      hospital.calm()
      expect(notesOf(world, patient).length, what).toBeLessThanOrEqual(1)
      let state = ''
      for (let again = 0; again < 4 && state !== 'filed'; again++) {
        world.later(6)
        const same = await signIn()
        await open(same, appointment)
        clear(await file(same, visit), `${what}, again`)
        state = (await filingOf(same.get(`${visit}/note`))).state
      }

      expect([state, notesOf(world, patient).length], what).toEqual(['filed', 1])
      expect(world.ehr.all('Encounter').filter((e) => e.subject?.reference === patient).length, what).toBe(1)
    }

    await unharmed([])
  })
})
