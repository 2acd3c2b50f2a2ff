// The check before the waiting room: can you be seen and heard? Goes on without a camera only after saying what that means.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Knock, Me, PatientView, TellDevices } from '../../server/wire/wire.ts'
import { type Problem, passing } from '../base/api.ts'
import { keepPicked, type Picked, pageState } from '../base/page-state.ts'
import { Facts } from '../day/patient-ends.tsx'
import { useGone } from '../ui/gone.ts'
import { Heading } from '../ui/heading.tsx'
import { Later } from '../ui/later.tsx'
import { PhoneLink } from '../ui/phone.tsx'
import { Inline } from '../ui/problem.tsx'
import { useRepeated } from '../ui/repeated.ts'
import { usePatience } from '../ui/wait.tsx'
import { alreadyAllowed, close, type Found, isLasting, obstacle, openDevices } from './devices.ts'
import { checkWords } from './words.ts'

/** Comes while the browser asks and the devices open. */
const fetchFindings = () => import('./findings.tsx')

type CheckState =
  | { readonly at: 'before' }
  | { readonly at: 'opening' }
  | { readonly at: 'found'; readonly found: Found; readonly picked: Picked }

type CheckProps = {
  readonly me: Me
  readonly view: PatientView
  /** Knocks; answers what stood in the way. */
  onKnock(devices: Knock['devices']): Promise<Problem | undefined>
  /** Tells the clinic what does not work, or that all does again; answers what stood in the way. */
  onTell(devices: TellDevices): Promise<Problem | undefined>
  /** The page around this one keeps a device closed. */
  onBarred(): void
}

export function Check({ me, view, onKnock, onTell, onBarred }: CheckProps) {
  const [state, setState] = useState<CheckState>(first)
  const gone = useGone()
  useTold(state, onTell)
  const open = async (picked: Picked = pageState().picked ?? {}) => {
    if (state.at === 'found') close(state.found)
    keepPicked(picked)
    setState({ at: 'opening' })
    const found = await openDevices(picked)
    // Answered after they went on by telephone: no camera stays on.
    if (gone.current) return close(found)
    setState({ at: 'found', found, picked })
    if (found.camera === 'framed' || found.microphone === 'framed') onBarred()
  }
  useEffect(() => {
    fetchFindings().catch(() => undefined) // tried again when it is needed
    void alreadyAllowed().then((allowed) => (allowed ? open() : undefined))
  }, [])
  // Camera and microphone go dark with this screen.
  useEffect(() => () => (state.at === 'found' ? close(state.found) : undefined), [state])

  return (
    <main class="card">
      <Heading>{checkWords.title}</Heading>
      <Facts me={me} visit={view} />
      {state.at === 'before' && <Before onStart={() => void open()} />}
      {state.at === 'opening' && (
        <Opening onTelephone={me.visit === undefined ? () => void onTell({ byTelephone: true }) : undefined} />
      )}
      {state.at === 'found' && (
        <Checked {...{ me, onKnock, onTell }} {...state} onOpen={(picked) => void open(picked)} />
      )}
    </main>
  )
}

type CheckedProps = Pick<CheckProps, 'me' | 'onKnock' | 'onTell'> &
  Extract<CheckState, { at: 'found' }> & { onOpen(picked: Picked): void }

/** What was found, the way on, and below it what may grow and shrink. */
const Checked = ({ found, picked, onOpen, ...onward }: CheckedProps) => (
  <>
    <Later load={fetchFindings} show={({ Findings }) => <Findings {...{ found, picked }} mayLack onPick={onOpen} />} />
    <Onward {...onward} found={found} onAgain={() => onOpen(picked)} />
    <Later load={fetchFindings} show={({ SpeakerTest }) => <SpeakerTest found={found} />} />
  </>
)

/** Nobody is asked for a camera where no call can be held. */
function first(): CheckState {
  const why = obstacle()
  return why === undefined ? { at: 'before' } : { at: 'found', found: { camera: why, microphone: why }, picked: {} }
}

/** What does not open, as the clinic is told of it. */
const wrongIn = ({ camera, microphone }: Found): TellDevices => ({
  ...(typeof camera === 'string' ? { camera } : {}),
  ...(typeof microphone === 'string' ? { microphone } : {}),
})

/** The clinic sees who is here and cannot come in, and no longer once they can. Whether that arrives changes nothing here. */
function useTold(state: CheckState, onTell: CheckProps['onTell']): void {
  const told = useRef(false)
  useEffect(() => {
    if (state.at !== 'found') return
    const wrong = wrongIn(state.found)
    const isWrong = Object.keys(wrong).length > 0
    if (isWrong || told.current) void onTell(wrong)
    told.current = isWrong
  }, [state])
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

function Opening({ onTelephone }: { onTelephone: (() => void) | undefined }) {
  const patience = usePatience()
  return (
    <>
      <p role="status">{patience === 'fresh' ? checkWords.starting : checkWords.slow}</p>
      {patience === 'long' && (
        <Later load={fetchFindings} show={({ Unanswered }) => <Unanswered onTelephone={onTelephone} />} />
      )}
    </>
  )
}

const againMs = 5_000

/** What was pressed is done as soon as it can be: whoever pressed it believes that it is. */
function useActs() {
  const [busy, setBusy] = useState(false)
  const [inTheWay, setInTheWay] = useState<{ readonly problem: Problem; act(): void }>()
  const run = (act: () => Promise<Problem | undefined>) => async () => {
    setBusy(true)
    const problem = await act()
    setInTheWay(problem && { problem, act: run(act) })
    setBusy(false)
  }
  useRepeated(inTheWay !== undefined && passing(inTheWay.problem), againMs, () => inTheWay?.act(), againMs)
  return { busy, problem: inTheWay?.problem, run }
}

type OnwardProps = Pick<CheckProps, 'me' | 'onKnock' | 'onTell'> & { found: Found; onAgain(): void }

function Onward({ me, found, onKnock, onTell, onAgain }: OnwardProps) {
  const { busy, problem, run } = useActs()
  const devices = { camera: typeof found.camera !== 'string', microphone: typeof found.microphone !== 'string' }
  const whole = devices.camera && devices.microphone
  const knock = run(() => onKnock(devices))
  const telephone = run(() => onTell({ ...wrongIn(found), byTelephone: true }))
  const lasting = isLasting(found)
  const { onwards, withoutCamera, withoutMicrophone } = checkWords
  const onward = whole ? onwards : devices.microphone ? withoutCamera : withoutMicrophone
  return (
    <div class="actions">
      {problem !== undefined && <Inline problem={problem} me={me} />}
      {!whole && !lasting && (
        <button type="button" class="main" onClick={onAgain}>
          {checkWords.retry}
        </button>
      )}
      {(devices.camera || devices.microphone) && (
        <button type="button" class={whole ? 'main' : ''} disabled={busy} onClick={() => void knock()}>
          {busy ? checkWords.busy : onward}
        </button>
      )}
      {!whole && me.visit === undefined && (
        <>
          <button type="button" class={lasting ? 'main' : ''} disabled={busy} onClick={() => void telephone()}>
            {checkWords.byTelephone}
          </button>
          <PhoneLink phone={me.organisation.phone} words={checkWords.phone(me.organisation.phone)} />
        </>
      )}
    </div>
  )
}
