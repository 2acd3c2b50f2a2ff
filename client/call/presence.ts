// Watches over one mounted room: hears our server, compares it with what the room shows, and says when the room must be opened anew.
// The rules are the watchdog's and the quality ladder's.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallView, InCall, RoomToken } from '../../server/wire/wire.ts'
import { type Beat, type Heartbeat, heartbeat, type Telling } from './heartbeat.ts'
import type { Media } from './media.ts'
import type { People } from './people.ts'
import type { Noticed } from './quality-ladder.ts'
import { awayNow, rightBack, toldSince } from './right-back.ts'
import { knownBy } from './same-person.ts'
import { due, isSeen, isUnheard, isUnseen, longMs, type Why } from './watchdog.ts'

/** `lobby`: at the room's own door. `gone`: the room has given up. */
export type Progress = 'entering' | 'lobby' | 'joined' | 'gone'

export type Watching = {
  /** Where presence is told. */
  readonly path: string
  readonly entry: RoomToken
  readonly progress: Progress
  readonly people: People
  /** Whether sound and picture come through to this page; read with each beat. */
  readonly mediaAt: { readonly current: Media['at'] }
  /** Another room follows on this page. */
  readonly staying: { current: boolean }
  notice(what: Noticed): void
  /** The same person came to the call by another page. */
  onElsewhere(): void
  onDue(why: Why): void
}

const slowMs = 2_500
const freshMs = 10_000
/** As many as our server hears of. */
const most = 50

type Since = {
  sleptMs: number
  endsAt?: number
  joinedAt?: number
  cutAt?: number | undefined
  unseenAt?: number | undefined
  unheardAt?: number | undefined
}

export function usePresence(watching: Watching) {
  const [others, setOthers] = useState<readonly InCall[]>([])
  const latest = useRef(watching)
  latest.current = watching
  const since = useRef<Since>({ sleptMs: 0 })
  if (watching.progress === 'joined') since.current.joinedAt ??= Date.now()
  const heart = useRef<Heartbeat | undefined>(undefined)

  const heard = (what: Beat) => {
    if (!what.view.newest) return latest.current.onElsewhere()
    setOthers(what.view.others)
    toldSince(what.view.awaySince)
    latest.current.notice(what.tookMs > slowMs ? 'slow' : 'good')
    const why = weigh(since.current, what, latest.current)
    if (why !== undefined) latest.current.onDue(why)
  }
  useEffect(() => {
    const beats = heartbeat(watching.path, {
      what: () => telling(latest.current),
      heard,
      // A server of ours that is away answers at once, by a gateway or not at all: that says nothing about the line.
      lost: (tookMs) => navigator.onLine && tookMs > slowMs && latest.current.notice('slow'),
      slept: (ms) => {
        since.current.sleptMs = ms
      },
    })
    heart.current = beats
    return hooked(beats, watching.staying)
  }, [])
  const joined = watching.progress === 'joined'
  const isAway = rightBack.value !== undefined
  // Told at once, and not with the next beat: a visit may end seconds later, and nobody is left in front of an empty chair.
  useEffect(() => {
    if (joined) void heart.current?.beat()
  }, [joined, isAway])
  return { others, beat: (): Promise<CallView | undefined> => heart.current?.beat() ?? Promise.resolve(undefined) }
}

function telling({ progress, people, mediaAt }: Watching): Telling {
  const { inside, knocking } = people.latest.current
  const hurry = progress !== 'joined' || knocking.length > 0
  const sees = inside.slice(0, most).map(knownBy)
  const at = progress === 'joined' ? 'in' : 'door'
  const said = awayNow()
  const { current } = mediaAt
  return {
    ...{ at, sees, hurry },
    ...(current === 'blocked' && { mediaBlocked: true as const }),
    ...(current === 'flows' && { mediaFlows: true as const }),
    ...(said && { away: said }),
  }
}

/** Keeps since when things are as they are, and asks the watchdog. */
function weigh(since: Since, { view, cutMs }: Beat, { entry, people, progress }: Watching): Why | undefined {
  // It comes back by another way.
  if (progress === 'gone') return undefined
  const now = Date.now()
  const shown = people.latest.current.inside
  // By the server's clock: the device's own may be an hour wrong.
  since.endsAt ??= now + Date.parse(entry.expiresAt) - Date.parse(view.now)
  if (cutMs >= longMs) since.cutAt = now
  // What others say of us may be a few seconds old.
  if (since.cutAt !== undefined && now - since.cutAt >= freshMs && isSeen(view.others)) since.cutAt = undefined
  since.unseenAt = isUnseen(view.others) ? (since.unseenAt ?? now) : undefined
  since.unheardAt = isUnheard(shown, view.others) ? (since.unheardAt ?? now) : undefined
  const { sleptMs, endsAt, joinedAt, cutAt, unseenAt, unheardAt } = since
  since.sleptMs = 0
  return due({ now, joinedAt, endsAt, shown, others: view.others, sleptMs, cutAt, unseenAt, unheardAt })
}

/** Beats at once when the page is seen again or the connection is back; says goodbye when the page goes. */
function hooked(beats: Heartbeat, staying: { current: boolean }): () => void {
  const now = () => void beats.beat()
  const seen = () => document.visibilityState === 'visible' && now()
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('online', now)
  window.addEventListener('pagehide', beats.leave)
  return () => {
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('online', now)
    window.removeEventListener('pagehide', beats.leave)
    // The next room's page tells where it is, and the others do not read meanwhile that somebody left.
    if (!staying.current) beats.leave()
    staying.current = false
    beats.stop()
  }
}
