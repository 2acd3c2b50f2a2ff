// Owns one storm: a visit of its own, an EHR that fails in named ways, a person who does what she likes; and what must hold after each thing she does.
import fc from 'fast-check'
import { expect } from 'vitest'
import type { NoteView } from '../../server/wire/wire.ts'
import { newPatient, notesOf, withEncounter, wordsIn } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import {
  amend,
  bodyOf,
  book,
  draft,
  markInError,
  match,
  open,
  patientWasThere,
  save,
  sign,
  soap,
  tokenFor,
  visitIdOf,
} from '../support/visits.ts'
import type { World } from '../support/world.ts'
import { type ChartOddity, chartOddities, type Fault, fault, oddlyKept } from './ledger-storm-faults.ts'

const words = ['file', 'again', 'draft', 'write', 'sign', 'amend', 'drop', 'mistake', 'read'] as const
type Word = (typeof words)[number]
type Move = { readonly does: Word; readonly fault?: Fault; readonly times: number }

const times = fc.integer({ min: 1, max: 2 })
const inFairWeather = (...of: readonly Word[]) => fc.constantFrom(...of).map((does): Move => ({ does, times: 1 }))
const inFoul = (...of: readonly Word[]): fc.Arbitrary<Move> => fc.record({ does: fc.constantFrom(...of), fault, times })

/** What she does in one go: an attempt that goes wrong and is followed up, or a text put right and that; or whatever comes to mind. */
const go: fc.Arbitrary<readonly Move[]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(inFoul('file'), inFairWeather('file', 'again', 'read')) },
  {
    weight: 4,
    arbitrary: fc.tuple(inFairWeather('file'), inFairWeather('amend'), inFoul('file'), inFairWeather('file')),
  },
  { weight: 1, arbitrary: fc.tuple(inFairWeather('mistake'), inFairWeather('amend'), inFoul('file')) },
  { weight: 2, arbitrary: fc.tuple(inFoul(...words)) },
)
/** The note goes ahead as a draft, or is signed at once. */
export const first = fc.oneof(inFairWeather('sign'), inFairWeather('sign', 'draft'), inFoul('draft'))
export const moves = fc.array(go, { minLength: 2, maxLength: 4 }).map((goes) => goes.flat())
/** What the chart has before: registration's Encounter of the Appointment, or none; and what nobody can read. */
export const chartBefore = fc.record({
  registered: fc.boolean(),
  odd: fc.oneof(fc.constant('nothing' as const), fc.constantFrom(...chartOddities)),
})
type ChartBefore = { readonly registered: boolean; readonly odd: ChartOddity }

type Storm = {
  readonly world: World
  readonly clinician: Person
  readonly visit: string
  readonly patient: string
  readonly appointment: string
  /** What was last acknowledged as written. */
  text: string
  /** How often a person, told that nobody knows, had it sent again. */
  again: number
  told: boolean
  writes: number
}

/** A visit that has ended, with a note of one text; the clinician is signed in for all of hers. */
export async function begun(world: World, clinician: Person, { registered, odd }: ChartBefore): Promise<Storm> {
  const { patient, appointment } = registered ? await withEncounter(world) : await withoutEncounter(world)
  await oddlyKept(world, patient, odd)
  const visit = await open(clinician, appointment)
  bodyOf(await tokenFor(clinician, visit))
  await patientWasThere(world, visit)
  bodyOf(await clinician.post(`${visit}/end`))
  const storm = { world, clinician, visit, patient, appointment, text: '', again: 0, told: false, writes: 0 }
  await written(storm)
  return storm
}

async function withoutEncounter(world: World) {
  const patient = await newPatient(world)
  return { patient, appointment: await book(world, { patient }) }
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
  if (fault) world.ehr.faults.on(fault[0], { ...fault[1], times })
  const { version } = await look(storm)
  if (does === 'write') await written(storm)
  if (does === 'sign') await sign(clinician, visit, version)
  if (does === 'draft') await draft(clinician, visit, version)
  if (does === 'amend') {
    await amend(clinician, visit)
    await written(storm)
    await sign(clinician, visit, (await look(storm)).version)
  }
  if (does === 'drop') {
    const answer = await amend(clinician, visit, { drop: true })
    if (answer.status === 200) storm.text = bodyOf<NoteView>(answer).soap.plan
  }
  if (does === 'file' || does === 'again') await filed(storm, does === 'again')
  const doubtful = does === 'mistake' && (await markInError(clinician, visit)).status >= 500
  if (fault) world.ehr.faults.off(fault[0])
  // She is told to try again, and does.
  if (doubtful) await markInError(clinician, visit)
}

async function filed(storm: Storm, sendAgain: boolean): Promise<void> {
  const { code } = await storm.clinician.post(`${storm.visit}/note/filing`, { sendAgain: sendAgain && storm.told })
  if (sendAgain && storm.told) storm.again += 1
  storm.told = code === 'filing-unknown'
}

/**
 * Never two of one version unless somebody asked for it, never a word lost, never "filed" without a document that says the same, never
 * "fulfilled" where the Appointment is not, never a note under another patient, or under an Encounter that is not there.
 */
export async function holds(storm: Storm): Promise<void> {
  const { world, patient, visit } = storm
  const notes = notesOf(world, patient)
  const marks = notes.flatMap((d) => d.identifier?.map(({ value }) => value) ?? [])
  expect(marks.length - new Set(marks).size).toBeLessThanOrEqual(storm.again)
  for (const note of world.ehr.all('DocumentReference'))
    if (note.identifier?.some(({ value }) => value?.startsWith(`${visitIdOf(visit)}.`)))
      expect(note.subject?.reference).toBe(patient)
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
  if (filing.state === 'filed') standsAsTold(storm, filing, there)
}

type Filed = Extract<NoteView['filing'], { state: 'filed' }>
type InChart = ReturnType<typeof notesOf>[number] | undefined

/** Under the Encounter that is told, which is there and the patient's; and the Appointment is done where that is told. */
function standsAsTold({ world, patient, appointment }: Storm, filing: Filed, there: InChart): void {
  const named = there?.context?.encounter?.[0]?.reference
  if (filing.appointment === 'fulfilled')
    expect(world.ehr.resource('Appointment', appointment)?.status).toBe('fulfilled')
  if (filing.encounter !== undefined) expect(named).toBe(filing.encounter)
  if (named === undefined || filing.astray) return
  const encounter = world.ehr.resource('Encounter', named.split('/')[1] ?? '')
  expect([named, encounter?.subject?.reference]).toEqual([`Encounter/${encounter?.id}`, patient])
}

/** The faults are over: she writes what must be written, signs, and files a few times. */
export async function calmed(storm: Storm): Promise<NoteView> {
  const { world, clinician, visit } = storm
  world.ehr.faults.clear()
  for (let attempts = 0; attempts < 5; attempts++) {
    const view = await look(storm)
    if (view.filing.state === 'entered-in-error') await amend(clinician, visit)
    if (view.filing.state === 'entered-in-error' || view.sign.docStatus === 'preliminary') {
      await written(storm)
      await clinician.post(`${visit}/note/signature`, {}, match((await look(storm)).version))
    }
    await filed(storm, true)
    await holds(storm)
    if (view.filing.state === 'filed') return view
  }
  return look(storm)
}
