// What is written down once a visit is over, whoever or whatever ended it: the end, what was recorded in it, who was there and for how long, and who
// was never confirmed.
import type { Instant } from '../domain/ids.ts'
import { withHeartbeats } from '../domain/visit/attendance.ts'
import { unconfirmed } from '../domain/visit/identity.ts'
import { wasSeen } from '../domain/visit/outcome.ts'
import type { Finished, Visit } from '../domain/visit/visit-shape.ts'
import { auditAttendance, auditRecordingEnd } from './attendance.ts'
import type { AtVisit, Caller } from './caller.ts'
import type { House } from './house.ts'

/** Nobody, where it ended by itself. */
type By = Pick<AtVisit, 'organisation' | 'visit'> & Partial<Pick<Caller, 'person'>>
type Over = { readonly before: Visit; readonly after: Finished }

export async function writeDownEnd(house: House, by: By, { before, after }: Over, at: Instant): Promise<void> {
  await house.happened(by, 'visit-ended', by.person === undefined ? { code: 'by-itself' } : {})
  // The room closes, and what was recorded in it ends.
  await auditRecordingEnd(house, { before, after }, at, by, 'visit-ended')
  await auditAttendance(house, by.organisation, after)
  await auditUnconfirmed(house, by, before)
}

/** Of whoever was in the call to its end without being confirmed, that is written down. */
async function auditUnconfirmed(house: House, by: By, before: Visit): Promise<void> {
  if (!('call' in before)) return
  const words = house.memory.heartbeats.of(before.id)
  const seen = withHeartbeats(before, words).attendance.filter(wasSeen)
  for (const { doorId, who } of unconfirmed(before))
    if (seen.some((one) => one.who === who))
      await house.happened(by, 'identity-unconfirmed', { doorId, patient: before.patient })
}
