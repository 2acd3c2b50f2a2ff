// Keeps a view fresh: the server says "look again", we look; without its stream we poll, at first quickly, then every 15 s; where the stream is held back
// on its way, every 2 s.
// Refuses to show an older view after a newer one, and to give up while the trouble may pass.
import { type Signal, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ask, type Problem, passing } from './api.ts'
import { reopening, type Stream } from './stream.ts'

/** `trouble` beside a value: what is shown may be old. */
export type Seen<T> =
  | { readonly at: 'looking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'shown'; readonly value: T; readonly trouble?: Problem }

export type Watched<T> = {
  readonly seen: Signal<Seen<T>>
  look(): void
  /** Takes a newer view that another request brought. */
  put(value: T): void
  stop(): void
}

type What<T> = {
  readonly path: string | (() => string)
  /** Where the server says "look again"; without it we look once a minute. */
  readonly events?: string
  /** Where a page that shows this says that it closes, or shows it no more. */
  readonly goodbyes?: string
  /** What is looked at whenever this is, and where the server says that it alone has changed. */
  readonly along?: () => void
  /** Rises with every change of the view. */
  readonly revisionOf?: (value: T) => number
  /** Whether a tab nobody looks at keeps its stream, now: six connections are all that HTTP/1.1 allows a browser. Without it, none does. */
  readonly keepsStream?: (value: T) => boolean
}

/** A look that hangs longer is as good as lost, and keeps the next one waiting. */
const lookMs = 8_000
const steps = [1_000, 5_000, 10_000, 15_000] as const
/** What is told may be lost all the same: look now and then. */
const besideStream = 60_000
/** Our server answers, and what it sends by itself does not come through: a proxy on the way holds it back. */
const inPlaceOfStream = 2_000

/** Milliseconds until the next poll, by how many went before and what else tells us of changes. */
export function pollDelay(
  tries: number,
  page: 'streaming' | 'held-back' | 'streamless' | 'visible' | 'hidden',
): number {
  if (page === 'streaming' || page === 'streamless') return besideStream
  if (page === 'held-back') return inPlaceOfStream
  return page === 'hidden' ? 15_000 : (steps[tries] ?? 15_000)
}

/** Looks from now on, until it is stopped. */
export function watch<T>(what: What<T>): Watched<T> {
  const seen = signal<Seen<T>>({ at: 'looking' })
  const put = (value: T) => {
    seen.value = newer(seen.value, value, what.revisionOf)
  }
  const look = coalesced(async () => {
    const answer = await ask<T>(typeof what.path === 'string' ? what.path : what.path(), { patienceMs: lookMs })
    if (answer.ok) put(answer.body)
    else seen.value = troubled(seen.value, answer.problem)
  })
  const known = (id: string) =>
    seen.value.at === 'shown' && seen.value.trouble === undefined && String(what.revisionOf?.(seen.value.value)) === id
  const along = () => what.along?.()
  const stop = keepLooking({
    look: () => {
      look()
      along()
    },
    along,
    ...(what.events === undefined ? {} : { events: what.events }),
    keepsStream: () => seen.value.at === 'shown' && what.keepsStream?.(seen.value.value) === true,
    told: (id) => {
      if (known(id)) return
      look()
      along()
    },
    over: () => hopeless(seen.value),
    answered: () => seen.value.at === 'shown' && seen.value.trouble === undefined,
    cut: () => {
      if (seen.value.at === 'shown') seen.value = troubled(seen.value, { code: 'offline' })
    },
  })
  return { seen, put, look, stop }
}

export function newer<T>(seen: Seen<T>, value: T, revisionOf?: (value: T) => number): Seen<T> {
  const older = seen.at === 'shown' && revisionOf !== undefined && revisionOf(seen.value) > revisionOf(value)
  return { at: 'shown', value: older ? seen.value : value }
}

export function troubled<T>(seen: Seen<T>, trouble: Problem): Seen<T> {
  return seen.at === 'shown' ? { ...seen, trouble } : { at: 'refused', problem: trouble }
}

function hopeless<T>(seen: Seen<T>): boolean {
  if (seen.at === 'refused') return !passing(seen.problem)
  return seen.at === 'shown' && seen.trouble !== undefined && !passing(seen.trouble)
}

/** Runs `job` once at a time; asked for while it runs, it runs once more. */
export function coalesced(job: () => Promise<void>): () => void {
  let running = false
  let asked = 0
  const run = async () => {
    running = true
    while (asked > 0) {
      asked = 0
      await job()
    }
    running = false
  }
  return () => {
    asked += 1
    if (!running) void run()
  }
}

type Looking = {
  look(): void
  along(): void
  told(id: string): void
  over(): boolean
  /** The last look brought something. */
  answered(): boolean
  /** The device itself says that it has no connection. */
  cut(): void
  readonly events?: string
  keepsStream(): boolean
}

/** How a page with this stream learns of changes. */
function pageOver(stream: Pick<Stream, 'up' | 'isSilent'>, answered: boolean) {
  if (stream.isSilent() && answered) return 'held-back'
  return stream.up() ? 'streaming' : unseen() ? 'hidden' : 'visible'
}

const unseen = () => document.visibilityState === 'hidden'

function keepLooking({ look, along, told, over, answered, cut, events, keepsStream }: Looking): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  const stream = reopening(events, told, () => wake(stream.isSilent()), along)

  const next = () => {
    clearTimeout(timer)
    timer = setTimeout(tick, pollDelay(tries++, events === undefined ? 'streamless' : pageOver(stream, answered())))
  }
  const tick = () => {
    if (over()) return stop()
    look()
    if (!unseen() || keepsStream()) stream.open()
    next()
  }
  const wake = (now = true) => {
    tries = 0
    if (now) tick()
    else next()
  }
  const shown = () => {
    if (!unseen()) stream.takeBack()
    else if (!keepsStream()) stream.close()
    if (unseen()) next()
    else wake()
  }
  // The device may be wrong when it says that it has no connection: an answer says so.
  const unhook = onPage({ shown, turned: wake, offline: cut })
  const stop = () => {
    clearTimeout(timer)
    stream.close()
    unhook()
  }
  tick()
  return stop
}

/** Hears whether the page is looked at, and whether the device has a connection; answers how to stop. */
function onPage({ shown, turned, offline }: { shown(): void; turned(): void; offline(): void }): () => void {
  const online = () => turned()
  const lost = () => {
    offline()
    turned()
  }
  document.addEventListener('visibilitychange', shown)
  window.addEventListener('online', online)
  window.addEventListener('offline', lost)
  return () => {
    document.removeEventListener('visibilitychange', shown)
    window.removeEventListener('online', online)
    window.removeEventListener('offline', lost)
  }
}

/** Watches for as long as the component is on the page. */
export function useWatch<T>(what: What<T>): Watched<T> {
  const [watched] = useState(() => watch(what))
  useEffect(() => {
    const { goodbyes } = what
    const leave = () => void (goodbyes && ask(goodbyes, { method: 'POST', body: {}, keepalive: true }))
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      watched.stop()
      leave()
    }
  }, [watched])
  return watched
}
