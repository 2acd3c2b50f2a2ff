// Who waits for the clinician, or asks for her, at other visits than the one she is at, as her own pages say it.
import type { AskingVisit, Me, OutOfReach, VisitOpened, WaitingVisit, WhoWaits } from '../../server/wire/wire.ts'
import { useWatch, type Watched } from '../base/live.ts'
import { apiPath } from '../base/route.ts'
import { asking, atDoor, type Comer, notAnswered } from '../ui/knock-alert.ts'

/** Visits, and not people: who comes with a patient waits for the same visit. */
export type Others = {
  /** Those that can be opened from here; who waits longest comes first. */
  readonly visits: readonly WaitingVisit[]
  readonly outOfReach?: OutOfReach
  /** How many there are in all. */
  readonly count: number
  /** Who would rather speak by telephone there, or tried a locked door; who has asked longest comes first. */
  readonly asking: readonly AskingVisit[]
}

/** Looked at together with the visit that is shown, and when our server says that it changed. */
export const useWhoWaits = (me: Me): Watched<WhoWaits> => useWatch({ path: apiPath(me.launch, 'who-waits') })

export function othersThan(visit: VisitOpened['visit'], { visits, count, outOfReach, asking = [] }: WhoWaits): Others {
  const others = visits.filter((one) => one.visit !== visit)
  const own = visits.length - others.length
  return {
    visits: others,
    count: count - own + (outOfReach?.count ?? 0),
    asking: asking.filter(({ named }) => named?.visit !== visit),
    ...(outOfReach === undefined ? {} : { outOfReach }),
  }
}

/** Where and when the last of each came; `quiet` while somebody would hear a bell. */
export function arrivalsIn({ visits, outOfReach, asking: asks }: Others, quiet: boolean): readonly Comer[] {
  const named = visits.flatMap(({ visit, cameAt, patient, another = false }) =>
    cameAt === undefined ? [] : atDoor(visit, cameAt, patient, another),
  )
  const missed = visits.flatMap(({ visit, patient, another = false, unanswered: since }) =>
    since === undefined ? [] : { ...notAnswered(visit, since.at, patient, another), quiet },
  )
  const nameless = outOfReach?.cameAt === undefined ? [] : [{ to: 'out-of-reach', at: outOfReach.cameAt }]
  const waiting = [...named, ...nameless].map((one) => ({ ...one, not: 'here' as const, quiet }))
  return [...waiting, ...missed, ...askingIn(asks, quiet)]
}

/** Told once, here or on the day. */
const askingIn = (all: readonly AskingVisit[], quiet: boolean): readonly Comer[] =>
  all.flatMap(({ as, since, named }) =>
    named === undefined ? [] : { ...asking(named.visit, as, since, named.patient), quiet },
  )

/** How many visits there are at which somebody waits, or asks for something. */
export const inAll = ({ count, asking }: Others): number => count + asking.length

/** How many ask in each way. */
export function askingCount(asking: readonly Pick<AskingVisit, 'as'>[]): Readonly<Record<AskingVisit['as'], number>> {
  const locked = asking.filter(({ as }) => as === 'locked').length
  return { locked, 'by-telephone': asking.length - locked }
}

/** Since when the longest of all has waited. */
export const longest = ({ visits: [first], outOfReach }: Others): string | undefined =>
  [first?.since, outOfReach?.since].flatMap((since) => since ?? []).sort()[0]
