// One journey, walked at every kind of EHR: who is asked what, what is written and by whom, what the chart has afterwards, and what
// the clinician is told of it.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inShort } from '../../client/note/capability.ts'
import { ehrWords } from '../../client/note/ehr-words.ts'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { CapabilityView } from '../../server/wire/wire.ts'
import { bodyOf, soap } from '../support/visits.ts'
import type { World } from '../support/world.ts'
import { asWords, type Walked, walk, worldOf } from './personalities.ts'
import { rows } from './personalities-rows.ts'

const { patients, practitioners } = clinic

describe.each(rows)('a visit at $is', (row) => {
  const { expected } = row
  let world: World
  let walked: Walked
  const went: string[] = []
  beforeAll(async () => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    world = await worldOf(row)
    walked = await walk(world, row)
    const asked = fetching.mock.calls.map(([to]) => String(to instanceof Request ? to.url : to))
    // What has no host is a page's own look at its server, left over from another test of this worker.
    went.push(...asked.flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : [])))
    fetching.mockRestore()
  })
  afterAll(() => world.close())

  /** As this EHR calls them. */
  const margaret = () => `Patient/${world.ehr.idOf(patients.margaret.id)}`
  const chen = () => `Practitioner/${world.ehr.idOf(practitioners.chen.id)}`
  const theNote = () => world.ehr.all('DocumentReference').filter((d) => d.subject?.reference === margaret())
  const bearing = () =>
    theNote()[0]?.context?.encounter?.map(({ reference = '' }) => reference.split('/')[1] ?? '') ?? []

  test('is on both sides’ lists, and begins with it where the launch names it', () => {
    const { lists, appointment } = walked

    for (const side of ['clinician', 'patient'] as const) {
      expect(lists[side].appointments.map(({ id }) => id)).toContain(appointment)
      expect([side, lists[side].chosen]).toEqual([side, expected.known[side] ? appointment : undefined])
    }
  })

  test('asks at each station what is needed, and no more', () => {
    expect(walked.read).toEqual(expected.read)
  })

  test('brings both sides into one room', () => {
    const [hers, theirs] = walked.rooms

    expect(hers).toMatch(/^[a-z2-7]{52}$/)
    expect(theirs).toBe(hers)
  })

  test('is filed in this order', () => {
    expect(walked.filing.map(asWords)).toEqual(expected.filing)
  })

  test('is written by the clinician alone, and nothing of it goes anywhere but to the EHR', () => {
    const { requests, origin } = world.ehr
    const writers = requests.filter(({ method }) => method !== 'GET').map(({ user }) => user)

    expect(new Set(writers)).toEqual(new Set([chen()]))
    expect(requests.filter(({ user }) => user === margaret()).length).toBeGreaterThan(3)
    // Without a token nothing is asked but what everybody may know.
    expect(new Set(requests.filter(({ user }) => user === undefined).map(({ path }) => path))).toEqual(
      new Set(['/metadata']),
    )
    expect(new Set(went)).toEqual(new Set([origin]))
  })

  test('has its note in the chart, once, as this EHR takes it', () => {
    const [note, ...more] = theNote()

    expect(more).toEqual([])
    expect(note).toMatchObject({
      ...{ status: 'current', docStatus: expected.note.docStatus },
      type: { coding: [{ system: 'http://loinc.org', code: '11506-3' }] },
      author: [{ reference: chen() }],
      content: [{ attachment: { contentType: expected.note.contentType, creation: note?.date } }],
      context: { period: { start: expect.stringMatching(/T/), end: expect.stringMatching(/T/) } },
    })
    expect(note?.identifier?.map(({ system }) => system) ?? []).toEqual(
      expected.note.marked ? [`${world.url}/notes`] : [],
    )
    const text = Buffer.from(note?.content[0]?.attachment.data ?? '', 'base64').toString('utf8')
    for (const part of Object.values(soap)) expect(text).toContain(part)
  })

  test('has the Encounter that this EHR lets it have', () => {
    const [id = '', ...more] = bearing()
    const encounter = world.ehr.resource('Encounter', id)
    const { meta: _meta, id: _id, ...has } = encounter ?? {}

    expect(more).toEqual([])
    expect({ status: encounter?.status, class: encounter?.class.code, has: Object.keys(has).sort() }).toEqual({
      status: expected.encounter.status,
      class: expected.encounter.class,
      has: expected.encounter.has,
    })
    if (expected.encounter.is === 'left as it was') expect(encounter).toEqual(walked.registered)
    else expect([walked.registered, encounter?.identifier?.[0]?.system]).toEqual([undefined, `${world.url}/visits`])
  })

  test('leaves its Appointment as this EHR lets it be', () => {
    expect(world.ehr.resource('Appointment', walked.appointment)?.status).toBe(expected.appointment.status)
  })

  test('tells the clinician what became of it, and what this EHR can do', async () => {
    const [note] = theNote()
    const capability = bodyOf<CapabilityView>(await walked.clinician.get('/api/capability'))

    expect(walked.note.filing).toEqual({
      ...{ state: 'filed', at: expect.stringMatching(/Z$/) },
      documentReference: `DocumentReference/${note?.id}`,
      encounter: `Encounter/${bearing()[0]}`,
      appointment: expected.appointment.told,
    })
    expect({ kind: capability.kind, line: ehrWords.inShort(inShort(capability)) }).toEqual(expected.told)
    expect([capability.told, capability.iss]).toEqual([true, world.ehr.issuers.provider])
  })
})
