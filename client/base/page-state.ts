// What this page keeps for itself over a reload, in its own entry of the browser's history: that alone belongs to one page of one visit.
// Refuses a storage: it would be shared with other patients' frames. Nothing here names a patient.

/** The devices that somebody chose, by the ids that this browser gives them for our pages alone; without one it is the browser's choice. */
export type Picked = { readonly camera?: string; readonly microphone?: string; readonly loudspeaker?: string }

export type PageState = {
  /** The call was handed over to a window of its own. */
  readonly moved?: boolean
  /** This page was in the call when it was last seen; false once it was left, by a button or for another page. */
  readonly calling?: boolean
  /** When that was, in milliseconds by the device's clock. */
  readonly callingAt?: number
  /** The person goes on without a camera. */
  readonly withoutCamera?: boolean
  /** What the person closed, or had closed for them: it stays closed in a room that is opened anew. */
  readonly microphone?: 'on' | 'off'
  readonly camera?: 'on' | 'off'
  readonly picked?: Picked
  /** What those are called: some browsers (Firefox) tell it to no page that was loaded anew. */
  readonly pickedAs?: Picked
}

export const pageState = (): PageState => history.state ?? {}

export const setPageState = (change: PageState): void => history.replaceState({ ...pageState(), ...change }, '')

/** What was picked before and is not picked anew stays. `as`: what it is called, where that is known. */
export function keepPicked(more: Picked, as: Picked = {}): void {
  const { picked, pickedAs } = pageState()
  setPageState({ picked: { ...picked, ...more }, pickedAs: { ...pickedAs, ...as } })
}

/** In the call, or at the door to it. */
export const setCalling = (): void => setPageState({ calling: true, callingAt: Date.now() })

const momentMs = 60_000

/**
 * Whether this page, as it is loaded now, was in the call a moment ago: a reload is no reason to be out of it. A browser that brings its tabs
 * back next morning opens nobody's camera, nor does a device whose clock was put back meanwhile.
 */
export function wasCalling(now = Date.now(), loadedAt = performance.timeOrigin): boolean {
  const { calling, callingAt = 0 } = pageState()
  return calling === true && callingAt >= loadedAt - momentMs && callingAt <= now
}

/** Who goes elsewhere leaves the call: coming back is no reason to be seen. */
export const leaveCall = (): void => {
  if (pageState().calling) setPageState({ calling: false })
}
