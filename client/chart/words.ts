// What a clinician reads in the chart beside the video: its parts, what stands in their way, and each value in words.
import type {
  ChartLack,
  ChartPart,
  ChartProblem,
  EarlierNote,
  LabResult,
  MeasuredBy,
  NoneKnown,
  VitalApart,
  VitalKind,
} from '../../server/wire/wire.ts'
import type { WaitWords } from '../ui/words.ts'

const titles: Readonly<Record<ChartPart, string>> = {
  problems: 'Problems',
  medicines: 'Medicines',
  allergies: 'Allergies',
  vitals: 'Vital signs',
  results: 'Laboratory results',
  visits: 'Visits',
  notes: 'Notes',
}

/** In the middle of a sentence. */
const things: Readonly<Record<ChartPart, string>> = {
  problems: 'problems',
  medicines: 'medicines',
  allergies: 'allergies',
  vitals: 'vital signs',
  results: 'laboratory results',
  visits: 'visits',
  notes: 'notes',
}

const kinds: Readonly<Record<VitalKind, string>> = {
  'blood-pressure': 'Blood pressure',
  pulse: 'Pulse',
  temperature: 'Temperature',
  oxygen: 'Oxygen saturation',
  weight: 'Weight',
  glucose: 'Glucose',
  breaths: 'Breathing rate',
  height: 'Height',
  bmi: 'Body mass index',
}

export const chartPanelWords = {
  title: 'Chart',
  waitsForCall: 'The chart is read once the call has begun.',
  titles,
  loading: (part: ChartPart): WaitWords => ({
    now: `Reading ${things[part]}…`,
    still: `Still reading ${things[part]}. The health record system takes longer than usual.`,
  }),
  readAt: (time: string) => `Read at ${time}`,
  again: 'Try again',
  readAgain: 'Read again',
  readAgainOf: (part: ChartPart) => `Read ${things[part]} again`,
}

/** Why a part is not there; of `failed` the remedy says more. */
export const lackWords: Readonly<Record<ChartLack['outcome'], string>> = {
  off: 'Your clinic has switched this off.',
  'not-granted': 'Your sign-in was not given access to this. Look in the health record system.',
  'not-offered': 'This health record system does not offer this.',
  refused: 'The health record system did not allow this when it was asked.',
  'too-large': 'There is more than can be read at once. Look in the health record system.',
  failed: 'This could not be read.',
}

const none: Readonly<Record<ChartPart, string>> = {
  problems: 'No problems are recorded.',
  medicines: 'No current medicines are recorded.',
  allergies: 'Nothing about allergies is recorded. That is not the same as “no known allergies”.',
  vitals: 'No vital signs are recorded.',
  results: 'No laboratory results are recorded.',
  visits: 'No visits are recorded.',
  notes: 'No notes are recorded.',
}

export const partWords = {
  none,
  noneSince: (part: ChartPart, date: string) => `No ${things[part]} are recorded since ${date}.`,
  since: (date: string) => `Since ${date}`,
  notWhole: 'The health record system has more than was read. What is missing here may be there.',
  unread: (n: number) => (n === 1 ? 'One entry could not be read.' : `${n} entries could not be read.`),
  others: (n: number) =>
    n === 1
      ? 'One entry that came does not say that it is this patient’s. It is not shown.'
      : `${n} entries that came do not say that they are this patient’s. They are not shown.`,
  more: (n: number) => `Show ${n} more`,
}

const states: Readonly<Record<ChartProblem['state'], string>> = {
  active: 'active',
  inactive: 'inactive',
  resolved: 'resolved',
  refuted: 'ruled out',
  unsaid: 'status not recorded',
}
const noneKnown: Readonly<Record<NoneKnown, string>> = {
  any: 'No known allergies',
  medicines: 'No known allergies to medicines',
  food: 'No known allergies to food',
  environment: 'No known allergies to things around',
  latex: 'No known allergy to latex',
}
const flags: Readonly<Record<NonNullable<LabResult['flag']>, string>> = {
  high: 'high',
  low: 'low',
  'critically-high': 'critically high',
  'critically-low': 'critically low',
  abnormal: 'abnormal',
  'critically-abnormal': 'critically abnormal',
  normal: 'normal',
}
const noteStates: Readonly<Record<EarlierNote['state'], string>> = {
  preliminary: 'draft',
  final: 'signed',
  amended: 'amended',
  superseded: 'replaced by a later one',
  unsaid: '',
}

export const rowWords = {
  states,
  noneKnown,
  flags,
  noteStates,
  nameless: 'Without a name in the record',
  unconfirmed: 'not confirmed',
  onset: (when: string) => `since ${when}`,
  recorded: (when: string) => `recorded ${when}`,
  onHold: 'on hold',
  reported: 'told by the patient or others, not ordered here',
  ordered: (when: string) => `ordered ${when}`,
  prescribedBy: (who: string) => `by ${who}`,
  highRisk: 'high risk',
  intolerance: 'intolerance',
  reactions: (what: readonly string[]) => `reaction: ${what.join(', ')}`,
  noDosage: 'no dose in the record',
  noValue: 'no value',
  absent: (why: string) => `no value: ${why}`,
  range: (range: string) => `reference ${range}`,
  preliminary: 'preliminary',
  undated: 'without a date',
}

export const noteOpenWords = {
  open: 'Read',
  openNamed: (name: string) => `Read ${name}`,
  close: 'Close',
  formatted: 'Formatted: open it in the health record system.',
  elsewhere: 'This note is formatted, or kept elsewhere. Open it in the health record system.',
  'not-text': 'This note is not what it says it is, so it is not shown. Open it in the health record system.',
  empty: 'This note has no text.',
  gone: 'This note is not there any more.',
  reading: { now: 'Reading the note…', still: 'Still reading the note.' },
}

const by: Readonly<Record<MeasuredBy, string>> = {
  device: 'by a device',
  patient: 'told by the patient',
  'own-device': 'by a device, told by the patient',
}
const apart: Readonly<Record<VitalApart['why'], string>> = {
  'no-value': 'no value',
  'unknown-unit': 'in a unit that is not known here',
  'in-words': 'in words',
  'no-time': 'without a date',
  'not-drawn': '',
}

export const vitalWords = {
  kinds,
  by,
  apart,
  preliminary: 'preliminary',
  as: (recorded: string) => `recorded as ${recorded}`,
  higher: (lately: string, before: string) => `Higher lately: ${lately} on average, at first ${before}.`,
  lower: (lately: string, before: string) => `Lower lately: ${lately} on average, at first ${before}.`,
  steady: (lately: string) => `About the same: ${lately} on average.`,
  few: 'Too few values to say more.',
  range: (low: number | undefined, high: number | undefined, unit: string) =>
    low === undefined
      ? `Reference: up to ${high} ${unit}`
      : high === undefined
        ? `Reference: from ${low} ${unit}`
        : `Reference: ${low} to ${high} ${unit}`,
  oneByOne: (kind: string) => `${kind}, values one by one`,
  hint: 'Point at it, or use the arrow keys, to read single values.',
  table: (n: number) => (n === 1 ? 'The value as a table' : `All ${n} values as a table`),
  when: 'When',
  value: (unit: string) => `Value (${unit})`,
  how: 'How',
  others: 'Other values',
}

export const intoNoteWords = {
  vitals: 'Today’s vital signs into the note',
  medicines: 'Medicines into the note',
  problems: 'Active problems into the note',
  done: (field: string) => `Written into ${field}.`,
  undo: 'Take it out again',
  undone: 'Taken out again.',
  changed: 'It was changed since: take it out by hand.',
  full: 'There is no room left in this section of the note.',
  closed: 'The note cannot be written in now.',
  noneToday: 'No vital signs of today.',
  vitalsOf: (date: string, readAt: string) => `Vital signs of ${date} (from the chart, read ${readAt}):`,
  medicinesOf: (readAt: string) => `Medicines in the chart (read ${readAt}):`,
  problemsOf: (readAt: string) => `Active problems in the chart (read ${readAt}):`,
  notWhole: '(This list may not be whole.)',
}
