// The rows of a chart's parts, from the resources that were found of them: withdrawn ones left out, what matters most first.
import { given } from '../given.ts'
import {
  absentWords,
  type Coded,
  codesIn,
  dateSaid,
  isWithdrawn,
  lineOf,
  momentOf,
  newestFirst,
  type Observed,
  quantityWords,
  type Range,
  type Reference,
  readableWords,
  valueWords,
} from './fhir-parts.ts'
import type { Allergy, ChartProblem, EarlierVisit, LabResult, Medicine, NoneKnown } from './shown.ts'

type ConditionIn = {
  readonly clinicalStatus?: Coded
  readonly verificationStatus?: Coded
  readonly code?: Coded
  readonly onsetDateTime?: string
  readonly onsetPeriod?: { readonly start?: string }
  readonly onsetString?: string
  readonly recordedDate?: string
}

type State = ChartProblem['state']
const states: Readonly<Record<string, State>> = {
  active: 'active',
  recurrence: 'active',
  relapse: 'active',
  inactive: 'inactive',
  remission: 'inactive',
  resolved: 'resolved',
}
const firstTo: readonly State[] = ['active', 'unsaid', 'inactive', 'resolved', 'refuted']
const doubted: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential'])

function stateOf(clinical: Coded | undefined, verification: Coded | undefined): State {
  if (codesIn(verification).includes('refuted')) return 'refuted'
  return codesIn(clinical).flatMap((code) => states[code] ?? [])[0] ?? 'unsaid'
}

const isDoubted = (verification: Coded | undefined) =>
  (codesIn(verification).some((code) => doubted.has(code)) || undefined) as true | undefined
const isMistake = (verification: Coded | undefined) => codesIn(verification).includes('entered-in-error')

const byState = <Row extends { readonly state: State }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => firstTo.indexOf(one.state) - firstTo.indexOf(other.state))

/** Active ones first, and of those the newest. */
export function problemsIn(found: readonly ConditionIn[]): readonly ChartProblem[] {
  const rows = found.flatMap((of): readonly ChartProblem[] => {
    if (isMistake(of.verificationStatus)) return []
    const onset = dateSaid(of.onsetDateTime, of.onsetPeriod?.start) ?? lineOf(of.onsetString)
    const told = given({ name: readableWords(of.code), onset, recorded: dateSaid(of.recordedDate) })
    const state = stateOf(of.clinicalStatus, of.verificationStatus)
    return [{ state, ...told, ...given({ unconfirmed: isDoubted(of.verificationStatus) }) }]
  })
  return byState(newestFirst(rows, ({ recorded, onset }) => recorded ?? onset))
}

type MedicineIn = {
  readonly status: string
  readonly medicationCodeableConcept?: Coded
  readonly medicationReference?: Reference
  readonly contained?: readonly { readonly id?: string; readonly code?: Coded }[]
  readonly authoredOn?: string
  readonly requester?: Reference
  readonly reportedBoolean?: boolean
  readonly reportedReference?: Reference
  readonly dosageInstruction?: readonly { readonly text?: string }[]
}

export function medicinesIn(found: readonly MedicineIn[]): readonly Medicine[] {
  const rows = found.flatMap((of): readonly Medicine[] => {
    if (isWithdrawn(of.status)) return []
    const inside = of.contained?.find(({ id }) => `#${id}` === of.medicationReference?.reference)
    const name =
      readableWords(of.medicationCodeableConcept) ??
      readableWords(inside?.code) ??
      lineOf(of.medicationReference?.display)
    const dosage = lineOf(of.dosageInstruction?.flatMap(({ text }) => text ?? []).join('; '))
    const told = given({ name, dosage, authored: dateSaid(of.authoredOn), prescriber: lineOf(of.requester?.display) })
    const reported = (of.reportedBoolean === true || of.reportedReference !== undefined || undefined) as
      | true
      | undefined
    return [{ ...told, ...given({ reported, onHold: (of.status === 'on-hold' || undefined) as true | undefined }) }]
  })
  return newestFirst(rows, ({ authored }) => authored)
}

type AllergyIn = {
  readonly clinicalStatus?: Coded
  readonly verificationStatus?: Coded
  readonly type?: string
  readonly criticality?: string
  readonly code?: Coded
  readonly recordedDate?: string
  readonly reaction?: readonly { readonly manifestation?: readonly Coded[] }[]
}

/** By SNOMED CT: that there is no such allergy, which is a record of its own. */
const noneKnown: Readonly<Record<string, NoneKnown>> = {
  '716186003': 'any',
  '160244002': 'any',
  '409137002': 'medicines',
  '429625007': 'food',
  '428607008': 'environment',
  '1003774007': 'latex',
}

export function allergiesIn(found: readonly AllergyIn[]): readonly Allergy[] {
  const rows = found.flatMap((of): readonly Allergy[] => {
    if (isMistake(of.verificationStatus)) return []
    const none = codesIn(of.code).flatMap((code) => noneKnown[code] ?? [])[0]
    const reactions = (of.reaction ?? []).flatMap(({ manifestation = [] }) =>
      manifestation.flatMap((one) => readableWords(one) ?? []),
    )
    const more = given({
      name: readableWords(of.code),
      noneKnown: none,
      recorded: dateSaid(of.recordedDate),
      unconfirmed: isDoubted(of.verificationStatus),
      intolerance: (of.type === 'intolerance' || undefined) as true | undefined,
      highRisk: (of.criticality === 'high' || undefined) as true | undefined,
    })
    return [{ state: stateOf(of.clinicalStatus, of.verificationStatus), reactions: [...new Set(reactions)], ...more }]
  })
  const urgent = newestFirst(rows, ({ recorded }) => recorded).toSorted((one, other) => rank(one) - rank(other))
  return byState(urgent)
}

const rank = ({ highRisk, noneKnown: none }: Allergy) => (none !== undefined ? 2 : highRisk ? 0 : 1)

/** v3-ObservationInterpretation. */
const flags: Readonly<Record<string, NonNullable<LabResult['flag']>>> = {
  H: 'high',
  HU: 'high',
  L: 'low',
  LU: 'low',
  HH: 'critically-high',
  LL: 'critically-low',
  A: 'abnormal',
  AA: 'critically-abnormal',
  N: 'normal',
}

/** Newest first. */
export function resultsIn(found: readonly Observed[]): readonly LabResult[] {
  const rows = found.flatMap((of): readonly LabResult[] => {
    if (isWithdrawn(of.status)) return []
    const flag = (of.interpretation ?? []).flatMap(codesIn).flatMap((code) => flags[code] ?? [])[0]
    const preliminary = (of.status === 'preliminary' || of.status === 'registered' || undefined) as true | undefined
    const value = valueWords(of) ?? partsOf(of)
    const absent = value === undefined ? absentWords(of) : undefined
    return [
      given({
        name: readableWords(of.code),
        at: momentOf(of),
        range: rangeWords(of.referenceRange?.[0]),
        ...{ value, absent, flag, preliminary },
      }),
    ]
  })
  return newestFirst(rows, ({ at }) => at)
}

function partsOf({ component = [] }: Observed): string | undefined {
  const said = component.flatMap((one) => {
    const value = valueWords(one)
    return value === undefined ? [] : [`${readableWords(one.code) ?? ''} ${value}`.trim()]
  })
  return said.length === 0 ? undefined : said.slice(0, 20).join(', ')
}

function rangeWords(range: Range | undefined): string | undefined {
  const { low, high, text } = range ?? {}
  const [from, to] = [low && quantityWords(low), high && quantityWords(high)]
  if (low?.value !== undefined && to !== undefined) return `${low.value} to ${to}`
  return lineOf(text) ?? (from !== undefined ? `from ${from}` : to === undefined ? undefined : `to ${to}`)
}

type EncounterIn = {
  readonly status: string
  readonly class?: { readonly display?: string }
  readonly type?: readonly Coded[]
  readonly period?: { readonly start?: string; readonly end?: string }
  readonly participant?: readonly { readonly individual?: Reference }[]
}

/** Newest first. */
export function visitsIn(found: readonly EncounterIn[]): readonly EarlierVisit[] {
  const rows = found.flatMap((of): readonly EarlierVisit[] => {
    if (of.status === 'entered-in-error') return []
    const clinicians = (of.participant ?? []).flatMap(({ individual }) => lineOf(individual?.display) ?? [])
    const name = readableWords(of.type?.[0]) ?? lineOf(of.class?.display)
    const dates = { start: dateSaid(of.period?.start), end: dateSaid(of.period?.end) }
    return [{ status: of.status, clinicians: [...new Set(clinicians)].slice(0, 3), ...given({ name, ...dates }) }]
  })
  return newestFirst(rows, ({ start, end }) => start ?? end)
}
