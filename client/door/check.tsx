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
import { checkWords } from './words.ts'

type CheckState =
  | { readonly at: 'before' }
  | { readonly at: 'opening' }
  | { readonly at: 'found'; readonly found: Found; readonly picked: Picked }

type CheckProps = {
  readonly me: Me
  readonly view: PatientView
  /** Knocks; answers what stood in the way. */
  onKnock(devices: Knock['devices']): Promise<Problem | undefined>
  /** The page around this one keeps a device closed. */
  onBarred(): void
}

export function Check({ me, view, onKnock, onBarred }: CheckProps) {
  const [state, setState] = useState<CheckState>({ at: 'before' })
  const open = async (picked: Picked = {}) => {
    if (state.at === 'found') close(state.found)
    setState({ at: 'opening' })
    const found = await openDevices(picked)
    setState({ at: 'found', found, picked })
    if (found.camera === 'framed' || found.microphone === 'framed') onBarred()
  }
  useEffect(() => {
    void alreadyAllowed().then((allowed) => (allowed ? open() : undefined))
  }, [])
  // Camera and microphone go dark with this screen.
  useEffect(() => () => (state.at === 'found' ? close(state.found) : undefined), [state])

  return (
    <main class="card">
      <Heading>{checkWords.title}</Heading>
      <Facts me={me} visit={view} />
      {state.at === 'before' && <Before onStart={() => void open()} />}
      {state.at === 'opening' && <Opening />}
      {state.at === 'found' && (
        <>
          <Findings found={state.found} picked={state.picked} onPick={(picked) => void open(picked)} />
          <Onward me={me} found={state.found} onKnock={onKnock} onAgain={() => void open(state.picked)} />
        </>
      )}
    </main>
  )
}

const Before = ({ onStart }: { onStart(): void }) => (
  <>
    <p>{checkWords.first}</p>
    <p>
      {checkWords.question((word) => (
        <strong>{word}</strong>
      ))}
    </p>
    <button type="button" class="main" onClick={onStart}>
      {checkWords.start}
    </button>
  </>
)

function Opening() {
  const patience = usePatience()
  return (
    <>
      <p role="status">{patience === 'fresh' ? checkWords.starting : checkWords.slow}</p>
      {patience === 'long' && (
        <button type="button" onClick={() => location.reload()}>
          {checkWords.again}
        </button>
      )}
    </>
  )
}

type OnwardProps = { me: Me; found: Found; onKnock: CheckProps['onKnock']; onAgain(): void }

function Onward({ me, found, onKnock, onAgain }: OnwardProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const devices = { camera: typeof found.camera !== 'string', microphone: typeof found.microphone !== 'string' }
  const whole = devices.camera && devices.microphone
  const knock = async () => {
    setBusy(true)
    setProblem(await onKnock(devices))
    setBusy(false)
  }
  const { onwards, withoutCamera, withoutMicrophone } = checkWords
  const onward = whole ? onwards : devices.microphone ? withoutCamera : withoutMicrophone
  return (
    <div class="actions">
      {problem !== undefined && <Inline problem={problem} me={me} />}
      {!whole && (
        <button type="button" class="main" onClick={onAgain}>
          {checkWords.retry}
        </button>
      )}
      {(devices.camera || devices.microphone) && (
        <button type="button" class={whole ? 'main' : ''} disabled={busy} onClick={() => void knock()}>
          {busy ? checkWords.busy : onward}
        </button>
      )}
      {!whole && <PhoneLink phone={me.organisation.phone} words={checkWords.phone(me.organisation.phone)} />}
    </div>
  )
}
