// What happens at one kind of EHR alone: at Epic a note that finds no encounter, at Oracle Health sign-ins of nine and a half minutes.
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { AppointmentList, NoteView } from '../../server/wire/wire.ts'
import { attempt, shown, writes } from '../support/chart.ts'
import { lookedInto } from '../support/going-out.ts'
import { bodyOf, file, inCall, inTheCall, open, save, sign, soap } from '../support/visits.ts'
import type { World } from '../support/world.ts'
import { asWords, register, walk, worldOf } from './personalities.ts'

const { patients, practitioners, organization } = clinic
const list = '/api/appointments'
const chen = { user: practitioners.chen.reference, patient: patients.margaret.id }

async function at(...[row]: Parameters<typeof worldOf>): Promise<World> {
  const world = await worldOf(row)
  onTestFinished(() => world.close())
  return world
}

afterEach(() => void vi.restoreAllMocks())

/** Every refresh token that went to the token endpoint, and when, in seconds of the world's time. */
function refreshes(world: World) {
  const seen: { token: string; at: number }[] = []
  const { fetch } = globalThis
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
    const { form, init } = await lookedInto(given)
    const token = form.get('grant_type') === 'refresh_token' ? form.get('refresh_token') : null
    if (token !== null) seen.push({ token, at: world.now() / 1000 })
    return fetch(to, init)
  })
  return seen
}

describe('at Epic, a note of a visit that has no encounter', () => {
  const withoutEncounter = async () => {
    const world = await at({ personality: epic, settings: {} })
    return { world, walked: await walk(world, { registered: 'none' }) }
  }

  test('is not sent, and says why', async () => {
    const { world, walked } = await withoutEncounter()

    expect(walked.note.filing).toMatchObject({ state: 'not-filed', why: 'no-encounter' })
    const looks = ['GET Patient', 'GET Encounter', 'GET Encounter', 'GET Encounter']
    expect(walked.filing.map(asWords)).toEqual(looks)
    expect(writes(world)).toEqual([])
    expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe('booked')
  })

  test('is kept word for word, stays on its writer’s day, and can be taken along', async () => {
    const { world, walked } = await withoutEncounter()

    const kept = bodyOf<NoteView>(await walked.clinician.get(`${walked.visit}/note`))
    const copy = await walked.clinician.get(`${walked.visit}/note/export?as=text`)
    const again = await world.signIn(chen)

    expect([kept.soap, kept.sign.docStatus]).toEqual([soap, 'final'])
    expect(copy.status).toBe(200)
    for (const part of Object.values(soap)) expect(copy.text).toContain(part)
    const { appointments } = bodyOf<AppointmentList>(await again.get(list))
    expect(appointments.find(({ id }) => id === walked.appointment)?.visit?.note).toBe('not-filed')
  })

  test('is not sent at the next attempt either, while it has none', async () => {
    const { world, walked } = await withoutEncounter()

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'no-encounter' })

    expect(writes(world)).toEqual([])
  })

  test.each([
    ['by the Appointment', true],
    ['by nothing but the patient', false],
  ])('goes in when she comes back from the encounter that registration made, tied to it %s', async (_how, linked) => {
    const { world, walked } = await withoutEncounter()
    const encounter = await register(world, walked.appointment, linked)
    const before = world.ehr.resource('Encounter', encounter)

    const again = await world.signIn({ ...chen, encounter })
    const { chosen } = bodyOf<AppointmentList>(await again.get(list))
    const visit = await open(again, walked.appointment)
    const filing = await attempt({ clinician: again, visit })

    expect([visit, chosen]).toEqual([walked.visit, linked ? walked.appointment : undefined])
    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter}`, appointment: 'left' })
    expect(await shown(walked)).toEqual(filing)
    expect(writes(world)).toEqual(['POST /DocumentReference'])
    expect(world.ehr.all('DocumentReference')).toMatchObject([
      { docStatus: 'final', context: { encounter: [{ reference: `Encounter/${encounter}` }] } },
    ])
    expect(world.ehr.resource('Encounter', encounter)).toEqual(before)
  })
})

describe('at Oracle Health, where a sign-in must be renewed every nine and a half minutes', () => {
  const settings = { serviceProvider: organization.reference }

  test('a visit of an hour goes on, each side with one refresh token, used again and again and never twice a minute', async () => {
    const world = await at({ personality: oracle, settings })
    const { clinician, patient, visit } = await inCall(world)
    const refreshed = refreshes(world)
    const began = world.now() / 1000

    for (let minute = 0; minute < 60; minute += 3) {
      world.later(3)
      // As the pages of a call do: a look at the visit keeps the sign-in awake, and has its Appointment read again now and then.
      const asked = [clinician, patient].flatMap((who) => [visit, list, list].map((path) => who.get(path)))
      expect((await Promise.all(asked)).filter(({ status }) => status !== 200)).toEqual([])
    }
    bodyOf(await save(clinician, visit))
    bodyOf(await inTheCall(patient, visit))
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))

    expect(bodyOf<NoteView>(await file(clinician, visit)).filing).toMatchObject({
      ...{ state: 'filed', appointment: 'fulfilled' },
    })
    const tokens = [...new Set(refreshed.map(({ token }) => token))]
    expect(tokens.length).toBe(2)
    // 570 s less the half minute for which a token must still be good, looked at every three minutes: six times an hour.
    for (const mine of tokens) {
      const minutes = refreshed.filter(({ token }) => token === mine).map(({ at }) => Math.round((at - began) / 60))
      expect(minutes).toEqual([9, 18, 27, 36, 45, 54])
    }
  })

  test('a clinician who is told to renew it later is not told that her sign-in has ended', async () => {
    const world = await at({ personality: oracle, settings })
    const { clinician } = await inCall(world)
    // It is known by now that this EHR takes the same refresh token again.
    world.later(10)
    bodyOf(await clinician.get(list))
    // The new token is lost on its way to the disc, as when the machine goes down in that moment.
    world.later(10)
    const { change } = world.house.launches
    vi.spyOn(world.house.launches, 'change')
      .mockImplementationOnce(change)
      .mockRejectedValueOnce(new Error('no space left'))
    expect((await clinician.get(list)).status).toBe(500)

    // Her day stands as it was read, with why it is not read anew.
    expect(bodyOf(await clinician.get(list))).toMatchObject({ asRead: { code: 'ehr-busy' } })

    world.later(1)
    expect((await clinician.get(list)).status).toBe(200)
  })
})

describe('at Keycloak, where a token lives for a minute', () => {
  test('a visit of half an hour goes on for both, each token renewed as it ends, and is filed', async () => {
    const world = await at({ personality: keycloak, settings: {} })
    const { clinician, patient, visit } = await inCall(world)

    for (let minute = 0; minute < 30; minute += 2) {
      world.later(2)
      const asked = [clinician, patient].flatMap((who) => [visit, list, list].map((path) => who.get(path)))
      expect((await Promise.all(asked)).filter(({ status }) => status !== 200)).toEqual([])
    }
    bodyOf(await save(clinician, visit))
    bodyOf(await inTheCall(patient, visit))
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))

    expect(bodyOf<NoteView>(await file(clinician, visit)).filing).toMatchObject({ state: 'filed' })
    expect(world.ehr.requests.filter(({ status }) => status === 401)).toEqual([])
  })
})

describe('at Medplum', () => {
  test('four requests at the end of a token are one refresh, and all of them are answered', async () => {
    const world = await at({ personality: medplum, settings: {} })
    const { clinician, visit } = await inCall(world)
    // Somebody who does nothing for so long is signed out by us.
    for (const minutes of [20, 20, 19]) {
      world.later(minutes)
      bodyOf(await clinician.get(visit))
    }
    const refreshed = refreshes(world)
    world.later(2)

    const all = await Promise.all([visit, list, list, visit].map((path) => clinician.get(path)))

    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(refreshed.length).toBe(1)
    expect(world.ehr.requests.filter(({ status }) => status === 401)).toEqual([])
  })
})
