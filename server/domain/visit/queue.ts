// The queue before a clinician's door: everybody who waits for the same clinicians, at whichever of their visits. Pure.
// Refuses nothing. Says only how it is: whom a clinician sees next is theirs to choose.
import { isClinician } from '../ehr/reference.ts'
import { given } from '../given.ts'
import type { Instant, Ref, VisitId } from '../ids.ts'
import { byTelephoneSince } from './hindrance.ts'
import { identityAtDoor } from './identity.ts'
import { lastShutOut } from './locked-door.ts'
import { patientsWaiting } from './sides.ts'
import type { LeftUnanswered, Person, Visit, Waiting } from './visit-shape.ts'

/**
 * A visit that somebody of the patient's side waits at: since when the first of them does whose page is there, and when the last of them came; nobody has come anew
 * where all were sent back from the call. `another`: all of them were found to be others than whom the visit is for. `unanswered`: nobody of the clinic looks after them.
 */
export type Waits = {
  readonly visit: VisitId
  readonly since: Instant
  readonly cameAt?: Instant
  readonly another?: true
  readonly unanswered?: LeftUnanswered
  readonly of: Pick<Visit, 'appointment' | 'patient' | 'replaced' | 'iss' | 'base' | 'practitioners' | 'end'> & {
    readonly name: string
  }
}
/** A visit that somebody wants something of without waiting at its door: since when they would rather speak by telephone, or tried it while locked. */
export type Asks = { readonly as: AskingAs; readonly since: Instant } & Pick<Waits, 'visit' | 'of'>
export type AskingAs = 'by-telephone' | 'locked'

/** A call that a clinician is in with somebody else. */
export type Busy = { readonly visit: VisitId; readonly since: Instant; readonly clinicians: readonly Ref[] }
export type Queue = {
  readonly waiting: readonly Waits[]
  readonly asking: readonly Asks[]
  readonly busy: readonly Busy[]
}

/** Where the clinicians of a visit are: one is at this visit, one is in the call of another, or neither was heard of. */
export type Whereabouts = 'here' | 'with-another' | 'away'

export type Standing = {
  /** How many other visits have had somebody waiting for longer. */
  readonly ahead: number
  readonly clinician: Whereabouts
  /** Where one is in the call of another: when that began. */
  readonly busySince?: Instant
}

type Present = {
  /** Whether this person is there: neither away nor gone. */
  here(person: Waiting): boolean
  /** Whose page says that it is in the call. */
  inCall(): readonly Ref[]
}

type Part = { readonly waits?: Waits; readonly asks: readonly Asks[]; readonly busy?: Busy }

/**
 * What one visit adds to the queue of its clinicians. Who has closed the page waits no longer, whatever the row says; who asked for the telephone
 * closed it, perhaps, and is to be rung.
 */
export function partOf(visit: Visit, present: Present): Part {
  if (!('call' in visit)) return { asks: [] }
  const there = patientsWaiting(visit.call.door).filter((p) => present.here(p))
  const [since] = there.map((p) => p.knockedAt).sort()
  const another = there.every((p) => identityAtDoor(visit, p) !== undefined) ? (true as const) : undefined
  const { unanswered } = visit.call
  const callers = visit.status === 'in-progress' ? present.inCall() : []
  const clinicians = callers.filter((who) => isClinician(who))
  const isBusy = clinicians.length > 0 && callers.length > clinicians.length
  return {
    ...(since === undefined
      ? {}
      : {
          waits: {
            visit: visit.id,
            since,
            of: whose(visit),
            ...given({ cameAt: lastCome(there), another, unanswered }),
          },
        }),
    asks: asksOf(visit),
    ...(isBusy && visit.status === 'in-progress'
      ? { busy: { visit: visit.id, since: visit.startedAt, clinicians } }
      : {}),
  }
}

/** When the last of those who wait came by themselves; undefined where all were sent back. */
export const lastCome = (waiting: readonly Waiting[]): Instant | undefined =>
  waiting
    .flatMap((p) => (p.sentBackAt === undefined ? p.knockedAt : []))
    .sort()
    .at(-1)

function asksOf(visit: Visit): readonly Asks[] {
  const about = (as: AskingAs, since: Instant | undefined) =>
    since === undefined ? [] : { as, since, visit: visit.id, of: whose(visit) }
  return [about('by-telephone', byTelephoneSince(visit)), about('locked', lastShutOut(visit))].flat()
}

const whose = ({ appointment, patient, replaced, iss, base, practitioners, end, face }: Visit): Waits['of'] => ({
  ...{ appointment, patient, iss, practitioners, end, name: face.name },
  ...given({ replaced, base }),
})

/** Whether a change of a visit leaves the queue of its clinicians as it was. */
export const isSameQueue = (before: Visit, after: Visit): boolean => placesIn(before) === placesIn(after)

function placesIn(visit: Visit): string {
  if (!('call' in visit)) return ''
  const door = visit.call.door.map((p) => `${p.doorId} ${p.state} ${p.knockedAt} ${silenceOf(p)}`)
  const missed = visit.call.unanswered?.at ?? ''
  return [visit.status, missed, ...door, ...asksOf(visit).map(({ as, since }) => `${as} ${since}`)].join()
}

const silenceOf = (p: Person): string =>
  p.state === 'waiting' ? `${p.silentSince ?? ''} ${p.steppedAway?.until ?? ''}` : ''

/** Where whoever has waited at this visit since `since` stands. `here`: which of its clinicians have its page open. */
export function standingIn(
  { waiting, busy }: Pick<Queue, 'waiting' | 'busy'>,
  { id, practitioners }: Pick<Visit, 'id' | 'practitioners'>,
  since: Instant,
  here: readonly Ref[],
): Standing {
  const ahead = waiting.filter((one) => one.visit !== id && one.since < since).length
  const elsewhere = new Set(busy.filter((one) => one.visit !== id).flatMap((one) => one.clinicians))
  // Who looks at this visit's page out of the call of another is with the other.
  if (here.some((who) => !elsewhere.has(who))) return { ahead, clinician: 'here' }
  const isTheirs = (who: Ref) => practitioners.includes(who) || here.includes(who)
  const busyWith = busy.filter((one) => one.visit !== id && one.clinicians.some(isTheirs))
  const busySince = busyWith.map(({ since: began }) => began).sort()[0]
  return busySince === undefined ? { ahead, clinician: 'away' } : { ahead, clinician: 'with-another', busySince }
}
