// Which Appointments, and records of representatives, are being read again in the background, and of whom or where that is not to be tried for a while.
// Kept in memory: after a restart it is simply tried. At most one reading at a time of each, and a few for one EHR.
import type { Instant, Iss, LaunchId, VisitId } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'

export type Reviews = {
  /**
   * Answers how to say what came of it; undefined where it is not to be tried now: it is under way, the EHR has enough of our
   * readings, or it was tried not long ago in vain.
   */
  begin(asked: Asked, now: Instant): ((end: End, now: Instant) => void) | undefined
  /** Lets go of what nobody waits for any more. Answers of how many. */
  sweep(now: Instant): number
}

/** `subject`: the visit, or the sign-in whose own record is read. `isUrgent`: somebody was let in whom it may be about. */
type Asked = {
  readonly subject: VisitId | LaunchId
  readonly launch: LaunchId
  readonly iss: Iss
  readonly isUrgent?: boolean
}
/**
 * `read`; or not, and then why: `silent`, the EHR was not reached; `failed`, it did not answer as it should for this visit;
 * `withheld`, it did not tell this sign-in.
 */
export type End = 'read' | 'silent' | 'failed' | 'withheld'

/** Readings under way at one EHR: whoever waits for that EHR in person comes first. */
const mostAtOnce = 8
/** In seconds: after the first failure, twice as long after each one more, and never longer than the second. */
const usualPauses = [60, 960] as const
/** The same for what is urgent: a call is over in a quarter of an hour. */
const urgentPauses = [10, 120] as const

type Pause = { readonly until: Instant; readonly failures: number }

type Keys = Readonly<Record<Exclude<End, 'read'>, string>>
/** What is urgent is counted by itself. */
function keysOf({ subject, launch, iss }: Asked, isUrgent: boolean): Keys {
  const kind = isUrgent ? 'urgent ' : ''
  return { silent: `${kind}${iss}`, failed: `${kind}${subject}`, withheld: `${kind}${subject} ${launch}` }
}

export function rememberReviews(): Reviews {
  const underWay = new Map<Asked['subject'], Iss>()
  const pauses = new Map<string, Pause>()
  const fail = (key: string, now: Instant, [first, longest]: readonly [number, number]) => {
    const before = pauses.get(key)
    // Of several that failed at once the first has said it.
    if (before !== undefined && before.until > now) return
    const failures = (before?.failures ?? 0) + 1
    const seconds = Math.min(longest, first * 2 ** (failures - 1))
    pauses.set(key, { until: plus(now, seconds), failures })
  }
  return {
    begin(asked, now) {
      const { isUrgent = false } = asked
      const mine = keysOf(asked, isUrgent)
      const keys = Object.values(mine)
      const atOnce = [...underWay.values()].filter((iss) => iss === asked.iss).length
      if (underWay.has(asked.subject) || atOnce >= mostAtOnce) return undefined
      if (keys.some((key) => (pauses.get(key)?.until ?? now) > now)) return undefined
      underWay.set(asked.subject, asked.iss)
      return (end, at) => {
        underWay.delete(asked.subject)
        if (end !== 'read') return fail(mine[end], at, isUrgent ? urgentPauses : usualPauses)
        // What was read for one is there for all.
        for (const key of [...keys, ...Object.values(keysOf(asked, !isUrgent))]) pauses.delete(key)
      }
    },
    sweep(now) {
      let gone = 0
      for (const [key, { until }] of pauses) if (plus(until, usualPauses[1]) <= now && pauses.delete(key)) gone++
      return gone
    },
  }
}
