// How things end: a sign-in with its streams, an idle one while its page goes on asking, a visit nobody ended; and what the trail says
// of those who were turned away.

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Code } from '../../server/domain/errors.ts'
import type { LaunchId, VisitId } from '../../server/domain/ids.ts'
import { attempt, chart } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import type { Answer, Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  bodyOf,
  book,
  file,
  inCall,
  knock,
  open,
  opened,
  patientWasThere,
  save,
  sign,
  tokenFor,
  waiting,
} from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic
const chen = practitioners.chen.reference
const okafor = practitioners.okafor.reference
const threeDays = 3 * 24 * 60

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => void vi.useRealTimers())
afterAll(() => world.close())

/** A page that listens: whether it has the stream, and its end, which is waited for five seconds at most. */
async function listening(person: Person, path: string) {
  const headers = { cookie: person.cookie }
  const response = await fetch(`${world.url}${person.home}${path}`, { headers, signal: AbortSignal.timeout(5_000) })
  return { status: response.status, ended: response.text() }
}

// Sound: a launch's path ends with its id.
const kept = (person: Person) => world.house.launches.get(person.home.split('/').at(-1) as LaunchId)

describe('who signs out', () => {
  test('hears nothing more: every stream of that sign-in ends at once, and no other’s', async () => {
    const { clinician, patient, visit } = await waiting(world)
    const streams = await Promise.all([
      listening(clinician, '/api/events'),
      listening(clinician, `${visit}/events`),
      listening(clinician, `${visit}/events`),
    ])
    const others = await watch(world, patient, `${visit}/events`)
    const last = await others.until(0)

    bodyOf(await clinician.post('/api/sign-out'))

    const heard = await Promise.all(streams.map(({ ended }) => ended))
    expect(heard.every((text) => text.startsWith('retry:'))).toBe(true)
    expect((await listening(clinician, '/api/events')).status).toBe(401)
    bodyOf(await patient.post(`${visit}/departures`))
    expect(await others.until(last + 1)).toBeGreaterThan(last)
    others.stop()
  })
})

describe('as time passes', () => {
  // Only the beat of the streams stands still: the rest of the machine goes on.
  const standStill = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const aMinute = () => vi.advanceTimersByTimeAsync(60_000)

  test('a page that only asks, whatever it asks for, does not keep its sign-in beyond thirty minutes', async () => {
    const { clinician, patient, visit } = await opened(world)
    const asked = ['/api/me', '/api/appointments', visit]
    for (const _ of [1, 2]) {
      world.later(14)
      for (const path of asked) for (const person of [clinician, patient]) bodyOf(await person.get(path))
      bodyOf(await clinician.get(`${visit}/note`))
    }

    world.later(3)

    for (const person of [clinician, patient]) await refuses(world, 'session-ended', () => person.get(visit))
  })

  test('a call that goes on keeps the sign-in of a page that only asks', async () => {
    const { clinician, patient, visit } = await inCall(world)

    for (const _ of [1, 2, 3]) {
      world.later(20)
      for (const person of [clinician, patient]) bodyOf(await person.get(visit))
    }

    expect([(await clinician.get('/api/me')).status, (await patient.get('/api/me')).status]).toEqual([200, 200])
  })

  test('a stream alone keeps the sign-in while the call goes on', async () => {
    const { clinician, visit } = await inCall(world)
    standStill()
    const { ended } = await listening(clinician, `${visit}/events`)

    for (const _ of [1, 2]) {
      world.later(20)
      await aMinute()
      await eventually(async () =>
        expect(Date.parse((await kept(clinician))?.seenAt ?? '')).toBeGreaterThan(recently()),
      )
    }

    expect((await clinician.get('/api/me')).status).toBe(200)
    bodyOf(await clinician.post('/api/sign-out'))
    await ended
  })

  test('a stream does not bring an ended sign-in back: it ends too, in a call that still goes on', async () => {
    const { clinician, visit } = await inCall(world)
    standStill()
    const streams = await Promise.all([listening(clinician, `${visit}/events`), listening(clinician, '/api/events')])
    const before = await kept(clinician)
    world.later(31)

    await aMinute()

    await Promise.all(streams.map(({ ended }) => ended))
    expect((await kept(clinician))?.seenAt).toBe(before?.seenAt)
    await refuses(world, 'session-ended', () => clinician.get('/api/me'))
  })

  test('a stream ends with the visit it was opened for: another clinician has that now', async () => {
    const { appointment, clinician, visit } = await inCall(world)
    standStill()
    const { ended } = await listening(clinician, `${visit}/events`)
    const before = world.ehr.resource('Appointment', appointment)
    if (before === undefined) throw new Error('no such Appointment')
    const people = before.participant.map((p) =>
      p.actor?.reference === chen ? { ...p, actor: { reference: okafor } } : p,
    )
    await world.ehr.put({ ...before, participant: people })
    world.later(6)

    // The first look has the Appointment read again, the next one finds what it says.
    await aMinute()
    await eventually(async () => expect((await clinician.get(visit)).code).toBe('no-longer-participant'))
    await aMinute()

    await ended
  })

  const recently = () => world.now() - 10_000
})

describe('three days after a visit nobody ended', () => {
  test('the patient who had been let in gets into the room only while a clinician is there', async () => {
    const { appointment, visit } = await inCall(world)
    world.later(threeDays)
    const patient = await world.signIn({ user: patients.margaret.reference, appointment })
    await open(patient, appointment)

    await refuses(world, 'appointment-past', () => tokenFor(patient, visit))

    const clinician = await world.signIn({ user: chen, appointment })
    await open(clinician, appointment)
    bodyOf(await clinician.get(visit))
    expect((await tokenFor(patient, visit)).status).toBe(200)
    world.later(1)
    await refuses(world, 'appointment-past', () => tokenFor(patient, visit))
  })

  test('it can be filed with hours, not days, also by a colleague who came only to end it', async () => {
    const { appointment, visit } = await inCall(world)
    const before = world.ehr.resource('Appointment', appointment)
    if (before === undefined) throw new Error('no such Appointment')
    const substitute = { actor: { reference: okafor }, status: 'accepted' as const }
    await world.ehr.put({ ...before, participant: [...before.participant, substitute] })
    world.later(threeDays)
    const colleague = await world.signIn({ user: okafor, appointment })
    await open(colleague, appointment)
    bodyOf(await tokenFor(colleague, visit))
    bodyOf(await save(colleague, visit))
    await patientWasThere(world, visit)
    bodyOf(await colleague.post(`${visit}/end`))
    bodyOf(await sign(colleague, visit))

    const filing = await attempt({ clinician: colleague, visit })

    expect(filing).toMatchObject({ state: 'filed', encounter: expect.any(String) })
    expect(chart(world, appointment)).toMatchObject({ encounters: 1, notes: 1 })
    const about = `Appointment/${appointment}`
    const encounter = world.ehr.all('Encounter').find((e) => e.appointment?.some((a) => a.reference === about))
    const periods = [encounter?.period, ...(encounter?.participant ?? []).map((p) => p.period)]
    const hours = periods.map((p) => (Date.parse(p?.end ?? '') - Date.parse(p?.start ?? '')) / 3600_000)
    expect(hours).toHaveLength(3)
    for (const each of hours) expect(each).toBeGreaterThanOrEqual(0)
    for (const each of hours) expect(each).toBeLessThan(4)
  })
})

describe('the trail', () => {
  /** The line of the last refusal, which is written beside the answer. */
  async function refusedAs(code: Code, ask: () => Promise<Answer>) {
    const lines = async () => (await world.audit()).filter(({ outcome }) => outcome === 'refused')
    const before = (await lines()).length
    await refuses(world, code, ask)
    await eventually(async () => expect((await lines()).length).toBe(before + 1))
    return (await lines()).at(-1)
  }
  const idOf = (visit: string) => visit.split('/').at(-1) ?? ''

  test('says of which visit a patient wanted what only its clinician may have', async () => {
    const { patient, visit } = await opened(world)
    const line = { event: 'access-refused', code: 'clinician-only', visit: idOf(visit), role: 'patient' }

    for (const asked of [
      () => patient.get(`${visit}/note`),
      () => patient.post(`${visit}/end`),
      () => file(patient, visit),
    ])
      expect(await refusedAs('clinician-only', asked)).toMatchObject({ ...line, who: patients.margaret.reference })
  })

  test('says of which visit a clinician wanted what only its patient may do', async () => {
    const { clinician, visit } = await opened(world)

    const line = await refusedAs('patient-only', () => knock(clinician, visit))

    expect(line).toMatchObject({ event: 'access-refused', visit: idOf(visit), who: chen, role: 'clinician' })
  })

  test('says whose visit somebody asked for who is no part of it', async () => {
    const { visit } = await opened(world)
    const layla = await world.signIn({ user: relatedPersons.layla.reference })

    const line = await refusedAs('not-your-visit', () => layla.get(visit))

    expect(line).toMatchObject({ event: 'access-refused', visit: idOf(visit), who: relatedPersons.layla.reference })
  })

  test('says which visit was asked for by a sign-in that was for another patient', async () => {
    const { visit } = await opened(world)
    const zoes = await world.signIn({ user: chen, patient: patients.zoe.id })
    const id = (await kept(zoes))?.id ?? ('' as LaunchId)
    // No way leads here from outside: this is what is left if one is found.
    await world.house.launches.change(id, (l) => ({ ...l, visits: [idOf(visit) as VisitId] }))

    const line = await refusedAs('other-patient', () => zoes.get(visit))

    expect(line).toMatchObject({ event: 'access-refused', visit: idOf(visit), who: chen })
  })

  test('says who wanted another patient’s appointment opened, and names no visit there is not', async () => {
    const zoes = await world.signIn({ user: chen, patient: patients.zoe.id })
    const appointment = await book(world)

    const line = await refusedAs('other-patient', () => zoes.post('/api/visits', { appointment }))

    expect(line).toMatchObject({ event: 'access-refused', who: chen })
    expect(line).not.toHaveProperty('visit')
  })

  test('says that a way back was used twice, and that it was used in another browser', async () => {
    const left = async () => {
      const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, { user: chen }))
      return { cookie, callback: await atEhr(location) }
    }
    const [used, stolen] = [await left(), await left()]
    expect((await comeBack(world.url, used.callback, used.cookie)).status).toBe(303)

    const lines = [
      await refusedAs('launch-unknown', () => comeBack(world.url, used.callback, used.cookie)),
      await refusedAs('launch-elsewhere', () => comeBack(world.url, stolen.callback, used.cookie)),
    ]

    const refused = { event: 'launch-refused', outcome: 'refused', organisation: 'riverside' }
    expect(lines).toMatchObject([
      { ...refused, code: 'launch-unknown' },
      { ...refused, code: 'launch-elsewhere' },
    ])
  })
})
