// The call on the patient's side: the picture has the page, the state stands above it in words, the clinic's number below.

import type { Problem } from '../base/api.ts'
import { called } from '../base/called.ts'
import { LazyPatientCall } from '../call/lazy-call.tsx'
import { named } from '../day/patient-ends.tsx'
import { LazyWithdraw } from '../door/lazy-withdraw.tsx'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { callPageWords } from './words.ts'

type PatientCallPageProps = Parameters<typeof LazyPatientCall>[0] & {
  /** Takes their consent to telehealth back; answers what stood in the way. */
  onWithdraw(): Promise<Problem | undefined>
}

export function PatientCallPage({ onWithdraw, ...props }: PatientCallPageProps) {
  const { me, view } = props
  const { phone } = me.organisation
  return (
    <main class="call-page">
      <div class="call-top">
        <Heading title={callPageWords.tab}>{callPageWords.title(named(view))}</Heading>
        {me.role === 'representative' && view.patient && <p>{callPageWords.forPatient(called(view.patient.name))}</p>}
        <PhoneLink phone={phone} words={callPageWords.phone(phone)} />
        <LazyWithdraw view={view} onWithdraw={onWithdraw} />
      </div>
      <LazyPatientCall {...props} />
    </main>
  )
}
