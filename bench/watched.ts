// What happens in a page of a call, and when: told to the benchmark as it happens, from our own page and from the room's frame in it.
// Refuses to change what the page does: it listens, and counts the frames that are decoded.
import type { BrowserContext } from '@playwright/test'

/** `picture`: a frame of the other person's video, the first or the first after `quietMs` without one. */
type Happening = 'press' | 'room-page' | 'devices' | 'lobby' | 'joined' | 'connected' | 'picture'
/** `at`: milliseconds since 1970, by the one clock of the machine. */
type Told = { readonly what: Happening; readonly at: number; readonly quietMs: number }

export type Watched = {
  readonly all: readonly Told[]
  /** When something happened first, not before `since`; waits for it. */
  when(what: Happening, since?: number): Promise<Told>
}

const patienceMs = 30_000
/** A picture that stood still for so long has stopped. */
const stillMs = 1_000

/** To be called before the context's first page. */
export async function watch(who: BrowserContext): Promise<Watched> {
  const all: Told[] = []
  const heard = new Set<() => void>()
  await who.exposeBinding('tellBench', (_source, told: Told) => {
    all.push(told)
    for (const look of heard) look()
  })
  // The compiler that runs this names every function by a helper that a page does not have.
  await who.addInitScript('globalThis.__name ??= (f) => f')
  await who.addInitScript(listen, stillMs)
  const when = (what: Happening, since = 0) =>
    new Promise<Told>((resolve, reject) => {
      const timer = setTimeout(() => {
        heard.delete(look)
        reject(new Error(`${what} was waited for in vain; there was ${all.map((one) => one.what).join(', ')}`))
      }, patienceMs)
      const look = () => {
        const found = all.find((one) => one.what === what && one.at >= since)
        if (found === undefined) return
        clearTimeout(timer)
        heard.delete(look)
        resolve(found)
      }
      heard.add(look)
      look()
    })
  return { all, when }
}

/** Runs in every page and every frame of it, before their own scripts. */
function listen(stillMs: number): void {
  const here = () => performance.timeOrigin + performance.now()
  const tell = (what: Happening, at = here(), quietMs = 0) => {
    const send: unknown = Reflect.get(window, 'tellBench')
    if (typeof send === 'function') send({ what, at, quietMs })
  }
  const ours = () => {
    const pressed = ({ target, timeStamp }: Event) => {
      const name = target instanceof HTMLButtonElement ? target.textContent : ''
      if (name === 'Let in') tell('press', performance.timeOrigin + timeStamp)
    }
    addEventListener('click', pressed, { capture: true })
    addEventListener('message', ({ data }) => {
      if (data?.name === 'videoConferenceJoined') tell('joined')
      if (data?.data?.error?.name === 'conference.connectionError.membersOnly') tell('lobby')
    })
  }
  const rooms = () => {
    // What is brought before the call is no room.
    if (location.pathname === '/') return
    tell('room-page', performance.timeOrigin)
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await open(wish)
      tell('devices')
      return stream
    }
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(settings?: RTCConfiguration) {
        super(settings)
        this.addEventListener('connectionstatechange', () => this.connectionState === 'connected' && tell('connected'))
      }
    }
    new MutationObserver(() => {
      for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-participant]:not([data-bench])')) {
        video.dataset.bench = ''
        count(video)
      }
    }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-participant'] })
  }
  const count = (video: HTMLVideoElement, before = Number.NEGATIVE_INFINITY) =>
    video.requestVideoFrameCallback((_now, { presentationTime: at }) => {
      if (at - before >= stillMs) tell('picture', performance.timeOrigin + at, Math.min(at - before, 1e9))
      count(video, at)
    })
  if (window === top) ours()
  else rooms()
}
