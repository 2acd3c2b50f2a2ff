// Who cannot be seen or heard here goes on by telephone, and who cannot make it, not today: that the clinic knows, the number, and the way back.
// Comes when it is wanted.

import { useState } from 'preact/hooks'
import type { Instant, Me, PatientView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Facts } from '../day/patient-ends.tsx'
import { clock } from '../ui/clock.ts'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { Inline } from '../ui/problem.tsx'
import type { telephoneWords } from './telephone-words.ts'

type ClinicKnowsProps = {
  readonly me: Me
  readonly view: PatientView
  readonly since: Instant
  readonly words: typeof telephoneWords
  /** Takes it back; answers what stood in the way. */
  onVideo(): Promise<Problem | undefined>
}

export function ClinicKnows({ me, view, since, words, onVideo }: ClinicKnowsProps) {
  const [problem, setProblem] = useState<Problem>()
  const { phone, timeZone } = me.organisation
  return (
    <main class="card">
      <Heading>{words.title}</Heading>
      <Facts me={me} visit={view} />
      <p>{words.known(clock(since, timeZone))}</p>
      <p>{words.todo}</p>
      <PhoneLink phone={phone} />
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <button type="button" class="plain" onClick={() => void onVideo().then(setProblem)}>
        {words.video}
      </button>
    </main>
  )
}
