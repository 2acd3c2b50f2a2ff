// What goes from the chart into the note: plain text, dated, with its source. Written at a press and never by itself, and taken out again whole.
import type { ChartView, SoapText } from '../../server/wire/wire.ts'
import type { Keeper } from '../note/keeper.ts'
import { dateAndClock, dateIn } from '../ui/times.ts'
import { clinicDayOf, shownDate } from './dates.ts'
import { howOf, readOut } from './value-words.ts'
import { intoNoteWords, rowWords, vitalWords } from './words.ts'

export type Read = Extract<ChartView, { outcome: 'read' | 'nothing' }>
type Field = keyof SoapText
export type ForNote = { readonly field: Field; readonly text: string }

const said = (...words: readonly (string | undefined | false)[]): string => words.filter(Boolean).join(', ')
const withSource = (title: string, lines: readonly string[], { whole, unread, others }: Read): string =>
  [title, ...lines.map((line) => `- ${line}`), ...(whole && !unread && !others ? [] : [intoNoteWords.notWhole])].join(
    '\n',
  )

/** The last value of each series that is of today; undefined where there is none. */
export function vitalsForNote(view: Read, now: number, timeZone: string): ForNote | undefined {
  const today = dateIn(now, timeZone)
  const lines = (view.found.vitals?.series ?? []).flatMap(({ kind, unit, points }) => {
    const last = points.findLast(({ at }) => clinicDayOf(at, timeZone) === today)
    if (last === undefined) return []
    return [said(`${vitalWords.kinds[kind]} ${readOut(last)} ${unit}`, shownDate(last.at, timeZone), howOf(last))]
  })
  if (lines.length === 0) return undefined
  const title = intoNoteWords.vitalsOf(shownDate(today, timeZone), dateAndClock(view.readAt, timeZone))
  return { field: 'objective', text: withSource(title, lines, view) }
}

export function medicinesForNote(view: Read, timeZone: string): ForNote | undefined {
  const lines = (view.found.medicines ?? []).map(({ name, dosage, onHold, reported }) =>
    said(name ?? rowWords.nameless, dosage, onHold && rowWords.onHold, reported && rowWords.reported),
  )
  if (lines.length === 0) return undefined
  const title = intoNoteWords.medicinesOf(dateAndClock(view.readAt, timeZone))
  return { field: 'subjective', text: withSource(title, lines, view) }
}

export function problemsForNote(view: Read, timeZone: string): ForNote | undefined {
  const active = (view.found.problems ?? []).filter(({ state }) => state === 'active')
  const lines = active.map(({ name, unconfirmed, onset }) =>
    said(
      name ?? rowWords.nameless,
      unconfirmed && rowWords.unconfirmed,
      onset && rowWords.onset(shownDate(onset, timeZone)),
    ),
  )
  if (lines.length === 0) return undefined
  const title = intoNoteWords.problemsOf(dateAndClock(view.readAt, timeZone))
  return { field: 'subjective', text: withSource(title, lines, view) }
}

/** As the note's fields have it. */
const longest = 20_000

/** Writes below what stands in the field. `full`, `closed`: nothing was written. */
export function writeInto(keeper: Keeper, { field, text }: ForNote): 'written' | 'full' | 'closed' {
  const saving = keeper.saving.peek()
  if (saving.at === 'signed' || saving.at === 'changed') return 'closed'
  const before = saving.text[field].trimEnd()
  const after = before === '' ? text : `${before}\n\n${text}`
  if (after.length > longest) return 'full'
  replaced(keeper, field, after)
  return 'written'
}

/** Takes out what was written, where it still stands there word for word; else nothing is touched. */
export function takeOut(keeper: Keeper, { field, text }: ForNote): 'out' | 'changed' {
  const saving = keeper.saving.peek()
  const now = saving.text[field]
  const at = now.lastIndexOf(text)
  if (at < 0 || saving.at === 'signed' || saving.at === 'changed') return 'changed'
  const [before, behind] = [now.slice(0, at).trimEnd(), now.slice(at + text.length).trimStart()]
  replaced(keeper, field, [before, behind].filter((part) => part !== '').join('\n\n'))
  return 'out'
}

function replaced(keeper: Keeper, field: Field, text: string): void {
  keeper.type({ ...keeper.saving.peek().text, [field]: text })
  // The fields own their text while it is typed: this was not typed there.
  keeper.epoch.value += 1
}
