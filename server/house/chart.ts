// A patient's chart as it is read beside the video: one part at a time, by the clinician's own sign-in, and kept by nobody. Whose chart it is, is the
// visit's word alone. Shows nothing that does not say it is about this patient. Refuses only what ends the sign-in with us: all else is an outcome.

import { notesIn } from '../domain/chart/notes.ts'
import { allergiesIn, medicinesIn, problemsIn, resultsIn, visitsIn } from '../domain/chart/rows.ts'
import type { ChartFound } from '../domain/chart/shown.ts'
import { vitalSignsIn } from '../domain/chart/vitals.ts'
import type { Profile, Verdict } from '../domain/ehr/capability.ts'
import { abilityOfPart, type ChartPart, chartSearch, type typeOfPart } from '../domain/ehr/chart-parts.ts'
import { isPatientOf, recordsOf } from '../domain/ehr/merged.ts'
import { relativeTo } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { ChartLack, ChartView } from '../wire/wire.ts'
import { cannotBeHad } from './appointments.ts'
import type { Party } from './caller.ts'
import type { House } from './house.ts'

type Ehr = ReturnType<House['ehr']>
type ChartType = (typeof typeOfPart)[ChartPart]
type Looked<T extends ChartType> = Awaited<ReturnType<typeof lookedFor<T>>>

/** What stands in the way before anything is asked; undefined where nothing does. */
export function lackOf(verdict: Verdict): ChartLack | undefined {
  switch (verdict) {
    case 'yes':
    case 'untold':
      return undefined
    case 'not-granted':
      return { outcome: 'not-granted' }
    case 'not-offered':
    case 'not-its-way':
      return { outcome: 'not-offered' }
    case 'not-allowed':
    case 'switched-off':
      return { outcome: 'off' }
  }
}

/** What came in the place of an answer; passes on what is no word of the EHR's. */
export function lackBy(cause: unknown): ChartLack {
  const { code } = cannotBeHad(cause)
  if (code === 'ehr-refused') return { outcome: 'refused' }
  if (code === 'ehr-too-large') return { outcome: 'too-large' }
  return { outcome: 'failed', code }
}

/** One part, and how many of its entries came. */
export async function partOfChart(
  house: House,
  caller: Party,
  part: ChartPart,
): Promise<{ readonly view: ChartView; readonly came: number }> {
  const profile = await house.profile(caller.launch, 'briefly')
  const lack = lackOf(profile.verdicts[abilityOfPart[part]])
  if (lack !== undefined) return { view: { part, ...lack }, came: 0 }
  try {
    return await read(house, caller, part, profile)
  } catch (cause) {
    return { view: { part, ...lackBy(cause) }, came: 0 }
  }
}

async function read(house: House, caller: Party, part: ChartPart, { kind }: Profile) {
  const ehr = house.ehr(caller.launch, house.happened)
  const now = house.now()
  const searches = recordsOf(caller.visit).map((patient) => chartSearch(part, kind, { patient, now }))
  const looked = await Promise.all(searches.map(({ type, params }) => lookedFor(ehr, type, params)))
  const whose = relativeTo(caller.launch.iss)
  const all = looked.flatMap(({ found }) => found)
  const theirs = all.filter((one) => isPatientOf(caller.visit, whose(subjectOf(one) ?? '')))
  const unread = looked.reduce((sum, one) => sum + one.unread.length, 0)
  const others = all.length - theirs.length
  const found = rowsOf(part, theirs)
  const view: ChartView = {
    part,
    outcome: isEmpty(found) ? 'nothing' : 'read',
    readAt: now,
    found,
    whole: looked.every(({ isWhole }) => isWhole),
    ...given({ since: searches[0]?.since, unread: unread || undefined, others: others || undefined }),
  }
  return { view, came: theirs.length }
}

const lookedFor = <T extends ChartType>(ehr: Ehr, type: T, params: Parameters<Ehr['lookThrough']>[1]) =>
  ehr.lookThrough(type, params)

/** The reference by which a resource says whose it is. */
function subjectOf(one: Looked<ChartType>['found'][number]): string | undefined {
  return one.resourceType === 'AllergyIntolerance' ? one.patient?.reference : one.subject?.reference
}

/** Of each part its own type was searched, and nothing else is in it. */
function rowsOf(part: ChartPart, all: Looked<ChartType>['found']): Partial<ChartFound> {
  const of = <T extends ChartType>(type: T) =>
    all.filter((one): one is Extract<(typeof all)[number], { resourceType: T }> => one.resourceType === type)
  switch (part) {
    case 'problems':
      return { problems: problemsIn(of('Condition')) }
    case 'medicines':
      return { medicines: medicinesIn(of('MedicationRequest')) }
    case 'allergies':
      return { allergies: allergiesIn(of('AllergyIntolerance')) }
    case 'vitals':
      return { vitals: vitalSignsIn(of('Observation')) }
    case 'results':
      return { results: resultsIn(of('Observation')) }
    case 'visits':
      return { visits: visitsIn(of('Encounter')) }
    case 'notes':
      return { notes: notesIn(of('DocumentReference')) }
  }
}

const isEmpty = ({ vitals, ...rows }: Partial<ChartFound>): boolean =>
  vitals !== undefined
    ? vitals.series.length + vitals.apart.length === 0
    : Object.values(rows).every((of) => of.length === 0)
