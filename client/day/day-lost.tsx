// Beside a day that cannot be read now: why, since when what stands below it is so, and once more at a press.
import type { AppointmentList, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { clock } from '../ui/clock.ts'
import { Inline } from '../ui/problem.tsx'
import { problem as problemWords } from '../ui/words.ts'
import { day as words } from './day-words.ts'

type DayLostProps = {
  readonly me: Me
  readonly lost: Problem
  /** What is shown all the same. */
  readonly list: AppointmentList | undefined
  onLook(): void
}

export function DayLost({ me, lost, list, onLook }: DayLostProps) {
  const { asRead } = list ?? {}
  return (
    <Inline problem={lost} me={me}>
      {asRead !== undefined && (
        <>
          <p>{asRead.at === undefined ? words.knownHere : words.asRead(clock(asRead.at, me.organisation.timeZone))}</p>
          <button type="button" onClick={onLook}>
            {problemWords.again}
          </button>
        </>
      )}
    </Inline>
  )
}
