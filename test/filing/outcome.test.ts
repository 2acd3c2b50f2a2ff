// What the EHR is told of a visit that nobody of the patient's side was in, by what a clinician says happened: its Appointment, its Encounter,
// and where the note goes. Only what the EHR's own answers say is shown and written down.
import { describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { about, attempt, having, newPatient, notesOf, registered, wordsIn, writesSince } from '../support/chart.ts'
import { bodyOf, book, file, filingOf, say, sign, writtenAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const ehrs = { generic, medplum, oracle, epic }
const { chen } = clinic.practitioners

async function ended(personality: Personality = generic, { policies = {}, encounter = false } = {}) {
  const world = await openWorld({ personality, config: having({ policies }) })
  onTestFinished(() => world.close())
  const whose = encounter ? await planned(world) : { patient: await newPatient(world) }
  const walked = await writtenAlone(world, { ...whose, outcome: 'unsaid' })
  const { patient } = whose
  return { ...walked, patient, since: writesSince(world) }
}
/** Somebody new with an Appointment, and an Encounter that registration has planned for it. */
async function planned(world: World) {
  const patient = await newPatient(world)
  const appointment = await book(world, { patient })
  await registered(world, patient, about(appointment))
  return { patient, appointment }
}

type Walked = Awaited<ReturnType<typeof ended>>

const said = async ({ clinician, visit }: Walked, is: Parameters<typeof say>[2], more = {}) =>
  bodyOf<ClinicianView>(await say(clinician, visit, is, more)).outcome
const statusOf = ({ world, appointment }: Walked) => world.ehr.resource('Appointment', appointment)?.status
const encountersOf = ({ world, patient }: Walked) =>
  world.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)
const counted = async (world: World, event: string) => (await world.audit()).filter((l) => l.event === event).length
async function filed(walked: Walked) {
  bodyOf(await sign(walked.clinician, walked.visit))
  return filingOf(file(walked.clinician, walked.visit))
}

describe('the Appointment', () => {
  test.each([
    ['generic', 'noshow', 'noshow'],
    ['medplum', 'noshow', 'noshow'],
    ['oracle', 'not-its-way', 'booked'],
    ['epic', 'not-its-way', 'booked'],
  ] as const)('of who did not come is, at the EHR %s, %s', async (ehr, appointment, status) => {
    const walked = await ended(ehrs[ehr])

    const outcome = await said(walked, 'did-not-come')

    expect(outcome).toMatchObject({ is: 'did-not-come', inChart: { appointment } })
    expect(statusOf(walked)).toBe(status)
    expect(await counted(walked.world, 'appointment-noshow')).toBe(appointment === 'noshow' ? 1 : 0)
  })

  test.each([
    ['generic', 'fulfilled', 'fulfilled'],
    ['medplum', 'fulfilled', 'fulfilled'],
    ['oracle', 'fulfilled', 'fulfilled'],
    ['epic', 'not-its-way', 'booked'],
  ] as const)('of a visit by telephone is, at the EHR %s, %s', async (ehr, appointment, status) => {
    const walked = await ended(ehrs[ehr])

    expect(await said(walked, 'telephone')).toMatchObject({ inChart: { appointment } })

    expect(statusOf(walked)).toBe(status)
  })

  test('of one that failed for a technical reason is left as it is, and nothing is written', async () => {
    const walked = await ended()

    expect(await said(walked, 'technical-failure')).toMatchObject({ inChart: { appointment: 'untouched' } })

    expect([statusOf(walked), walked.since()]).toEqual(['booked', []])
  })

  test('is not called what the EHR’s answer does not say', async () => {
    const walked = await ended()
    walked.world.ehr.faults.on('update-passed-over', { type: 'Appointment' })

    expect(await said(walked, 'did-not-come')).toMatchObject({ inChart: { appointment: 'left' } })

    expect(await counted(walked.world, 'appointment-noshow')).toBe(0)
  })

  test.each(['cut-after-write', '500-after-write'] as const)(
    'is looked at again after a lost answer (%s)',
    async (fault) => {
      const walked = await ended()
      walked.world.ehr.faults.on(fault, { type: 'Appointment', method: 'PUT', times: 1 })

      expect(await said(walked, 'did-not-come')).toMatchObject({ inChart: { appointment: 'noshow' } })

      expect(statusOf(walked)).toBe('noshow')
    },
  )

  test('that was refused is told of again by the same word, and nothing is written twice', async () => {
    const walked = await ended()
    walked.world.ehr.faults.on('write-refused', { type: 'Appointment', times: 1 })
    const first = await said(walked, 'did-not-come')

    const second = await said(walked, 'did-not-come')
    const third = await said(walked, 'did-not-come')

    expect([first, second, third]).toMatchObject([
      { inChart: { appointment: 'left' } },
      { inChart: { appointment: 'noshow' } },
      { inChart: { appointment: 'noshow' } },
    ])
    expect(walked.since().length).toBe(2)
    expect(await counted(walked.world, 'appointment-noshow')).toBe(1)
  })

  test('of an EHR that does not answer leaves the word as it was said', async () => {
    const walked = await ended()
    walked.world.ehr.faults.on('fhir-500', { type: 'Appointment' })

    expect(await said(walked, 'did-not-come')).toMatchObject({ is: 'did-not-come', inChart: { appointment: 'left' } })
  })

  test('follows each word that takes the place of another, as far as it was ours', async () => {
    const walked = await ended()

    const steps: unknown[] = []
    for (const [is, instead] of [
      ['did-not-come', undefined],
      ['came', 'did-not-come'],
      ['technical-failure', 'came'],
    ] as const) {
      await said(walked, is, instead && { instead })
      steps.push(statusOf(walked))
    }

    expect(steps).toEqual(['noshow', 'fulfilled', 'booked'])
  })

  test('that the front desk has marked otherwise is left to it', async () => {
    const walked = await ended()
    const kept = walked.world.ehr.resource('Appointment', walked.appointment)
    if (kept === undefined) throw new Error('the EHR has it')
    await walked.world.ehr.put({ ...kept, status: 'fulfilled' })

    expect(await said(walked, 'did-not-come')).toMatchObject({ inChart: { appointment: 'left' } })

    expect(statusOf(walked)).toBe('fulfilled')
  })
})

describe('the Encounter', () => {
  const telephone = { coding: [{ system: 'http://snomed.info/sct', code: '185317003' }], text: 'Telephone' }

  test('of a visit by telephone is virtual, says telephone, and has no time that nobody told', async () => {
    const walked = await ended()
    await said(walked, 'telephone')

    expect(await filed(walked)).toMatchObject({ state: 'filed' })

    const [encounter, another] = encountersOf(walked)
    expect(another).toBeUndefined()
    expect(encounter).toMatchObject({ status: 'finished', class: { code: 'VR' }, type: [telephone] })
    expect(encounter).not.toHaveProperty('period')
    expect(encounter?.statusHistory ?? []).toEqual([])
    expect(encounter?.participant).toMatchObject([{ individual: { reference: chen.reference } }])
    expect(encounter?.participant?.[0]).not.toHaveProperty('period')
    expect(wordsIn(notesOf(walked.world, walked.patient)[0])).toMatch(/^By telephone, in place of the video visit/)
  })

  test('of a visit by telephone has the times that were told', async () => {
    const walked = await ended()
    // At noon in New York every time of the morning is over.
    walked.world.later(26 * 60)
    const clock = (minutes: number) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' }).format(
        Date.parse(walked.world.ehr.resource('Appointment', walked.appointment)?.start ?? '') + minutes * 60_000,
      )
    const again = await walked.world.signIn({ user: chen.reference })
    bodyOf(await again.post('/api/visits', { appointment: walked.appointment }))
    const later = { ...walked, clinician: again }
    const outcome = await said(later, 'telephone', { period: { start: clock(0), end: clock(0) } })

    await filed(later)

    const period = outcome?.is === 'telephone' ? outcome.period : undefined
    expect(period).toBeDefined()
    expect(encountersOf(later)[0]).toMatchObject({ period, participant: [{ period }] })
  })

  test.each(['oracle', 'medplum'] as const)(
    'of a visit by telephone goes into the chart at the EHR %s',
    async (ehr) => {
      const walked = await ended(ehrs[ehr])
      await said(walked, 'telephone')

      const filing = await filed(walked)

      expect(filing).toMatchObject({ state: 'filed' })
      const under = 'encounter' in filing ? filing.encounter?.split('/')[1] : undefined
      const encounter = walked.world.ehr.all('Encounter').find(({ id }) => id === under)
      // Oracle Health takes none of ours where the Appointment names no place.
      expect(encounter?.type).toEqual(ehr === 'oracle' ? undefined : [expect.objectContaining({ text: 'Telephone' })])
    },
  )

  test('that the EHR had for a visit that took place is brought to its end at once, and by the note no second time', async () => {
    const walked = await ended(generic, { encounter: true })

    expect(await said(walked, 'came')).toMatchObject({ inChart: { appointment: 'fulfilled', encounter: 'finished' } })
    const [first] = encountersOf(walked)
    const filing = await filed(walked)

    const [encounter, another] = encountersOf(walked)
    expect(another).toBeUndefined()
    expect([first?.status, encounter?.meta?.versionId]).toEqual(['finished', first?.meta?.versionId])
    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter?.id}` })
  })

  test.each(['did-not-come', 'technical-failure'] as const)(
    'that the EHR had is untouched after "%s", and bears the note',
    async (is) => {
      const walked = await ended(generic, { encounter: true })
      const before = JSON.stringify(encountersOf(walked))
      await said(walked, is)

      const filing = await filed(walked)

      expect(JSON.stringify(encountersOf(walked))).toBe(before)
      expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encountersOf(walked)[0]?.id}` })
      expect(wordsIn(notesOf(walked.world, walked.patient)[0])).toMatch(/^Video visit planned for/)
    },
  )

  test.each([true, false])(
    'is none of ours where nobody came: the note stands alone where it may (%s)',
    async (notesWithoutEncounter) => {
      const walked = await ended(generic, { policies: { notesWithoutEncounter } })
      await said(walked, 'did-not-come')

      const filing = await filed(walked)

      expect(filing).toMatchObject(
        notesWithoutEncounter ? { state: 'filed', appointment: 'left' } : { state: 'not-filed', why: 'no-encounter' },
      )
      expect(encountersOf(walked)).toEqual([])
      expect([statusOf(walked), notesOf(walked.world, walked.patient).length]).toEqual([
        'noshow',
        notesWithoutEncounter ? 1 : 0,
      ])
    },
  )

  test('that was made for a note that was refused is cancelled when it turns out that nobody came', async () => {
    const walked = await ended({ ...generic, system: [] })
    await said(walked, 'came')
    bodyOf(await sign(walked.clinician, walked.visit))
    walked.world.ehr.faults.on('document-403')
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed' })
    expect(encountersOf(walked).map(({ status }) => status)).toEqual(['finished'])

    const outcome = await said(walked, 'did-not-come', { instead: 'came' })
    walked.world.ehr.faults.clear()

    expect(outcome).toMatchObject({ inChart: { appointment: 'noshow', encounter: 'cancelled' } })
    expect(encountersOf(walked).map(({ status }) => status)).toEqual(['cancelled'])
    expect(await counted(walked.world, 'encounter-cancelled')).toBe(1)
    expect((await say(walked.clinician, walked.visit, 'came', { instead: 'did-not-come' })).code).toBe('outcome-kept')
    expect(notesOf(walked.world, walked.patient)).toEqual([])
  })
})
