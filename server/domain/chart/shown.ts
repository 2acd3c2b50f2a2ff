// What of a patient's chart is shown beside the video, as plain rows: words from the EHR in one line each, dates as it wrote them.
import type { VitalSigns } from './vitals.ts'

/** `unsaid`: the EHR does not say. */
export type ChartProblem = {
  readonly name?: string
  readonly state: 'active' | 'inactive' | 'resolved' | 'refuted' | 'unsaid'
  /** Not confirmed: `provisional`, `differential` or `unconfirmed`. */
  readonly unconfirmed?: true
  /** When it began, in the EHR's own words where it is no date. */
  readonly onset?: string
  readonly recorded?: string
}

export type Medicine = {
  /** Absent where the EHR names none. */
  readonly name?: string
  readonly dosage?: string
  readonly onHold?: true
  readonly authored?: string
  readonly prescriber?: string
  /** It was told to the clinic, and not ordered there. */
  readonly reported?: true
}

/** What is known not to be there: no allergy at all, or none of one sort. Not the same as an empty list. */
export type NoneKnown = 'any' | 'medicines' | 'food' | 'environment' | 'latex'

export type Allergy = {
  readonly name?: string
  readonly noneKnown?: NoneKnown
  readonly state: 'active' | 'inactive' | 'resolved' | 'refuted' | 'unsaid'
  readonly unconfirmed?: true
  readonly intolerance?: true
  readonly highRisk?: true
  readonly reactions: readonly string[]
  readonly recorded?: string
}

export type LabResult = {
  readonly name?: string
  /** Absent where it has none: `absent` may say why. */
  readonly value?: string
  readonly absent?: string
  readonly at?: string
  readonly range?: string
  readonly flag?: 'high' | 'low' | 'critically-high' | 'critically-low' | 'abnormal' | 'critically-abnormal' | 'normal'
  readonly preliminary?: true
}

export type EarlierVisit = {
  readonly name?: string
  /** `Encounter.status`, as it is. */
  readonly status: string
  readonly start?: string
  readonly end?: string
  readonly clinicians: readonly string[]
}

/** Of what kind its content is, as its attachment says; `none` where it has no content. */
export type NoteFormat = 'text' | 'html' | 'pdf' | 'rtf' | 'xml' | 'picture' | 'other' | 'none'

export type EarlierNote = {
  readonly id: string
  readonly name?: string
  readonly at?: string
  readonly author?: string
  readonly state: 'preliminary' | 'final' | 'amended' | 'superseded' | 'unsaid'
  readonly format: NoteFormat
}

/** What was found of one part. */
export type ChartFound = {
  readonly problems: readonly ChartProblem[]
  readonly medicines: readonly Medicine[]
  readonly allergies: readonly Allergy[]
  readonly vitals: VitalSigns
  readonly results: readonly LabResult[]
  readonly visits: readonly EarlierVisit[]
  readonly notes: readonly EarlierNote[]
}
