// Two EHRs of one organisation that share no ids: what one has under an id has nothing to do with what the other has under it.
// Each test has people and Appointments with the same ids, at the same time, in both.
import { randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { routes } from '../../server/http/routes.ts'
import type { Config } from '../../server/settings/config.ts'
import type { AppointmentList, ClinicianView, NoteView, RoomToken } from '../../server/wire/wire.ts'
import { notesOf, wordsIn } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { castOf, openTwo, setStatus, settle, signInAs, type Two } from '../support/two-ehrs.ts'
import {
  admit,
  bodyOf,
  devices,
  doorIdOf,
  file,
  knock,
  match,
  open,
  patientWasThere,
  placeOf,
  save,
  sign,
  soap,
  tokenFor,
  visitIdOf,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, underOneRoof, type World } from '../support/world.ts'

let two: Two
beforeAll(async () => {
  two = await openTwo()
})
afterAll(() => two.world.close())

const visitOf = (world: World, path: string) => world.house.visits.get(visitIdOf(path))

/** Both sides of one Appointment at one of the EHRs. */
async function peopleAt(world: World, ehr: Ehr, cast: ReturnType<typeof castOf>) {
  const [clinician, patient] = [
    await signInAs(world, ehr, cast, 'clinician'),
    await signInAs(world, ehr, cast, 'patient'),
  ]
  return { clinician, patient }
}

/** The same ids in both, and both sides signed in at both. */
async function settled({ world, here, there }: Two = two) {
  const cast = castOf(randomBytes(4).toString('hex'))
  const start = world.now() + 5 * 60_000
  await settle(here, cast, 'Hereby', start)
  await settle(there, cast, 'Thereto', start)
  const [appointment] = cast.appointments
  return { cast, appointment, mine: await peopleAt(world, here, cast), theirs: await peopleAt(world, there, cast) }
}

async function inTheirRoom({ clinician, patient }: { clinician: Person; patient: Person }, appointment: string) {
  const visit = await open(clinician, appointment)
  await open(patient, appointment)
  bodyOf(await knock(patient, visit))
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
  const tokens = [await tokenFor(clinician, visit), await tokenFor(patient, visit)].map((answer) =>
    bodyOf<RoomToken>(answer),
  )
  return { visit, tokens }
}

const listOf = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments')).appointments

describe('one Appointment id in two EHRs', () => {
  test('is two visits with two rooms, and each side meets its own other side alone', async () => {
    const { appointment, mine, theirs } = await settled()

    const one = await inTheirRoom(mine, appointment)
    const other = await inTheirRoom(theirs, appointment)

    expect(other.visit).not.toBe(one.visit)
    const roomsIn = ({ tokens }: typeof one) => new Set(tokens.map(({ token }) => decodeJwt(token).room))
    expect([roomsIn(one).size, roomsIn(other).size, new Set([...roomsIn(one), ...roomsIn(other)]).size]).toEqual([
      1, 1, 2,
    ])
    const seen = [await mine.clinician.get(one.visit), await theirs.clinician.get(other.visit)]
    expect(seen.map((answer) => bodyOf<ClinicianView>(answer).door.map(({ name }) => name))).toEqual([
      ['Pat Hereby'],
      ['Pat Thereto'],
    ])
  })

  test('that one of them cancels leaves whoever waits in the other where they are', async () => {
    const { appointment, mine, theirs } = await settled()
    const visit = await open(mine.patient, appointment)
    bodyOf(await knock(mine.patient, visit))
    await setStatus(two.there, appointment, 'cancelled')

    await refuses(two.world, 'appointment-cancelled', () => theirs.patient.post('/api/visits', { appointment }))
    await refuses(two.world, 'appointment-cancelled', () => theirs.clinician.post('/api/visits', { appointment }))

    expect(await placeOf(mine.patient, visit)).toMatchObject({ at: 'door' })
    expect((await listOf(mine.clinician)).find(({ id }) => id === appointment)).toMatchObject({ visit: { waiting: 1 } })
  })

  test('shows in neither’s day what became of it in the other', async () => {
    const { appointment, mine, theirs } = await settled()
    const { visit } = await inTheirRoom(mine, appointment)
    bodyOf(await save(mine.clinician, visit))

    const days = [await theirs.clinician.get('/api/appointments'), await theirs.patient.get('/api/appointments')]

    for (const day of days) {
      const item = bodyOf<AppointmentList>(day).appointments.find(({ id }) => id === appointment)
      expect(item).toMatchObject({ state: 'open', patient: { name: 'Pat Thereto' } })
      expect(item?.visit).toBeUndefined()
      expect(day.text).not.toContain('Hereby')
    }
  })

  test('keeps a note that is left over on its writer’s list, and off that of whoever has the writer’s id in the other', async () => {
    const { appointment, mine, theirs } = await settled()
    const visit = await open(mine.clinician, appointment)
    bodyOf(await tokenFor(mine.clinician, visit))
    bodyOf(await save(mine.clinician, visit))
    bodyOf(await mine.clinician.post(`${visit}/end`))
    // Taken out of both days: only the note left over tells of it.
    for (const ehr of [two.here, two.there]) await ehr.remove('Appointment', appointment)

    const [hers, others] = [await listOf(mine.clinician), await theirs.clinician.get('/api/appointments')]

    expect(hers.find(({ id }) => id === appointment)).toMatchObject({ visit: { note: 'preliminary' } })
    expect(bodyOf<AppointmentList>(others).appointments.find(({ id }) => id === appointment)).toBeUndefined()
    expect(others.text).not.toContain('Hereby')
  })

  test('has two notes, each signed by its own clinician and filed into its own chart once', async () => {
    const { cast, appointment, mine, theirs } = await settled()
    const sides = [
      { ehr: two.here, clinician: mine.clinician, text: { ...soap, plan: 'for here' } },
      { ehr: two.there, clinician: theirs.clinician, text: { ...soap, plan: 'for there' } },
    ]
    for (const { clinician, text } of sides) {
      const visit = await open(clinician, appointment)
      bodyOf(await tokenFor(clinician, visit))
      bodyOf(await save(clinician, visit, 0, text))
      await patientWasThere(two.world, visit)
      bodyOf(await clinician.post(`${visit}/end`))
      bodyOf(await sign(clinician, visit))
      expect(bodyOf<NoteView>(await file(clinician, visit)).filing.state).toBe('filed')
    }

    const charts = sides.map(({ ehr }) => notesOf({ ...two.world, ehr }, cast.patient))
    expect(charts.map((notes) => notes.length)).toEqual([1, 1])
    expect(charts.map(([note]) => /for (here|there)/.exec(wordsIn(note))?.[1])).toEqual(['here', 'there'])
    const marks = charts.map(([note]) => note?.identifier?.[0]?.value)
    expect(marks[0]).not.toBe(marks[1])
    expect(sides.map(({ ehr }) => ehr.resource('Appointment', appointment)?.status)).toEqual(['fulfilled', 'fulfilled'])
  })

  test('tells nobody’s day in the one of a knock in the other', async () => {
    const { appointment, mine, theirs } = await settled()
    const [mineVisit, theirVisit] = [await open(mine.patient, appointment), await open(theirs.patient, appointment)]
    const day = await watch(two.world, theirs.clinician, '/api/events')
    const first = await day.until(0)

    bodyOf(await knock(mine.patient, mineVisit))
    bodyOf(await mine.patient.post(`${mineVisit}/departures`))
    bodyOf(await knock(theirs.patient, theirVisit))
    await day.until(first + 1)

    expect(day.heard.length).toBe(2)
    day.stop()
  })

  test('is told apart in the audit trail by the base URL', async () => {
    const { cast, appointment, mine, theirs } = await settled()
    await inTheirRoom(mine, appointment)
    await inTheirRoom(theirs, appointment)

    const lines = (await two.world.audit()).filter(({ who }) => who === cast.clinician)

    const events = ['launch', 'appointment-opened', 'admit', 'room-token']
    for (const { iss } of [two.here, two.there])
      expect(lines.filter(({ base }) => base === iss).map(({ event }) => event)).toEqual(events)
    expect(lines.length).toBe(2 * events.length)
  })
})

describe('whoever has the same id in the other EHR', () => {
  const bodies: Readonly<Record<string, object>> = {
    admissions: { doorId: 'd' },
    ...{ refusals: { doorId: 'd' }, returns: { doorId: 'd' }, lock: { locked: true }, knocks: { devices } },
    ...{ answers: { agrees: true }, state: { running: true }, presence: { at: 'in', sees: [] }, note: soap },
  }
  const ofVisits = routes.filter(({ path }) => path.includes('/visits/:visit'))

  test.each(ofVisits.map(({ method, path }) => [method, path] as const))(
    'has nothing of a visit by its address: %s %s',
    async (method, path) => {
      const { appointment, mine, theirs } = await shared()
      const visit = await open(mine.clinician, appointment)
      const below = path.replace(/^.*:visit/, '')

      for (const person of [theirs.clinician, theirs.patient]) {
        const asked = () =>
          method === 'get'
            ? person.get(`${visit}${below}${below.endsWith('/export') ? '?as=text' : ''}`)
            : person[method](`${visit}${below}`, bodies[below.split('/').at(-1) ?? ''] ?? {}, match(0))
        await refuses(two.world, 'not-your-visit', asked)
      }
    },
  )

  test('hears nothing of it either', async () => {
    const { appointment, mine, theirs } = await shared()
    const visit = await open(mine.clinician, appointment)

    await refuses(two.world, 'not-your-visit', () => theirs.clinician.get(`${visit}/events`))
    await refuses(two.world, 'not-your-visit', () =>
      theirs.clinician.post('/api/hand-overs', { visit: visit.split('/').at(-1) }),
    )
  })

  let kept: ReturnType<typeof settled> | undefined
  const shared = () => {
    kept ??= settled()
    return kept
  }
})

test('two base URLs that are said to share their ids later on meet in the visit that has begun, where the note is', async () => {
  const apart = await openTwo()
  const { world, there } = apart
  const { appointment, mine, theirs } = await settled(apart)
  await open(mine.patient, appointment)
  const visit = await open(theirs.clinician, appointment)
  bodyOf(await tokenFor(theirs.clinician, visit))
  bodyOf(await save(theirs.clinician, visit))
  const shared = (config: Config) => ({
    ...config,
    organisations: config.organisations.map((o) => ({ ...o, sharesIds: true })),
  })

  await world.restart(shared)

  expect([await open(theirs.clinician, appointment), await open(mine.patient, appointment)]).toEqual([visit, visit])
  expect(await visitOf(world, visit)).toMatchObject({ base: there.iss, status: 'in-progress' })
  await world.close()
})

describe('an organisation of one EHR that gets a second one', () => {
  /** Both EHRs run from the start; the settings list one, two that do not share their ids, or two that do. */
  async function growing() {
    let whole: Config | undefined
    const alone = (config: Config): Config => {
      const [first] = config.organisations
      whole = config
      return { ...config, organisations: first === undefined ? [] : [first] }
    }
    const world = await openWorld({ organisations: ['riverside', 'harbor'], config: alone })
    const [here = world.ehr, there = world.ehr] = world.ehrs
    const both = (sharesIds: boolean) => (config: Config) => underOneRoof(sharesIds)(whole ?? config)
    const cast = castOf(randomBytes(4).toString('hex'))
    const start = world.now() + 5 * 60_000
    await settle(here, cast, 'Hereby', start)
    await settle(there, cast, 'Thereto', start)
    const [waitedFor, written] = cast.appointments
    const mine = await peopleAt(world, here, cast)
    const visit = await open(mine.patient, waitedFor)
    bodyOf(await knock(mine.patient, visit))
    const noted = await open(mine.clinician, written)
    bodyOf(await tokenFor(mine.clinician, noted))
    bodyOf(await save(mine.clinician, noted))
    bodyOf(await mine.clinician.post(`${noted}/end`))
    return { ...{ world, here, there, alone, both, cast, mine, visit, noted, waitedFor, written } }
  }

  test('goes on with the visits it had, under their old names, and the second EHR has nothing of them', async () => {
    const { world, there, both, cast, mine, visit, noted, waitedFor, written } = await growing()
    const before = await visitOf(world, visit)

    await world.restart(both(false))

    expect(await visitOf(world, visit)).toEqual(before)
    expect([await open(mine.clinician, waitedFor), await open(mine.clinician, written)]).toEqual([visit, noted])
    expect(await placeOf(mine.patient, visit)).toMatchObject({ at: 'door' })
    const day = await listOf(mine.clinician)
    expect([waitedFor, written].map((id) => day.find((item) => item.id === id)?.visit)).toMatchObject([
      { waiting: 1 },
      { note: 'preliminary' },
    ])
    const theirs = await peopleAt(world, there, cast)
    const theirDay = await theirs.clinician.get('/api/appointments')
    expect(bodyOf<AppointmentList>(theirDay).appointments.map((item) => item.visit)).toEqual([undefined, undefined])
    expect(theirDay.text).not.toContain('Hereby')
    const theirVisit = await open(theirs.patient, waitedFor)
    expect(theirVisit).not.toBe(visit)
    expect(await visitOf(world, theirVisit)).toMatchObject({ base: there.iss, face: { name: 'Pat Thereto' } })
    await world.close()
  })

  test('shows nothing more to whoever opened its visit while the two were said to share their ids', async () => {
    const { world, there, both, cast, mine, visit, waitedFor } = await growing()
    await world.restart(both(true))
    const theirs = await peopleAt(world, there, cast)
    expect([await open(theirs.patient, waitedFor), await open(theirs.clinician, waitedFor)]).toEqual([visit, visit])
    expect(await placeOf(theirs.patient, visit)).toMatchObject({ at: 'door' })

    await world.restart(both(false))

    for (const person of [theirs.patient, theirs.clinician]) {
      await refuses(world, 'not-your-visit', () => person.get(visit))
      await refuses(world, 'not-your-visit', () => person.post(`${visit}/room-tokens`))
    }
    await refuses(world, 'not-your-visit', () => theirs.clinician.get(`${visit}/note`))
    expect(await placeOf(mine.patient, visit)).toMatchObject({ at: 'door' })
    await world.close()
  })

  test('gives a visit that is booked again the next room of its old name, not that of the other’s', async () => {
    const { world, here, there, both, cast, mine, visit, waitedFor } = await growing()
    await world.restart(both(false))
    const theirs = await peopleAt(world, there, cast)
    const theirVisit = await open(theirs.patient, waitedFor)
    await setStatus(here, waitedFor, 'cancelled')
    expect((await mine.clinician.post('/api/visits', { appointment: waitedFor })).code).toBe('appointment-cancelled')
    await setStatus(here, waitedFor, 'booked')

    const again = await open(mine.clinician, waitedFor)

    expect(again).toBe(visit)
    const [one, other] = [await visitOf(world, again), await visitOf(world, theirVisit)]
    const roomOf = (of: typeof one) => (of !== undefined && 'call' in of ? of.call.room : undefined)
    expect([one?.opening, one?.base, other?.status]).toEqual([2, undefined, 'planned'])
    expect(roomOf(one)).not.toBe(roomOf(other))
    const byRoom = await world.house.visits.find('room', roomOf(other) ?? '')
    expect(byRoom.map(({ id }) => id)).toEqual([theirVisit.split('/').at(-1)])
    await world.close()
  })

  test('keeps its visits when the settings are turned, to shared and back, and when one EHR goes', async () => {
    const { world, here, there, alone, both, cast, mine, visit, noted, waitedFor, written } = await growing()
    await world.restart(both(false))
    const theirs = await peopleAt(world, there, cast)
    const theirVisit = await open(theirs.clinician, written)
    bodyOf(await tokenFor(theirs.clinician, theirVisit))
    bodyOf(await save(theirs.clinician, theirVisit))

    for (const change of [both(true), both(false), alone]) {
      await world.restart(change)
      expect([await open(mine.clinician, waitedFor), await open(mine.clinician, written)]).toEqual([visit, noted])
      expect(await placeOf(mine.patient, visit)).toMatchObject({ at: 'door' })
      const day = await mine.clinician.get('/api/appointments')
      expect(bodyOf<AppointmentList>(day).appointments.find(({ id }) => id === written)).toMatchObject({
        visit: { id: noted.split('/').at(-1), note: 'preliminary' },
      })
    }
    // The other EHR is listed no more: what was kept of it is nobody's, though its clinician had the same id.
    await here.remove('Appointment', written)
    const left = await mine.clinician.get('/api/appointments')
    expect(bodyOf<AppointmentList>(left).appointments.map((item) => item.visit?.id)).toContain(noted.split('/').at(-1))
    expect(left.text).not.toContain('Thereto')
    await world.close()
  })
})
