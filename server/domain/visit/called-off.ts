// That the Appointment of a visit under way is off: nothing follows from it, since somebody is in the room, and its clinicians are told. Pure.

import { omitting } from '../given.ts'
import type { Instant } from '../ids.ts'
import { type CalledOff, type Visit, waysOff } from './visit-shape.ts'

/** How one that was read is off: by its status, or as it was not there any more; undefined where it is not. */
export const offAs = (status: string): CalledOff['as'] | undefined => waysOff.find((way) => way === status)

/**
 * The visit after a reading. Where nobody has begun it, it ends by that, or goes on; what is off after the end is our own doing mostly. That it is on
 * again (`isOn`) takes the word away. The same object where nothing is new.
 */
export function withCalledOff<V extends Visit>(
  visit: V,
  as: CalledOff['as'] | undefined,
  isOn: boolean,
  now: Instant,
): V {
  if (as !== undefined && visit.status === 'in-progress')
    return visit.calledOff?.as === as ? visit : { ...visit, calledOff: { as, at: now } }
  return isOn ? omitting(visit, 'calledOff') : visit
}
