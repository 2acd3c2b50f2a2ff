// That the Appointment of a visit nobody has begun lacks something, and nobody can be let in by it: kept with the visit, so that whoever waits is
// told, and whether a clinician knows of it. Pure.

import { omitting } from '../given.ts'
import type { Visit } from './visit-shape.ts'

/** After a reading. What a clinician was told stands until the Appointment is whole again. */
export function markedAs<V extends Visit>(visit: V, isUnusable: boolean): V {
  if (isUnusable) return visit.unusable === undefined ? { ...visit, unusable: 'untold' } : visit
  return omitting(visit, 'unusable')
}

/** A clinician of the visit has it before their eyes. The same object where one had before. */
export const toldUnusable = (visit: Visit): Visit =>
  visit.unusable === 'told' || !('call' in visit) ? visit : { ...visit, unusable: 'told' }
