// Which sign-ins' PractitionerRoles are being looked for, or were a moment ago. Kept in memory: after a restart they are simply looked for.
import type { Instant, LaunchId } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'

export type RoleLooks = {
  /** Settles with the look that is under way, or was begun within the last minute; else with the one that is begun now. */
  of(launch: LaunchId, now: Instant, begin: () => Promise<void>): Promise<void>
  /** Lets go of what is a minute old. Answers of how many. */
  sweep(now: Instant): number
}

const apartSeconds = 60

export function rememberRoleLooks(): RoleLooks {
  const looks = new Map<LaunchId, { readonly again: Instant; readonly done: Promise<void> }>()
  return {
    of(launch, now, begin) {
      const before = looks.get(launch)
      if (before !== undefined && now < before.again) return before.done
      const look = { again: plus(now, apartSeconds), done: begin() }
      looks.set(launch, look)
      return look.done
    },
    sweep(now) {
      let gone = 0
      for (const [launch, { again }] of looks) if (again <= now && looks.delete(launch)) gone++
      return gone
    },
  }
}
