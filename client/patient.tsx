// The patient's part, also for who acts for a patient: the list of visits, or one visit. Loaded when the role is known.
import type { Me } from '../server/wire/wire.ts'
import { route } from './base/route.ts'
import { PatientHome } from './day/patient-home.tsx'
import { PatientVisit } from './visit/patient-visit.tsx'

export function Patient({ me }: { me: Me }) {
  const at = route.value
  return at.at === 'visit' ? <PatientVisit key={at.visit} me={me} visit={at.visit} /> : <PatientHome me={me} />
}
