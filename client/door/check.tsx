// The check before the waiting room: can you be seen and heard? Goes on without a camera only after saying what that means.
import { useEffect, useState } from 'preact/hooks'
import type { Knock, Me, PatientView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Facts } from '../day/patient-ends.tsx'
import { Heading } from '../ui/heading.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { Inline } from '../ui/problem.tsx'
import { usePatience } from '../ui/wait.tsx'
import { alreadyAllowed, close, type Found, openDevices, type Picked } from './devices.ts'
import { Findings } from './findings.tsx'

type Stage =
  | { readonly at: 'before' }
  | { readonly at: 'opening' }
  | { readonly at: 'found'; readonly found: Found; readonly picked: Picked }

type Asked = {
  readonly me: Me
  readonly view: PatientView
  /** Knocks; answers what stood in the way. */
  onKnock(devices: Knock['devices']): Promise<Problem | undefined>
  /** The page around this one keeps a device closed. */
  onBarred(): void
}

export function Check({ me, view, onKnock, onBarred }: Asked) {
  const [stage, setStage] = useState<Stage>({ at: 'before' })
  const open = async (picked: Picked = {}) => {
    if (stage.at === 'found') close(stage.found)
    setStage({ at: 'opening' })
    const found = await openDevices(picked)
    setStage({ at: 'found', found, picked })
    if (found.camera === 'framed' || found.microphone === 'framed') onBarred()
  }
  useEffect(() => {
    void alreadyAllowed().then((allowed) => (allowed ? open() : undefined))
  }, [])
  // Camera and microphone go dark with this screen.
  useEffect(() => () => (stage.at === 'found' ? close(stage.found) : undefined), [stage])

  return (
    <main class="card">
      <Heading>Can we see and hear you?</Heading>
      <Facts me={me} visit={view} />
      {stage.at === 'before' && <Before onStart={() => void open()} />}
      {stage.at === 'opening' && <Opening />}
      {stage.at === 'found' && (
        <>
          <Findings found={stage.found} picked={stage.picked} onPick={(picked) => void open(picked)} />
          <Onward me={me} found={stage.found} onKnock={onKnock} onAgain={() => void open(stage.picked)} />
        </>
      )}
    </main>
  )
}

const Before = ({ onStart }: { onStart(): void }) => (
  <>
    <p>First we check your camera and your microphone. Nobody sees you yet.</p>
    <p>
      Your browser will ask you. Press <strong>Allow</strong>.
    </p>
    <button type="button" class="main" onClick={onStart}>
      Check camera and microphone
    </button>
  </>
)

function Opening() {
  const patience = usePatience()
  return (
    <>
      <p role="status">
        {patience === 'fresh'
          ? 'Starting your camera and microphone…'
          : 'Does your browser show a question? Press Allow. It is at the top or at the bottom of the page.'}
      </p>
      {patience === 'long' && (
        <button type="button" onClick={() => location.reload()}>
          Start the check again
        </button>
      )}
    </>
  )
}

type Next = { me: Me; found: Found; onKnock: Asked['onKnock']; onAgain(): void }

function Onward({ me, found, onKnock, onAgain }: Next) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const devices = { camera: typeof found.camera !== 'string', microphone: typeof found.microphone !== 'string' }
  const whole = devices.camera && devices.microphone
  const knock = async () => {
    setBusy(true)
    setProblem(await onKnock(devices))
    setBusy(false)
  }
  const onwards = whole
    ? 'Go to the waiting room'
    : devices.microphone
      ? 'Go on without a camera'
      : 'Go on without a microphone'
  return (
    <div class="actions">
      {problem !== undefined && <Inline problem={problem} me={me} />}
      {!whole && (
        <button type="button" class="main" onClick={onAgain}>
          Try again
        </button>
      )}
      {(devices.camera || devices.microphone) && (
        <button type="button" class={whole ? 'main' : ''} disabled={busy} onClick={() => void knock()}>
          {busy ? 'One moment…' : onwards}
        </button>
      )}
      {!whole && <PhoneLink phone={me.organisation.phone} words={`Or call the clinic: ${me.organisation.phone}`} />}
    </div>
  )
}
