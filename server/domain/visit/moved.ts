// That the Appointment of a visit under way is at another time: nothing follows from it, since somebody is in the room, and its clinicians are told. Pure.

import { omitting } from '../given.ts'
import type { Instant } from '../ids.ts'
import type { Visit } from './visit-shape.ts'

/**
 * The visit `after` a reading, which was `before`. Before somebody has begun it, and after its end, another time is no news. Of several in a row the
 * first one is what it was booked for; that it is back there takes the word away.
 */
export function withMoved<V extends Visit>(before: Visit, after: V, at: Instant): V {
  if (before.status !== 'in-progress' || after.status !== 'in-progress') return after
  const isAt = (time: Pick<Visit, 'start' | 'end'>) => time.start === after.start && time.end === after.end
  if (isAt(before)) return after
  const { start, end } = before.movedFrom ?? before
  return isAt({ start, end }) ? omitting(after, 'movedFrom') : { ...after, movedFrom: { start, end, at } }
}
