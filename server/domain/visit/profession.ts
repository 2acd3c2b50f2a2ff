// What a visit's patient reads that its clinician is: a nurse is a nurse. Pure.
// Refuses to say it of one of several, and of anybody but whom a sign-in of their own has told of.
import { besideName } from '../ehr/profession.ts'
import type { Launch } from '../sign-in/launch.ts'
import type { Visit } from './visit-shape.ts'

/** What the EHR says that the visit's one clinician is, where it is they who come. The same object where that is known already. */
export function professed<V extends Visit>(visit: V, { self, profession: is }: Pick<Launch, 'self' | 'profession'>): V {
  const [who, another] = visit.practitioners
  if (is === undefined || who === undefined || another !== undefined || !self.includes(who)) return visit
  return visit.profession?.who === who && visit.profession.is === is ? visit : { ...visit, profession: { who, is } }
}

/** What is said beside the name of the visit's clinician; nothing of one whom nobody is known to be. */
export function professionOf({ practitioners, profession, face }: Visit): string | undefined {
  const [[who, another], [name, other]] = [practitioners, face.clinicians]
  if (profession === undefined || profession.who !== who || another !== undefined) return undefined
  return name === undefined || other !== undefined ? undefined : besideName(name, profession)
}
