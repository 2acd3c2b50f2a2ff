// Who waits for the clinician at other visits than the one she is at, as her own pages say it.
import type { Me, OutOfReach, VisitOpened, WaitingVisit, WhoWaits } from '../../server/wire/wire.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { apiPath } from '../base/route.ts'
import type { Comer } from '../ui/knock-alert.ts'

/** Visits, and not people: who comes with a patient waits for the same visit. */
export type Others = {
  /** Those that can be opened from here; who waits longest comes first. */
  readonly visits: readonly WaitingVisit[]
  readonly outOfReach?: OutOfReach
  /** How many there are in all. */
  readonly count: number
}

/** Looked at together with the visit that is shown, and when our server says that it changed. */
export const useWhoWaits = (me: Me): Watched<WhoWaits> => useWatch({ path: apiPath(me.launch, 'who-waits') })

export function othersThan(visit: VisitOpened['visit'], { visits, count, outOfReach }: WhoWaits): Others {
  const others = visits.filter((one) => one.visit !== visit)
  const own = visits.length - others.length
  return {
    visits: others,
    count: count - own + (outOfReach?.count ?? 0),
    ...(outOfReach === undefined ? {} : { outOfReach }),
  }
}

/** Where and when the last of each came; `quiet` while somebody would hear a bell. */
export function arrivalsIn({ visits, outOfReach }: Others, quiet: boolean): readonly Comer[] {
  const named = visits.map(({ visit, cameAt, patient }) => ({ to: visit, at: cameAt, name: patient }))
  const nameless = outOfReach === undefined ? [] : [{ to: 'out-of-reach', at: outOfReach.cameAt }]
  return [...named, ...nameless].map((one) => ({ ...one, not: 'here' as const, quiet }))
}

/** Since when the longest of all has waited. */
export const longest = ({ visits: [first], outOfReach }: Others): string | undefined =>
  [first?.since, outOfReach?.since].flatMap((since) => since ?? []).sort()[0]
