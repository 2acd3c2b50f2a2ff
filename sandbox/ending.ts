// Owns how a command of ours ends: what it began ends with it, and what the person at the keyboard can mend is said without a stack.
import type { ChildProcess } from 'node:child_process'

/** Something is not there that the person who typed the command can bring: the message says what, in a sentence. */
export class NotThere extends Error {}

/** A process that ends with ours, whatever ends ours; `group`: with all that it began itself, if it was spawned `detached`. */
export function endsWithUs<Child extends ChildProcess>(child: Child, whom: 'alone' | 'group' = 'alone'): Child {
  const end = () => {
    if (whom === 'alone' || child.pid === undefined) return void child.kill('SIGKILL')
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // The whole group has ended by itself.
    }
  }
  // Before whoever removes folders that the child writes to.
  process.prependOnceListener('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

/** Ctrl+C, `kill` and a terminal that is closed: each time, as what started us may hand the same one on. */
export function whenEndedFromOutside(end: () => unknown): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
}
