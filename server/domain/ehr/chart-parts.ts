// The parts of a patient's chart that stand beside the video: which resources each is, and by which search each kind of EHR gives it.
// Refuses nothing: what an EHR does not take is left out of its search.
import type { Instant } from '../ids.ts'
import { plus } from '../instant.ts'

export const chartParts = ['problems', 'medicines', 'allergies', 'vitals', 'results', 'visits', 'notes'] as const
export type ChartPart = (typeof chartParts)[number]

export const typeOfPart = {
  problems: 'Condition',
  medicines: 'MedicationRequest',
  allergies: 'AllergyIntolerance',
  vitals: 'Observation',
  results: 'Observation',
  visits: 'Encounter',
  notes: 'DocumentReference',
} as const satisfies Record<ChartPart, string>

export const abilityOfPart = {
  problems: 'readProblems',
  medicines: 'readMedicines',
  allergies: 'readAllergies',
  vitals: 'readVitals',
  results: 'readResults',
  visits: 'readVisits',
  notes: 'readNotes',
} as const satisfies Record<ChartPart, string>

/** By which category a part is told from others of its type, where it is (US Core 9.0.0, observation-category and condition-category). */
export const categoriesOf: { readonly [P in ChartPart]?: string } = {
  problems: 'problem-list-item',
  vitals: 'vital-signs',
  results: 'laboratory',
  notes: 'clinical-note',
}

/** How far back it is looked for, in days; what has no such word is looked for whenever it was. */
const daysOf: { readonly [P in ChartPart]?: number } = { vitals: 366, results: 366, visits: 731, notes: 731 }

/** As many as the pages of an EHR hold at most: Oracle Health says 200, and of DocumentReference 100. */
const pageOf: Readonly<Record<ChartPart, number>> = {
  problems: 100,
  medicines: 100,
  allergies: 100,
  vitals: 200,
  results: 200,
  visits: 50,
  notes: 50,
}

export type ChartSearch = {
  readonly type: (typeof typeOfPart)[ChartPart]
  readonly params: readonly (readonly [name: string, value: string])[]
  /** From when on it is looked for; absent where it is all there is. */
  readonly since?: Instant
}

/**
 * The search for one part of this patient's chart, `Patient/id`. Epic and Oracle Health take no `_sort`, and Oracle Health no `_count` but where it
 * says so; both want a category where a type has several. Others are asked by what FHIR R4 lists, and for their problems and notes whatever
 * category they have: many a server gives them none.
 */
export function chartSearch(
  part: ChartPart,
  kind: 'generic' | 'epic' | 'oracle',
  { patient, now }: { readonly patient: string; readonly now: Instant },
): ChartSearch {
  const days = daysOf[part]
  const since = days === undefined ? undefined : plus(now, -days * 86_400)
  const type = typeOfPart[part]
  const category = type === 'Observation' || kind !== 'generic' ? categoriesOf[part] : undefined
  const params = [
    ['patient', patient],
    ...(category === undefined ? [] : [['category', category]]),
    ...(part === 'medicines'
      ? [
          ['status', 'active,on-hold'],
          ['intent', 'order,plan'],
        ]
      : []),
    ...(since === undefined ? [] : [['date', `ge${since}`]]),
    ...(since === undefined || kind !== 'generic' ? [] : [['_sort', '-date']]),
    ...(kind === 'oracle' && !counted.has(type) ? [] : [['_count', String(pageOf[part])]]),
  ] as const
  const told = params as ChartSearch['params'] // sound: each is a name and a value
  return { type, params: told, ...(since === undefined ? {} : { since }) }
}

/** The types whose pages Oracle Health lets be sized. */
const counted: ReadonlySet<string> = new Set(['MedicationRequest', 'Observation', 'DocumentReference'])
