// The words of a note outside our pages: as it is written into the chart, and as a copy that is taken along.

import { firstOf, isDate } from '../instant.ts'

/** BCP 47, for what is read aloud. */
export const language = 'en'

/** `22 Nov 2026, 10:30`. */
export const clock = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at))

/** A FHIR `date` (a year, a month or a day) with the month in letters; anything else as it stands. */
export function birthDate(date: string): string {
  // "9 March 54" would be read as another century's.
  const begins = isDate(date) && date.length > 4 && date > '1' ? firstOf(date, 'UTC') : undefined
  if (begins === undefined) return date
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  const isDay = date.length > 'YYYY-MM'.length
  return new Intl.DateTimeFormat('en-GB', isDay ? { ...options, day: 'numeric' } : options).format(Date.parse(begins))
}

export const soapTitles = { subjective: 'Subjective', objective: 'Objective', assessment: 'Assessment', plan: 'Plan' }

/** From one time to another, as `clock` has them, in a time zone. */
type Span = { readonly from: string; readonly to: string; readonly timeZone: string }

type ConsentSaid = {
  readonly name: string
  readonly forPatient: boolean
  readonly at: string
  readonly text: string
  readonly withdrawn: string | undefined
}

/** In English, for whoever reads the chart. */
export const languageName = (tag: string): string => new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag

/** The note as it is filed. */
export const chartWords = {
  title: 'Video visit note',
  visit: 'Video visit',
  byTelephone: 'Telephone',
  nothingRecorded: 'Nothing recorded.',
  times: ({ from, to, timeZone }: Span) => `Video visit ${from} to ${to} (${timeZone})`,
  /** Without the times of the telephone call: those for which the video visit was planned. */
  telephone: ({ from, to, timeZone }: Span) =>
    `By telephone, in place of the video visit planned for ${from} to ${to} (${timeZone})`,
  telephoneTimes: ({ from, to, timeZone }: Span) => `By telephone ${from} to ${to} (${timeZone})`,
  didNotCome: ({ from, to, timeZone }: Span) =>
    `Video visit planned for ${from} to ${to} (${timeZone}). The patient did not come.`,
  moved: ({ from, to, timeZone }: Span) =>
    `Video visit planned for ${from} to ${to} (${timeZone}). It was moved to another time.`,
  technicalFailure: ({ from, to, timeZone }: Span) =>
    `Video visit planned for ${from} to ${to} (${timeZone}). It did not take place for a technical reason.`,
  /** `text`: the version of the clinic's text, and the language it was read in. */
  consent: ({ name, forPatient, at, text, withdrawn }: ConsentSaid) =>
    `Consent to telehealth: ${name}${forPatient ? ' for the patient' : ''}, ${at}, text ${text}${withdrawn === undefined ? '' : `; withdrawn ${withdrawn}`}`,
  signedBy: (name: string, at: string) => `Signed by ${name}, ${at}`,
  draftBy: (name: string, at: string) => `Draft, not signed. Written by ${name}, ${at}`,
}

/** The note as it is taken along: what is true of the visit and of the chart is so when the copy is made (`now`). */
export const printedWords = {
  patient: 'Patient',
  /** Where whoever came was another than the visit's patient. */
  about: 'About',
  aboutAnother:
    'Whoever came, who was not the patient for whom the visit was booked, as was said in the call. It belongs in no chart of that patient',
  bookedFor: 'Booked for',
  born: 'Born',
  bornUnknown: 'Not in the chart',
  visit: 'Visit',
  identity: 'Identity',
  /** By what they said in the call, of whoever came by the patient's own sign-in. */
  cameAsPatient: {
    confirmed: (at: string) => `The patient was confirmed in the call by full name and birth date, ${at}`,
    denied: (at: string) => `Whoever came as the patient was not the patient, and was sent out of the call, ${at}`,
  },
  cameForPatient: {
    confirmed: (at: string) => `A representative was confirmed in the call by what they said, ${at}`,
    denied: (at: string) => `Whoever came as a representative was not that person, and was sent out of the call, ${at}`,
  },
  confirmedOutside: (at: string) => `Confirmed outside of the call, as the clinician said ${at}`,
  nobodyConfirmed: 'Nobody has been confirmed',
  unconfirmed: 'Not confirmed in the call',
  consent: 'Consent',
  clinic: 'Clinic',
  chart: 'Chart',
  amended: 'Amended',
  emptySection: 'Nothing recorded',
  took: ({ from, to, timeZone }: Span) => `${from} to ${to} (${timeZone})`,
  underWay: ({ from, timeZone }: Span) => `Begun ${from} (${timeZone}), not ended when this copy was made`,
  cancelled: ({ from, to, timeZone }: Span) => `Planned for ${from} to ${to} (${timeZone}), cancelled`,
  notBegun: ({ from, to, timeZone }: Span) =>
    `Planned for ${from} to ${to} (${timeZone}), not begun when this copy was made`,
  unsaid: ({ from, to, timeZone }: Span) =>
    `Planned for ${from} to ${to} (${timeZone}). Nobody was seen in the call, and it was not said what happened when this copy was made`,
  filed: (at: string, as: string) => `In the chart since ${at} as ${as}`,
  enteredInError: (at: string, as: string) => `In the chart as ${as}, marked as entered in error ${at}`,
  pending: (now: string) => `On its way to the chart when this copy was made, ${now}`,
  unknown: (now: string) => `Not known whether it is in the chart, when this copy was made, ${now}`,
  notFiled: (now: string) => `Not in the chart when this copy was made, ${now}`,
  earlierText: (signedAt: string, now: string) =>
    `The chart still has the text signed ${signedAt} when this copy was made, ${now}`,
  replaces: (signedAt: string) => `Takes the place of the text signed ${signedAt}`,
  signedBy: (name: string, at: string, timeZone: string) => `Signed by ${name}, ${at} (${timeZone})`,
  sheet: (number: number, of: number) => `Page ${number} of ${of}`,
}
