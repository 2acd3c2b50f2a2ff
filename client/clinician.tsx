// The clinician's part: the day, one visit, or what the EHR can do. Loaded when the role is known.
import type { Me } from '../server/wire/wire.ts'
import { chartRemedies } from './parts/remedies-chart.ts'
import { route } from './parts/route.ts'
import { learn } from './remedies.ts'
import { ClinicVisit } from './screens/clinic-visit.tsx'
import { Day } from './screens/day.tsx'
import { Ehr } from './screens/ehr.tsx'

learn(chartRemedies)

export function Clinician({ me }: { me: Me }) {
  const at = route.value
  if (at.at === 'ehr') return <Ehr me={me} />
  return at.at === 'visit' ? <ClinicVisit key={at.visit} me={me} visit={at.visit} /> : <Day me={me} />
}
