// What is said beside the picture: who is really there, what does not work, and what to do about it.
// Refuses to guess at what only the room's frame knows, such as whether a voice is heard.

import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { PhoneLink } from '../ui/phone.tsx'
import { NothingThrough, type Reachable } from './blocked.tsx'
import type { Blocked } from './media.ts'
import type { OwnDevices } from './own-devices.ts'
import type { QualityState } from './quality.ts'
import { type WhoIsHere, whoIsHereSentences } from './who-is-here.ts'
import { callWords, hintWords, qualityWords, whoIsHereWords } from './words.ts'

type NotesProps = {
  readonly me: Me
  readonly devices: OwnDevices
  /** Neither picture nor sound comes through. */
  readonly blocked: Blocked | undefined
  /** Whom a clinician can ring. */
  readonly reachable: readonly Reachable[]
  /** It was tried too often by itself: a person decides. */
  readonly exhausted: boolean
  onReconnect(): void
}

type StripProps = NotesProps & {
  readonly whoIsHere: WhoIsHere
  readonly quality: QualityState
  /** The room is being recorded. */
  readonly recording: boolean
  /** Came with a camera. */
  readonly camera: boolean
  /** Nobody answers this page: what it knows of who is there is old. */
  readonly lost: boolean
}

/** All of it, above the picture. */
export function Strip({ whoIsHere, quality, recording, camera, lost, ...notes }: StripProps) {
  const { me, devices, blocked, exhausted } = notes
  // Where nothing comes through, that is said in the picture's place, with its own way on: one thing at a time.
  const through = blocked === undefined
  const nobody = whoIsHere.here.length + whoIsHere.away.length === 0
  const doubtful = through && (exhausted || isBroken(devices) || nobody)
  return (
    <div class="call-bar">
      {recording && <p role="status">{callWords.recorded}</p>}
      <div class="call-strip">
        <p role="status">{!lost && whoIsHereSentences(whoIsHere, (at) => clock(at, me.organisation.timeZone))}</p>
        {!lost && nobody && whoIsHere.coming.length === 0 && <Alone left={whoIsHere.gone.length > 0} />}
        {through && <Hints hints={hintsOf(devices, camera && quality.level !== 'sound', nobody)} />}
        {through && exhausted && <p role="status">{callWords.exhausted}</p>}
        {through && quality.level === 'sound' && <SoundAlone me={me} quality={quality} />}
        {doubtful && <Reconnect {...notes} />}
      </div>
    </div>
  )
}

const aloneMs = 8_000

/** What now: at once where somebody has left; of who was never there, once they do not come at once. */
function Alone({ left }: { left: boolean }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), aloneMs)
    return () => clearTimeout(timer)
  }, [])
  if (!left && !long) return null
  return <p role="status">{left ? whoIsHereWords.aloneSince : whoIsHereWords.aloneYet}</p>
}

/** What does not work, over the picture: the rest stands in the clinician's bar. */
export function Notes(props: NotesProps) {
  const { devices, blocked, exhausted } = props
  if (blocked !== undefined) return <NothingThrough {...props} blocked={blocked} />
  if (!exhausted && !isBroken(devices)) return null
  return (
    <div class="call-note">
      <Hints hints={brokenOf(devices)} />
      {exhausted && <p role="status">{callWords.exhausted}</p>}
      <Reconnect {...props} />
    </div>
  )
}

const Reconnect = ({ onReconnect }: Pick<NotesProps, 'onReconnect'>) => (
  <button type="button" onClick={onReconnect}>
    {callWords.reconnect}
  </button>
)

function Hints({ hints }: { hints: readonly string[] }) {
  return (
    <>
      {hints.map((hint) => (
        <p role="status" class="hint" key={hint}>
          {hint}
        </p>
      ))}
    </>
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
      <PhoneLink phone={phone} words={qualityWords.phone(phone)} />
    </>
  )
}

const isBroken = ({ microphone, camera }: OwnDevices) => microphone === 'failed' || camera === 'failed'

/** One sentence for both: what stands below it stays in sight. */
const brokenOf = ({ microphone, camera }: OwnDevices): readonly string[] =>
  microphone === 'failed' && camera === 'failed'
    ? [hintWords.bothFailed]
    : [
        ...(microphone === 'failed' ? [hintWords.microphoneFailed] : []),
        ...(camera === 'failed' ? [hintWords.cameraFailed] : []),
      ]

/** `picture`: the person came with a camera, and the line carries pictures. `alone`: there is nobody whom it would keep from hearing or seeing them. */
export function hintsOf(devices: OwnDevices, picture: boolean, alone = false): readonly string[] {
  const { microphone, camera } = devices
  if (alone) return brokenOf(picture ? devices : { microphone, camera: 'on' })
  if (picture && microphone === 'off' && camera === 'off') return [hintWords.bothOff]
  return [
    ...brokenOf(picture ? devices : { microphone, camera: 'on' }),
    ...(microphone === 'off' ? [hintWords.microphoneOff] : []),
    ...(picture && camera === 'off' ? [hintWords.cameraOff] : []),
  ]
}
