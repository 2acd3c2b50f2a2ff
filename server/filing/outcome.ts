// What the EHR is told of a visit whose outcome a clinician has said: its Appointment, and the Encounter there is. No Encounter is made here,
// for the note makes it; what is somebody else's is never cancelled. Says what the EHR's own answers say, and writes down what they confirm.

import { may } from '../domain/ehr/capability.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import { encounterCancelled, encounterFinished } from '../domain/note/fhir-encounter.ts'
import { knownEncounter } from '../domain/note/ledger.ts'
import { entriesIn, type Note } from '../domain/note/note.ts'
import { emptySoap } from '../domain/note/soap.ts'
import { isMissed, leavesAppointment, tookPlace, withOutcomeInChart } from '../domain/visit/outcome.ts'
import type { Finished, OutcomeInChart, SaidOutcome, Visit } from '../domain/visit/visit-shape.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { whereLookFailed } from './find-note.ts'
import {
  byIdentifier,
  type Existing,
  existing,
  isMadeHere,
  type Looking,
  launchedEncounter,
  lookingFor,
  ofTheAppointment,
} from './look-for-encounter.ts'
import { markAppointment } from './mark-appointment.ts'
import { type Task, taskOf } from './task.ts'
import { updated } from './updated.ts'

/** What the EHR then has is kept with the visit, which is answered. An EHR that cannot be asked has been told nothing: the word stays. */
export async function tellChart(
  house: House,
  caller: Party & { readonly visit: Finished },
  said: SaidOutcome,
  note: Note | undefined,
): Promise<Visit> {
  const { visit } = caller
  const task = await taskToTell(house, caller, said).catch(leftAlone)
  if (task === undefined) return (await house.changeVisit(visit.id, (v) => v)).after
  const encounter = await encounterAfter(task, said, note)
  const appointment = await appointmentAfter(task, said)
  const about = { appointment: `Appointment/${visit.appointment}` } as const
  const event = eventOf[appointment]
  if (event !== undefined && said.inChart?.appointment !== appointment) await house.happened(caller, event, about)
  if (encounter !== undefined && encounter.is !== 'left') {
    const became = encounter.is === 'finished' ? 'encounter-finished' : 'encounter-cancelled'
    await house.happened(caller, became, { encounter: encounter.ref })
  }
  const inChart = { appointment, ...given({ encounter: encounter?.is }) }
  return (await house.changeVisit(visit.id, (v) => withOutcomeInChart(v, said, inChart))).after
}

const eventOf: Readonly<
  Partial<Record<OutcomeInChart['appointment'], 'appointment-fulfilled' | 'appointment-noshow' | 'appointment-booked'>>
> = { fulfilled: 'appointment-fulfilled', noshow: 'appointment-noshow', booked: 'appointment-booked' }

/** A word is no note: in its place stands one without a text, by who says it. */
async function taskToTell(house: House, caller: Party, { by, at }: SaidOutcome): Promise<Task> {
  const word = { docStatus: 'final', version: 0, soap: emptySoap, author: by, authorName: '', date: at } as const
  const profile = await house.profile(caller.launch)
  return taskOf(house, caller, { ...word, filing: { state: 'unfiled' } }, { profile, target: { how: 'new' } })
}

async function appointmentAfter(task: Task, { is, wrote }: SaidOutcome): Promise<OutcomeInChart['appointment']> {
  if (!leavesAppointment(is)) return markAppointment(task, tookPlace(is) ? 'fulfilled' : 'noshow', wrote)
  // The visit may still be: a new time is for people to find. What we wrote by an earlier word is taken back.
  return wrote === undefined ? 'untouched' : markAppointment(task, 'booked', wrote)
}

type Became = { readonly is: OutcomeInChart['encounter'] & {}; readonly ref: Ref<'Encounter'> }

async function encounterAfter(task: Task, said: SaidOutcome, note: Note | undefined): Promise<Became | undefined> {
  const looking = lookingFor(task)
  const found = isMissed(said) ? await madeHere(looking, note) : await ofTheVisit(looking)
  const wanted = isMissed(said) ? 'cancelled' : 'finished'
  if (found === undefined || found.resource.status === wanted) return undefined
  const ref = `Encounter/${found.resource.id}` as const
  const { etag, resource } = found
  if (etag === undefined || !may(task.profile, 'finishEncounters')) return { is: 'left', ref }
  const body = isMissed(said) ? encounterCancelled(resource) : encounterFinished(resource, task.forChart)
  const { now } = await updated(task.ehr, 'Encounter', { resource, etag }, { method: 'PUT', body })
  return { is: now?.status === wanted ? wanted : 'left', ref }
}

/** The one that an attempt at filing made, if the chart has it still. */
async function madeHere(looking: Looking, note: Note | undefined): Promise<Existing | undefined> {
  const ref = note && knownEncounter(entriesIn(note))
  const known = ref && (await existing(looking, ref).catch(whereLookFailed(undefined)))
  const found = known ?? (await byIdentifier(looking))
  return found && isMadeHere(looking, found.resource) ? found : undefined
}

/** The one the EHR has for this Appointment. */
async function ofTheVisit(looking: Looking): Promise<Existing | undefined> {
  return ofTheAppointment(looking, await launchedEncounter(looking))
}
