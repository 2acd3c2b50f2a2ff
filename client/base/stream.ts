// An event stream that tells when it comes up, breaks, or is held back on its way; and comes back by itself.
// Refuses to believe one that is up and says nothing: our server says something every ten seconds.

type Url = string | undefined
type Act = () => void

/** Two words of our server may be late, on a busy day. */
const silentMs = 20_000
/** So long one that said nothing is given before it is opened anew: it may have been the way, which a phone changes. */
const againMs = 60_000

export type Stream = ReturnType<typeof reopening>

/**
 * `changed`: it came up, broke, fell silent, or was heard again. `open` opens it again if it was closed or refused. Who has given way to another
 * window stays away until somebody looks at this one again (`takeBack`): two that come back by themselves would drive each other out for ever.
 */
export function reopening(url: Url, told: (id: string) => void, changed: Act, queue: Act = () => {}) {
  let source: EventSource | undefined
  let away = false
  const way = upOrNot(changed)
  const isThere = () => source !== undefined && source.readyState !== EventSource.CLOSED
  // One that our server refused, or has ended, is asked for anew with the next look.
  const silence = listening(() => isThere() && begin(), changed)
  const gaveWay = () => {
    away = true
    source?.close()
    silence.stop()
    way.turned(false)
  }
  // `beside`: the view is as it was, and something that is shown with it is not. `beat`: nothing is another.
  const acts = { look: told, beside: () => told(''), queue, beat: () => {} }
  const begin = () => {
    source?.close()
    if (url !== undefined) source = sourceOf(url, { turned: way.turned, gaveWay, heard: silence.broken, acts })
    return true
  }
  return {
    up: () => source?.readyState === EventSource.OPEN,
    // One that is not there says nothing of the way.
    isSilent: () => silence.is() && isThere(),
    open() {
      if (url === undefined || away || isThere()) return
      begin()
      silence.begin()
    },
    takeBack() {
      away = false
    },
    close() {
      source?.close()
      source = undefined
      way.forget()
      silence.stop()
    },
  }
}

/** Every failed attempt to come back is an error event: only the first one is a change. */
function upOrNot(changed: Act) {
  let wasUp = false
  return {
    turned(up: boolean) {
      if (up === wasUp) return
      wasUp = up
      changed()
    },
    forget() {
      wasUp = false
    },
  }
}

type Heard = {
  turned(up: boolean): void
  gaveWay(): void
  heard(): void
  /** By the name of the event. */
  readonly acts: Readonly<Record<string, (id: string) => void>>
}

/** That it is open says nothing yet, and is not heard: what it brings may be kept back. */
function sourceOf(url: string, { turned, gaveWay, heard, acts }: Heard): EventSource {
  const source = new EventSource(url)
  source.onopen = () => turned(true)
  source.onerror = () => turned(false)
  for (const [event, act] of Object.entries(acts))
    source.addEventListener(event, ({ lastEventId }) => {
      heard()
      act(lastEventId)
    })
  source.addEventListener('away', gaveWay)
  return source
}

/** Whether nothing has been heard for too long. `anew` opens the stream once more, and answers whether there was one to be heard. */
function listening(anew: () => boolean, changed: Act) {
  let is = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(passed, is ? againMs : silentMs)
  }
  const passed = () => {
    if (!anew()) return
    const before = is
    is = true
    wait()
    if (!before) changed()
  }
  return {
    is: () => is,
    begin: wait,
    broken() {
      const before = is
      is = false
      wait()
      if (before) changed()
    },
    stop() {
      is = false
      clearTimeout(timer)
    },
  }
}
