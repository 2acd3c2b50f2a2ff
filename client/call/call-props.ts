// What a call is shown with, on either side; and what one mounted room of it is.
import type { Me, RoomToken } from '../../server/wire/wire.ts'
import type { Reachable } from './blocked.tsx'
import type { CallNow } from './call-now.ts'
import type { Out, Room } from './ending.ts'
import type { DeviceNames } from './picked-names.ts'
import type { QualityState } from './quality.ts'
import type { RecorderState } from './recorder.ts'
import type { Someone } from './same-person.ts'
import type { Doorstep } from './uninvited.tsx'
import type { Why } from './watchdog.ts'
import type { WayBack, WayEvent } from './way-back.ts'

export type CallProps = {
  readonly me: Me
  readonly side: 'clinician' | 'patient'
  /** The visit's own: entries are asked for below it, and presence is told. */
  readonly path: string
  readonly camera: boolean
  /** Nobody answers this page: who is in the call is not known any more. */
  readonly lost?: boolean
  /** Where the server says the call is held. */
  readonly heldAt?: string | undefined
  /** Whom the room's own door is opened to, and who is to be out of it; absent where this side lets nobody in. */
  readonly doorstep?: Doorstep
  /** Whom a clinician can ring where the video does not go on. */
  readonly reachable?: readonly Reachable[]
  /** The frame is too small for anything but the other person. */
  readonly faceAlone?: boolean
  /** Whether everyone has agreed to be recorded; absent where nobody is to record from here. */
  readonly mayRecord?: boolean | undefined
  onRoom?(room: Room | undefined): void
  /** How the call stands, for whoever shows it outside of this; undefined while there is no room. */
  onNow?(now: CallNow | undefined): void
  /** How it is with the room's recorder; undefined while this page is not in the room. */
  onRecorder?(recorder: RecorderState | undefined): void
  /** Another one each time our server says that something has changed: who is there is then asked at once. */
  readonly looked?: unknown
  /** Somebody came into the call or left it, as their own pages tell. */
  onComings?(): void
  /** Somebody was taken out from this page's own room, though not by us: our door does not know it yet. */
  onTakenOut?(who: Someone): void
}

export type MountedProps = CallProps & {
  readonly entry: RoomToken
  /** The devices that the room is opened with. */
  readonly names: DeviceNames
  /** Why the room was opened anew by itself; absent when a person did it. */
  readonly why: Why | undefined
  /** It was tried too often by itself: a person decides. */
  readonly exhausted: boolean
  readonly quality: QualityState
  /** Since when there is no call, and why; absent while it is well, or on its way for the first time. */
  readonly comingBack: WayBack['lost']
  /** Set where another room follows: its page has not left the call. */
  readonly staying: { current: boolean }
  onOut(out: Out): void
  /** `unreachable`: the Jitsi whose room did not open here. */
  onAgain(unreachable?: string): void
  onDue(why: Why): void
  /** What the way back goes by. */
  onHappened(what: WayEvent): void
}
