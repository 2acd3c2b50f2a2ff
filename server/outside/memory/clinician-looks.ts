// When somebody of the clinic last looked at a visit: their page may have closed since.
// Kept in memory: after a restart nobody has looked yet.
import type { Instant, VisitId } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'

export type ClinicianLooks = {
  looked(visit: VisitId, now: Instant): void
  last(visit: VisitId): Instant | undefined
  /** Lets go of what is older than anybody waits for. Answers of how much. */
  sweep(now: Instant): number
}

const keptSeconds = 4 * 3600

export function rememberClinicianLooks(): ClinicianLooks {
  const looks = new Map<VisitId, Instant>()
  return {
    looked: (visit, now) => void looks.set(visit, now),
    last: (visit) => looks.get(visit),
    sweep(now) {
      let gone = 0
      for (const [visit, at] of looks) if (secondsBetween(at, now) > keptSeconds && looks.delete(visit)) gone++
      return gone
    },
  }
}
