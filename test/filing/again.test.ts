// A note whose outcome is unknown is sent again only when it was looked for and the person, told so, says it; and it stays on her day until then.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { attempt, chart, nothing, once, writes } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, file, filingOf, inCall, save, signed } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const chen = clinic.practitioners.chen.reference
let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const attemptAgain = ({ clinician, visit }: { clinician: Person; visit: string }) =>
  filingOf(clinician.post(`${visit}/note/filing`, { sendAgain: true }))

describe('a note of which nobody knows whether it arrived', () => {
  test('is looked for and, when it is not there, sent by the same attempt of one who says so', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('cut-before-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    expect(await attemptAgain(walked)).toMatchObject({ state: 'filed' })

    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test('is not sent a second time when it is there, though somebody says to send it again', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('cut-after-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    const before = writes(world).length

    expect(await attemptAgain(walked)).toMatchObject({ state: 'filed' })

    expect(writes(world).slice(before)).toEqual([`PUT /Appointment/${walked.appointment}`])
    expect(chart(world, walked.appointment)).toEqual(once)
  })

  test('stays unknown while the EHR cannot be asked, also for one who says so', async () => {
    const walked = await signed(world)
    world.ehr.faults.on('cut-before-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    world.ehr.faults.on('fhir-500')
    const sent = writes(world).length

    await refuses(world, 'ehr-failed', () => file(walked.clinician, walked.visit))
    await walked.clinician.post(`${walked.visit}/note/filing`, { sendAgain: true })

    expect(writes(world).length).toBe(sent)
    expect(chart(world, walked.appointment)).toEqual(nothing)
  })

  test('at an EHR that cannot look for it is sent on that word alone', async () => {
    const blind = {
      ...generic,
      conditionalCreate: false,
      types: { ...generic.types, DocumentReference: ['read', 'create'] as const },
    }
    const own = await openWorld({ personality: blind })
    const walked = await signed(own)
    own.ehr.faults.on('cut-before-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    await refuses(own, 'filing-unknown', () => file(walked.clinician, walked.visit))

    expect(await attemptAgain(walked)).toMatchObject({ state: 'filed' })

    expect(own.ehr.all('DocumentReference').length).toBe(1)
    await own.close()
  })
})

describe('the day of a clinician', () => {
  const dayOf = async (person: Person) =>
    bodyOf<AppointmentList>(await person.get('/api/appointments')).appointments.map(({ id, visit }) => [
      id,
      visit?.note,
    ])

  test('shows yesterday’s note until it is in the chart', async () => {
    const walked = await signed(world)
    world.later(36 * 60)
    const tomorrow = await world.signIn({ user: chen })

    expect(await dayOf(tomorrow)).toContainEqual([walked.appointment, 'final'])
    const { visit } = bodyOf<{ visit: string }>(await tomorrow.post('/api/visits', { appointment: walked.appointment }))
    expect(await filingOf(file(tomorrow, `/api/visits/${visit}`))).toMatchObject({ state: 'filed' })

    expect(await dayOf(tomorrow)).toEqual([])
  })

  test('does not show it to a colleague, nor on another patient’s screen', async () => {
    const walked = await inCall(world)
    bodyOf(await save(walked.clinician, walked.visit))
    world.later(36 * 60)
    const others = await Promise.all([
      world.signIn({ user: clinic.practitioners.okafor.reference }),
      world.signIn({ user: chen, patient: clinic.patients.zoe.id }),
      world.signIn({ user: clinic.patients.margaret.reference }),
    ])

    const days = await Promise.all(others.map(dayOf))

    expect(days.flat().map(([id]) => id)).not.toContain(walked.appointment)
    const hers = await world.signIn({ user: chen })
    expect(await dayOf(hers)).toContainEqual([walked.appointment, 'preliminary'])
  })
})

describe('a note that somebody took back in the chart while nobody knew of it', () => {
  test.each([
    ['one by one', { ...generic, system: [] }],
    ['together', generic],
  ] as const)('is not called filed by what If-None-Exist finds, sent %s', async (_how, personality) => {
    const own = await openWorld({ personality })
    const walked = await signed(own)
    own.ehr.faults.on('cut-after-write', { type: 'DocumentReference', method: 'POST', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    const [note] = own.ehr.all('DocumentReference')
    if (note) await own.ehr.put({ ...note, status: 'entered-in-error' })

    const filing = await attemptAgain(walked)

    expect(filing).toMatchObject({ state: 'not-filed', why: 'ehr-conflict' })
    expect(own.ehr.all('DocumentReference').map(({ status }) => status)).toEqual(['entered-in-error'])
    await own.close()
  })
})
