// The queue before a clinician's door: everybody who waits for the same clinicians, at whichever of their visits. Pure.
// Refuses nothing. Says only how it is: whom a clinician sees next is theirs to choose.
import { isClinician } from '../ehr/reference.ts'
import { given } from '../given.ts'
import type { Instant, Ref, VisitId } from '../ids.ts'
import type { Visit } from './visit-shape.ts'

/** A visit that somebody waits at: since when the first of them does whose page is there, and when the last of them came. */
export type Waits = {
  readonly visit: VisitId
  readonly since: Instant
  readonly cameAt: Instant
  readonly of: Pick<Visit, 'appointment' | 'patient' | 'replaced' | 'iss' | 'base' | 'practitioners'> & {
    readonly name: string
  }
}
/** A call that a clinician is in with somebody of the patient's side. */
export type Busy = { readonly visit: VisitId; readonly clinicians: readonly Ref[] }
export type Queue = { readonly waiting: readonly Waits[]; readonly busy: readonly Busy[] }

/** Where the clinicians of a visit are: one is at this visit, one is in the call of another, or neither was heard of. */
export type Whereabouts = 'here' | 'with-another' | 'away'

export type Standing = {
  /** How many other visits have had somebody waiting for longer. */
  readonly ahead: number
  readonly clinician: Whereabouts
}

type Present = {
  /** Whether this person's page is there. */
  here(who: Ref): boolean
  /** Whose page says that it is in the call. */
  inCall(): readonly Ref[]
}

/** What one visit adds to the queue of its clinicians. Who has closed the page waits no longer, whatever the row says. */
export function partOf(visit: Visit, present: Present): { readonly waits?: Waits; readonly busy?: Busy } {
  if (!('call' in visit)) return {}
  const times = visit.call.door.filter((p) => p.state === 'waiting' && present.here(p.who)).map((p) => p.knockedAt)
  const [since] = times.sort()
  const cameAt = times.at(-1)
  const callers = visit.status === 'in-progress' ? present.inCall() : []
  const clinicians = callers.filter((who) => isClinician(who))
  const isBusy = clinicians.length > 0 && callers.length > clinicians.length
  return {
    ...(since === undefined || cameAt === undefined
      ? {}
      : { waits: { visit: visit.id, since, cameAt, of: whose(visit) } }),
    ...(isBusy ? { busy: { visit: visit.id, clinicians } } : {}),
  }
}

const whose = ({ appointment, patient, replaced, iss, base, practitioners, face }: Visit): Waits['of'] => ({
  ...{ appointment, patient, iss, practitioners, name: face.name },
  ...given({ replaced, base }),
})

/** Whether a change of a visit leaves the queue of its clinicians as it was. */
export const isSameQueue = (before: Visit, after: Visit): boolean => placesIn(before) === placesIn(after)

const placesIn = (visit: Visit): string =>
  'call' in visit ? `${visit.status} ${visit.call.door.map((p) => `${p.doorId} ${p.state} ${p.knockedAt}`).join()}` : ''

/** Where whoever has waited at this visit since `since` stands. `here`: which of its clinicians have its page open. */
export function standingIn(
  { waiting, busy }: Queue,
  { id, practitioners }: Pick<Visit, 'id' | 'practitioners'>,
  since: Instant,
  here: readonly Ref[],
): Standing {
  const ahead = waiting.filter((one) => one.visit !== id && one.since < since).length
  const elsewhere = new Set(busy.filter((one) => one.visit !== id).flatMap((one) => one.clinicians))
  // Who looks at this visit's page out of the call of another is with the other.
  if (here.some((who) => !elsewhere.has(who))) return { ahead, clinician: 'here' }
  const isTheirs = (who: Ref) => practitioners.includes(who) || here.includes(who)
  return { ahead, clinician: [...elsewhere].some(isTheirs) ? 'with-another' : 'away' }
}
