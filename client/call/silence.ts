// Tells our server of a room whose page does not load: its Jitsi may be gone, and there may be another one.
// Refuses to draw a conclusion: our server asks that Jitsi itself, and this page goes where the visit is then held.
import { useState } from 'preact/hooks'
import type { EnterRoom, Me, RoomToken } from '../../server/wire/wire.ts'
import { post } from '../base/api.ts'
import { useRepeated } from '../ui/repeated.ts'

const firstMs = 10_000
const againMs = 15_000

/** Answers what is to be called once the room's page has loaded. */
export function useSilence({ organisation }: Me, tokens: string, { origin }: RoomToken): () => void {
  const [loaded, setLoaded] = useState(false)
  const elsewhere = Object.keys(organisation.scripts).some((other) => other !== origin)
  const tell = () => void post<RoomToken>(tokens, { unreachable: origin } satisfies EnterRoom)
  useRepeated(elsewhere && !loaded, againMs, tell, firstMs)
  return () => setLoaded(true)
}
