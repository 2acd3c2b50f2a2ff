// What the check found: the person's own picture, the microphone's level, other devices to choose, and what to do about trouble.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Device } from '../frame/framed.ts'
import { testChime } from '../ui/chime.ts'
import { Later } from '../ui/later.tsx'
import { choices, type Found, isLasting, type Picked } from './devices.ts'
import { findingsWords } from './findings-words.ts'
import { Meter } from './meter.tsx'
import { checkWords } from './words.ts'

type FindingsProps = { readonly found: Found; readonly picked: Picked; onPick(picked: Picked): void }

export function Findings({ found, picked, onPick }: FindingsProps) {
  const [there, setThere] = useState<Record<Device, readonly MediaDeviceInfo[]>>({ camera: [], microphone: [] })
  useEffect(() => {
    void choices().then(setThere)
  }, [found])
  const pick = (device: Device) => (id: string) => onPick({ ...picked, [device]: id })
  const { camera, microphone } = found
  const isWhole = typeof camera !== 'string' && typeof microphone !== 'string'
  return (
    <div class="findings">
      {!isWhole && <Later load={() => import('./advice.tsx')} show={({ Advices }) => <Advices found={found} />} />}
      {typeof camera !== 'string' && (
        <>
          <Mirror track={camera} />
          <Choice device="camera" track={camera} there={there.camera} onPick={pick('camera')} />
        </>
      )}
      {typeof microphone !== 'string' && (
        <>
          <Meter track={microphone} />
          <Choice device="microphone" track={microphone} there={there.microphone} onPick={pick('microphone')} />
        </>
      )}
    </div>
  )
}

/** A sound at a press; what is asked about it comes then. It stands below the way on, which it then never moves. */
export function SpeakerTest({ found }: Pick<FindingsProps, 'found'>) {
  const [played, setPlayed] = useState<boolean>()
  const play = () => void testChime().then(setPlayed)
  if (isLasting(found)) return null
  if (played !== undefined)
    return (
      <Later load={() => import('./speaker.tsx')} show={({ Speaker }) => <Speaker played={played} onAgain={play} />} />
    )
  return (
    <button type="button" onClick={play}>
      {findingsWords.sound}
    </button>
  )
}

type UnansweredProps = { onTelephone(): void }

/** The ways on where the browser's question is not found, or not answered. */
export const Unanswered = ({ onTelephone }: UnansweredProps) => (
  <div class="actions">
    <button type="button" onClick={() => location.reload()}>
      {findingsWords.again}
    </button>
    <button type="button" onClick={onTelephone}>
      {checkWords.byTelephone}
    </button>
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
  device: Device
  track: MediaStreamTrack
  there: readonly MediaDeviceInfo[]
  onPick(id: string): void
}

function Choice({ device, track, there, onPick }: ChoiceProps) {
  const id = useId()
  if (there.length < 2) return null
  const now = track.getSettings().deviceId
  return (
    <p class="choice">
      <label for={id}>{findingsWords[device]}</label>
      <select id={id} onChange={(event) => onPick(event.currentTarget.value)}>
        {there.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId} selected={deviceId === now}>
            {label}
          </option>
        ))}
      </select>
    </p>
  )
}
