// Lets writers of one row wait for each other while other rows go on.
// Refuses work once it has ended.
import { ShelfFault } from './store.ts'

/** One after the other for one name, side by side for different names; nothing after the end. */
export function rowQueue() {
  const last = new Map<string, Promise<unknown>>()
  let ended = false
  const open = () => {
    if (ended) throw new ShelfFault('store-closed')
  }
  return {
    open,
    async run<T>(name: string, work: () => Promise<T>): Promise<T> {
      open()
      const mine = (last.get(name) ?? Promise.resolve()).then(work)
      const settled = mine.catch(() => undefined)
      last.set(name, settled)
      try {
        return await mine
      } finally {
        if (last.get(name) === settled) last.delete(name)
      }
    },
    /** Answers whether this was the first call to end. */
    async end(): Promise<boolean> {
      const first = !ended
      ended = true
      await Promise.all(last.values())
      return first
    },
  }
}
