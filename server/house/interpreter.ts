// What the visit's own Encounters say of an interpreter, asked for beside what opening the visit needs. Nobody waits for it longer than a moment,
// and what cannot be had says nothing.

import { may } from '../domain/ehr/capability.ts'
import { saidOfInterpreter } from '../domain/ehr/interpreter.ts'
import { isPatientOf, type KnownAs } from '../domain/ehr/merged.ts'
import { idOf, relativeTo } from '../domain/ehr/reference.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import type { Booked } from '../domain/visit/access.ts'
import { isEncounterOf } from '../domain/visit/visit-encounter.ts'
import type { Face, Visit } from '../domain/visit/visit-shape.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import { unread } from './appointments.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'

/** How long somebody who opens a visit waits for it, in milliseconds: what comes later is shown when it comes. */
export const momentMs = 1_000

/** `needed` is absent where they say nothing. */
export type InterpreterSaid = { readonly needed?: boolean }

/** A visit's face by what was told; by what is known of it already where nothing was. */
export type Facing = (told?: InterpreterSaid) => Face

/** Where the patient's record, and with it their language, cannot be had. */
export function asAsked({ interpreter, interpreterAsked: _before, ...face }: Face, asked?: boolean): Face {
  const known = asked === true ? (interpreter ?? {}) : asked === false ? undefined : interpreter
  return { ...face, ...given({ interpreter: known, interpreterAsked: asked }) }
}

/** What comes only after the visit was opened is shown when it comes. */
export function keepInterpreter(
  house: House,
  opened: Visit,
  told: Promise<InterpreterSaid | undefined>,
  facing: Facing,
): void {
  const keep = async (said: InterpreterSaid | undefined) => {
    if (said === undefined || said.needed === opened.face.interpreterAsked) return
    const { interpreter, interpreterAsked } = facing(said)
    await house.changeVisit(opened.id, (visit) => {
      if (!('call' in visit) || !isPatientOf(visit, opened.patient)) return visit
      const { interpreter: _one, interpreterAsked: _other, ...face } = visit.face
      return { ...visit, face: { ...face, ...given({ interpreter, interpreterAsked }) } }
    })
  }
  const about = { organisation: opened.organisation, visit: opened.id }
  void told
    .then(keep, leftAlone)
    .catch((cause: unknown) => house.log.error('store-fault', about, cause instanceof Error ? cause : undefined))
}

/** The Encounters that may be the visit's of this Appointment; none for patients: it is clinicians who act on what they say. */
export async function lookForEncounters(house: House, { launch }: SignedIn, appointment: string): Promise<Encounters> {
  if (launch.role !== 'clinician') return []
  const found = await Promise.all([launchedEncounter(house, launch), encountersOf(house, launch, appointment)])
  return found.flat()
}

/** Undefined where none that was read is this visit's: then nothing is known anew. */
export function interpreterSaid(
  { launch, organisation }: SignedIn,
  booking: Booked & KnownAs,
  encounters: Encounters = [],
): InterpreterSaid | undefined {
  const { timeZone, joinWindow } = organisation
  const at = { launch, relative: relativeTo(launch.iss), timeZone, joinWindow }
  const own = encounters.filter((one) => isEncounterOf(booking, one, at))
  return own.length === 0 ? undefined : saidOfInterpreter(own.map(({ extension }) => ({ extension })))
}

type Encounters = readonly Resource<'Encounter'>[]

async function launchedEncounter(house: House, launch: SignedIn['launch']): Promise<Encounters> {
  if (launch.encounter === undefined) return []
  const found = await house.ehr(launch).read('Encounter', idOf(launch.encounter)).catch(unread)
  return found === undefined ? [] : [found.resource]
}

async function encountersOf(house: House, launch: SignedIn['launch'], appointment: string): Promise<Encounters> {
  const profile = await house.profile(launch, 'briefly')
  if (!may(profile, 'findEncounterByAppointment')) return []
  const about: Ref = `Appointment/${appointment}`
  return (
    (await house
      .ehr(launch)
      .search('Encounter', [['appointment', about]])
      .catch(unread)) ?? []
  )
}
