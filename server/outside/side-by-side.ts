// Lets so many things of a kind be done at the same time, and the next ones wait for their turn: files and connections are few.

/** Answers how to do one: it begins when fewer than `most` are under way, in the order in which they came; never after `signal` (its reason is thrown). */
export function sideBySide(most: number): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let underWay = 0
  const waiting: (() => void)[] = []
  const turn = (signal: AbortSignal | undefined) =>
    new Promise<void>((begin, fail) => {
      waiting.push(begin)
      signal?.addEventListener('abort', () => {
        const at = waiting.indexOf(begin)
        if (at < 0) return // it has begun
        waiting.splice(at, 1)
        fail(signal.reason)
      })
    })
  return async (work, signal) => {
    // Whoever ends hands the place on to the first who waits: nobody who comes later may take it meanwhile.
    if (underWay < most) underWay++
    else await turn(signal)
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) underWay--
      else next()
    }
  }
}
