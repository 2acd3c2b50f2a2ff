// Who is in the room, and who knocks at its own door: that door opens for those we let in, as themselves, and for nobody else. A knock has
// a name only: there it must do.
// Refuses a knock unless our server hears that person's own page at the room's door: an entry that was taken from somebody opens nothing.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { InCall } from '../../server/wire/wire.ts'
import type { RoomApi } from './room.ts'
import { isSame, type RoomPerson, type Someone } from './same-person.ts'

const forgottenMs = 2 * 60_000

export type People = ReturnType<typeof usePeople>

export function usePeople() {
  const [inside, setInside] = useState<readonly Someone[]>([])
  const [knocking, setKnocking] = useState<readonly Someone[]>([])
  const listener = {
    came: (who: Someone) => {
      setInside((all) => [...all.filter((p) => p.id !== who.id), who])
      setKnocking((all) => all.filter((p) => p.name !== who.name))
    },
    went: (id: string) => setInside((all) => all.filter((p) => p.id !== id)),
    knocked(who: Someone) {
      setKnocking((all) => [...all.filter((p) => p.id !== who.id), who])
      // Nobody tells when somebody at the room's door gives up.
      setTimeout(() => answered(who.id), forgottenMs)
    },
  }
  const answered = (id: string) => setKnocking((all) => all.filter((p) => p.id !== id))
  // Whom this page takes out by itself: what an earlier connection left, or who was sent away at our door.
  const ours = useRef(new Set<string>())
  const takeOut = (room: RoomApi, id: string) => {
    ours.current.add(id)
    room.executeCommand('kickParticipant', id)
  }
  const latest = useRef({ inside, knocking })
  latest.current = { inside, knocking }
  return { inside, knocking, answered, listener, latest, takeOut, isOurs: (id: string) => ours.current.has(id) }
}

/** What to do about one who knocks: let in, let in and take out what their earlier connection left behind, or only show. */
export function answerTo(
  knock: Someone,
  { inside, admitted, others }: Known,
): { readonly is: 'welcome'; readonly ghosts: readonly string[] } | { readonly is: 'shown' } {
  const person = admitted.find((one) => isSame(knock, one))
  if (person === undefined) return { is: 'shown' }
  const ghosts = inside.filter((one) => isSame(one, person)).map(({ id }) => id)
  const atDoor = others.some((one) => isSame(one, person) && one.at === 'door')
  return atDoor ? { is: 'welcome', ghosts } : { is: 'shown' }
}

type Known = {
  readonly inside: readonly Someone[]
  readonly admitted: readonly RoomPerson[]
  readonly others: readonly InCall[]
}

/** Answers who may come in; answers who else stands at the room's door. */
export function useRoomDoor(
  room: RoomApi | undefined,
  { inside, knocking, answered, takeOut }: People,
  admitted: readonly RoomPerson[],
  others: readonly InCall[],
): readonly Someone[] {
  const answers = knocking.map((who) => ({ who, answer: answerTo(who, { inside, admitted, others }) }))
  // Before it is drawn: they stand before an empty picture until then.
  useLayoutEffect(() => {
    if (room === undefined) return
    for (const { who, answer } of answers) {
      if (answer.is === 'shown') continue
      for (const ghost of answer.ghosts) takeOut(room, ghost)
      room.executeCommand('answerKnockingParticipant', who.id, true)
      answered(who.id)
    }
  }, [room, answers.map(({ who, answer }) => `${who.id} ${answer.is}`).join()])
  // Whoever was let in comes in a moment; only somebody else's knock is news.
  return answers.flatMap(({ who, answer }) =>
    answer.is === 'shown' && !admitted.some((one) => isSame(who, one)) ? [who] : [],
  )
}
