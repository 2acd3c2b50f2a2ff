// The strip in the banner: who waits for the clinician, or asks for her, at her other visits, with minutes. A press shows her day.
// Refuses to change its size with what it says: whatever comes, the banner is as high, and the picture below it where it was; and to leave anybody
// out without a word: whose names have no room are counted.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { WaitingVisit } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { spanShort } from '../ui/times.ts'
import { howManyFit } from './fitting.ts'
import { stripWords } from './sheet-words.ts'
import { askingCount, inAll, longest, type Others } from './who-waits.ts'

type OthersStripProps = {
  /** Absent while it is not known. */
  readonly others: Others | undefined
  onPress(): void
}

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
  if (others === undefined || inAll(others) === 0) return []
  return others.count > 0 && others.asking.length > 0 ? ['waiting', 'both'] : ['waiting']
}

const nameOf = ({ another, unanswered, patient }: WaitingVisit): string => {
  if (another) return stripWords.another(patient)
  return unanswered === undefined ? patient : stripWords.unanswered(patient)
}

const since = (at: string) => spanShort(Date.parse(at), now.value)

function readOut({ visits, outOfReach, count, asking }: Others): string {
  const all = visits.map((one) => stripWords.each(nameOf(one), since(one.since)))
  if (outOfReach !== undefined) all.push(stripWords.outOfReach(outOfReach.count, since(outOfReach.since)))
  if (asking.length === 0) return stripWords.named(count, all)
  const asks = asking.map((one) => stripWords.asks(one.as, one.named?.patient, since(one.since)))
  return stripWords.namedAsking(count, all, asks)
}

/** The number, and minutes with names where there are any; who waits longest is seen where there is little room. */
function Shown(others: Others) {
  const { visits, count, asking } = others
  const first = longest(others)
  if (inAll(others) === 0) return <span>{stripWords.none}</span>
  const names = [
    ...visits.map((one) => ({ ...one, name: nameOf(one) })),
    ...asking.flatMap(({ named, since }) => (named === undefined ? [] : { name: named.patient, since })),
  ]
  return (
    <>
      <strong>{numbers(others)}</strong>
      {names.length > 0 && <Names names={names} all={inAll(others)} />}
      {names.length === 0 && first !== undefined && <span>{stripWords.longest(count, since(first))}</span>}
    </>
  )
}

function numbers({ count, asking }: Others): string {
  if (asking.length === 0) return stripWords.waiting(count)
  const asks = askingCount(asking)
  return count === 0 ? stripWords.asking(asks) : stripWords.both(count, asks)
}

type Named = { readonly name: string; readonly since: string }
type NamesProps = { readonly names: readonly Named[]; readonly all: number }

/** Those that fit, and how many more there are; where there is little room, without their minutes. */
function Names({ names, all }: NamesProps) {
  const line = useRef<HTMLSpanElement>(null)
  const [room, setRoom] = useState<Room>()
  useLayoutEffect(() => {
    const { current } = line
    if (current === null) return
    const measure = () => setRoom(roomIn(current))
    measure()
    // Another width, or larger letters.
    const resized = new ResizeObserver(measure)
    resized.observe(current)
    return () => resized.disconnect()
  }, [])
  const words = names.map((one) => (room?.isLittle ? one.name : stripWords.one(one.name, since(one.since))))
  const more = room?.isLittle ? stripWords.moreShort : stripWords.more
  const shown = room === undefined ? 1 : fitting(words, all, room, more)
  return (
    <span class="others-named" ref={line}>
      <span>{stripWords.parted(words.slice(0, shown))}</span>
      {all > shown && <span>{more(all - shown)}</span>}
    </span>
  )
}

type Room = { readonly px: number; readonly isLittle: boolean; readonly font: string }

function roomIn(line: HTMLElement): Room {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(line)
  const { clientWidth: px } = line
  return { px, isLittle: px < 11 * Number.parseFloat(fontSize), font: `${fontWeight} ${fontSize} ${fontFamily}` }
}

/** To measure words with: drawn on nothing. */
let pen: CanvasRenderingContext2D | null | undefined

function fitting(words: readonly string[], all: number, { px, font }: Room, more: (n: number) => string): number {
  pen ??= document.createElement('canvas').getContext('2d')
  if (pen === null) return 1
  const by = pen
  by.font = font
  const widthOf = (text: string) => Math.ceil(by.measureText(text).width)
  const widths = words.map((one, n) => widthOf(n === 0 ? one : stripWords.parted(['', one])))
  return howManyFit(widths, all, { room: px, restOf: (n) => widthOf(` ${more(n)}`) })
}
