// What the check found: the person's own picture, the microphone's level, other devices to choose, and what to do about trouble.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Device } from '../frame/framed.ts'
import { DeviceTrouble } from './device-trouble.tsx'
import { choices, type Found, type Picked } from './devices.ts'
import { Meter } from './meter.tsx'
import { findingsWords } from './words.ts'

type FindingsProps = { readonly found: Found; readonly picked: Picked; onPick(picked: Picked): void }

export function Findings({ found, picked, onPick }: FindingsProps) {
  const [there, setThere] = useState<Record<Device, readonly MediaDeviceInfo[]>>({ camera: [], microphone: [] })
  useEffect(() => {
    void choices().then(setThere)
  }, [found])
  const pick = (device: Device) => (id: string) => onPick({ ...picked, [device]: id })
  const both = typeof found.camera === 'string' && typeof found.microphone === 'string'
  return (
    <div class="findings">
      {typeof found.camera === 'string' ? (
        <DeviceTrouble device="camera" cause={found.camera} alone={!both} />
      ) : (
        <>
          <Mirror track={found.camera} />
          <Choice device="camera" track={found.camera} there={there.camera} onPick={pick('camera')} />
        </>
      )}
      {typeof found.microphone === 'string' ? (
        <DeviceTrouble device="microphone" cause={found.microphone} alone={!both} />
      ) : (
        <>
          <Meter track={found.microphone} />
          <Choice device="microphone" track={found.microphone} there={there.microphone} onPick={pick('microphone')} />
        </>
      )}
    </div>
  )
}

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
