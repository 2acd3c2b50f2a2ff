// Asks for an entry to the visit's room, brings its Jitsi's script, and says to the server when that Jitsi does not answer.
// Refuses to choose another Jitsi by itself, and to bring a second one's script into a page: another place means another page.
import { useEffect } from 'preact/hooks'
import type { EnterRoom, Me, RoomToken } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { type DeviceNames, pickedNames } from './picked-names.ts'
import { loadRoomScript } from './room.ts'
import { warm } from './warm.ts'

export type Entered =
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'mounted'; readonly entry: RoomToken; readonly names: DeviceNames }
  | { readonly at: 'trouble'; readonly what: 'no-room' }

/** `unreachable`: the Jitsi that did not answer this page before. The server asks for itself and decides for both sides. */
export async function enter(tokens: string, unreachable?: string): Promise<Entered> {
  const [first, names] = await Promise.all([ask(tokens, unreachable), pickedNames()])
  if (!first.ok) return { at: 'refused', problem: first.problem }
  if (await brought(first.body)) return { at: 'mounted', entry: first.body, names }

  const second = await ask(tokens, first.body.origin)
  if (!second.ok) return { at: 'refused', problem: second.problem }
  const moved = second.body.origin !== first.body.origin
  if (moved && (await brought(second.body))) return { at: 'mounted', entry: second.body, names }
  return { at: 'trouble', what: 'no-room' }
}

const ask = (tokens: string, unreachable: string | undefined) => {
  const body: EnterRoom = unreachable === undefined ? {} : { unreachable }
  return post<RoomToken>(tokens, body)
}

let here: string | undefined
let preparing: Promise<void> = Promise.resolve()

/** Brings the script of the Jitsi at `origin`, and what its room needs, while nobody waits for it. Tries once: what is lacking then, the call brings itself. */
export function prepare({ organisation }: Me, origin: string): void {
  const script = organisation.scripts[origin]
  if (script === undefined) return
  preparing = preparing.then(async () => {
    if (here === undefined && (await loadRoomScript(script, 1))) here = origin
    warm(origin)
  })
}

// The SDK gives a second domain the first one's class: once a script has run, only a new page can take another's.
async function brought({ origin, script }: RoomToken): Promise<boolean> {
  await preparing
  if (here !== undefined && here !== origin) {
    location.reload()
    return new Promise(() => {})
  }
  if (await loadRoomScript(script)) here = origin
  return here === origin
}

/** The server moved the visit to another Jitsi: the page follows, as the other side's does. */
export function useFollow(origin: string, heldAt: string | undefined): void {
  useEffect(() => {
    if (heldAt !== undefined && heldAt !== origin) location.reload()
  }, [heldAt])
}
