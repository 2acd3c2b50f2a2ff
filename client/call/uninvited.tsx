// Who is in the room and whom our server does not know to be there: whoever was sent away goes, anybody else is shown with a way to take them out.
// Refuses to act on one look: pages come and go, and a view may be a moment old.
import { useEffect, useState } from 'preact/hooks'
import type { InCall } from '../../server/wire/wire.ts'
import type { People } from './people.ts'
import type { RoomApi } from './room.ts'
import { isSame, type RoomPerson, type Someone } from './same-person.ts'
import { uninvitedWords } from './words.ts'

/** Those at our door as the room has them: let in, and not or no longer. */
export type Doorstep = { readonly admitted: readonly RoomPerson[]; readonly outside: readonly RoomPerson[] }

/** For each connection in the room, by its id: how many answers of our server in a row did not have its person. */
export type Unlisted = ReadonlyMap<string, number>

export function unlisted(
  before: Unlisted,
  inside: readonly Someone[],
  others: readonly InCall[],
  admitted: readonly RoomPerson[],
): Unlisted {
  const known = [...admitted, ...others]
  const strangers = inside.filter((one) => !known.some((person) => isSame(one, person)))
  return new Map(strangers.map(({ id }) => [id, (before.get(id) ?? 0) + 1]))
}

/** One answer comes every five seconds: a page that came in meanwhile has told of itself. */
const enough = 3

export const uninvited = (counts: Unlisted, inside: readonly Someone[]): readonly Someone[] =>
  inside.filter(({ id }) => (counts.get(id) ?? 0) >= enough)

/** Takes out who was sent away; answers who else is there uninvited. Undefined `doorstep`: this side decides about nobody. */
export function useUninvited(
  room: RoomApi | undefined,
  { inside, takeOut }: People,
  others: readonly InCall[],
  doorstep: Doorstep | undefined,
): readonly Someone[] {
  const [counts, setCounts] = useState<Unlisted>(new Map())
  // Each answer brings a list of its own.
  useEffect(() => {
    if (doorstep !== undefined) setCounts((before) => unlisted(before, inside, others, doorstep.admitted))
  }, [others])
  const there = doorstep === undefined ? [] : uninvited(counts, inside)
  const sentAway = there.filter((one) => doorstep?.outside.some((person) => isSame(one, person)))
  // With each answer anew: a word to the room may be lost.
  useEffect(() => {
    if (room !== undefined) for (const { id } of sentAway) takeOut(room, id)
  }, [room, counts])
  return there.filter((one) => !sentAway.includes(one))
}

type UninvitedProps = { readonly people: readonly Someone[]; onOut(who: Someone): void }

/** One alert, however many they are. */
export const Uninvited = ({ people, onOut }: UninvitedProps) =>
  people.length === 0 ? null : (
    <div class="call-note" role="alert">
      {people.map((who) => (
        <p class="uninvited" key={who.id}>
          {uninvitedWords.inCall(who.name)}{' '}
          <button type="button" onClick={() => onOut(who)}>
            {uninvitedWords.takeOut}
          </button>
        </p>
      ))}
    </div>
  )

/** Who got as far as the room's own door without being let in at ours: shown, never let in from here. */
export function AtRoomDoor({ people }: Pick<UninvitedProps, 'people'>) {
  if (people.length === 0) return null
  return (
    <p class="call-note" role="status">
      {uninvitedWords.atRoomDoor(people.map(({ name }) => name))}
    </p>
  )
}
