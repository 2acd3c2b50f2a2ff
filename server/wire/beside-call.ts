// What crosses the wire of the chart beside the video: one part at a time, and the text of one note. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { ChartFound } from '../domain/chart/shown.ts'
import { type ChartPart, chartParts } from '../domain/ehr/chart-parts.ts'
import { isFhirId } from '../domain/ehr/reference.ts'
import type { Code } from '../domain/errors.ts'
import type { Instant } from '../domain/ids.ts'

/** Whose chart it is, the visit says: no request names a patient. */
export const LookAtChart = z.strictObject({ part: z.enum(chartParts) })
export type LookAtChart = z.infer<typeof LookAtChart>
/** A note that was in the list. */
export const OpenChartNote = z.strictObject({ document: z.string().refine(isFhirId) })
export type OpenChartNote = z.infer<typeof OpenChartNote>

/**
 * Why a part is not there. `off`: this clinic does not show it. `not-granted`: the sign-in was not given it. `not-offered`: the EHR does not have it.
 * `refused`: the EHR said no when it was asked. `too-large`: more than can be read. `failed`: it did not answer as it should, `code` says how; to
 * try again is worth it.
 */
export type ChartLack =
  | { readonly outcome: 'off' | 'not-granted' | 'not-offered' | 'refused' | 'too-large' }
  | { readonly outcome: 'failed'; readonly code: Code }

/**
 * `GET …/visits/:visit/chart?part=…`: one part, as it was read at `readAt`. `nothing`: the EHR answered, and has nothing recorded. `since`: what is older
 * was not asked for.
 */
export type ChartView =
  | (ChartLack & { readonly part: ChartPart })
  | {
      readonly outcome: 'read' | 'nothing'
      readonly part: ChartPart
      readonly readAt: Instant
      readonly since?: Instant
      /** What was found of this part, under its name; of the others nothing is here. */
      readonly found: Partial<ChartFound>
      /** So many entries nobody could read. */
      readonly unread?: number
      /** So many entries that came are not said to be about this patient: they are not shown. */
      readonly others?: number
      /** False where the EHR has more than was read. */
      readonly whole: boolean
    }

/**
 * `GET …/visits/:visit/chart/note?document=…`: a note as plain text. `elsewhere`: it is formatted, and is opened in the EHR. `not-text`: it is not what
 * it says it is.
 */
export type ChartNoteView =
  | ChartLack
  | { readonly outcome: 'read'; readonly text: string }
  | { readonly outcome: 'elsewhere' | 'not-text' | 'empty' | 'gone' }

export type * from '../domain/chart/shown.ts'
export type { VitalKind } from '../domain/chart/units.ts'
export type { MeasuredBy, VitalApart, VitalPoint, VitalSeries, VitalSigns } from '../domain/chart/vitals.ts'
export type { ChartPart }
