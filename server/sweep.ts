// Everything kept expires: rows past their time, and what memory holds of pages that are gone. Refuses nothing; a store's fault is logged.
import type { House } from './house/house.ts'

export async function sweep(house: House): Promise<void> {
  try {
    const now = house.now()
    const shelves = [house.pendings, house.launches, house.visits, house.notes]
    const swept = await Promise.all(shelves.map((shelf) => shelf.sweep(now)))
    swept.push(house.presence.sweep(now), house.seats.sweep(now), house.words.sweep(now))
    house.record.log.info('sweep', { count: swept.reduce((a, b) => a + b, 0) })
  } catch (cause) {
    house.record.log.error('store-fault', {}, cause)
  }
}
