// The rows of one shelf that are in memory, as they were last read or written. Refuses to grow without end: who was asked for last stays.
import type { Row } from './store.ts'

/** A row with what its store keeps beside it. */
export type Kept<R extends Row> = { readonly row: R }

export type KeptRows<K extends Kept<Row>> = {
  get(name: string): K | undefined
  /** The name of a row that is kept, by its id: an HMAC at every request would cost more than all else a store does. */
  nameOf(id: string): string | undefined
  keep(name: string, kept: K): void
  forget(name: string): void
}

type Generation<K> = { readonly rows: Map<string, K>; readonly names: Map<string, string> }

/**
 * Keeps at most so many. In two generations: what is asked for moves to the young one, and once that is half of all, the old one goes with what
 * nobody has asked for since. To put each row at the end of one list at each look would cost more than the look.
 */
export function keepRows<K extends Kept<Row>>(most: number): KeptRows<K> {
  const empty = (): Generation<K> => ({ rows: new Map(), names: new Map() })
  let [young, old] = [empty(), empty()]
  const keep = (name: string, kept: K) => {
    if (young.rows.size >= most / 2 && !young.rows.has(name)) {
      old = young
      young = empty()
    }
    young.rows.set(name, kept)
    young.names.set(kept.row.id, name)
  }
  const forget = (name: string) => {
    for (const { rows, names } of [young, old]) {
      const kept = rows.get(name)
      if (kept !== undefined) names.delete(kept.row.id)
      rows.delete(name)
    }
  }
  return {
    get(name) {
      const recent = young.rows.get(name)
      if (recent !== undefined) return recent
      const kept = old.rows.get(name)
      if (kept !== undefined) keep(name, kept)
      return kept
    },
    nameOf: (id) => young.names.get(id) ?? old.names.get(id),
    keep,
    forget,
  }
}
