// The strip in the banner: who waits for the clinician, or asks for her, at her other visits, with minutes. A press shows her day.
// Refuses to change its size with what it says: whatever comes, the banner is as high, and the picture below it where it was.
import type { AskingVisit } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { spanShort } from '../ui/times.ts'
import { stripWords } from './sheet-words.ts'
import { askingCount, longest, type Others } from './who-waits.ts'

type OthersStripProps = {
  /** Absent while it is not known. */
  readonly others: Others | undefined
  onPress(): void
}

/** As many names as are shown. */
const most = 2

export function OthersStrip({ others, onPress }: OthersStripProps) {
  return (
    <button
      type="button"
      class={['others', ...kindsOf(others)].join(' ')}
      aria-label={others === undefined ? stripWords.unknown : readOut(others)}
      aria-haspopup="dialog"
      onClick={onPress}
    >
      {others === undefined ? stripWords.unknown : <Shown {...others} />}
    </button>
  )
}

/** What the style sheet calls how many there are of each. */
function kindsOf(others: Others | undefined): readonly string[] {
  if (others === undefined || others.count + others.asking.length === 0) return []
  return others.count > 0 && others.asking.length > 0 ? ['waiting', 'both'] : ['waiting']
}

const since = (at: string) => spanShort(Date.parse(at), now.value)

function readOut({ visits, outOfReach, count, asking }: Others): string {
  const all = visits.map((one) => stripWords.each(one.patient, since(one.since)))
  if (outOfReach !== undefined) all.push(stripWords.outOfReach(outOfReach.count, since(outOfReach.since)))
  if (asking.length === 0) return stripWords.named(count, all)
  const asks = asking.map((one) => stripWords.asks(one.as, one.named?.patient, since(one.since)))
  return stripWords.namedAsking(count, all, asks)
}

/** The number, and minutes with names where there are any; who waits longest is seen where there is little room. */
function Shown(others: Others) {
  const { visits, count, asking } = others
  const first = longest(others)
  if (first === undefined) return asking.length === 0 ? <span>{stripWords.none}</span> : <Asking asking={asking} />
  const named = visits.slice(0, most)
  return (
    <>
      <strong>{asking.length === 0 ? stripWords.waiting(count) : stripWords.both(count, askingCount(asking))}</strong>
      <span>
        {named.length === 0
          ? stripWords.longest(count, since(first))
          : named.map((one) => stripWords.one(one.patient, since(one.since))).join(' · ')}
        {named.length > 0 && count > named.length && ` · ${stripWords.more(count - named.length)}`}
      </span>
    </>
  )
}

/** Nobody waits at a door, and somebody is to be rung, or stands before a locked one. */
function Asking({ asking }: { asking: readonly AskingVisit[] }) {
  const named = asking.flatMap(({ named, since: at }) =>
    named === undefined ? [] : stripWords.one(named.patient, since(at)),
  )
  return (
    <>
      <strong>{stripWords.asking(askingCount(asking))}</strong>
      {named.length > 0 && <span>{named.slice(0, most).join(' · ')}</span>}
    </>
  )
}
