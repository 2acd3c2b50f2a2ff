// What somebody is to know of a visit's hour, and whether they are to be told anything of it at all. Pure. Refuses nothing.
import type { Instant } from '../ids.ts'
import { hasBegun } from '../visit/visit.ts'
import type { Visit } from '../visit/visit-shape.ts'
import { type Channel, channels, type Hour } from './thread.ts'

/**
 * Undefined where nothing is to be said: it has begun, or its hour is over, or nobody can say whether it takes place. What has begun is told of in
 * the call, and by whoever is in it.
 */
export function hourToTell(visit: Visit, now: Instant): Hour | undefined {
  const { start, end } = visit
  if (visit.status === 'cancelled') return now < end ? { start, end, is: 'off' } : undefined
  if (hasBegun(visit) || visit.unusable !== undefined || visit.patientGone !== undefined) return undefined
  return now < start ? { start, end, is: 'on' } : undefined
}

/** What somebody said on our page counts; where they said nothing, what the organisation has agreed with its patients. */
export const mayTell = ({ notices }: Pick<Visit, 'notices'>, channel: Channel, to: 'asked' | 'clinic'): boolean =>
  notices?.[channel] ?? to === 'clinic'

/** They say on our page whether they want to be told so. The same object where nothing is new. */
export function wished<V extends Visit>(visit: V, wish: NonNullable<Visit['notices']>): V {
  const notices = { ...visit.notices, ...wish }
  const isNew = channels.some((one) => notices[one] !== visit.notices?.[one])
  return isNew ? { ...visit, notices } : visit
}
