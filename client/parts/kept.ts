// What this page keeps for itself over a reload, in its own entry of the browser's history: that alone belongs to one page of one visit.
// Refuses a storage: it would be shared with other patients' frames. Nothing here names anyone.

export type Kept = {
  /** The call was handed over to a window of its own. */
  readonly moved?: boolean
  /** This page is in the call, or on its way. */
  readonly calling?: boolean
  /** The person goes on without a camera. */
  readonly withoutCamera?: boolean
  /** What the person closed, or had closed for them: it stays closed in a room that is opened anew. */
  readonly microphone?: 'on' | 'off'
  readonly camera?: 'on' | 'off'
}

/** A window that opened beside a frame begins with what was closed there. */
export const kept = (): Kept => history.state ?? closedIn(location.hash)

/** What is closed here, as the end of the fragment of a window that takes the call over. */
export const closedHere = (): string => {
  const { microphone, camera } = kept()
  return `${microphone === 'off' ? '-quiet' : ''}${camera === 'off' ? '-unseen' : ''}`
}

const closedIn = (fragment: string): Kept => ({
  ...(fragment.includes('-quiet') ? { microphone: 'off' } : {}),
  ...(fragment.includes('-unseen') ? { camera: 'off' } : {}),
})

export const keep = (change: Kept): void => history.replaceState({ ...kept(), ...change }, '')
