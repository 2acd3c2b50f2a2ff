// Owns what a house reads in the background at this moment: what changes a row later than the request that began it.
import type { House } from '../../server/house/house.ts'

export type Background = {
  /** Comes back once nothing is read in the background any more. Gives up after five seconds of this machine. */
  quiet(): Promise<void>
  /**
   * Does it while nothing is read in the background: what is under way ends first, and no reading begins meanwhile, as where the EHR
   * has enough of them. So what changed is what `act` itself changed.
   */
  without<T>(act: () => Promise<T>): Promise<T>
}

export function backgroundOf({ memory: { reviews } }: House): Background {
  const underWay = new Set<symbol>()
  let held = 0
  const begin = reviews.begin
  Object.assign(reviews, {
    begin: (...of: Parameters<typeof begin>) => {
      if (held > 0) return undefined
      const ended = begin(...of)
      const reading = Symbol()
      if (ended !== undefined) underWay.add(reading)
      return (
        ended &&
        ((...how: Parameters<typeof ended>) => {
          underWay.delete(reading)
          ended(...how)
        })
      )
    },
  })
  const quiet = async () => {
    const until = performance.now() + 5_000
    while (underWay.size > 0 && performance.now() < until) await new Promise(setImmediate)
  }
  return {
    quiet,
    async without(act) {
      held += 1
      try {
        await quiet()
        return await act()
      } finally {
        held -= 1
      }
    },
  }
}
