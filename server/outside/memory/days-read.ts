// What each clinician's list of Appointments said when it was last read, by the very sign-in that read it: shown while the EHR says nothing. Kept in
// memory: after a restart it is read anew. Refuses to keep records: only what the list showed, and whom each Appointment named.
import type { Instant, LaunchId, Ref } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'
import { retention } from '../../domain/retention.ts'
import type { Reading } from '../../domain/visit/reviewed.ts'
import type { AppointmentItem, UntimedItem } from '../../wire/wire.ts'

/** An Appointment as it was read: what it says, for which patient, and what a list shows of it however it stands now. */
export type RowRead = {
  readonly said: Reading
  readonly patient?: Ref<'Patient'>
  readonly about: Omit<UntimedItem, 'state'> & Pick<AppointmentItem, 'patientInstruction' | 'expected'>
}
/** `chosen`: the one that the launch means. `isWhole` is false where there may be others. */
export type DayRead = {
  readonly at: Instant
  readonly rows: readonly RowRead[]
  readonly chosen?: string
  readonly isWhole: boolean
}

export type DaysRead = {
  keep(launch: LaunchId, day: DayRead): void
  of(launch: LaunchId): DayRead | undefined
  forget(launch: LaunchId): void
  /** Lets go of what no sign-in is left for. Answers of how many. */
  sweep(now: Instant): number
}

/** Beyond so many sign-ins the one that was read longest ago is let go: some hundred kilobytes each at the very most. */
const mostKept = 1_000

export function rememberDaysRead(): DaysRead {
  const days = new Map<LaunchId, DayRead>()
  return {
    keep(launch, day) {
      days.delete(launch)
      days.set(launch, day)
      const [oldest] = days.keys()
      if (days.size > mostKept && oldest !== undefined) days.delete(oldest)
    },
    of: (launch) => days.get(launch),
    forget: (launch) => void days.delete(launch),
    sweep(now) {
      const over = [...days].filter(([, { at }]) => plus(at, retention.launch) <= now)
      for (const [launch] of over) days.delete(launch)
      return over.length
    },
  }
}
