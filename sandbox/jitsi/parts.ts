// Owns the parts of a Jitsi that die on purpose, its videobridge and its Prosody: what is told of it, in which order, and after what time.
// Refuses to be kinder than the real one: who asked for a room while there was no videobridge is left without an answer for good.
import { randomUUID } from 'node:crypto'
import type { FaultTimes } from './faults.ts'
import type { Hall, Person, Room } from './rooms.ts'

/** In milliseconds, as a real one took; whoever switches a fault on may make them shorter. */
const real = { noticedMs: 15_000, awayMs: 14_000, bridgeAgainMs: 6_000, prosodyAgainMs: 20_000 }

/** `life`: another one for each Prosody that runs; it knows nothing of what the one before it knew. */
export type Parts = {
  readonly life: () => string
  /** How long a page that is forgotten waits before it loads itself anew. */
  readonly againMs: () => number
  /** Whether somebody may come to this room, which nobody may have asked for yet: only a videobridge that is there makes one. */
  readonly makes: (key: string) => boolean
  readonly isBridgeAway: () => boolean
  bridgeDies(times: FaultTimes): void
  bridgeIsBack(): void
  prosodyRestarts(times: FaultTimes): void
  /** All is well again, and nothing that was to be told still is. */
  mend(): void
}

type Prosody = {
  /** All that is connected is cut, and nothing is known of it any more. */
  forget(): void
  /** Whether new lines are refused. */
  refuse(on: boolean): void
}

export function openParts(hall: Hall, prosody: Prosody): Parts {
  const timers = openTimers()
  const bridge = openBridge(hall, timers.later)
  const mend = () => {
    timers.clear()
    bridge.bridgeIsBack()
  }
  return { ...bridge, ...openProsody(hall, prosody, timers.later), mend }
}

type Later = (ms: number, act: () => void) => void

function openTimers() {
  const timers = new Set<NodeJS.Timeout>()
  const later: Later = (ms, act) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms).unref()
    timers.add(timer)
  }
  return {
    later,
    clear() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

function openBridge(hall: Hall, later: Later) {
  let away: { readonly rooms: ReadonlySet<string> } | undefined
  return {
    makes: (key: string) => away === undefined || away.rooms.has(key),
    isBridgeAway: () => away !== undefined,
    bridgeDies({ noticedMs = real.noticedMs, againMs = real.bridgeAgainMs }: FaultTimes) {
      away = { rooms: new Set(hall.rooms.keys()) }
      const carried = everyoneIn(hall)
      for (const { person } of carried) person.tell({ type: 'bridge-silent' })
      // Also where it is back by then: it knows nothing of the calls that it carried before.
      later(noticedMs, () => {
        for (const { room, person } of carried)
          if (room.inside.get(person.id) === person) person.tell({ type: 'bridge-gone', againMs })
      })
    },
    bridgeIsBack() {
      away = undefined
    },
  }
}

function openProsody(hall: Hall, { refuse, forget }: Prosody, later: Later) {
  let life: string = randomUUID()
  let forgottenAgainMs = real.prosodyAgainMs
  return {
    life: () => life,
    againMs: () => forgottenAgainMs,
    prosodyRestarts({ awayMs = real.awayMs, againMs = real.prosodyAgainMs }: FaultTimes) {
      life = randomUUID()
      forgottenAgainMs = againMs
      refuse(true)
      forget()
      hall.rooms.clear()
      later(awayMs, () => refuse(false))
    },
  }
}

const everyoneIn = (hall: Hall): readonly { readonly room: Room; readonly person: Person }[] =>
  [...hall.rooms.values()].flatMap((room) => [...room.inside.values()].map((person) => ({ room, person })))
