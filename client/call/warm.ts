// While somebody waits, brings the page and the scripts of Jitsi into the browser, where the call's own frame finds them: in a hidden frame of
// the same origin and at the same place, in which nothing runs.
// Refuses a room, a token, a script and a device to it; to fetch anything for who asked the browser to save data; and to do so twice.

/** A frame that may run nothing opens no room and asks for nothing; with its origin it shares what it fetches with the call's frame. */
const nothingRuns = 'allow-same-origin'

/** `over`: a page warms one Jitsi once. */
let warming: 'not-yet' | HTMLIFrameElement | 'over' = 'not-yet'

/** `origin`: where the call will be held. Its first page names the same files as every room's. */
export function warm(origin: string): void {
  if (warming !== 'not-yet' || savesData()) return
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', nothingRuns)
  frame.referrerPolicy = 'no-referrer'
  frame.hidden = true
  frame.ariaHidden = 'true'
  frame.tabIndex = -1
  frame.src = `${origin}/`
  document.body.append(frame)
  warming = frame
}

/** The call's own frame has taken its place, or nobody waits any more. */
export function cool(): void {
  if (typeof warming !== 'string') warming.remove()
  warming = 'over'
}

function savesData(): boolean {
  // Sound: not in every browser, so it may be absent (WICG, Network Information, Save Data).
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }
  return connection?.saveData === true
}
