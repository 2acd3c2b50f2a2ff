// Owns a store that asks every change twice, as one that compares and sets may have to: what a change answers must follow from the row
// alone. Refuses (a fault) a change whose two answers differ, and one that throws the first time and not the second.
import { isDeepStrictEqual } from 'node:util'
import type { Row, Shelf, Store } from '../../server/outside/store/store.ts'

export function askingTwice(store: Store): Store {
  return {
    onlyProcess: store.onlyProcess,
    shelf: (of) => shelfAskingTwice(store.shelf(of)),
    close: () => store.close(),
  }
}

const shelfAskingTwice = <R extends Row>(shelf: Shelf<R>): Shelf<R> => ({
  ...shelf,
  change: (id, change) => shelf.change(id, (row) => twice(change, row)),
})

function twice<R>(change: (row: R) => R, row: R): R {
  const first = outcome(change, row)
  const second = outcome(change, row)
  if (!isDeepStrictEqual(first, second)) throw differs()
  if ('threw' in second) throw second.threw
  // The same object means that nothing is written: that, too, must come out the same.
  if ('answer' in first && (first.answer === row) !== (second.answer === row)) throw differs()
  return second.answer
}

const differs = () => new Error('a change answers another thing when it is asked again')

function outcome<R>(change: (row: R) => R, row: R): { readonly answer: R } | { readonly threw: unknown } {
  try {
    return { answer: change(row) }
  } catch (threw) {
    return { threw }
  }
}
