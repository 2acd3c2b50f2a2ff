// What the clinician does with the room, beside the picture: quiet, a shared screen, a smaller picture while writing.
// Refuses to open somebody's microphone: a room can only close it.
import { announce } from '../ui/announce.ts'
import type { RoomApi } from './room.ts'
import type { Someone } from './same-person.ts'
import { controlsWords } from './words.ts'

type ControlsProps = {
  readonly room: RoomApi
  readonly inside: readonly Someone[]
  /** Absent where the clinic does not share screens. */
  readonly sharing: boolean | undefined
  readonly small: Small | undefined
}
/** The size of the call beside the note; absent where both do not fit beside each other. */
export type Small = { readonly on: boolean; toggle(): void }

export function Controls({ room, inside, sharing, small }: ControlsProps) {
  const quiet = (said: string, act: () => void) => () => {
    act()
    announce(said)
  }
  return (
    <fieldset class="call-controls" aria-label={controlsWords.title}>
      {inside.length > 1 &&
        inside.map(({ id, name }) => (
          <button
            type="button"
            key={id}
            onClick={quiet(controlsWords.muted(name), () => room.executeCommand('muteRemoteParticipant', id, 'audio'))}
          >
            {controlsWords.mute(name)}
          </button>
        ))}
      <button
        type="button"
        disabled={inside.length === 0}
        onClick={quiet(controlsWords.everyoneMuted, () => room.executeCommand('muteEveryone', 'audio'))}
      >
        {controlsWords.muteEveryone}
      </button>
      {sharing !== undefined && (
        <button type="button" onClick={() => room.executeCommand('toggleShareScreen')}>
          {sharing ? controlsWords.stopSharing : controlsWords.share}
        </button>
      )}
      {small !== undefined && (
        <button type="button" onClick={small.toggle}>
          {small.on ? controlsWords.large : controlsWords.small}
        </button>
      )}
    </fieldset>
  )
}
