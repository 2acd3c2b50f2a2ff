// The Encounter a note goes under, as it is written into the chart in US Core's shape: a new one of ours, or the one the EHR has, brought to its end.
// Pure; which of them an EHR takes is decided by the filing step.

import type { Encounter, EncounterStatusHistory } from 'fhir/r4'
import { given } from '../given.ts'
import type { Ref } from '../ids.ts'
import { isDenied } from '../visit/identity.ts'
import { invitationOf } from '../visit/invited.ts'
import { isByTelephone, timeOf, wasSeen } from '../visit/outcome.ts'
import { periodInCall } from '../visit/time-in-call.ts'
import type { Finished } from '../visit/visit-shape.ts'
import { encounterIdentifier, type NoteForChart } from './fhir.ts'
import { chartWords } from './words.ts'

/** A finished virtual Encounter of this Appointment (http://hl7.org/fhir/R4/encounter.html; US Core: type 1..*). */
export function encounterOf(forChart: NoteForChart): Encounter {
  const { visit, note } = forChart
  return {
    resourceType: 'Encounter',
    identifier: [encounterIdentifier(forChart)],
    status: 'finished',
    statusHistory: statusHistoryOf(visit),
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR', display: 'virtual' },
    type: [isByTelephone(visit) ? telephone : video],
    subject: { reference: visit.patient },
    participant: participantsOf(visit, note.author),
    appointment: [{ reference: `Appointment/${visit.appointment}` }],
    ...given({ period: timeOf(visit) }),
  }
}

const video = {
  coding: [{ system: 'http://snomed.info/sct', code: '448337001', display: 'Telemedicine consultation with patient' }],
  text: chartWords.visit,
}
/** The class stays VR: v3-ActCode counts a telephone conference among what is virtual. */
const telephone = {
  coding: [{ system: 'http://snomed.info/sct', code: '185317003', display: 'Telephone encounter' }],
  text: chartWords.byTelephone,
}

/** Where a visit took place, for EHRs that must be told: an Organization, or a Location of the Appointment. */
export type Venue = { readonly serviceProvider: string } | { readonly location: string }

/** The little that Oracle Health lets be written: neither class nor appointment, and where it was. */
export function leanEncounterOf(forChart: NoteForChart, venue: Venue): Omit<Encounter, 'class'> {
  const { resourceType, identifier, status, type, subject } = encounterOf(forChart)
  const where =
    'location' in venue
      ? { location: [{ location: { reference: venue.location } }] }
      : { serviceProvider: { reference: venue.serviceProvider } }
  return {
    resourceType,
    status,
    ...(identifier && { identifier }),
    ...(type && { type }),
    ...(subject && { subject }),
    ...where,
  }
}

type Individual = { readonly reference?: string | undefined; readonly display?: string | undefined }

/** By their record, or by their name alone where they have none there. */
const personIn = ({ individual }: { readonly individual?: Individual | undefined }): string | undefined =>
  individual?.reference ?? individual?.display

/** What we read of an Encounter the EHR has already; all else in it passes through. */
type FoundEncounter = {
  readonly status: string
  readonly statusHistory?: readonly object[]
  readonly type?: unknown
  readonly participant?: readonly { readonly individual?: Individual }[]
  readonly period?: { readonly start?: string; readonly end?: string }
}

/** An Encounter the EHR had for this Appointment, brought to its end. What others wrote in it stays. */
export function encounterFinished<E extends FoundEncounter>(
  found: E,
  { visit, note }: Pick<NoteForChart, 'visit' | 'note'>,
) {
  const there = new Set(found.participant?.map((p) => personIn(p)))
  const came = participantsOf(visit, note.author).filter((p) => !there.has(personIn(p)))
  const began = found.status === 'planned' ? undefined : found.period?.start
  const before = { status: found.status, period: { end: visit.arrivedAt ?? visit.startedAt } }
  const time = timeOf(visit)
  return {
    ...found,
    status: 'finished',
    ...(isByTelephone(visit)
      ? { type: [...(Array.isArray(found.type) ? (found.type as readonly unknown[]) : []), telephone] }
      : {}),
    statusHistory: [
      ...(found.statusHistory ?? []),
      ...(began === undefined ? [before] : []),
      ...statusHistoryOf(visit),
    ],
    participant: [...(found.participant ?? []), ...came],
    ...(time === undefined ? {} : { period: { ...found.period, start: began ?? time.start, end: time.end } }),
  }
}

/** Ours of a visit that did not take place, as it turned out. */
export const encounterCancelled = <E extends FoundEncounter>(found: E) => ({
  ...found,
  status: 'cancelled',
  statusHistory: [...(found.statusHistory ?? []), { status: found.status, period: { ...found.period } }],
})

// The states before the last one: the current status stands in `status` alone.
function statusHistoryOf(visit: Finished): EncounterStatusHistory[] {
  // The video call that nobody came to is no part of it.
  if (isByTelephone(visit)) return []
  const { arrivedAt, startedAt, finishedAt } = visit
  return [
    ...(arrivedAt !== undefined && arrivedAt < startedAt
      ? [{ status: 'arrived' as const, period: { start: arrivedAt, end: startedAt } }]
      : []),
    { status: 'in-progress', period: { start: startedAt, end: finishedAt } },
  ]
}

// The patient is the subject. R4 takes these alone here by reference. Of those without a record in the EHR an interpreter stands here, by name: what was
// said went through them; whoever else was invited stands in no Encounter.
const participants = /^(Practitioner|PractitionerRole|RelatedPerson)\//

function participantsOf(visit: Finished, author: Ref): NonNullable<Encounter['participant']> {
  if (isByTelephone(visit)) return [participantOf(author, author, timeOf(visit))]
  const there = visit.attendance.filter((a) => participants.test(a.who) && !isDenied(visit, a.who))
  const came = there.some((a) => a.who === author) ? there : [{ who: author, from: visit.startedAt }, ...there]
  return [...came.map((a) => participantOf(a.who, author, periodInCall(a, visit))), ...interpretersOf(visit)]
}

/** http://hl7.org/fhir/R4/valueset-encounter-participant-type.html: v3 has no code for an interpreter. */
const translator = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/participant-type', code: 'translator' }],
}

const interpretersOf = (visit: Finished): NonNullable<Encounter['participant']> =>
  visit.attendance.flatMap((a) => {
    const invitation = invitationOf(visit, a.who)
    if (invitation?.as !== 'interpreter' || !wasSeen(a)) return []
    return { type: [translator], period: periodInCall(a, visit), individual: { display: invitation.name } }
  })

const participantOf = (who: Ref, author: Ref, period: { start: string; end: string } | undefined) => ({
  type: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: codeOf(who, author) }] },
  ],
  ...given({ period }),
  individual: { reference: who },
})

const codeOf = (who: Ref, author: Ref) => (who === author ? 'PPRF' : 'PART')
