// Lets so many things of a kind be done at the same time, and the next ones wait for their turn: files and connections are few.

/** Answers how to do one: it begins when fewer than `most` are under way, in the order in which they came. */
export function sideBySide(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let underWay = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    // Whoever ends hands the place on to the first who waits: nobody who comes later may take it meanwhile.
    if (underWay < most) underWay++
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) underWay--
      else next()
    }
  }
}
