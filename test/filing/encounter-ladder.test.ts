// The Encounter ladder, rung by rung: the launch's, the Appointment's, the one and only match; and everything that makes a match nobody's.
import type { Encounter } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { about, actCode, attempt, bearing, having, newPatient, registered, shown, writes } from '../support/chart.ts'
import { book, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { chen, okafor } = clinic.practitioners

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

const kept = (id: string) => world.ehr.resource('Encounter', id)
const later = (minutes: number) => new Date(world.now() + minutes * 60_000).toISOString()

describe('the Encounter the EHR had open at the launch', () => {
  test('of this Appointment bears the note and is brought to its end', async () => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const encounter = await registered(world, patient, about(appointment))

    const filing = await attempt(await signedAlone(world, { patient, appointment, encounter }))

    expect(bearing(filing)).toBe(`Encounter/${encounter}`)
    expect(kept(encounter)?.status).toBe('finished')
  })

  test('bears the note though nobody linked it, and is left as it is', async () => {
    const patient = await newPatient(world)
    const encounter = await registered(world, patient, { status: 'in-progress' })
    const before = kept(encounter)

    const filing = await attempt(await signedAlone(world, { patient, encounter }))

    expect(bearing(filing)).toBe(`Encounter/${encounter}`)
    expect(kept(encounter)).toEqual(before)
  })

  test.each([
    ['an hour before the visit began', 'does not bear the note', -60, false],
    ['just now', 'bears the note', 1, true],
  ])('that was over %s %s', async (_when, _bears, end, bears) => {
    const patient = await newPatient(world)
    const period = { start: later(-90), end: later(end) }
    const encounter = await registered(world, patient, { status: 'finished', period })
    const before = kept(encounter)

    const filing = await attempt(await signedAlone(world, { patient, encounter }))

    expect(bearing(filing) === `Encounter/${encounter}`).toBe(bears)
    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(kept(encounter)).toEqual(before)
  })

  test('gives way to the one of this Appointment, when it is linked to none', async () => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const linked = await registered(world, patient, about(appointment))
    const encounter = await registered(world, patient, { status: 'in-progress' })

    const filing = await attempt(await signedAlone(world, { patient, appointment, encounter }))

    expect(bearing(filing)).toBe(`Encounter/${linked}`)
  })

  test('is not used where the EHR lets nobody read Encounters; one is made, once, and the note is not lost', async () => {
    const blind = {
      ...generic,
      system: [],
      conditionalCreate: false,
      types: { ...generic.types, Encounter: ['create'] as const },
    }
    const own = await openWorld({ personality: blind })
    const patient = await newPatient(own)
    const encounter = await registered(own, patient)
    own.ehr.faults.on('document-403', { times: 1 })
    const walked = await signedAlone(own, { patient, encounter })

    const filings = [await attempt(walked), await attempt(walked)]

    expect(filings).toMatchObject([{ state: 'not-filed', why: 'ehr-policy' }, { state: 'filed' }])
    expect(writes(own)).toEqual([
      ...['POST /Encounter', 'POST /DocumentReference', 'POST /DocumentReference'],
      `PUT /Appointment/${walked.appointment}`,
    ])
    expect(filings.map(bearing)[1]).not.toBe(`Encounter/${encounter}`)
    await own.close()
  })
})

describe('an Encounter of the launch that is not this visit’s', () => {
  const yesterday = () => ({
    status: 'in-progress' as const,
    class: actCode('AMB'),
    period: { start: later(-26 * 60) },
  })
  const fitting = async (at: World, patient: string, appointment: string) => {
    const start = at.ehr.resource('Appointment', appointment)?.start ?? ''
    const participant = [{ individual: { reference: chen.reference } }]
    return registered(at, patient, { status: 'in-progress', class: actCode('VR'), participant, period: { start } })
  }

  test.each([
    ['a stay', () => ({ status: 'in-progress' as const, class: actCode('IMP') })],
    ['an emergency', () => ({ status: 'in-progress' as const, class: actCode('EMER') })],
    ['one of yesterday', yesterday],
  ])('as %s, gives way to the one that can only be this visit’s', async (_what, of) => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const [encounter, only] = [await registered(world, patient, of()), await fitting(world, patient, appointment)]
    const before = kept(encounter)

    const filing = await attempt(await signedAlone(world, { patient, appointment, encounter }))

    expect(bearing(filing)).toBe(`Encounter/${only}`)
    expect(filing).not.toHaveProperty('borrowed')
    expect(kept(encounter)).toEqual(before)
  })

  test('as a stay, bears the note where there is nothing of this visit, and that is told', async () => {
    const patient = await newPatient(world)
    const period = { start: later(-72 * 60) }
    const encounter = await registered(world, patient, { status: 'in-progress', class: actCode('IMP'), period })
    const walked = await signedAlone(world, { patient, encounter })

    const filing = await attempt(walked)

    const told = { state: 'filed', encounter: `Encounter/${encounter}`, borrowed: 'stay' }
    expect(filing).toMatchObject(told)
    expect(await shown(walked)).toMatchObject(told)
  })

  test('as a stay, is told to bear a note that is found later, after a lost answer', async () => {
    const patient = await newPatient(world)
    const encounter = await registered(world, patient, { status: 'in-progress', class: actCode('IMP') })
    const walked = await signedAlone(world, { patient, encounter })
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    const told = { state: 'filed', encounter: `Encounter/${encounter}`, borrowed: 'stay' }
    expect(await attempt(walked)).toMatchObject(told)
    expect(await shown(walked)).toMatchObject(told)
  })

  test('as one of yesterday, does not bear the note where one of this visit can be made', async () => {
    const patient = await newPatient(world)
    const encounter = await registered(world, patient, yesterday())
    const before = kept(encounter)

    const filing = await attempt(await signedAlone(world, { patient, encounter }))

    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(bearing(filing)).not.toBe(`Encounter/${encounter}`)
    expect(kept(encounter)).toEqual(before)
  })

  test('as one of yesterday, bears it where none can be made, and that is told', async () => {
    const own = await openWorld({ config: having({ issuer: { can: { createEncounters: false } } }) })
    const patient = await newPatient(own)
    const encounter = await registered(own, patient, yesterday())

    const filing = await attempt(await signedAlone(own, { patient, encounter }))

    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter}`, borrowed: 'another-day' })
    await own.close()
  })
})

describe('the Encounter of the Appointment', () => {
  test('bears the note, also when the launch names none', async () => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const encounter = await registered(world, patient, about(appointment))

    expect(bearing(await attempt(await signedAlone(world, { patient, appointment })))).toBe(`Encounter/${encounter}`)
  })

  test('is nobody’s when there are two: choosing one would be a guess', async () => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const two = [await registered(world, patient, about(appointment))]
    two.push(await registered(world, patient, about(appointment)))

    const filing = await attempt(await signedAlone(world, { patient, appointment }))

    expect(two.map((id) => `Encounter/${id}`)).not.toContain(bearing(filing))
    expect(bearing(filing)).toMatch(/^Encounter\//)
  })

  test('of somebody else, by a slip of the schedule, does not bear it', async () => {
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const theirs = await registered(world, clinic.patients.zoe.reference, about(appointment))

    const filing = await attempt(await signedAlone(world, { patient, appointment }))

    expect(bearing(filing)).not.toBe(`Encounter/${theirs}`)
    expect(kept(theirs)?.status).toBe('planned')
  })
})

type Situation = { readonly patient: string; readonly start: string; readonly fits: Partial<Encounter> }
/** What is changed about an Encounter that fits, or put beside it. */
type Doubt = (of: Situation, at: World) => Promise<Partial<Encounter> | undefined>

const doubts: Readonly<Record<string, Doubt>> = {
  'there are two of them': async ({ patient, fits }, at) => void (await registered(at, patient, fits)),
  'it is a stay in hospital': async () => ({ class: actCode('IMP') }),
  'it is an emergency': async () => ({ class: actCode('EMER') }),
  'another clinician is in it': async () => ({ participant: [{ individual: { reference: okafor.reference } }] }),
  'no clinician is in it': async () => ({ participant: [] }),
  'it is of another patient': async (_of, at) => ({ subject: { reference: await newPatient(at) } }),
  'it began long before': async ({ start }) => ({ period: { start: shifted(start, -31) } }),
  'it begins after the visit’s hours': async ({ start }) => ({ period: { start: shifted(start, 136) } }),
  'nobody wrote down when it began': async () => ({ period: {} }),
  'it was over before the visit began': async ({ start }) => ({
    status: 'finished',
    period: { start: shifted(start, -20), end: shifted(start, -10) },
  }),
  'it belongs to another Appointment': async ({ patient }, at) =>
    about(await book(at, { patient, practitioner: okafor.reference })),
  'there is a second Appointment of the two that day': async ({ patient }, at) => void (await book(at, { patient })),
  'it was entered in error': async () => ({ status: 'entered-in-error' }),
  'it was cancelled': async () => ({ status: 'cancelled' }),
}
const shifted = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()

/** A visit of somebody new, and the one Encounter that looks like its own, unless there is a doubt about it. */
async function lookalike(at: World, doubt?: Doubt) {
  const patient = await newPatient(at)
  const appointment = await book(at, { patient })
  const start = at.ehr.resource('Appointment', appointment)?.start ?? ''
  const participant = [{ individual: { reference: chen.reference } }]
  const fits: Partial<Encounter> = { status: 'in-progress', class: actCode('AMB'), participant, period: { start } }
  const changed = await doubt?.({ patient, start, fits }, at)
  const encounter = await registered(at, patient, { ...fits, ...changed })
  return { encounter, walked: await signedAlone(at, { patient, appointment }) }
}

describe('the one and only Encounter of patient, clinician and hour', () => {
  test.each(['VR', 'AMB'])('bears the note when it is %s, and is left as it is', async (code) => {
    const { encounter, walked } = await lookalike(world, async () => ({ class: actCode(code) }))
    const before = kept(encounter)

    expect(bearing(await attempt(walked))).toBe(`Encounter/${encounter}`)
    expect(kept(encounter)).toEqual(before)
  })

  test('bears the note when the clinician is in it by her role', async () => {
    const { encounter, walked } = await lookalike(world, async () => ({
      participant: [{ individual: { reference: chen.role } }],
    }))

    expect(bearing(await attempt(walked))).toBe(`Encounter/${encounter}`)
  })

  test.each(Object.entries(doubts))('does not bear the note when %s', async (_why, doubt) => {
    const { encounter, walked } = await lookalike(world, doubt)
    const before = JSON.stringify(kept(encounter))

    const filing = await attempt(walked)

    expect(bearing(filing)).toMatch(/^Encounter\//)
    expect(bearing(filing)).not.toBe(`Encounter/${encounter}`)
    expect(JSON.stringify(kept(encounter))).toBe(before)
    expect(writes(world).filter((w) => w.includes(encounter))).toEqual([])
  })

  test.each(['findEncounterByPatient', 'findAppointments'] as const)(
    'is not looked for where the administrator says no to %s',
    async (ability) => {
      const own = await openWorld({ config: having({ issuer: { can: { [ability]: false } } }) })
      const { encounter, walked } = await lookalike(own)

      const filing = await attempt(walked)

      expect(bearing(filing)).toMatch(/^Encounter\//)
      expect(bearing(filing)).not.toBe(`Encounter/${encounter}`)
      await own.close()
    },
  )
})
