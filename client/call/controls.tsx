// What the clinician does with the room, beside the picture: quiet, a shared screen, a smaller picture while writing.
// Refuses to open somebody's microphone: a room can only close it.
import { announce } from '../ui/announce.ts'
import type { RoomApi, Someone } from './room.ts'

type Shown = {
  readonly room: RoomApi
  readonly inside: readonly Someone[]
  /** Absent where the clinic does not share screens. */
  readonly sharing: boolean | undefined
  readonly small: Small | undefined
}
/** The size of the call beside the note; absent where both do not fit beside each other. */
export type Small = { readonly on: boolean; toggle(): void }

export function Controls({ room, inside, sharing, small }: Shown) {
  const quiet = (whom: string, act: () => void) => () => {
    act()
    announce(`${whom} muted.`)
  }
  return (
    <fieldset class="call-controls" aria-label="Call controls">
      {inside.length > 1 &&
        inside.map(({ id, name }) => (
          <button
            type="button"
            key={id}
            onClick={quiet(`${name} is`, () => room.executeCommand('muteRemoteParticipant', id, 'audio'))}
          >
            Mute {name}
          </button>
        ))}
      <button
        type="button"
        disabled={inside.length === 0}
        onClick={quiet('Everyone else is', () => room.executeCommand('muteEveryone', 'audio'))}
      >
        Mute everyone
      </button>
      {sharing !== undefined && (
        <button type="button" onClick={() => room.executeCommand('toggleShareScreen')}>
          {sharing ? 'Stop sharing' : 'Share screen'}
        </button>
      )}
      {small !== undefined && (
        <button type="button" onClick={small.toggle}>
          {small.on ? 'Large video' : 'Small video'}
        </button>
      )}
    </fieldset>
  )
}
