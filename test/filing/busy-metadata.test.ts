// An EHR too busy to say what it can do (429 at /metadata): that is told as what it is, with its time; it is asked again when it says, and
// nobody is told that it does not offer what it has not been heard on.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { CapabilityView } from '../../server/wire/wire.ts'
import { attempt, having, newPatient, writes } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { amend, bodyOf, draft, signedAlone, writtenAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  // Corrections are new notes here: none is updated.
  world = await openWorld({ config: having({ policies: { drafts: true }, issuer: { can: { updateNotes: false } } }) })
})
afterEach(() => world.close())

const asked = () => world.ehr.requests.filter(({ path }) => path === '/metadata').length
const toldTo = async (person: Person) => bodyOf<CapabilityView>(await person.get('/api/capability'))
const chen = () => world.signIn({ user: clinic.practitioners.chen.reference })

describe('an EHR that is busy at /metadata', () => {
  test.each([
    ['600', 600],
    [false, 60],
    ['999999999', 3_600],
  ] as const)('and says %s is told as busy, and asked again when it may be', async (retryAfter, until) => {
    world.ehr.faults.on('metadata-429', { retryAfter })

    const { told, busyUntil = '' } = await toldTo(await chen())
    const seconds = (Date.parse(busyUntil) - world.now()) / 1000
    expect([told, asked()]).toEqual([false, 1])
    expect(seconds).toBeGreaterThan(until - 30)
    expect(seconds).toBeLessThanOrEqual(until)
    world.ehr.faults.clear()
    world.later((until - 30) / 60)
    expect([(await toldTo(await chen())).told, asked()]).toEqual([false, 1])
    world.later(31 / 60)

    const person = await chen()
    expect(await toldTo(person)).toMatchObject({ told: true, software: expect.any(String) })
    expect(await toldTo(person)).not.toHaveProperty('busyUntil')
    expect(asked()).toBe(2)
  })

  test('after it said what it can do is what it said', async () => {
    const { told, verdicts } = await toldTo(await chen())
    world.later(61)
    world.ehr.faults.on('metadata-429', { retryAfter: '600' })

    expect(await toldTo(await chen())).toMatchObject({ told, verdicts })
    expect([told, asked()]).toEqual([true, 2])
  })

  test('still gets a note, one after the other', async () => {
    world.ehr.faults.on('metadata-429', { retryAfter: '600' })
    const walked = await signedAlone(world, { patient: await newPatient(world) })

    expect(await attempt(walked)).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect(writes(world).slice(0, 2)).toEqual(['POST /Encounter', 'POST /DocumentReference'])
  })

  test('is not said to take no drafts: when to ask again is told, and then it takes one', async () => {
    world.ehr.faults.on('metadata-429', { retryAfter: '90' })
    const { clinician, visit } = await writtenAlone(world, { patient: await newPatient(world) })

    const { headers } = await refuses(world, 'ehr-busy', () => draft(clinician, visit, 1))
    expect(Number(headers['retry-after'])).toBeGreaterThan(60)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(90)
    world.ehr.faults.clear()
    world.later(2)

    expect((await draft(clinician, visit, 1)).status).toBe(200)
  })

  test('is not said to take no corrections: when to ask again is told, and then it takes one', async () => {
    const walked = await signedAlone(world, { patient: await newPatient(world) })
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
    await world.restart()
    world.ehr.faults.on('metadata-429', { retryAfter: '90' })

    const { headers } = await refuses(world, 'ehr-busy', () => amend(walked.clinician, walked.visit))
    expect(Number(headers['retry-after'])).toBeGreaterThan(60)
    world.ehr.faults.clear()
    world.later(2)

    expect((await amend(walked.clinician, walked.visit)).status).toBe(200)
  })
})
