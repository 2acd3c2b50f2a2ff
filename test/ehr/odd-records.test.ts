// Records as real EHRs have them, and odder: one at a time, at every station of a visit. Nobody is sent a fault, the others' rows stand in
// the list, and no page reads as if a program had written it.

import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { stateWords } from '../../client/day/day-row.tsx'
import { born } from '../../client/ui/born.ts'
import { interpreterNeeded } from '../../client/ui/clinician-words.ts'
import { clock } from '../../client/ui/clock.ts'
import { day, when } from '../../client/ui/times.ts'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { refusals } from '../../server/domain/errors.ts'
import type { AppointmentItem, AppointmentList, ClinicianView } from '../../server/wire/wire.ts'
import { anyOddAnswer, anyOddRecord } from '../support/any-odd-record.ts'
import { about, newPatient, registered } from '../support/chart.ts'
import { type Hostile, hostile } from '../support/hostile-ehr.ts'
import { asOddity } from '../support/odd-records.ts'
import type { Oddity } from '../support/oddities.ts'
import type { Answer, Person } from '../support/people.ts'
import { admit, book, knock, tokenFor } from '../support/visits.ts'
import { arrive, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { chen } = clinic.practitioners
const user = chen.reference
const { layla } = clinic.relatedPersons
const { timeZone } = clinic
const storm = { timeout: 300_000 }
const seed = 20_261_130
const draws = (count: number) => fc.sample(fc.noShrink(fc.nat()), { numRuns: count, seed })

let world: World
let hospital: Hostile
beforeAll(async () => {
  hospital = hostile('http://127.0.0.1:9', () => undefined)
  world = await openWorld({ inTheWay: hospital.inTheWay, personality: generic })
})
afterEach(() => hospital.calm())
afterAll(() => world.close())

const byProgram = /\bNaN\b|\bundefined\b|Invalid Date|\bnull\b|\[object /

/** Every text in an answer, and a word for what is no text that a page could show. */
function textsIn(body: unknown): readonly string[] {
  if (body === undefined) return []
  if (body === null) return ['null']
  if (typeof body === 'object') return Object.values(body as object).flatMap(textsIn) // sound: it is an object
  return [String(body)]
}

/** Went well and reads well, or is refused in our own words; answers whether it went well. */
function isClear(answer: Answer): boolean {
  const isRefusal = answer.code !== undefined && Object.hasOwn(refusals, answer.code)
  expect(answer.status < 400 || isRefusal, `${answer.status} ${answer.text.slice(0, 300)}`).toBe(true)
  expect(textsIn(answer.body).filter((text) => byProgram.test(text))).toEqual([])
  return answer.status < 300
}

/** What the pages say of a row. */
function wordsOf(item: AppointmentItem): readonly string[] {
  const { patient, start, end, opensAt } = item
  return [
    ...[stateWords(item, timeZone), born(patient.birthDate, timeZone), clock(start, timeZone), clock(end, timeZone)],
    ...[
      day(start, timeZone),
      when(opensAt, world.now(), timeZone),
      patient.name,
      item.reason ?? '',
      ...item.clinicians,
    ],
    ...(patient.interpreter === undefined ? [] : [interpreterNeeded(patient.interpreter)]),
  ]
}

async function list(person: Person): Promise<AppointmentList> {
  const answer = await person.get('/api/appointments')
  isClear(answer)
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  const seen = answer.body as AppointmentList // sound: the list that was asked for
  for (const item of seen.appointments) {
    const words = wordsOf(item)
    expect(words.filter((text) => byProgram.test(text) || text.length > 1_000)).toEqual([])
    expect(item.patient.name.trim()).not.toBe('')
  }
  return seen
}

type Scene = {
  readonly clinician: Person
  readonly patient: Person
  readonly good: string
  readonly odd: string
  readonly encounter: string
  readonly ref: string
}

/** Two visits of a clinician's day: of the one something is odd, and the other one stands. */
async function scene(): Promise<Scene> {
  const ref = await newPatient(world)
  const [odd, good] = [await book(world, { patient: ref }), await book(world, { patient: await newPatient(world) })]
  const encounter = await registered(world, ref, about(odd))
  const patient = await world.signIn({ user: ref as `Patient/${string}`, patient: ref.split('/')[1] ?? '' })
  const clinician = await world.signIn({ user, encounter, appointment: odd })
  return { clinician, patient, good, odd, encounter, ref }
}

const visitIn = (answer: Answer) => `/api/visits/${(answer.body as { visit?: string } | undefined)?.visit}` // sound: asked for as it is

/** Day, opening, door and call, as far as they go. */
async function goThrough({ clinician, patient, good, odd }: Scene): Promise<void> {
  const seen = await list(clinician)
  expect(seen.appointments.map(({ id }) => String(id))).toContain(good)
  await list(patient)
  const byPatient = await patient.post('/api/visits', { appointment: odd })
  const byClinician = await clinician.post('/api/visits', { appointment: odd })
  const [theirs, hers] = [isClear(byPatient), isClear(byClinician)]
  if (theirs) isClear(await knock(patient, visitIn(byPatient)))
  if (hers) {
    const view = await clinician.get(visitIn(byClinician))
    if (isClear(view)) {
      const { door, patient: face } = view.body as ClinicianView // sound: the view that was asked for
      expect(byProgram.test(born(face.birthDate, timeZone))).toBe(false)
      for (const { doorId } of door) isClear(await admit(clinician, visitIn(byClinician), doorId))
    }
    isClear(await tokenFor(clinician, visitIn(byClinician)))
  }
  if (theirs) isClear(await tokenFor(patient, visitIn(byPatient)))
}

/** What is on the day only for this run is taken off it again. */
async function leave({ clinician, patient, good, odd }: Scene): Promise<void> {
  hospital.calm()
  for (const person of [patient, clinician]) {
    const answer = await person.post('/api/visits', { appointment: odd })
    await person.post(`${visitIn(answer)}/${person === patient ? 'departures' : 'end'}`)
  }
  for (const id of [good, odd]) await world.ehr.remove('Appointment', id)
  expect(world.log()).not.toMatch(/"event":"(?:fault|store-fault)"/)
}

const subjects: Readonly<Record<string, (of: Scene) => string>> = {
  Appointment: ({ odd }) => odd,
  Patient: ({ ref }) => ref.split('/')[1] ?? '',
  Encounter: ({ encounter }) => encounter,
}
const oddities = (of: string, id: string): fc.Arbitrary<Oddity> =>
  fc.oneof(
    { weight: 3, arbitrary: anyOddRecord(of).map((odd) => asOddity(odd, id)) },
    { weight: 1, arbitrary: anyOddAnswer(id) },
  )

describe.each(Object.entries(subjects))('an odd %s', (of, subject) => {
  test('takes no other row from the day, and sends nobody a fault at any station', storm, async () => {
    for (const draw of draws(14)) {
      const here = await scene()
      const [oddity] = fc.sample(oddities(of, subject(here)), { seed: draw, numRuns: 1 })
      hospital.turns('look', oddity ?? expect.fail('nothing was drawn'))

      await told(() => goThrough(here), `${of}: ${oddity?.name}`)

      await leave(here)
    }
  })
})

/** Says of what it went wrong. */
async function told(work: () => Promise<void>, what: string): Promise<void> {
  await work().catch((cause: unknown) => {
    throw new Error(what, { cause })
  })
}

describe.each([
  ['Practitioner', chen.id, { user }],
  ['PractitionerRole', chen.role.split('/')[1] ?? '', { user }],
  ['PractitionerRole', chen.role.split('/')[1] ?? '', { user: chen.role }],
  ['Patient', clinic.patients.zoe.id, { user: clinic.patients.zoe.reference, patient: clinic.patients.zoe.id }],
  ['RelatedPerson', layla.id, { user: layla.reference, patient: clinic.patients.noor.id }],
  ['Patient', clinic.patients.noor.id, { user: layla.reference, patient: clinic.patients.noor.id }],
] as const)('the sign-in with an odd %s', (of, id, launch) => {
  test('goes on or is refused in words, and shows a list that reads well', storm, async () => {
    for (const draw of draws(10)) {
      const [oddity] = fc.sample(oddities(of, id), { seed: draw, numRuns: 1 })
      hospital.turns('look', oddity ?? expect.fail('nothing was drawn'))

      await told(async () => {
        const answer = await arrive(world.url, world.ehr, launch)
        isClear(answer)
        if (answer.status !== 303) return
        const person = personOf(world.url, answer)
        isClear(await person.get('/api/me'))
        isClear(await person.get('/api/capability'))
        await list(person)
      }, `${of}: ${oddity?.name}`)
      hospital.calm()
    }
    expect(world.log()).not.toMatch(/"event":"(?:fault|store-fault)"/)
  })
})
