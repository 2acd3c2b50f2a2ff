// One visit as its caller may see it, and its end. Refuses nothing beyond the guard, except ending what never began.
import { inRoomNow, timeIn } from '../domain/attendance.ts'
import type { Instant } from '../domain/ids.ts'
import { finished, type Visit } from '../domain/visit.ts'
import { awake, doer, isLive, type Party } from '../guards.ts'
import type { House } from '../house.ts'
import { clinicianView, patientView } from '../views.ts'
import type { Reply } from './step.ts'

export async function look(house: House, caller: Party): Promise<Reply> {
  const { launch, organisation, visit } = isLive(caller) ? await awake(house, caller) : caller
  house.presence.seen(visit.id, launch.fhirUser, house.now())
  const body =
    launch.role === 'clinician'
      ? clinicianView(house, visit, launch.fhirUser)
      : patientView(house, organisation, visit, launch.fhirUser)
  return { body, etag: visit.revision }
}

/** Closes the room for everyone: no more tokens, and every page is told. Ending twice changes nothing. */
export async function end(house: House, caller: Party): Promise<Reply> {
  await recounted(house, caller)
  const now = house.now()
  let recordedSince: Instant | undefined
  const visit = await house.changeVisit(caller.visit.id, (v) => {
    recordedSince = 'recordedSince' in v ? v.recordedSince : undefined
    return finished(v, caller.organisation.joinWindow, now)
  })
  const by = { outcome: 'success', visit: visit.id, ...doer(caller) } as const
  await house.record.audit({ event: 'visit-ended', ...by })
  // The room closes, and what was recorded in it ends.
  if (recordedSince !== undefined)
    await house.record.audit({
      event: 'recording-stopped',
      code: 'visit-ended',
      ...by,
      from: recordedSince,
      until: now,
    })
  if (visit.status === 'finished' && caller.visit.status !== 'finished') await attended(house, visit)
  return { body: clinicianView(house, visit, caller.launch.fhirUser), etag: visit.revision }
}

/** Before everybody leaves: does Jitsi count as many as it has told of? Where not, word of somebody was lost, or nobody told of them. */
async function recounted(house: House, { organisation, visit }: Party): Promise<void> {
  const { origin, census } = organisation.jitsi
  const here = visit.status === 'in-progress' && (visit.jitsi ?? origin) === origin
  if (!here || census === undefined || organisation.jitsiEvents === undefined) return
  const count = await house.census(census, visit.room)
  if (count === undefined)
    return house.record.log.warn('call-event', { organisation: organisation.id, code: 'census-missing' })
  const code = count === inRoomNow(visit) ? 'census-agrees' : 'census-differs'
  house.record.log.info('call-event', { organisation: organisation.id, code, visit: visit.id, count })
}

/** Who was there, from when until when, as far as it is known at the end. */
async function attended(
  house: House,
  { id, organisation, attendance, finishedAt }: Extract<Visit, { status: 'finished' }>,
) {
  const times = attendance.map((a) => ({ who: a.who, ...timeIn(a, finishedAt) }))
  const written = times.map(({ who, start: from, end: until }) =>
    house.record.audit({ event: 'visit-attended', outcome: 'success', organisation, visit: id, who, from, until }),
  )
  await Promise.all(written)
}
