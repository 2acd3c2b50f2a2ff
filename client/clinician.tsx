// The clinician's page: the day, one visit, or what the EHR can do.
import { useState } from 'preact/hooks'
import type { Me } from '../server/wire/wire.ts'
import { chartRemedies } from './base/chart-words.ts'
import { fetchRemedies, learn } from './base/remedies.ts'
import { route } from './base/route.ts'
import { Day } from './day/day.tsx'
import { Whose } from './day/whose.tsx'
import { openPage } from './main.tsx'
import { EhrPage } from './note/ehr.tsx'
import { keepFocus } from './ui/lost-focus.ts'
import { holdStill } from './ui/still.ts'
import { ClinicVisit } from './visit/clinic-visit.tsx'

learn(chartRemedies)
keepFocus()
holdStill()

function Clinician({ me: began }: { me: Me }) {
  const [me, setMe] = useState(began)
  const at = route.value
  if (me.patientUnasked) return <Whose me={me} onChosen={setMe} />
  if (at.at === 'ehr') return <EhrPage me={me} />
  return at.at === 'visit' ? <ClinicVisit key={at.visit} me={me} visit={at.visit} /> : <Day me={me} />
}

// The note says of a problem in half a sentence what it is: it reads the words at once.
openPage({ Part: Clinician, isFor: (role) => role === 'clinician', first: fetchRemedies })
