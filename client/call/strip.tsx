// What is said above the picture: who is really there, what does not work, and what to do about it.
// Refuses to guess at what only the room's frame knows, such as whether a voice is heard.
import type { Me } from '../../server/wire/wire.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { clock } from '../ui/times.ts'
import type { OwnDevices } from './own-devices.ts'
import type { QualityState } from './quality.ts'
import { type WhoIsHere, whoIsHereSentences } from './who-is-here.ts'
import { callWords, hintWords, qualityWords } from './words.ts'

type StripProps = {
  readonly me: Me
  readonly whoIsHere: WhoIsHere
  readonly quality: QualityState
  readonly devices: OwnDevices
  readonly hints: readonly string[]
  /** It was tried too often by itself: a person decides. */
  readonly exhausted: boolean
  onReconnect(): void
}

export function Strip({ me, whoIsHere, quality, devices, hints, exhausted, onReconnect }: StripProps) {
  const broken = devices.microphone === 'failed' || devices.camera === 'failed'
  const doubtful = exhausted || broken || whoIsHere.here.length === 0
  return (
    <div class="call-strip">
      <p role="status">{whoIsHereSentences(whoIsHere, (at) => clock(at, me.organisation.timeZone))}</p>
      {hints.map((hint) => (
        <p role="status" class="hint" key={hint}>
          {hint}
        </p>
      ))}
      {exhausted && <p role="status">{callWords.exhausted}</p>}
      {quality.level === 'sound' && <SoundAlone me={me} quality={quality} />}
      {doubtful && (
        <button type="button" onClick={onReconnect}>
          {callWords.reconnect}
        </button>
      )}
    </div>
  )
}

function SoundAlone({ me, quality }: Pick<StripProps, 'me' | 'quality'>) {
  const { phone } = me.organisation
  return (
    <>
      <p role="status">{qualityWords.paused}</p>
      <button type="button" onClick={() => quality.notice('picture')}>
        {qualityWords.videoOn}
      </button>
      {me.role !== 'clinician' && <PhoneLink phone={phone} words={qualityWords.phone(phone)} />}
    </>
  )
}

/** `picture`: the person came with a camera, and the line carries pictures. */
export function hintsOf({ microphone, camera }: OwnDevices, picture: boolean): readonly string[] {
  const hints: string[] = []
  if (microphone === 'failed') hints.push(hintWords.microphoneFailed)
  if (microphone === 'off') hints.push(hintWords.microphoneOff)
  if (picture && camera === 'failed') hints.push(hintWords.cameraFailed)
  if (picture && camera === 'off') hints.push(hintWords.cameraOff)
  return hints
}
