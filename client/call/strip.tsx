// What is said above the picture: who is really there, what does not work, and what to do about it.
// Refuses to guess at what only the room's frame knows, such as whether a voice is heard.
import type { Me } from '../../server/wire/wire.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { clock } from '../ui/times.ts'
import type { Devices } from './own-devices.ts'
import type { LineState } from './quality.ts'
import { type Here, hereWords } from './who-is-here.ts'

type Shown = {
  readonly me: Me
  readonly here: Here
  readonly line: LineState
  readonly devices: Devices
  readonly hints: readonly string[]
  /** It was tried too often by itself. */
  readonly held: boolean
  onReconnect(): void
}

export function Strip({ me, here, line, devices, hints, held, onReconnect }: Shown) {
  const broken = devices.microphone === 'failed' || devices.camera === 'failed'
  const doubtful = held || broken || here.here.length === 0
  return (
    <div class="call-strip">
      <p role="status">{hereWords(here, (at) => clock(at, me.organisation.timeZone))}</p>
      {hints.map((hint) => (
        <p role="status" class="hint" key={hint}>
          {hint}
        </p>
      ))}
      {held && <p role="status">The call does not hold. Reconnect, or go on by telephone.</p>}
      {line.level === 'sound' && <SoundAlone me={me} line={line} />}
      {doubtful && (
        <button type="button" onClick={onReconnect}>
          Reconnect
        </button>
      )}
    </div>
  )
}

function SoundAlone({ me, line }: Pick<Shown, 'me' | 'line'>) {
  const { phone } = me.organisation
  return (
    <>
      <p role="status">Video is paused to keep the sound.</p>
      <button type="button" onClick={() => line.notice('picture')}>
        Turn video back on
      </button>
      {me.role !== 'clinician' && <PhoneLink phone={phone} words={`No sound either? Call ${phone}`} />}
    </>
  )
}

/** `picture`: the person came with a camera, and the line carries pictures. */
export function hintsOf({ microphone, camera }: Devices, picture: boolean): readonly string[] {
  const hints: string[] = []
  if (microphone === 'failed')
    hints.push('Your microphone does not work here: nobody hears you. Allow it for this page, then reconnect.')
  if (microphone === 'off') hints.push('Your microphone is off: nobody hears you.')
  if (picture && camera === 'failed')
    hints.push('Your camera does not work here: nobody sees you. Allow it for this page, then reconnect.')
  if (picture && camera === 'off') hints.push('Your camera is off.')
  return hints
}
