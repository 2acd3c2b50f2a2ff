// The strip in the banner: who waits for the clinician at her other visits, with minutes. A press shows her day.
// Refuses to change its size with what it says: whatever comes, the banner is as high, and the picture below it where it was.
import { now } from '../ui/clock.ts'
import { spanShort } from '../ui/times.ts'
import { stripWords } from './sheet-words.ts'
import { longest, type Others } from './who-waits.ts'

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
      class={others !== undefined && others.count > 0 ? 'others waiting' : 'others'}
      aria-label={others === undefined ? stripWords.unknown : readOut(others)}
      aria-haspopup="dialog"
      onClick={onPress}
    >
      {others === undefined ? stripWords.unknown : <Shown {...others} />}
    </button>
  )
}

const since = (at: string) => spanShort(Date.parse(at), now.value)

function readOut({ visits, outOfReach, count }: Others): string {
  const all = visits.map((one) => stripWords.each(one.patient, since(one.since)))
  if (outOfReach !== undefined) all.push(stripWords.outOfReach(outOfReach.count, since(outOfReach.since)))
  return stripWords.named(count, all)
}

/** The number, and minutes with names where there are any; who waits longest is seen where there is little room. */
function Shown(others: Others) {
  const { visits, count } = others
  const first = longest(others)
  if (first === undefined) return <span>{stripWords.none}</span>
  const named = visits.slice(0, most)
  return (
    <>
      <strong>{stripWords.waiting(count)}</strong>
      <span>
        {named.length === 0
          ? stripWords.longest(count, since(first))
          : named.map((one) => stripWords.one(one.patient, since(one.since))).join(' · ')}
        {named.length > 0 && count > named.length && ` · ${stripWords.more(count - named.length)}`}
      </span>
    </>
  )
}
