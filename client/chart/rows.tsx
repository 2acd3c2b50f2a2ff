// The rows of a chart's parts, one line of what counts and one of what belongs to it. Marks by words, never by colour alone.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Allergy, ChartProblem, EarlierVisit, LabResult, Medicine } from '../../server/wire/wire.ts'
import { shownDate } from './dates.ts'
import { partWords, rowWords } from './words.ts'

type RowsProps<Row> = { readonly rows: readonly Row[]; readonly timeZone: string }

/** So many at first: the rest at a press. */
const atFirst = 8

type ListProps<Row> = { readonly rows: readonly Row[]; show(row: Row): ComponentChildren; readonly first?: number }

export function List<Row>({ rows, show, first = atFirst }: ListProps<Row>) {
  const [shown, setShown] = useState(first)
  const more = Math.min(rows.length - shown, 50)
  return (
    <>
      <ul class="chart-rows">
        {rows.slice(0, shown).map((row, n) => (
          // Rows are never moved, only more of them shown.
          <li key={String(n)}>{show(row)}</li>
        ))}
      </ul>
      {more > 0 && (
        <button type="button" class="plain" onClick={() => setShown(shown + more)}>
          {partWords.more(more)}
        </button>
      )}
    </>
  )
}

type LineProps = {
  readonly name: string | undefined
  readonly value?: string
  readonly mark?: string | undefined
  readonly more: readonly (string | undefined | false)[]
}

/** Text from the EHR: it may run from right to left. */
export function ChartLine({ name, value, mark, more }: LineProps) {
  const rest = more.filter(Boolean)
  return (
    <>
      <span class="chart-name" dir="auto">
        {name ?? rowWords.nameless}
      </span>
      {value !== undefined && <strong> {value}</strong>}
      {mark !== undefined && <span class="tag">{mark}</span>}
      {rest.length > 0 && (
        <span class="quiet chart-more" dir="auto">
          {rest.join(' · ')}
        </span>
      )}
    </>
  )
}

export const Problems = ({ rows, timeZone }: RowsProps<ChartProblem>) => (
  <List
    rows={rows}
    show={({ name, state, unconfirmed, onset, recorded }) => (
      <ChartLine
        name={name}
        more={[
          rowWords.states[state],
          unconfirmed && rowWords.unconfirmed,
          onset !== undefined
            ? rowWords.onset(shownDate(onset, timeZone))
            : recorded && rowWords.recorded(shownDate(recorded, timeZone)),
        ]}
      />
    )}
  />
)

/** All of them: a medicine that nobody sees is one that nobody stops. */
export const Medicines = ({ rows, timeZone }: RowsProps<Medicine>) => (
  <List
    rows={rows}
    first={rows.length}
    show={({ name, dosage, onHold, reported, authored, prescriber }) => (
      <ChartLine
        name={name}
        mark={onHold && rowWords.onHold}
        more={[
          dosage ?? rowWords.noDosage,
          reported && rowWords.reported,
          authored && rowWords.ordered(shownDate(authored, timeZone)),
          prescriber && rowWords.prescribedBy(prescriber),
        ]}
      />
    )}
  />
)

export const Allergies = ({ rows, timeZone }: RowsProps<Allergy>) => (
  <List
    rows={rows}
    first={rows.length}
    show={({ name, noneKnown, state, unconfirmed, intolerance, highRisk, reactions, recorded }) => (
      <ChartLine
        name={noneKnown === undefined ? name : rowWords.noneKnown[noneKnown]}
        mark={highRisk && rowWords.highRisk}
        more={[
          reactions.length > 0 && rowWords.reactions(reactions),
          intolerance && rowWords.intolerance,
          state !== 'active' && rowWords.states[state],
          unconfirmed && rowWords.unconfirmed,
          recorded && rowWords.recorded(shownDate(recorded, timeZone)),
        ]}
      />
    )}
  />
)

export const Results = ({ rows, timeZone }: RowsProps<LabResult>) => (
  <List
    rows={rows}
    show={({ name, value, absent, flag, range, at, preliminary }) => (
      <ChartLine
        name={name}
        value={value ?? (absent === undefined ? rowWords.noValue : rowWords.absent(absent))}
        mark={flag !== undefined && flag !== 'normal' ? rowWords.flags[flag] : undefined}
        more={[range && rowWords.range(range), preliminary && rowWords.preliminary, shownDate(at, timeZone)]}
      />
    )}
  />
)

export const Visits = ({ rows, timeZone }: RowsProps<EarlierVisit>) => (
  <List
    rows={rows}
    show={({ name, status, start, end, clinicians }) => (
      <ChartLine name={name} more={[shownDate(start ?? end, timeZone), status, ...clinicians]} />
    )}
  />
)
