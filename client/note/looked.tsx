// What came of looking for a note that may be in the chart: when it was looked for, what was found, and when the page looks again by itself.
import { useEffect } from 'preact/hooks'
import type { ClinicianView, FileNote, LookedFor, Me, NoteView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { Inline } from '../ui/problem.tsx'
import { toTheSecond } from '../ui/times.ts'
import { lookIn, lookLater } from './filing.ts'
import type { Keeper } from './keeper.ts'
import { StandsOtherwise } from './let-in.tsx'
import { lookWords } from './signed-words.ts'
import type { StuckWork } from './work.ts'

const silent: ReadonlySet<Problem['code']> = new Set(['ehr-unreachable', 'ehr-failed', 'ehr-busy'])

/** What a look came to that stopped with this; undefined where it tells of something else. */
export function cameOf({ code, look }: Problem): LookedFor | undefined {
  if (code === 'filing-unknown') return look ?? 'cannot-tell'
  return silent.has(code) ? 'no-answer' : undefined
}

type LookedProps = { readonly stuck: Omit<StuckWork, 'at'>; readonly me: Me }

/** Said aloud after each press; of the looks that a page takes by itself, where they find something else. */
export function Looked({ stuck: { problem, since, byItself }, me }: LookedProps) {
  const came = cameOf(problem)
  const says = came && lookWords.came[came](toTheSecond(since, me.organisation.timeZone))
  useEffect(() => {
    if (says !== undefined) announce(says)
  }, [came, byItself ? 0 : since])
  return says === undefined ? null : <p>{says}</p>
}

type InTheWayProps = {
  readonly stuck: LookedProps['stuck'] | undefined
  readonly anyway: FileNote['anyway']
  /** Whether the text may be in the chart. */
  readonly isUnknown: boolean
  readonly view: ClinicianView
  readonly me: Me
}

/** What keeps a text from the chart, said once: what the appointment is now, what a look came to, or anything else. */
export function InTheWay({ stuck, anyway, isUnknown, view, me }: InTheWayProps) {
  if (anyway !== undefined) return <StandsOtherwise view={view} me={me} since={stuck?.since} />
  if (stuck === undefined) return null
  if (isUnknown && cameOf(stuck.problem) !== undefined) return <Looked stuck={stuck} me={me} />
  return <Inline problem={stuck.problem} me={me} />
}

/** Looks by itself, and says when it does. */
export function LooksByItself({ keeper, note }: { keeper: Keeper; note: NoteView }) {
  const seconds = lookIn(keeper)
  const work = keeper.work.value
  useEffect(() => lookLater(keeper), [note.filing, work])
  if (note.filing.state !== 'unknown') return null
  if (seconds !== undefined) return <p class="quiet">{lookWords.next(lookWords.pause(seconds))}</p>
  const isOver = work.at === 'stuck' && work.problem.look !== 'elsewhere' && cameOf(work.problem) !== undefined
  return isOver ? <p class="quiet">{lookWords.over}</p> : null
}
