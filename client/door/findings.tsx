// What the check found: the person's own picture, the microphone's level, other devices to choose, and what to do about trouble.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Choosable } from '../base/devices-here.ts'
import { keepPicked, type Picked, pageState } from '../base/page-state.ts'
import type { Device } from '../frame/framed.ts'
import { testChime } from '../ui/chime.ts'
import { Later } from '../ui/later.tsx'
import { chooseLoudspeaker } from '../ui/loudspeaker.ts'
import { choices, useChoices } from './choices.ts'
import { type Found, isLasting } from './devices.ts'
import { findingsWords } from './findings-words.ts'
import { Meter } from './meter.tsx'
import { checkWords } from './words.ts'

type FindingsProps = {
  readonly found: Found
  readonly picked: Picked
  /** Of who goes on without one device: what that means is said to them. */
  readonly mayLack: boolean
  onPick(picked: Picked): void
}

export function Findings({ found, picked, mayLack, onPick }: FindingsProps) {
  useChoices(found)
  const there = choices.value
  const pick = (device: Device) => (id: string, name: string) => {
    keepPicked({ [device]: id }, { [device]: name })
    onPick({ ...picked, [device]: id })
  }
  const { camera, microphone } = found
  const isWhole = typeof camera !== 'string' && typeof microphone !== 'string'
  return (
    <div class="findings">
      {!isWhole && (
        <Later
          load={() => import('./advice.tsx')}
          show={({ Advices }) => <Advices found={found} mayLack={mayLack} />}
        />
      )}
      {typeof camera !== 'string' && (
        <>
          <Mirror track={camera} />
          <Choice of="camera" now={idOf(camera)} there={there?.camera} onPick={pick('camera')} />
        </>
      )}
      {typeof microphone !== 'string' && (
        <>
          <Meter track={microphone} />
          <Choice of="microphone" now={idOf(microphone)} there={there?.microphone} onPick={pick('microphone')} />
        </>
      )}
    </div>
  )
}

const idOf = (track: MediaStreamTrack): string | undefined => track.getSettings().deviceId

/** `good`: what is said to who heard it; absent for a patient. */
type SpeakerTestProps = Pick<FindingsProps, 'found'> & { readonly good?: string | undefined }

/**
 * The loudspeaker, where there are several, and a sound at a press; what is asked about it comes then. It stands below the way on, which it then
 * never moves.
 */
export function SpeakerTest({ found, good }: SpeakerTestProps) {
  const there = choices.value?.loudspeaker
  const { chosen, shut, played, choose, play } = useTest()
  if (there === undefined || isLasting(found)) return null
  return (
    <>
      <Choice of="loudspeaker" now={chosen} there={there} onPick={choose} />
      {shut && <p role="alert">{findingsWords.shut}</p>}
      {played === undefined ? (
        <button type="button" onClick={play}>
          {findingsWords.sound}
        </button>
      ) : (
        <Later
          load={() => import('./speaker.tsx')}
          show={({ Speaker }) => (
            <Speaker key={chosen} {...{ played, good, several: there.length > 1 }} onAgain={play} />
          )}
        />
      )}
    </>
  )
}

/** A loudspeaker is heard as soon as it is chosen, and is the page's from then on; `shut`: the browser did not open it. */
function useTest() {
  const [chosen, setChosen] = useState(pageState().picked?.loudspeaker)
  const [shut, setShut] = useState(false)
  const [played, setPlayed] = useState<boolean>()
  const test = async (id: string | undefined, name?: string) => {
    const opens = id === undefined || (await chooseLoudspeaker(id))
    setShut(!opens)
    if (!opens) return
    setChosen(id)
    if (id !== undefined) keepPicked({ loudspeaker: id }, name === undefined ? {} : { loudspeaker: name })
    setPlayed(await testChime())
  }
  return {
    chosen,
    shut,
    played,
    choose: (id: string, name: string) => void test(id, name),
    play: () => void test(chosen),
  }
}

/** `onTelephone`: not of who was invited: the clinic does not ring them. */
type UnansweredProps = { readonly onTelephone: (() => void) | undefined }

/** The ways on where the browser's question is not found, or not answered. */
export const Unanswered = ({ onTelephone }: UnansweredProps) => (
  <div class="actions">
    <button type="button" onClick={() => location.reload()}>
      {findingsWords.again}
    </button>
    {onTelephone !== undefined && (
      <button type="button" onClick={onTelephone}>
        {checkWords.byTelephone}
      </button>
    )}
  </div>
)

/** The picture as in a mirror: that is how people know themselves. */
function Mirror({ track }: { track: MediaStreamTrack }) {
  const ref = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (ref.current !== null) ref.current.srcObject = new MediaStream([track])
  }, [track])
  return <video ref={ref} class="mirror" autoplay playsInline muted aria-label={findingsWords.picture} />
}

type ChoiceProps = {
  of: Choosable
  /** Which is in use; the first where the browser does not say. */
  now: string | undefined
  there: readonly MediaDeviceInfo[] | undefined
  /** `name`: as the list has it. */
  onPick(id: string, name: string): void
}

function Choice({ of, now, there = [], onPick }: ChoiceProps) {
  const id = useId()
  if (there.length < 2) return null
  return (
    <p class="choice">
      <label for={id}>{findingsWords[of]}</label>
      <select
        id={id}
        onChange={({ currentTarget: { value, selectedOptions } }) => onPick(value, selectedOptions[0]?.label ?? '')}
      >
        {there.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId} selected={deviceId === now}>
            {label}
          </option>
        ))}
      </select>
    </p>
  )
}
