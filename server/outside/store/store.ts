// The seam for storage: what every store promises the steps above it, and the two errors it may answer with.
// Refuses queries: a row is reached by its id or by an index its shelf declared, nothing else.
import type { ZodType } from 'zod'

/** What changes together. `expiresAt` is a FHIR instant; a row past it is still answered until `sweep` has removed it. */
export type Row = { readonly id: string; readonly revision: number; readonly expiresAt: string }

/**
 * A kind of row: its name (lower case, also the folder's), the schema that reads it back, and the values it can be found by.
 * Rows are kept as JSON, so the schema must read what JSON gives, and name every field: what it does not know is refused when a row is
 * written, and left out when one is read. An index added later finds only rows written since.
 */
export type ShelfOf<R extends Row> = {
  readonly name: string
  readonly schema: ZodType<R>
  readonly indexes: Readonly<Record<string, (row: R) => readonly string[]>>
}

/** Rows handed out are frozen: only `change` alters what is kept. Each promise settles once the row outlives a power cut. */
export interface Shelf<R extends Row> {
  get(id: R['id']): Promise<R | undefined>
  /** Keeps a new row as given. Refuses an id that is taken (`taken`). */
  add(row: R): Promise<R>
  /** Removing what is not there is no error. */
  remove(id: R['id']): Promise<void>
  /** Every row whose declared `index` gives `value`, ordered by id. Refuses an index that was not declared (`index-unknown`). */
  find(index: string, value: string): Promise<readonly R[]>
  /**
   * Reads, applies `change` (pure; when it throws nothing is written), writes: all or nothing, one at a time per row. The revision
   * rises by one; the same object back means nothing to write. It may be asked more than once: nothing but its answer may come of it.
   * Answers also the very row that was changed. Refuses a row that is not there (`missing`) or another id (`renamed`).
   */
  change(id: R['id'], change: (row: R) => R): Promise<Changed<R>>
  /** Removes the rows whose `expiresAt` is before `now` (a FHIR instant); answers how many. */
  sweep(now: string): Promise<number>
}

/** A row as it was and as it is: `before` has in it what somebody else did meanwhile. */
export type Changed<R> = { readonly before: R; readonly after: R }

/** `shelf` is asked once per name; `close` waits for writes under way, after which everything is refused (`store-closed`). */
export interface Store {
  /** Whether no other process can have these rows open: what another one held in them is then over. */
  readonly onlyProcess: boolean
  shelf<R extends Row>(of: ShelfOf<R>): Shelf<R>
  close(): Promise<void>
}

/** What a caller may meet and answer for: two people wanted the same row, or the row is gone. */
export class ShelfConflict extends Error {
  override readonly name = 'ShelfConflict'
  readonly code: 'taken' | 'missing' | 'renamed'
  constructor(code: ShelfConflict['code']) {
    super(code)
    this.code = code
  }
}

/** A mistake in our code or on the disc; never holds anything of the row. */
export class ShelfFault extends Error {
  override readonly name = 'ShelfFault'
  readonly code: 'index-unknown' | 'name-refused' | 'row-refused' | 'row-unreadable' | 'store-locked' | 'store-closed'
  constructor(code: ShelfFault['code'], options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** A row as it is read back: through JSON and its schema, frozen to the last leaf. Refuses what the schema does (`row-refused`). */
export const whole = <R extends Row>(of: ShelfOf<R>, json: string): R => parsed(of, JSON.parse(json))

/** A row that is to be kept, as it will be read back. Refuses also a field that its schema does not know: it would vanish in silence. */
export function complete<R extends Row>(of: ShelfOf<R>, given: R): R {
  const sent: unknown = JSON.parse(JSON.stringify(given))
  const row = parsed(of, sent)
  const lost = lostIn(sent, row)
  if (lost !== undefined)
    throw new ShelfFault('row-refused', { cause: new Error(`its schema does not know ${of.name}.${lost}`) })
  return row
}

function parsed<R extends Row>(of: ShelfOf<R>, row: unknown): R {
  const read = of.schema.safeParse(row)
  // The schema's own error is dropped: it may quote what it was given.
  if (!read.success) throw new ShelfFault('row-refused')
  return frozen(read.data)
}

/** The way to the first field of `given` that was not read. Comparing names costs far less than a second, strict schema would. */
function lostIn(given: unknown, read: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const known: Readonly<Record<string, unknown>> = Object(read)
  for (const [name, part] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) return name
    const lost = lostIn(part, known[name])
    if (lost !== undefined) return `${name}.${lost}`
  }
  return undefined
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
