// Finds the Encounter a visit's note belongs to, rung by rung, or says that one may be made.
// Refuses every Encounter that could be somebody else's, another Appointment's, or a mistake: a note on the wrong one is harm. The one the EHR
// had open, where it is a stay or another day's, gives way to whatever fits better, and is then said to be borrowed.

import { may } from '../domain/ehr/capability.ts'
import { relative, relativeTo } from '../domain/ehr/reference.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { dayBounds, earliest, endOf, firstOf, plus } from '../domain/instant.ts'
import { encounterIdentifier } from '../domain/note/fhir.ts'
import { encounterOf, leanEncounterOf, type Venue } from '../domain/note/fhir-encounter.ts'
import type { Borrowed } from '../domain/note/ledger.ts'
import { isMissed, outcomeIn } from '../domain/visit/outcome.ts'
import { closesAt, opensAt } from '../domain/visit/visit.ts'
import { isMistaken } from '../domain/visit/visit-encounter.ts'
import { between } from '../house/appointments.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import { whereLookFailed } from './find-note.ts'
import {
  asItIs,
  byIdentifier,
  type Existing,
  existing,
  isMadeHere,
  isOurs,
  type Looking,
  launchedEncounter,
  lookForPatient,
  lookingFor,
  ofTheAppointment,
} from './look-for-encounter.ts'
import type { Task } from './task.ts'

/**
 * Where the note goes. `ours`: the Encounter's `appointment` is the visit's and it is not over, so we may bring it to its end. `borrowed`: it
 * is not this visit's, and what it is instead. `unseen`: there may be one of ours, and the look for it went wrong.
 */
export type NoteEncounter =
  | {
      readonly encounter: 'existing'
      readonly ref: Ref<'Encounter'>
      readonly ours?: Existing
      readonly borrowed?: Borrowed
    }
  | { readonly encounter: 'new'; readonly body: object }
  | { readonly encounter: 'none'; readonly unseen?: true }

/** The rungs, one after the other. `earlierEncounter` is the Encounter an earlier attempt at filing made or found. */
export async function findEncounter(
  task: Task,
  earlierEncounter: Ref<'Encounter'> | undefined,
): Promise<NoteEncounter> {
  const looking = lookingFor(task)
  if (isMissed(outcomeIn(task.forChart.visit))) return ofOthers(looking)
  if (earlierEncounter !== undefined) {
    const again = await existing(looking, earlierEncounter).catch(whereLookFailed('unreadable' as const))
    // It was found or made by us before: where it cannot be read it still bears the note, and its status is left alone.
    if (again === 'unreadable') return { encounter: 'existing', ref: earlierEncounter }
    if (again) return asNoteEncounter(task, again)
  }
  const launched = await launchedEncounter(looking)
  const found = (await ofTheAppointment(looking, launched)) ?? (await byIdentifier(looking))
  if (found) return asNoteEncounter(task, found)
  return lastOf(looking, launched && mayBear(task, launched.resource) ? launched : undefined)
}

/**
 * Of a visit that did not take place: somebody else's Encounter that fits, which is left as it is. None of ours bears a note of it, and none is
 * made.
 */
async function ofOthers(looking: Looking): Promise<NoteEncounter> {
  const launched = await launchedEncounter(looking)
  const found = await ofTheAppointment(looking, launched)
  const fits = found ?? (launched && mayBear(looking, launched.resource) ? launched : await theOneAndOnly(looking))
  if (fits === undefined || isMadeHere(looking, fits.resource)) return { encounter: 'none' }
  const { ours: _ours, ...untouched } = asNoteEncounter(looking, fits)
  return untouched
}

/** Nothing is of this Appointment: what fits best of the launch's Encounter, the one that can only be this visit's, and one of our own. */
async function lastOf(task: Looking, launched: Existing | undefined): Promise<NoteEncounter> {
  const borrowed = launched && borrowedOf(task, launched.resource)
  if (launched && borrowed === undefined) return asNoteEncounter(task, launched)
  const only = await theOneAndOnly(task)
  if (only) return asNoteEncounter(task, only)
  // Who lies in hospital has the visit there; what was on another day has nothing to do with it.
  if (launched && borrowed === 'stay') return asNoteEncounter(task, launched)
  const own = await made(task)
  return launched && own.encounter === 'none' ? asNoteEncounter(task, launched) : own
}

/** The last rung but one: an Encounter of our own, in the shape this EHR takes; none where there may be one of ours that could not be seen. */
async function made(task: Looking): Promise<NoteEncounter> {
  if (!may(task.profile, 'createEncounters')) return { encounter: 'none' }
  if (mayBeThere(task)) return { encounter: 'none', unseen: true }
  if (task.profile.kind !== 'oracle') return { encounter: 'new', body: encounterOf(task.forChart) }
  const venue = await venueOf(task)
  return venue === undefined ? { encounter: 'none' } : { encounter: 'new', body: leanEncounterOf(task.forChart, venue) }
}

/** One that an earlier attempt made, and that could not be looked for, is made no second time but where the EHR itself sees to it (If-None-Exist). */
const mayBeThere = ({ missed, profile }: Looking): boolean =>
  missed.has('findEncounterByIdentifier') && !may(profile, 'conditionalCreate')

/** Where the Appointment says that it is, else what the settings say. */
async function venueOf({ ehr, launch, forChart, issuer }: Task): Promise<Venue | undefined> {
  const kept = await ehr.read('Appointment', forChart.visit.appointment).catch(leftAlone)
  const actors = kept?.resource.participant.map((p) => relativeTo(launch.iss)(p.actor?.reference ?? ''))
  const [location, another] = actors?.filter((a) => a?.startsWith('Location/')) ?? []
  if (location !== undefined && another === undefined) return { location }
  const { serviceProvider } = issuer
  return serviceProvider === undefined ? undefined : { serviceProvider }
}

function asNoteEncounter(task: Task, found: Existing): Extract<NoteEncounter, { encounter: 'existing' }> {
  const ref = `Encounter/${found.resource.id}` as const
  const open = isOurs(task, found.resource) && found.resource.status !== 'finished'
  const borrowed = borrowedOf(task, found.resource)
  return { encounter: 'existing', ref, ...(open ? { ours: found } : {}), ...given({ borrowed }) }
}

/** Encounters that last (http://terminology.hl7.org/CodeSystem/v3-ActCode). */
const stays: ReadonlySet<string | undefined> = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS', 'EMER'])

/** What an Encounter is that is not this visit's, as far as it says so. */
function borrowedOf(task: Task, encounter: Resource<'Encounter'>): Borrowed | undefined {
  if (isOurs(task, encounter)) return undefined
  if (stays.has(encounter.class?.code)) return 'stay'
  const began = firstOf(encounter.period?.start ?? '', task.organisation.timeZone)
  return began !== undefined && isAnotherDay(task, began) ? 'another-day' : undefined
}

/** The same of the Encounter that a note found in the chart stands under; undefined where that cannot be read, or was made by us. */
export async function borrowedUnder(
  task: Task,
  { encounter: ref }: { readonly encounter?: Ref<'Encounter'> },
): Promise<Borrowed | undefined> {
  const found = ref === undefined ? undefined : await existing(lookingFor(task), ref).catch(whereLookFailed(undefined))
  if (found === undefined) return undefined
  const { system, value } = encounterIdentifier(task.forChart)
  // One of ours in Oracle's lean shape names no Appointment.
  const isMade = found.resource.identifier?.some((i) => i.system === system && i.value === value)
  return isMade ? undefined : borrowedOf(task, found.resource)
}

/** Twelve hours before the visit: at midnight the day is not over for whom is at work. */
const sameShiftSeconds = 12 * 3600

function isAnotherDay({ forChart: { visit }, organisation }: Task, began: Instant): boolean {
  const { from } = dayBounds(visit.start, organisation.timeZone)
  const earliestStart = earliest(from, plus(visit.start, -sameShiftSeconds))
  return began < earliestStart || began >= closesAt(visit, organisation.joinWindow)
}

/**
 * Whether the Encounter the EHR had open may bear the note although no Appointment links it: it may be a hospital stay, so its status
 * is left alone. Not when it is long over, when it belongs to another Appointment, or when this sign-in was, or went on, for another visit.
 */
function mayBear(task: Task, encounter: Resource<'Encounter'>): boolean {
  const { launch, forChart } = task
  const linked = (encounter.appointment ?? []).length > 0
  const named = launch.appointments ?? (launch.appointment === undefined ? undefined : [launch.appointment])
  const elsewhere = named !== undefined && !named.includes(forChart.visit.appointment)
  const others = launch.visits.some((v) => v !== forChart.visit.id)
  const apart = launch.appointment === undefined && isAnotherVisit(task, encounter)
  return !linked && !elsewhere && !others && !apart && !isLongOver(task, encounter)
}

/** A visit of the clinic that began at another time is not ours, though it was left open; a hospital stay may well be. */
function isAnotherVisit(task: Task, { class: kind, status, period }: Resource<'Encounter'>): boolean {
  if (kind?.code !== 'AMB' && kind?.code !== 'VR') return false
  const began = firstOf(period?.start ?? '', task.organisation.timeZone)
  return began === undefined ? status === 'in-progress' || status === 'finished' : !beganInHours(task, began)
}

function beganInHours({ forChart, organisation }: Task, began: string): boolean {
  const { joinWindow } = organisation
  return began >= opensAt(forChart.visit, joinWindow) && began < closesAt(forChart.visit, joinWindow)
}

/** Some EHRs close a visit's Encounter the moment its time is up: one that ended after the visit began was its own. */
function isLongOver({ forChart, organisation }: Task, { status, period }: Resource<'Encounter'>): boolean {
  return status === 'finished' && (endOf(period?.end ?? '', organisation.timeZone) ?? '') < forChart.visit.startedAt
}

/**
 * The one and only Encounter of this patient that began in the visit's own hours, is virtual or ambulatory, has this clinician in it and
 * belongs to no other Appointment. Two of them, or one that leaves a doubt, are nobody's: a note on the wrong Encounter is harm.
 */
async function theOneAndOnly(task: Looking): Promise<Existing | undefined> {
  const { forChart, launch, organisation } = task
  const { visit } = forChart
  const day = dayBounds(visit.start, organisation.timeZone)
  const inTheDay = between(day.from, day.until)
  const look = await lookForPatient(task, 'findEncounterByPatient', 'Encounter', inTheDay)
  const { found, unread, isWhole } = look
  const fits = found.filter((e) => {
    if (isMistaken(e)) return false
    const began = firstOf(e.period?.start ?? '', organisation.timeZone) ?? ''
    const mine = e.participant?.some((p) => isSelf(launch, p.individual))
    const kind = e.class?.code === 'VR' || e.class?.code === 'AMB'
    const timely = beganInHours(task, began) && !isLongOver(task, e)
    return kind && mine && timely && (e.appointment ?? []).length === 0
  })
  const [only, another] = fits
  const clear = only && !another && isWhole && unread.length === 0 && (await isOnlyVisit(task, day))
  return clear ? asItIs(task, only) : undefined
}

/** Whether patient and clinician have this one Appointment that day: with a second one the Encounter may be the other's. */
async function isOnlyVisit(looking: Looking, day: ReturnType<typeof dayBounds>): Promise<boolean> {
  const { launch, forChart } = looking
  const { visit } = forChart
  const inTheDay = between(day.from, day.until)
  const look = await lookForPatient(looking, 'findAppointments', 'Appointment', inTheDay)
  const { found, unread, isWhole } = look
  const mine = found.filter((a) => a.participant.some((p) => isSelf(launch, p.actor)))
  return isWhole && unread.length === 0 && mine.length === 1 && mine[0]?.id === visit.appointment
}

/** Whether a participant is who is signed in. */
function isSelf({ iss, self }: Task['launch'], who: { readonly reference?: string | undefined } | undefined): boolean {
  const ref = relative(iss, who?.reference ?? '')
  return ref !== undefined && self.includes(ref)
}
