// "What happened?", over HTTP: when it is asked, on whose day it stands, what each side is shown, and what is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admitted,
  bodyOf,
  book,
  file,
  inCall,
  open,
  opened,
  placeOf,
  rowIn,
  save,
  say,
  sign,
  tokenFor,
  waiting,
  withTokens,
  writtenAlone,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const unsaid = (cast = {}) => writtenAlone(world, { ...cast, outcome: 'unsaid' })
const view = async ({ clinician, visit }: { clinician: Person; visit: string }) =>
  bodyOf<ClinicianView>(await clinician.get(visit))
const events = async (event: string) => (await world.audit()).filter((line) => line.event === event)

describe('it is asked', () => {
  test('of nobody whose page said that it was in the call, also where the app died right after that', async () => {
    const both = await inCall(world)
    await world.restart()
    const { nobodyCame } = await view(both)

    const after = bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`))

    expect([nobodyCame, after.outcome]).toEqual([undefined, undefined])
  })

  test('of a visit that ends with the clinician alone in it, and its page knew before', async () => {
    const both = await opened(world)
    bodyOf(await tokenFor(both.clinician, both.visit))
    const before = await view(both)

    const after = bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`))

    expect([before.nobodyCame, before.outcome]).toEqual([true, undefined])
    expect([after.nobodyCame, after.outcome]).toEqual([undefined, { is: 'unsaid' }])
  })

  test('of one whose patient was let in, and for whom the call never opened', async () => {
    const both = await admitted(world)
    for (const person of [both.clinician, both.patient]) bodyOf(await tokenFor(person, both.visit))

    expect(bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`)).outcome).toEqual({ is: 'unsaid' })
  })

  test('of one in which both were, and to which nothing came through as a page told, also where the app died right after that; it was by telephone then', async () => {
    const both = await withTokens(world)
    const tells = (person: Person, more: object) =>
      person.post(`${both.visit}/presence`, { at: 'in', sees: [], ...more })
    bodyOf(await tells(both.clinician, { mediaFlows: true }))
    bodyOf(await tells(both.patient, { mediaBlocked: true }))
    await world.restart()

    const before = await view(both)
    const after = bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`))

    expect([before.nobodyCame, before.nothingThrough]).toEqual([undefined, true])
    expect(after).toMatchObject({ outcome: { is: 'unsaid' }, nothingThrough: true })
    expect(bodyOf<ClinicianView>(await say(both.clinician, both.visit, 'telephone')).outcome).toMatchObject({
      is: 'telephone',
    })
    bodyOf(await save(both.clinician, both.visit))
    bodyOf(await sign(both.clinician, both.visit))
    bodyOf(await file(both.clinician, both.visit))
    const [encounter] = world.ehr
      .all('Encounter')
      .filter(({ appointment }) => appointment?.some((one) => one.reference?.endsWith(both.appointment)))
    expect(encounter).toMatchObject({ status: 'finished', type: [{ text: 'Telephone' }] })
    expect(encounter).not.toHaveProperty('period')
  })

  test('not of one in which something came through in the end', async () => {
    const both = await withTokens(world)
    const tells = (person: Person, more: object) =>
      person.post(`${both.visit}/presence`, { at: 'in', sees: [], ...more })
    for (const more of [{ mediaBlocked: true }, { mediaFlows: true }])
      for (const person of [both.clinician, both.patient]) bodyOf(await tells(person, more))
    const before = await view(both)

    const after = bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`))

    expect([before.nothingThrough, after.nothingThrough, after.outcome]).toEqual([undefined, undefined, undefined])
  })

  test('not of one in which the patient was', async () => {
    const both = await inCall(world)
    const before = await view(both)

    const after = bodyOf<ClinicianView>(await both.clinician.post(`${both.visit}/end`))

    expect([before.nobodyCame, after.nobodyCame, after.outcome]).toEqual([undefined, undefined, undefined])
    await refuses(world, 'outcome-known', () => say(both.clinician, both.visit, 'did-not-come'))
  })
})

describe('until it is said', () => {
  test('the note is signed, and goes nowhere', async () => {
    const walked = await unsaid()
    bodyOf(await sign(walked.clinician, walked.visit))

    await refuses(world, 'outcome-unsaid', () => file(walked.clinician, walked.visit))

    bodyOf(await say(walked.clinician, walked.visit, 'came'))
    expect(bodyOf(await file(walked.clinician, walked.visit))).toMatchObject({ filing: { state: 'filed' } })
  })

  test('the visit stands on the day of each of its clinicians, also on later days and after a restart', async () => {
    const { visit, appointment, clinician } = await unsaid()
    expect((await rowIn(clinician, appointment))?.visit).toMatchObject({ outcome: 'unsaid' })

    world.later(3 * 24 * 60)
    await world.restart()
    const later = await world.signIn({ user: clinic.practitioners.chen.reference })
    const other = await world.signIn({ user: clinic.practitioners.okafor.reference })

    expect(await rowIn(later, appointment)).toMatchObject({ state: 'finished', visit: { outcome: 'unsaid' } })
    expect(await rowIn(other, appointment)).toBeUndefined()
    await open(later, appointment)
    bodyOf(await say(later, visit, 'technical-failure'))
    bodyOf(await later.post(`${visit}/note/signature`, {}, { 'If-Match': 'W/"1"' }))
    world.later(24 * 60)
    const again = await world.signIn({ user: clinic.practitioners.chen.reference })
    // Its note is not in the chart yet; nothing else keeps it there.
    expect((await rowIn(again, appointment))?.visit).toMatchObject({ outcome: 'technical-failure', note: 'final' })
  })

  test('a visit without a note leaves later days once it is said', async () => {
    const both = await opened(world)
    bodyOf(await tokenFor(both.clinician, both.visit))
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    world.later(2 * 24 * 60)
    const later = await world.signIn({ user: clinic.practitioners.chen.reference })
    expect(await rowIn(later, both.appointment)).toBeDefined()

    await open(later, both.appointment)
    bodyOf(await say(later, both.visit, 'did-not-come'))

    expect(await rowIn(later, both.appointment)).toBeUndefined()
  })

  test('a launch for one patient shows nobody else’s', async () => {
    const { appointment } = await unsaid()
    world.later(2 * 24 * 60)
    const { chen } = clinic.practitioners

    const forJose = await world.signIn({ user: chen.reference, patient: clinic.patients.jose.id })

    expect(await rowIn(forJose, appointment)).toBeUndefined()
  })
})

describe('the patient’s side', () => {
  test.each([
    ['unsaid', 'missed'],
    ['did-not-come', 'missed'],
    ['technical-failure', 'failed'],
    ['came', undefined],
    ['telephone', undefined],
  ] as const)('after "%s" is told: %s', async (is, as) => {
    const both = await waiting(world)
    bodyOf(await tokenFor(both.clinician, both.visit))
    bodyOf(await both.clinician.post(`${both.visit}/end`))

    if (is !== 'unsaid') bodyOf(await say(both.clinician, both.visit, is))

    const { finishedAt: _at, ...place } = { finishedAt: '', ...(await placeOf(both.patient, both.visit)) }
    expect(place).toEqual({ at: 'finished', ...(as && { as }) })
    const item = await rowIn(both.patient, both.appointment)
    expect(item?.visit?.ended).toBe(as)
    // Who said what of whom is the clinic's own.
    expect(JSON.stringify([place, item])).not.toContain('did-not-come')
  })

  test('says nothing of what happened', async () => {
    const both = await opened(world)
    bodyOf(await tokenFor(both.clinician, both.visit))
    bodyOf(await both.clinician.post(`${both.visit}/end`))

    await refuses(world, 'clinician-only', () => say(both.patient, both.visit, 'came'))
  })
})

describe('what is said', () => {
  test('is written down once, with who said it, and every page of the visit hears of it', async () => {
    const walked = await unsaid()
    const id = walked.visit.split('/').at(-1)
    const { revision } = await view(walked)

    for (let n = 0; n < 2; n++) bodyOf(await say(walked.clinician, walked.visit, 'technical-failure'))

    const lines = (await events('outcome-said')).filter(({ visit }) => visit === id)
    expect(lines).toMatchObject([{ code: 'technical-failure', who: clinic.practitioners.chen.reference }])
    expect((await view(walked)).revision).toBeGreaterThan(revision)
  })

  test('by one of two windows is refused to the other until that has seen it', async () => {
    const walked = await unsaid()
    const { chen } = clinic.practitioners
    const other = await world.signIn({ user: chen.reference, patient: clinic.patients.margaret.id })
    await open(other, walked.appointment)
    bodyOf(await say(walked.clinician, walked.visit, 'did-not-come'))

    await refuses(world, 'outcome-said', () => say(other, walked.visit, 'telephone'))
    bodyOf(await say(other, walked.visit, 'telephone', { instead: 'did-not-come' }))

    expect((await view(walked)).outcome).toMatchObject({ is: 'telephone' })
  })

  test('by two windows in the same moment is one of the two', async () => {
    const walked = await unsaid()

    const answers = await Promise.all(
      (['did-not-come', 'came'] as const).map((is) => say(walked.clinician, walked.visit, is)),
    )

    const won = answers.filter(({ status }) => status === 200).map(({ body }) => body)
    expect(won.length).toBe(1)
    expect(won[0]).toMatchObject({ outcome: (await view(walked)).outcome })
  })

  test('is not changed once a note is in the chart under it', async () => {
    const walked = await writtenAlone(world, { outcome: 'came' })
    bodyOf(await sign(walked.clinician, walked.visit))
    bodyOf(await file(walked.clinician, walked.visit))

    await refuses(world, 'outcome-kept', () => say(walked.clinician, walked.visit, 'did-not-come', { instead: 'came' }))
  })

  test('of a telephone call must be possible, and is no other word’s', async () => {
    const { clinician, visit } = await unsaid()

    await refuses(world, 'telephone-times', () =>
      say(clinician, visit, 'telephone', { period: { start: '10:00', end: '09:59' } }),
    )
    for (const odd of [
      ['came', { period: { start: '09:00', end: '09:10' } }],
      ['telephone', { period: { start: '24:00', end: '24:10' } }],
      ['telephone', { period: { start: '09:00' } }],
      ['came', { by: 'Practitioner/other' }],
    ] as const)
      await refuses(world, 'bad-request', () => say(clinician, visit, odd[0], odd[1]))
  })

  test('of a visit that goes on, or never began, is too early', async () => {
    const both = await opened(world)
    await refuses(world, 'visit-not-finished', () => say(both.clinician, both.visit, 'did-not-come'))
    bodyOf(await tokenFor(both.clinician, both.visit))
    await refuses(world, 'visit-not-finished', () => say(both.clinician, both.visit, 'did-not-come'))
  })

  test('is for the visit’s own clinicians', async () => {
    const { visit } = await unsaid()
    const appointment = await book(world, { practitioner: clinic.practitioners.okafor.reference })
    const other = await world.signIn({ user: clinic.practitioners.okafor.reference })
    await open(other, appointment)

    await refuses(world, 'not-your-visit', () => say(other, visit, 'did-not-come'))
  })
})

test('a note written before the visit ended, and one of nobody’s visit, are both signed without being asked', async () => {
  const both = await opened(world)
  bodyOf(await tokenFor(both.clinician, both.visit))
  bodyOf(await save(both.clinician, both.visit))

  expect((await sign(both.clinician, both.visit)).status).toBe(200)
})
