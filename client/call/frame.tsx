// Jitsi's room as a frame of the page: the one place that knows its component. Mounted anew for each entry, never moved in the page.
// Refuses nothing: what a person may do is said by the entry.
import { JitsiMeeting } from '@jitsi/web-sdk'
import type { RoomToken } from '../../server/wire.ts'
import type { RoomApi } from '../parts/room.ts'
import { roomConfig } from '../parts/room-config.ts'

type Shown = {
  readonly side: 'clinician' | 'patient'
  readonly camera: boolean
  /** The line is too weak for pictures. */
  readonly soundOnly: boolean
  readonly entry: RoomToken
  onReady(room: RoomApi): void
}

export const Frame = ({ side, camera, soundOnly, entry, onReady }: Shown) => (
  <div class="call-frame">
    <JitsiMeeting
      domain={new URL(entry.origin).host}
      roomName={entry.room}
      jwt={entry.token}
      configOverwrite={{ ...roomConfig(side, camera, entry.call), ...(soundOnly ? { startAudioOnly: true } : {}) }}
      // Its own type lists commands and events without their shapes; RoomApi is the part we use, with them.
      onApiReady={(api) => onReady(api as unknown as RoomApi)}
    />
  </div>
)
