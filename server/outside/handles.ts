// How many files and connections this process may have open, and how they are shared out: what people open from outside never takes
// those with which notes and the audit trail are written, and EHRs are asked.
import { readFileSync } from 'node:fs'

export type Handles = {
  /** Connections from outside, in all. */
  readonly connections: number
  /** Of these, event streams: the others are for who comes and for what people do. */
  readonly streams: number
  /** Our own questions to other systems at the same time. */
  readonly questions: number
}

/** Node's own, the listening port, the trail's book, the log, the lock, and what is looked up for a moment. */
const ownHandles = 40
/** Files of the store: no more are open at the same time, however many rows are asked for. */
export const mostFiles = 24
/** Fewer leave too little room for people: one of them could then take it all. With as many the modules can be loaded, which wants about 150 at once. */
export const fewestHandles = 200

/** Shares out what the system allows; refuses nothing: whoever starts the app looks at `fewestHandles` first. */
export function sharedOut(allowed: number): Handles {
  const questions = within(24, Math.floor(allowed / 10), 1_000)
  // Twenty-five kilobytes each: more would need more memory than a usual machine gives one process.
  const connections = within(1, allowed - ownHandles - mostFiles - questions, 25_000)
  return { connections, streams: Math.floor(connections * 0.75), questions }
}

/** The system's limit (`ulimit -n`), which Node has raised as far as it may. Where no /proc tells it, 1,024 is believed. */
export function allowedHandles(): number {
  try {
    return Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity)
  } catch {
    return 1_024
  }
}

const within = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most))
