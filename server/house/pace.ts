// How long the visits of a clinician took today, and the guess that follows for whoever waits for her. Worked out from the rows of what has ended, at
// most twice a minute for each clinician, whoever asks.
import type { Instant } from '../domain/ids.ts'
import { dayBounds, earliest } from '../domain/instant.ts'
import { type Estimate, estimated, paceOf } from '../domain/visit/estimate.ts'
import type { Standing } from '../domain/visit/queue.ts'
import { closesAt } from '../domain/visit/visit.ts'
import type { Finished, Visit } from '../domain/visit/visit-shape.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { Organisation } from '../settings/config.ts'
import { attendedOn, dayInUtc } from './attended-on.ts'
import { keptFresh } from './fresh.ts'
import { keysOfPractitioners } from './queues.ts'

export type Pace = {
  /** What whoever waits at this visit is told; undefined where nothing can be guessed. `from`, `until`: the clinic's day. */
  of(visit: Visit, organisation: Organisation, standing: Standing): Promise<Estimate | undefined>
}

type Parts = { readonly visits: Shelf<Visit>; readonly now: () => Instant; readonly clock: () => number }

const freshMs = 30_000

export function openPace({ visits, now, clock }: Parts): Pace {
  const known = keptFresh<readonly Finished[]>(freshMs, clock)
  return {
    async of(visit, organisation, { busySince, ...standing }) {
      const [key, another] = keysOfPractitioners(visit)
      // Of several nobody knows which one it will be.
      if (key === undefined || another !== undefined) return undefined
      const day = dayBounds(now(), organisation.timeZone)
      const ended = await known.of(`${organisation.id} ${key} ${day.from}`, () => read(visits, organisation, key, day))
      const until = earliest(day.until, closesAt(visit, organisation.joinWindow))
      return estimated({ ...standing, busySince, visits: ended, start: visit.start, now: now(), until })
    },
  }
}

type Day = ReturnType<typeof dayBounds>

async function read(
  visits: Shelf<Visit>,
  organisation: Organisation,
  key: string,
  { from, until }: Day,
): Promise<readonly Finished[]> {
  // A day of the clinic's may lie on two of UTC.
  const days = new Set([dayInUtc(from), dayInUtc(until)])
  const found = (await Promise.all([...days].map((day) => visits.find('ended', attendedOn(key, day))))).flat()
  const theirs = found.filter((visit) => visit.organisation === organisation.id)
  return theirs.flatMap(paceOf).filter(({ finishedAt }) => finishedAt >= from && finishedAt < until)
}
