// Owns what a house reads in the background at this moment: what changes a row later than the request that began it.
import type { House } from '../../server/house/house.ts'

export function readingsUnderWay({ memory: { reviews } }: House): ReadonlySet<symbol> {
  const underWay = new Set<symbol>()
  const begin = reviews.begin
  Object.assign(reviews, {
    begin: (...of: Parameters<typeof begin>) => {
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
  return underWay
}
