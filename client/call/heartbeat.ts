// Tells our server every few seconds where this page is in the call, and hears who else is really there.
// Refuses to trust the clock of a page that slept: a beat that comes late says by how much.
import type { CallView, Pulse } from '../../server/wire/wire.ts'
import { ask, passing } from '../base/api.ts'

export type Telling = Omit<Pulse, 'seat'> & {
  /** Somebody waits for the answer. */
  readonly hurry: boolean
}
export type Beat = {
  readonly view: CallView
  /** How long the answer took, and for how long others had failed before it, in milliseconds. */
  readonly tookMs: number
  readonly cutMs: number
}
export type Told = {
  what(): Telling
  heard(heard: Beat): void
  /** No answer within so many milliseconds, though one may well come a little later. */
  lost(tookMs: number): void
  /** The page did not run for so many milliseconds. */
  slept(ms: number): void
}

const everyMs = 5_000
const hurriedMs = 1_500
/** A device that sleeps stops its timers; one that is merely busy is seconds late. */
const lateMs = 15_000
const patienceMs = 4_000

export type Heartbeat = {
  /** Tells now, after what is on its way; answers what was heard. */
  beat(): Promise<CallView | undefined>
  /** Says goodbye, also while the page goes away. */
  leave(): void
  stop(): void
}

export function heartbeat(path: string, told: Told): Heartbeat {
  const voice = speaking(path, told)
  let over = false
  let lastTick = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let flight: Promise<CallView | undefined> | undefined

  let queued: Promise<CallView | undefined> | undefined
  // What is on its way was asked before: whoever wants to know now is answered by the next one.
  const beat = (): Promise<CallView | undefined> => {
    if (over) return Promise.resolve(undefined)
    if (flight !== undefined) {
      queued ??= flight.then(() => beat())
      return queued
    }
    queued = undefined
    flight = voice.say().finally(() => {
      flight = undefined
    })
    return flight
  }
  const tick = () => {
    const late = Date.now() - lastTick - everyMs
    lastTick = Date.now()
    if (late >= lateMs) told.slept(late)
    if (flight === undefined) void beat()
    if (!over) timer = setTimeout(tick, told.what().hurry ? hurriedMs : everyMs)
  }
  tick()
  return {
    beat,
    leave: voice.leave,
    stop() {
      over = true
      voice.stop()
      clearTimeout(timer)
    },
  }
}

/** What is said, with the seat we were given, and what is heard. */
function speaking(path: string, told: Told) {
  let seat: number | undefined
  let over = false
  // A page that did not run did not ask: only what was asked and failed is a cut.
  let failingSince: number | undefined
  const body = (told: Omit<Telling, 'hurry'>): Pulse => ({ ...told, ...(seat === undefined ? {} : { seat }) })
  return {
    async say(): Promise<CallView | undefined> {
      const from = Date.now()
      const { hurry: _, ...what } = told.what()
      const answer = await ask<CallView>(path, { method: 'POST', body: body(what), patienceMs })
      if (over) return answer.ok ? answer.body : undefined
      if (!answer.ok) {
        failingSince ??= from
        if (passing(answer.problem)) told.lost(Date.now() - from)
        return undefined
      }
      seat ??= answer.body.seat
      const cutMs = failingSince === undefined ? 0 : Date.now() - failingSince
      failingSince = undefined
      told.heard({ view: answer.body, tookMs: Date.now() - from, cutMs })
      return answer.body
    },
    leave() {
      // Whoever has no seat yet is not known to be here, and must not take one on the way out.
      if (seat !== undefined) void ask(path, { method: 'POST', body: body({ at: 'out', sees: [] }), keepalive: true })
    },
    stop() {
      over = true
    },
  }
}
