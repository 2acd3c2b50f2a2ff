// Who somebody in the call is, over HTTP: what each side is shown, what is written down, what is refused, and what becomes of the note.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, NoteView } from '../../server/wire/wire.ts'
import { notesOf } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  draft,
  file,
  inCall,
  inTheCall,
  open,
  placeOf,
  rowIn,
  save,
  say,
  sign,
  tokenFor,
  withTokens,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

type At = { readonly clinician: Person; readonly visit: string; readonly doorId: string }

const view = async ({ clinician, visit }: Pick<At, 'clinician' | 'visit'>) =>
  bodyOf<ClinicianView>(await clinician.get(visit))
const person = async (both: At) => (await view(both)).door.find(({ doorId }) => doorId === both.doorId)
const saying = async (both: At, is: 'confirmed' | 'denied') => ({
  ...{ doorId: both.doorId, is },
  admittedAt: (await person(both))?.admittedAt,
})
const says = async (both: At, is: 'confirmed' | 'denied') =>
  both.clinician.post(`${both.visit}/identities`, await saying(both, is))
const outside = ({ clinician, visit }: At) => clinician.post(`${visit}/identities/outside`)
const lines = async (event: string) => (await world.audit()).filter((line) => line.event === event)
const colleague = async ({ appointment }: { appointment: string }) => {
  const user = clinic.practitioners.okafor.reference
  const kept = world.ehr.resource('Appointment', appointment)
  if (kept === undefined) throw new Error('nothing was booked')
  await world.ehr.put({
    ...kept,
    participant: [...kept.participant, { actor: { reference: user }, status: 'accepted' }],
  })
  return world.signIn({ user, appointment })
}

/** Ended after another than the patient was in the call; what happened is said, and the note signed. */
async function endedOnAnother(is: 'another-came' | 'did-not-come' = 'another-came') {
  const both = await inCall(world)
  bodyOf(await save(both.clinician, both.visit))
  bodyOf(await says(both, 'denied'))
  bodyOf(await both.clinician.post(`${both.visit}/end`))
  bodyOf(await say(both.clinician, both.visit, is))
  bodyOf(await sign(both.clinician, both.visit))
  return both
}

describe('letting in', () => {
  test('says nothing of who it is: that is asked in the call, and written down there', async () => {
    const both = await inCall(world)

    const before = await person(both)
    const [line] = (await lines('admit')).slice(-1)
    bodyOf(await says(both, 'confirmed'))
    const after = await person(both)

    expect(line).not.toHaveProperty('identityConfirmed')
    expect([before?.identity, after?.identity?.is]).toEqual([undefined, 'confirmed'])
    expect((await lines('identity-confirmed')).at(-1)).toMatchObject({
      ...{ outcome: 'success', role: 'clinician', doorId: both.doorId, code: 'in-call' },
      patient: clinic.patients.margaret.reference,
    })
  })
})

describe('another than the patient', () => {
  test('is out at once: told so, without a token, and let in again only by a clinician', async () => {
    const both = await inCall(world)
    const theirs = await watch(world, both.patient, `${both.visit}/events`)
    const { revision } = await view(both)

    const answer = bodyOf<ClinicianView>(await says(both, 'denied'))

    expect(answer.door).toMatchObject([{ state: 'waiting', identity: { is: 'denied' } }])
    // By this the clinician's page takes them out of the room.
    expect(answer.door[0]?.idInRoom).toBeDefined()
    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect(await placeOf(both.patient, both.visit)).toMatchObject({ at: 'door', denied: true })
    await refuses(world, 'not-admitted', () => tokenFor(both.patient, both.visit))
    await refuses(world, 'not-admitted', () => inTheCall(both.patient, both.visit))
    expect((await lines('identity-denied')).at(-1)).toMatchObject({ doorId: both.doorId, outcome: 'success' })
    bodyOf(await admit(both.clinician, both.visit, both.doorId))
    expect((await tokenFor(both.patient, both.visit)).status).toBe(200)
    theirs.stop()
  })

  test('is marked on the clinician’s day while they wait, and not on their own', async () => {
    const both = await inCall(world)
    const row = (of: Person) => rowIn(of, both.appointment)
    expect((await row(both.clinician))?.visit).not.toHaveProperty('deniedAt')

    bodyOf(await says(both, 'denied'))

    const deniedAt = (await person(both))?.identity?.at
    expect(deniedAt).toBeDefined()
    expect((await row(both.clinician))?.visit).toMatchObject({ waiting: 1, deniedAt })
    expect((await row(both.patient))?.visit).not.toHaveProperty('deniedAt')
    bodyOf(await admit(both.clinician, both.visit, both.doorId))
    expect((await row(both.clinician))?.visit).not.toHaveProperty('deniedAt')
  })

  test('is so after the app died, and so is who was confirmed', async () => {
    const [wrong, right] = [await inCall(world), await inCall(world)]
    bodyOf(await says(wrong, 'denied'))
    bodyOf(await says(right, 'confirmed'))

    await world.restart()

    expect(await placeOf(wrong.patient, wrong.visit)).toMatchObject({ at: 'door', denied: true })
    expect([(await person(wrong))?.identity?.is, (await person(right))?.identity?.is]).toEqual(['denied', 'confirmed'])
  })

  test('is no longer told of it once they came back by themselves, and the clinician still is', async () => {
    const both = await inCall(world)
    bodyOf(await says(both, 'denied'))
    bodyOf(await both.patient.post(`${both.visit}/departures`))
    bodyOf(await both.patient.post(`${both.visit}/knocks`, { devices: { camera: true, microphone: true } }))

    expect(await placeOf(both.patient, both.visit)).not.toHaveProperty('denied')
    expect((await view(both)).door).toMatchObject([{ state: 'waiting', identity: { is: 'denied' } }])
  })

  test.each(['confirmed', 'denied'] as const)(
    'the word twice, %s, by two clinicians, is kept and written down once',
    async (is) => {
      const both = await inCall(world)
      const other = await colleague(both)
      await open(other, both.appointment)
      const word = await saying(both, is)
      const before = (await lines(`identity-${is}`)).length

      const answers = await Promise.all(
        [both.clinician, other, both.clinician].map((one) => one.post(`${both.visit}/identities`, word)),
      )

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect((await lines(`identity-${is}`)).length).toBe(before + 1)
    },
  )

  test('is not said of whoever was sent out or let in anew since the question was asked', async () => {
    const both = await inCall(world)
    const old = await saying(both, 'confirmed')
    bodyOf(await both.clinician.post(`${both.visit}/returns`, { doorId: both.doorId }))
    await refuses(world, 'admission-over', () => both.clinician.post(`${both.visit}/identities`, old))
    world.later(1)
    bodyOf(await admit(both.clinician, both.visit, both.doorId))

    for (const is of ['confirmed', 'denied'])
      await refuses(world, 'admission-over', () => both.clinician.post(`${both.visit}/identities`, { ...old, is }))
    await refuses(world, 'not-at-door', () =>
      both.clinician.post(`${both.visit}/identities`, { ...old, doorId: 'made-up' }),
    )
  })

  test('can be found out after they hung up, and nobody but a clinician says so', async () => {
    const both = await inCall(world)
    await refuses(world, 'clinician-only', async () =>
      both.patient.post(`${both.visit}/identities`, await saying(both, 'confirmed')),
    )
    bodyOf(await both.patient.post(`${both.visit}/presence`, { at: 'out', sees: [] }))

    expect(bodyOf<ClinicianView>(await says(both, 'denied')).door).toMatchObject([{ state: 'waiting' }])
  })
})

describe('at the end, after another was in the call and nobody was confirmed', () => {
  const ended = async () => {
    const both = await inCall(world)
    bodyOf(await says(both, 'denied'))
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    return both
  }
  const statusOf = ({ appointment }: { appointment: string }) => world.ehr.resource('Appointment', appointment)?.status

  test.each(['came', 'telephone'] as const)(
    '%s is refused, also in place of another word, and the appointment is not fulfilled',
    async (is) => {
      const both = await ended()
      const before = statusOf(both)

      await refuses(world, 'identity-unconfirmed', () => say(both.clinician, both.visit, is))

      expect([statusOf(both), (await view(both)).outcome]).toEqual([before, { is: 'unsaid' }])
      bodyOf(await say(both.clinician, both.visit, 'another-came'))
      await refuses(world, 'identity-unconfirmed', () =>
        say(both.clinician, both.visit, is, { instead: 'another-came' }),
      )
      expect(statusOf(both)).toBe('noshow')
    },
  )

  test.each(['came', 'telephone'] as const)(
    '%s is taken together with the word that it is confirmed who it was',
    async (is) => {
      const both = await ended()
      const own = async () => (await lines('identity-confirmed')).filter(({ visit }) => both.visit.endsWith(`${visit}`))

      for (let n = 0; n < 2; n++) bodyOf(await say(both.clinician, both.visit, is, { identityConfirmed: true }))

      expect(statusOf(both)).toBe('fulfilled')
      expect(await view(both)).toMatchObject({ outcome: { is }, identity: { is: 'confirmed', in: 'afterwards' } })
      expect(await own()).toMatchObject([{ code: 'outside-of-call', patient: clinic.patients.margaret.reference }])
    },
  )

  test('it can be said that another came: the patient is missed, by a word of its own, and no one is confirmed by it', async () => {
    const both = await ended()

    const after = bodyOf<ClinicianView>(await say(both.clinician, both.visit, 'another-came'))

    expect(after).toMatchObject({ outcome: { is: 'another-came', inChart: { appointment: 'noshow' } } })
    expect([statusOf(both), after.identity?.is]).toEqual(['noshow', 'denied'])
    expect(await placeOf(both.patient, both.visit)).toMatchObject({ at: 'finished', as: 'missed' })
    expect((await lines('outcome-said')).at(-1)).toMatchObject({ code: 'another-came' })
    await world.restart()
    expect((await view(both)).outcome?.is).toBe('another-came')
  })

  test('nobody is confirmed by a word that says that the visit did not take place', async () => {
    const both = await ended()

    await refuses(world, 'bad-request', () =>
      say(both.clinician, both.visit, 'another-came', { identityConfirmed: true }),
    )
  })
})

describe('the note', () => {
  test('is kept and goes nowhere after another was in the call, until she says that she confirmed who it was', async () => {
    const both = await endedOnAnother()
    const before = await view(both)
    const there = notesOf(world, clinic.patients.margaret.reference).length

    await refuses(world, 'identity-unconfirmed', () => file(both.clinician, both.visit))
    await refuses(world, 'identity-unconfirmed', () => draft(both.clinician, both.visit, 1))
    const kept = bodyOf<NoteView>(await both.clinician.get(`${both.visit}/note`))
    bodyOf(await outside(both))
    bodyOf(await outside(both))
    const filed = bodyOf<NoteView>(await file(both.clinician, both.visit))

    expect([before.identity?.is, kept.sign.docStatus, kept.filing.state]).toEqual(['denied', 'final', 'unfiled'])
    expect([filed.filing.state, notesOf(world, clinic.patients.margaret.reference).length]).toEqual([
      'filed',
      there + 1,
    ])
    const own = (await lines('identity-confirmed')).filter(({ visit }) => both.visit.endsWith(`${visit}`))
    expect(own).toMatchObject([{ code: 'outside-of-call', role: 'clinician' }])
  })

  test('goes nowhere either where nobody came after another was sent out', async () => {
    const both = await endedOnAnother('did-not-come')

    await refuses(world, 'identity-unconfirmed', () => file(both.clinician, both.visit))
  })

  test('goes to the chart where nobody was asked who they are, and that is written down', async () => {
    const both = await inCall(world)
    bodyOf(await save(both.clinician, both.visit))
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    bodyOf(await sign(both.clinician, both.visit))

    expect(bodyOf<NoteView>(await file(both.clinician, both.visit)).filing.state).toBe('filed')
    expect((await lines('identity-unconfirmed')).at(-1)).toMatchObject({ doorId: both.doorId })
  })

  test('of a visit whose patient never came into the call says nothing of who that was', async () => {
    const before = (await lines('identity-unconfirmed')).length
    const both = await withTokens(world)
    bodyOf(await both.clinician.post(`${both.visit}/end`))

    expect((await lines('identity-unconfirmed')).length).toBe(before)
  })

  test('waits for what happened first: another in the call was nobody of the patient’s side', async () => {
    const both = await inCall(world)
    bodyOf(await save(both.clinician, both.visit))
    bodyOf(await says(both, 'denied'))
    const { nobodyCame } = await view(both)
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    bodyOf(await sign(both.clinician, both.visit))

    expect([nobodyCame, (await view(both)).outcome]).toEqual([true, { is: 'unsaid' }])
    await refuses(world, 'outcome-unsaid', () => file(both.clinician, both.visit))
    await refuses(world, 'visit-finished', () =>
      both.clinician.post(`${both.visit}/identities`, {
        doorId: both.doorId,
        is: 'confirmed',
        admittedAt: '2026-11-22T15:00:00.000Z',
      }),
    )
  })

  test('is not confirmed from outside while the visit goes on', async () => {
    const both = await inCall(world)

    await refuses(world, 'visit-not-finished', () => outside(both))
  })

  test.each([
    ['nothing', undefined, /\nIdentity: Not confirmed in the call\n/],
    ['confirmed', 'confirmed', /\nIdentity: The patient was confirmed in the call by full name and birth date, .*\d\n/],
    [
      'denied',
      'denied',
      /\nIdentity: Whoever came as the patient was not the patient, .*\. Nobody has been confirmed\n/,
    ],
  ] as const)('that is taken along says whether it is known who it was: %s', async (_name, is, words) => {
    const both = await inCall(world)
    bodyOf(await save(both.clinician, both.visit))
    if (is !== undefined) bodyOf(await says(both, is))
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    bodyOf(await sign(both.clinician, both.visit))

    expect((await both.clinician.get(`${both.visit}/note/export?as=text`)).text).toMatch(words)
  })
})
