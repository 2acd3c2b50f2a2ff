// The clinician's part: the day, or one visit. Loaded when the role is known.
import type { Me } from '../server/wire.ts'
import { route } from './parts/route.ts'
import { ClinicVisit } from './screens/clinic-visit.tsx'
import { Day } from './screens/day.tsx'

export function Clinician({ me }: { me: Me }) {
  const at = route.value
  return at.at === 'visit' ? <ClinicVisit key={at.visit} me={me} visit={at.visit} /> : <Day me={me} />
}
