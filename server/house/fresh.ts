// What was read a moment ago is not read again: kept in memory by a name, for so long, whoever asks.
// Refuses to keep a reading that failed.

export type Fresh<T> = {
  /** What was read under this name lately, or what `read` answers now. */
  of(name: string, read: () => Promise<T>): Promise<T>
  forget(name: string): void
}

export function keptFresh<T>(ms: number, clock: () => number): Fresh<T> {
  const known = new Map<string, { readonly at: number; readonly read: Promise<T> }>()
  const isFresh = (at: number) => Math.abs(clock() - at) < ms
  return {
    of(name, read) {
      const before = known.get(name)
      if (before !== undefined && isFresh(before.at)) return before.read
      for (const [other, { at }] of known) if (!isFresh(at)) known.delete(other)
      const now = read()
      known.set(name, { at: clock(), read: now })
      now.catch(() => known.delete(name))
      return now
    },
    forget: (name) => void known.delete(name),
  }
}
