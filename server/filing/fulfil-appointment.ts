// Planning is over: brings the visit's Appointment to "fulfilled", after the note and alone, by PUT or by patches as the EHR takes them.
// An Appointment that moved, changed or may not be touched is left as it is.
import { may } from '../domain/ehr/capability.ts'
import { leftAlone } from '../domain/errors.ts'
import { firstOf } from '../domain/instant.ts'
import { opensAt } from '../domain/visit/visit.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { Task } from './task.ts'
import { updated } from './updated.ts'

type Appointment = Resource<'Appointment'>
type Done = 'fulfilled' | 'left'

/** `left` says that the EHR did not take it, or that it is no longer this visit's. */
export async function fulfilAppointment(task: Task): Promise<Done> {
  const { forChart, organisation, profile } = task
  const { visit, note } = forChart
  // A draft says that somebody is still at work. Moved away while the visit was under way, the Appointment is another visit's now.
  if (note.docStatus === 'preliminary' || visit.startedAt < opensAt(visit, organisation.joinWindow)) return 'left'
  if (!may(profile, 'changeAppointments')) return 'left'
  // Each step is read before it is taken: only so is it known of which version it is.
  for (let steps = 0; steps < 3; steps++) {
    const kept = await task.ehr.read('Appointment', visit.appointment).catch(leftAlone)
    // Moved to another day it is another visit's; without an ETag nothing says that it is still as it was read.
    if (kept?.etag === undefined || firstOf(kept.resource.start ?? '', organisation.timeZone) !== visit.start)
      return 'left'
    const next = nextStatus(kept.resource.status, task)
    if (next === 'fulfilled' && kept.resource.status === 'fulfilled') return 'fulfilled'
    if (next === undefined) return 'left'
    const change = changing(task, kept.resource, next)
    const { now } = await updated(task.ehr, 'Appointment', { ...kept, etag: kept.etag }, change)
    // What the EHR has now decides: it may have said 200 and changed nothing, or changed it and lost its answer.
    if (now?.status !== next) return 'left'
    if (next === 'fulfilled') return 'fulfilled'
  }
  return 'left'
}

/** Oracle Health goes by way of checked-in; FHIR itself names no order. */
function nextStatus(status: string, { profile }: Task): 'checked-in' | 'fulfilled' | undefined {
  if (status === 'fulfilled') return 'fulfilled'
  if (!['booked', 'arrived', 'checked-in'].includes(status)) return undefined
  return profile.kind === 'oracle' && status !== 'checked-in' ? 'checked-in' : 'fulfilled'
}

function changing({ profile }: Task, kept: Appointment, status: string) {
  if (profile.appointmentsBy === 'update') return { method: 'PUT', body: { ...kept, status } } as const
  return { method: 'PATCH', body: [{ op: 'replace', path: '/status', value: status }] } as const
}
