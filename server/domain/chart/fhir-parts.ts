// As much of FHIR's resources as the chart beside the video looks at, and what several of its rules read of them.
// Takes nothing on trust: a text from outside becomes one line, and a date stands as it was written or not at all.
import { type Concept, wordsOf } from '../ehr/names.ts'
import { instantOf, isDate } from '../instant.ts'

export type Coded = {
  readonly text?: string
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[]
}
export type Reference = { readonly reference?: string; readonly display?: string }
export type Quantity = {
  readonly value?: number
  readonly comparator?: string
  readonly unit?: string
  readonly code?: string
}
export type Range = {
  readonly low?: Quantity
  readonly high?: Quantity
  readonly text?: string
  readonly type?: Coded
}
type Valued = {
  readonly valueQuantity?: Quantity
  readonly valueString?: string
  readonly valueCodeableConcept?: Coded
  readonly valueInteger?: number
  readonly valueBoolean?: boolean
  readonly dataAbsentReason?: Coded
}
export type Component = Valued & { readonly code?: Coded }
export type Observed = Valued & {
  readonly id: string
  readonly status: string
  readonly meta?: { readonly tag?: readonly { readonly code?: string }[] }
  readonly code?: Coded
  readonly effectiveDateTime?: string
  readonly effectiveInstant?: string
  readonly effectivePeriod?: { readonly start?: string; readonly end?: string }
  readonly performer?: readonly Reference[]
  readonly device?: Reference
  readonly interpretation?: readonly Coded[]
  readonly referenceRange?: readonly Range[]
  readonly component?: readonly Component[]
}

/** The codes of a concept, whatever their systems. */
export const codesIn = (concept: Coded | undefined): readonly string[] =>
  (concept?.coding ?? []).flatMap(({ code }) => code ?? [])

/** What a CodeableConcept says in one line; a code alone says nothing to a reader. */
export function readableWords(concept: Coded | undefined): string | undefined {
  const said: Concept = { ...concept, coding: (concept?.coding ?? []).filter(({ display }) => display !== undefined) }
  return wordsOf(said)
}

export const lineOf = (text: string | undefined): string | undefined => wordsOf({ text: text ?? '' })

/** The first of them that is a date or a time of FHIR's: a date as it was written, a time as an instant, one without a zone as its day. */
export function dateSaid(...texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const read = text === undefined ? undefined : (instantOf(text) ?? [text, text.slice(0, 10)].find(isDate))
    if (read !== undefined) return read
  }
  return undefined
}

export const momentOf = ({ effectiveDateTime, effectiveInstant, effectivePeriod }: Observed): string | undefined =>
  dateSaid(effectiveDateTime, effectiveInstant, effectivePeriod?.end, effectivePeriod?.start)

/** In milliseconds since 1970, for an order in time alone: a day is its beginning in UTC; what has no date is oldest. */
export const orderOf = (at: string | undefined): number => {
  const ms = Date.parse(at ?? '')
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms
}

export const newestFirst = <Row>(rows: readonly Row[], at: (row: Row) => string | undefined): readonly Row[] =>
  rows.toSorted((one, other) => {
    const [a, b] = [orderOf(at(one)), orderOf(at(other))]
    return a === b ? 0 : b > a ? 1 : -1
  })

/** Withdrawn, or never to be believed. */
export const isWithdrawn = (status: string | undefined): boolean =>
  status === 'entered-in-error' || status === 'cancelled'

/** A quantity as it was recorded: `< 20 mg/dL`. */
export function quantityWords({ value, comparator, unit, code }: Quantity): string | undefined {
  if (value === undefined) return undefined
  const sign = comparator !== undefined && /^(?:<=?|>=?)$/.test(comparator) ? `${comparator} ` : ''
  return [`${sign}${value}`, lineOf(unit ?? code)].filter((word) => word !== undefined).join(' ')
}

/** What a value says in one line, of whatever sort it is. */
export function valueWords(of: Valued): string | undefined {
  if (of.valueQuantity !== undefined) return quantityWords(of.valueQuantity)
  if (of.valueInteger !== undefined) return String(of.valueInteger)
  if (of.valueBoolean !== undefined) return of.valueBoolean ? 'yes' : 'no'
  return readableWords(of.valueCodeableConcept) ?? lineOf(of.valueString)
}

export const absentWords = ({ dataAbsentReason }: Valued): string | undefined => {
  const [code] = codesIn(dataAbsentReason)
  return readableWords(dataAbsentReason) ?? lineOf(code)
}
