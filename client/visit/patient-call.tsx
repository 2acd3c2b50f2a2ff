// The call on the patient's side: the picture has the page, the state stands above it in words, the clinic's number below.
import { useState } from 'preact/hooks'
import type { Me, PatientView } from '../../server/wire/wire.ts'
import type { Watched } from '../base/live.ts'
import type { Recorder } from '../call/call.tsx'
import { CallPart } from '../call/lazy-call.tsx'
import { RecordingQuestion } from '../call/recording.tsx'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'

type Shown = {
  readonly me: Me
  readonly view: PatientView
  readonly path: string
  readonly camera: boolean
  readonly watched: Watched<PatientView>
}

export function PatientCall({ me, view, path, camera, watched }: Shown) {
  const { phone } = me.organisation
  const [recorder, setRecorder] = useState<Recorder>()
  const whom = view.clinicians.length > 0 ? view.clinicians.join(' and ') : 'your clinician'
  return (
    <main class="call-page">
      <div class="call-top">
        <Heading title="Your visit">Your visit with {whom}</Heading>
        {me.role === 'representative' && <p>for {view.patient.name}</p>}
        <PhoneLink phone={phone} words={`Trouble? Call ${phone}`} />
      </div>
      <RecordingQuestion
        me={me}
        path={path}
        watched={watched}
        recording={view.recording}
        runs={recorder === 'running' || view.recordedSince !== undefined}
      />
      <CallPart path={path} side="patient" camera={camera} heldAt={view.heldAt} me={me} onRecorder={setRecorder} />
    </main>
  )
}
