// The clinician's part: the day, one visit, or what the EHR can do. Loaded when the role is known.
import type { Me } from '../server/wire/wire.ts'
import { chartRemedies } from './base/chart-words.ts'
import { problemRemedies } from './base/problem-words.ts'
import { learn } from './base/remedies.ts'
import { route } from './base/route.ts'
import { Day } from './day/day.tsx'
import { EhrPage } from './note/ehr.tsx'
import { ClinicVisit } from './visit/clinic-visit.tsx'

learn({ ...problemRemedies, ...chartRemedies })

export function Clinician({ me }: { me: Me }) {
  const at = route.value
  if (at.at === 'ehr') return <EhrPage me={me} />
  return at.at === 'visit' ? <ClinicVisit key={at.visit} me={me} visit={at.visit} /> : <Day me={me} />
}
