// Brings the visit's Appointment to the status that tells what became of the visit, alone and after everything else, by PUT or by patches as the
// EHR takes them. An Appointment that moved, changed or may not be touched is left as it is.
import { marksNoShows, may } from '../domain/ehr/capability.ts'
import { leftAlone } from '../domain/errors.ts'
import { firstOf } from '../domain/instant.ts'
import { opensAt } from '../domain/visit/visit.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { Task } from './task.ts'
import { updated } from './updated.ts'

type Appointment = Resource<'Appointment'>
type At = Pick<Task, 'ehr' | 'profile' | 'organisation'> & { readonly forChart: Pick<Task['forChart'], 'visit'> }
/** `booked`: what we wrote there before is taken back. */
export type Mark = 'fulfilled' | 'noshow' | 'booked'

/**
 * The status it has now, by the EHR's own word; `left` says that the EHR did not take it, or that it is no longer this visit's; `not-its-way`
 * that it never takes such a change; `unknown` that nobody can tell. `ours`: what we wrote there before, which may be changed again.
 */
export async function markAppointment(
  at: At,
  mark: Mark,
  ours?: Mark,
): Promise<Mark | 'left' | 'not-its-way' | 'unknown'> {
  const { forChart, organisation, profile } = at
  const { visit } = forChart
  // Moved away while the visit was under way, the Appointment is another visit's now.
  if (visit.startedAt < opensAt(visit, organisation.joinWindow)) return 'left'
  if (mark === 'noshow' ? !marksNoShows(profile) : !may(profile, 'changeAppointments')) return 'not-its-way'
  // Each step is read before it is taken: only so is it known of which version it is.
  for (let steps = 0; steps < 3; steps++) {
    const kept = await at.ehr.read('Appointment', visit.appointment).catch(leftAlone)
    // Moved to another day it is another visit's; without an ETag nothing says that it is still as it was read.
    if (kept?.etag === undefined || firstOf(kept.resource.start ?? '', organisation.timeZone) !== visit.start)
      return 'left'
    if (kept.resource.status === mark) return mark
    const next = nextStatus(kept.resource.status, mark, at, ours)
    if (next === undefined) return 'left'
    const change = changing(at, kept.resource, next)
    const { now, sent } = await updated(at.ehr, 'Appointment', { ...kept, etag: kept.etag }, change)
    // What the EHR has now decides: it may have said 200 and changed nothing, or changed it and lost its answer.
    if (now === undefined && (sent.outcome === 'unknown' || sent.outcome === 'written')) return 'unknown'
    if (now?.status !== next) return 'left'
    if (next === mark) return mark
  }
  return 'left'
}

/** Oracle Health goes by way of checked-in; FHIR itself names no order. */
function nextStatus(
  status: string,
  mark: Mark,
  { profile }: At,
  ours: Mark | undefined,
): Mark | 'checked-in' | undefined {
  if (status === ours) return mark
  if (mark === 'booked' || !['booked', 'arrived', 'checked-in'].includes(status)) return undefined
  return mark === 'fulfilled' && profile.kind === 'oracle' && status !== 'checked-in' ? 'checked-in' : mark
}

function changing({ profile }: At, kept: Appointment, status: string) {
  if (profile.appointmentsBy === 'update') return { method: 'PUT', body: { ...kept, status } } as const
  return { method: 'PATCH', body: [{ op: 'replace', path: '/status', value: status }] } as const
}
