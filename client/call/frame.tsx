// Jitsi's room as a frame of the page: the one place that knows its component. Mounted anew for each entry, never moved in the page.
// What a person may do is said by the entry.
import { JitsiMeeting } from '@jitsi/web-sdk'
import type { RoomToken } from '../../server/wire/wire.ts'
import type { OwnDevices } from './own-devices.ts'
import type { DeviceNames } from './picked-names.ts'
import type { Level } from './quality-ladder.ts'
import type { RoomApi } from './room.ts'
import { roomConfig } from './room-config.ts'
import { cool } from './warm.ts'
import { callWords } from './words.ts'

type FrameProps = {
  readonly side: 'clinician' | 'patient'
  readonly camera: boolean
  /** How the room is opened: what the line carries, and what was closed before. */
  readonly opened: { readonly level: Level; readonly devices: OwnDevices }
  readonly entry: RoomToken
  readonly names: DeviceNames
  onReady(room: RoomApi): void
}

export const Frame = ({ side, camera, opened, entry, names, onReady }: FrameProps) => (
  <div class="call-frame">
    <JitsiMeeting
      domain={new URL(entry.origin).host}
      roomName={entry.room}
      jwt={entry.token}
      // Its own type wants all three; what is not named is the room's to choose.
      devices={names as Required<DeviceNames>}
      configOverwrite={{
        ...roomConfig(side, camera && opened.devices.camera !== 'off', entry.call),
        ...(opened.level === 'sound' ? { startAudioOnly: true } : {}),
        ...(opened.devices.microphone === 'off' ? { startWithAudioMuted: true } : {}),
      }}
      // Its own type lists commands and events without their shapes; RoomApi is the part we use, with them.
      onApiReady={(api) => {
        // Whoever listens to the page goes from frame to frame by their titles; Jitsi's script gives it none.
        const frame = api.getIFrame()
        frame.title = callWords.frame
        frame.addEventListener('load', cool, { once: true })
        onReady(api as unknown as RoomApi)
      }}
    />
  </div>
)
