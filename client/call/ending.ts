// How a room is left: told once, the first reason; and what the page around may do to the room while it stands.
import { useEffect, useRef } from 'preact/hooks'
import type { CallView } from '../../server/wire/wire.ts'
import type { People } from './people.ts'
import type { RoomApi } from './room.ts'
import { isSame, type RoomPerson } from './same-person.ts'
import type { Trouble } from './trouble.ts'

export type Out = { readonly at: 'left' } | { readonly at: 'trouble'; readonly what: Trouble }

/** What the clinician's page may do to the room from outside. */
export type Room = {
  /** Takes this person out of the room, by whatever connections they are there. */
  remove(person: RoomPerson): void
  /** Ends the call for everyone; settles when it is over, or soon after. */
  end(): Promise<void>
  /** Starts or stops the recording; the room tells everyone. */
  record(on: boolean): void
}

export function useEnding(onOut: (out: Out) => void) {
  const removing = useRef(false)
  const trouble = (what: Trouble) => onOut({ at: 'trouble', what })
  return {
    trouble,
    // Whoever is taken out leaves as well.
    left: () => removing.current || onOut({ at: 'left' }),
    /** Whoever came by another page is let in there and taken out here: that is no reason to be frightened. */
    removed(asked: Promise<CallView | undefined>) {
      removing.current = true
      void asked.then((view) => trouble(view?.newest === false ? 'elsewhere' : 'removed'))
    },
  }
}

const goodbyeMs = 1_500

/** Hands the room to the page around, and takes the frame away with the component. */
export function useRoom(
  room: RoomApi | undefined,
  people: People,
  onRoom: ((room: Room | undefined) => void) | undefined,
): void {
  useEffect(() => {
    if (room === undefined) return
    onRoom?.({
      remove(person) {
        for (const one of people.latest.current.inside) if (isSame(one, person)) people.takeOut(room, one.id)
      },
      record: (on) =>
        on ? room.executeCommand('startRecording', { mode: 'file' }) : room.executeCommand('stopRecording', 'file'),
      end: () =>
        new Promise((resolve) => {
          room.on('errorOccurred', () => resolve())
          room.on('videoConferenceLeft', () => resolve())
          setTimeout(resolve, goodbyeMs)
          room.executeCommand('endConference')
        }),
    })
    return () => {
      onRoom?.(undefined)
      room.dispose()
    }
  }, [room])
}
