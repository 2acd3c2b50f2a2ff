// The patient's page, also for who acts for a patient: the list of visits, or one visit; and the page of whoever was invited to one.
import type { Me } from '../server/wire/wire.ts'
import { route } from './base/route.ts'
import { PatientHome } from './day/patient-home.tsx'
import { openPage } from './main.tsx'
import { holdSecondTaps } from './ui/second-tap.ts'
import { PatientVisit } from './visit/patient-visit.tsx'

function Patient({ me }: { me: Me }) {
  const at = route.value
  // Whoever was invited has one visit, and no list.
  const visit = at.at === 'visit' ? at.visit : me.visit
  return visit === undefined ? <PatientHome me={me} /> : <PatientVisit key={visit} me={me} visit={visit} />
}

holdSecondTaps()
// Comes after the page: nobody presses before they have read.
import('./ui/still.ts').then(
  ({ holdStill }) => holdStill(),
  () => undefined,
)
openPage({ Part: Patient, isFor: (role) => role !== 'clinician' })
