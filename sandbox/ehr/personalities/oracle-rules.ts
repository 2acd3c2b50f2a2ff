// Owns Oracle Health's rules for one request: which appointments can be asked for, and what of an Encounter, a note or an
// Appointment is taken. Refuses with 400 what is asked wrongly, and with 422 what is not supported in a body.
import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import { refuse } from '../fhir/outcomes.ts'
import type { Writing } from '../personality.ts'
import { mustBeOraclesNote } from './oracle-note.ts'

/** The largest page of the types whose pages can be sized; of others `_count` is not known. */
const largestPage: Readonly<Record<string, number>> = {
  Appointment: 1000,
  DocumentReference: 100,
  Encounter: 100,
  MedicationRequest: 100,
  Observation: 200,
}
/** Of a chart's types, which no search goes without a patient. */
const ofPatients = new Set(['AllergyIntolerance', 'Condition', 'DocumentReference', 'MedicationRequest', 'Observation'])

/** Pages as they can be sized, one way of naming a time, and nobody's chart without saying whose. */
function checkChartSearch(type: string, params: URLSearchParams): void {
  const count = params.get('_count')
  const largest = largestPage[type]
  if (count !== null && largest === undefined) throw refuse(400, 'not-supported', `_count is not known for ${type}.`)
  if (count !== null && largest !== undefined && Number(count) > largest)
    throw refuse(400, 'value', `A page of ${type} has at most ${largest}.`)
  if (!ofPatients.has(type) || params.has('_id')) return
  if (!params.has('patient') && !params.has('subject') && !params.has('encounter'))
    throw refuse(400, 'required', `Say whose ${type} is meant.`)
  if (['date', 'period', '_lastUpdated'].filter((name) => params.has(name)).length > 1)
    throw refuse(400, 'not-supported', 'Only one of date, period and _lastUpdated can be given.')
}

/** `_id`, or exactly one of patient, practitioner and location plus date twice: `ge` and `lt`, with time. */
export function checkSearch(type: string, params: URLSearchParams): void {
  checkChartSearch(type, params)
  if (type !== 'Appointment' || params.has('_id')) return
  const whose = ['patient', 'practitioner', 'location'].flatMap((name) => params.getAll(name))
  if (whose.length !== 1) throw refuse(400, 'required', 'Give _id, or exactly one of patient, practitioner, location.')
  const dates = params.getAll('date')
  const has = (prefix: string) => dates.filter((date) => date.startsWith(prefix) && date.includes('T')).length === 1
  if (dates.length !== 2 || !has('ge') || !has('lt')) {
    throw refuse(400, 'required', 'Give date twice, as ge and as lt, both with a time.')
  }
}

export function receive(resource: Resource, writing: Writing): Resource {
  const { resourceType: type } = resource
  if (type === 'Encounter' && writing.interaction === 'create') return newEncounter(resource)
  if (type === 'DocumentReference' && writing.interaction === 'create') mustBeOraclesNote(resource, writing)
  if (type === 'Appointment' && writing.interaction === 'patch') mustBeAStep(writing.before, resource)
  return resource
}

const writable = new Set([
  ...['resourceType', 'id', 'meta', 'identifier', 'status', 'type', 'subject', 'serviceProvider', 'location'],
])
const Places = z.looseObject({ serviceProvider: z.unknown().optional(), location: z.array(z.unknown()).optional() })

/** Neither class nor appointment is writable; R4's class 1..1 is waived, for the server sets it by the type. */
function newEncounter(resource: Resource): Resource {
  const unsupported = Object.keys(resource).filter((name) => !writable.has(name))
  if (unsupported.length > 0) {
    throw refuse(422, 'business-rule', `These fields of an Encounter are not supported: ${unsupported.join(', ')}.`)
  }
  for (const name of ['status', 'type', 'subject']) {
    if (!(name in resource)) throw refuse(422, 'required', `Encounter.${name} is required.`)
  }
  const { serviceProvider, location = [] } = Places.safeParse(resource).data ?? {}
  if ((serviceProvider === undefined) === (location.length === 0) || location.length > 1) {
    throw refuse(422, 'business-rule', 'Give a serviceProvider or one location, and not both.')
  }
  const ambulatory = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' }
  return { ...resource, class: ambulatory } as Resource
}

const steps: Readonly<Record<string, readonly string[]>> = {
  proposed: ['booked', 'cancelled'],
  booked: ['arrived', 'checked-in', 'cancelled'],
  arrived: ['checked-in', 'cancelled'],
  'checked-in': ['fulfilled', 'cancelled'],
}

/** An Appointment goes one step at a time: from booked there is no way straight to fulfilled. */
function mustBeAStep(before: Resource | undefined, after: Resource): void {
  if (before?.resourceType !== 'Appointment' || after.resourceType !== 'Appointment') return
  const { status: from = '' } = before
  const { status: to = '' } = after
  if (from !== to && !steps[from]?.includes(to)) {
    throw refuse(422, 'business-rule', `An Appointment that is ${from} cannot become ${to}.`)
  }
}
