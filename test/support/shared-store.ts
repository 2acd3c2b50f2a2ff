// Owns a store in memory that several houses may open at once, as several processes open one database: nobody is alone with it.
import {
  type Row,
  type Shelf,
  ShelfConflict,
  type ShelfOf,
  type Store,
  whole,
} from '../../server/outside/store/store.ts'

export function sharedStore(): Store {
  const kept = new Map<string, Map<string, string>>()
  return {
    onlyProcess: false,
    shelf(of) {
      const rows = kept.get(of.name) ?? new Map<string, string>()
      kept.set(of.name, rows)
      return shelfOf(of, rows)
    },
    close: async () => undefined,
  }
}

function shelfOf<R extends Row>(of: ShelfOf<R>, rows: Map<string, string>): Shelf<R> {
  const read = (json: string) => whole(of, json)
  const write = (row: R): R => {
    rows.set(row.id, JSON.stringify(row))
    return read(JSON.stringify(row))
  }
  const all = () => [...rows.values()].map(read)
  return {
    async get(id) {
      const json = rows.get(id)
      return json === undefined ? undefined : read(json)
    },
    async add(row) {
      if (rows.has(row.id)) throw new ShelfConflict('taken')
      return write(row)
    },
    remove: async (id) => void rows.delete(id),
    find: async (index, value) => all().filter((row) => of.indexes[index]?.(row).includes(value)),
    async change(id, change) {
      const json = rows.get(id)
      if (json === undefined) throw new ShelfConflict('missing')
      const before = read(json)
      const next = change(before)
      return { before, after: next === before ? before : write({ ...next, revision: before.revision + 1 }) }
    },
    sweep: async (now) => all().filter((row) => row.expiresAt < now && rows.delete(row.id)).length,
  }
}
