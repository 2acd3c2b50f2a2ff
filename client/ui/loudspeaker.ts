// Sounds through the loudspeaker that somebody chose: the test, the ring and the knock alike. Comes where one can be chosen.
// Refuses to say that a chosen one sounds which the browser does not open: then it sounds as before.
import { pageState } from '../base/page-state.ts'
import { soundThrough } from './chime.ts'

/** Chrome from 49, Firefox from 116, Safari from 18.4; none on Android (MDN's browser-compat-data, HTMLMediaElement.setSinkId). */
export const canChooseLoudspeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype

let player: HTMLAudioElement | undefined

/** A page that was loaded again sounds as it did before. */
export function restoreLoudspeaker(): void {
  const { loudspeaker } = pageState().picked ?? {}
  if (player === undefined && loudspeaker !== undefined) void chooseLoudspeaker(loudspeaker)
}

/** `id` as enumerateDevices tells it. Answers whether it sounds there from now on. */
export async function chooseLoudspeaker(id: string): Promise<boolean> {
  const next = new Audio()
  try {
    await next.setSinkId(id)
  } catch {
    return false // Unplugged meanwhile, or kept closed by the page around ours.
  }
  soundThrough((context) => {
    const way = new MediaStreamAudioDestinationNode(context)
    next.srcObject = way.stream
    return way
  })
  player?.pause()
  player = next
  // Held back until the page was touched; a press on the test is one.
  void next.play().catch(() => undefined)
  return true
}
