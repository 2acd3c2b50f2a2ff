// Owns one storm: a visit of its own, an EHR that fails in named ways, a person who presses what she likes; and what must hold after each press.
import fc from 'fast-check'
import { expect } from 'vitest'
import type { FaultName } from '../sandbox/ehr/main.ts'
import type { NoteView } from '../server/wire.ts'
import { notesOf, withEncounter, wordsIn } from './chart.ts'
import type { Person } from './people.ts'
import { amend, bodyOf, draft, match, mistake, open, save, sign, soap, tokenFor } from './visits.ts'
import type { World } from './world.ts'

type Options = Parameters<World['ehr']['faults']['on']>[1]
const write = { type: 'DocumentReference' } as const
const put = { ...write, method: 'PUT' } as const
const get = { ...write, method: 'GET' } as const

/** Every way an EHR can fail between the request and the answer. */
const faults: readonly (readonly [FaultName, Options])[] = [
  ...(['cut-before-write', 'cut-after-write', '500-after-write', 'failed-with-200', 'created-empty-body'] as const).map(
    (name) => [name, write] as const,
  ),
  ...(['created-unnamed', 'created-accepted', 'duplicate-after-write', 'location-other-host'] as const).map(
    (name) => [name, write] as const,
  ),
  ...(['fatal', 'error', 'warning', 'information'] as const).map(
    (severity) => ['written-outcome', { ...write, severity, located: severity !== 'warning' }] as const,
  ),
  ...(['cut-after-write', '500-after-write', 'failed-with-200', 'fhir-503-retry-after'] as const).map(
    (name) => [name, put] as const,
  ),
  ...(['fhir-500', 'fhir-503-retry-after', 'fhir-429-retry-after'] as const).flatMap((name) => [
    [name, get] as const,
    [name, { method: 'POST' }] as const,
  ]),
  ...[
    ['fhir-429-retry-after', { method: 'POST', retryAfter: '30' }] as const,
    ['cut-after-write', { type: 'Encounter' }] as const,
  ],
  ...(['ignore-if-none-exist', 'document-403', 'break-the-glass', 'note-duplicate', 'note-daily-limit'] as const).map(
    (name) => [name, {}] as const,
  ),
  ...(['encounter-create-refused', 'appointment-conflict', 'metadata-500'] as const).map((name) => [name, {}] as const),
  ['fhir-401', { method: 'POST' }],
]

const words = ['press', 'again', 'draft', 'write', 'sign', 'amend', 'drop', 'mistake', 'read'] as const
type Move = { readonly fault?: number; readonly times: number; readonly does: (typeof words)[number] }

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record(
    {
      fault: fc.nat(faults.length - 1),
      times: fc.integer({ min: 1, max: 3 }),
      does: fc.oneof({ weight: 6, arbitrary: fc.constant('press' as const) }, fc.constantFrom(...words)),
    },
    { requiredKeys: ['times', 'does'] },
  ),
  { minLength: 3, maxLength: 9 },
)

type Storm = {
  readonly world: World
  readonly clinician: Person
  readonly visit: string
  readonly patient: string
  /** What was last acknowledged as written. */
  text: string
  /** How often a person, told that nobody knows, had it sent again. */
  again: number
  told: boolean
  writes: number
}

/** A visit that has ended, with a note that is signed; the clinician is signed in for all of hers. */
export async function begun(world: World, clinician: Person): Promise<Storm> {
  const { patient, appointment } = await withEncounter(world)
  const visit = await open(clinician, appointment)
  bodyOf(await tokenFor(clinician, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  const storm = { world, clinician, visit, patient, text: '', again: 0, told: false, writes: 0 }
  await written(storm)
  return storm
}

const look = async ({ clinician, visit }: Storm) => bodyOf<NoteView>(await clinician.get(`${visit}/note`))

async function written(storm: Storm): Promise<void> {
  const { clinician, visit } = storm
  const { version } = await look(storm)
  storm.writes += 1
  const plan = `Plan number ${storm.writes}.`
  if ((await save(clinician, visit, version, { ...soap, plan })).status === 200) storm.text = plan
}

/** What the person does; what is refused to her is no matter. */
export async function moved(storm: Storm, { fault, times, does }: Move): Promise<void> {
  const { world, clinician, visit } = storm
  const chosen = fault === undefined ? undefined : faults[fault]
  if (chosen) world.ehr.faults.on(chosen[0], { ...chosen[1], times })
  const { version } = await look(storm)
  if (does === 'write') await written(storm)
  if (does === 'sign') await sign(clinician, visit, version)
  if (does === 'draft') await draft(clinician, visit, version)
  if (does === 'mistake') await mistake(clinician, visit)
  if (does === 'amend') {
    await amend(clinician, visit)
    await written(storm)
    await sign(clinician, visit, (await look(storm)).version)
  }
  if (does === 'drop') {
    const answer = await amend(clinician, visit, { drop: true })
    if (answer.status === 200) storm.text = bodyOf<NoteView>(answer).soap.plan
  }
  if (does === 'press' || does === 'again') await pressed(storm, does === 'again')
  if (chosen) world.ehr.faults.off(chosen[0])
}

async function pressed(storm: Storm, sendAgain: boolean): Promise<void> {
  const { code } = await storm.clinician.post(`${storm.visit}/note/filing`, { sendAgain: sendAgain && storm.told })
  if (sendAgain && storm.told) storm.again += 1
  storm.told = code === 'filing-unknown'
}

/** Never two of one version unless somebody asked for it, never a word lost, never "filed" without a document that says the same. */
export async function holds(storm: Storm): Promise<void> {
  const notes = notesOf(storm.world, storm.patient)
  const marks = notes.flatMap((d) => d.identifier?.map(({ value }) => value) ?? [])
  expect(marks.length - new Set(marks).size).toBeLessThanOrEqual(storm.again)
  const view = await look(storm)
  expect(view.soap.plan).toBe(storm.text)
  const { filing } = view
  if (filing.state !== 'filed' && filing.state !== 'entered-in-error') return
  const there = notes.find((d) => `DocumentReference/${d.id}` === filing.documentReference)
  const status = filing.state === 'filed' ? 'current' : 'entered-in-error'
  expect([there?.status, there?.docStatus, wordsIn(there)]).toEqual([
    status,
    'final',
    expect.stringContaining(view.soap.plan),
  ])
}

/** The faults are over: she writes what must be written, signs, and presses a few times. */
export async function calmed(storm: Storm): Promise<NoteView> {
  const { world, clinician, visit } = storm
  world.ehr.faults.clear()
  for (let presses = 0; presses < 5; presses++) {
    const view = await look(storm)
    if (view.filing.state === 'entered-in-error') await amend(clinician, visit)
    if (view.filing.state === 'entered-in-error' || view.sign.docStatus === 'preliminary') {
      await written(storm)
      await clinician.post(`${visit}/note/signature`, {}, match((await look(storm)).version))
    }
    await pressed(storm, true)
    await holds(storm)
    if (view.filing.state === 'filed') return view
  }
  return look(storm)
}
