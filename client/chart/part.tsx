// One part of the chart with what stands in its way, in words. Its trouble is its own: the others, the note and the call do not hear of it.
import type { ComponentChildren } from 'preact'
import type { ChartLack, ChartPart, Me } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { type PartState, usePart } from './ask-part.ts'
import { shownDate } from './dates.ts'
import type { Read } from './into-note.ts'
import { chartPanelWords, lackWords, partWords } from './words.ts'

export type PartProps = {
  readonly me: Me
  readonly path: string
  readonly due: boolean
}
type ShownPartProps = PartProps & {
  readonly part: ChartPart
  show(view: Read): ComponentChildren
}

export function PartOfChart({ me, path, due, part, show }: ShownPartProps) {
  const { state, again } = usePart(path, part, due)
  const { timeZone } = me.organisation
  return (
    <section class="chart-part" aria-labelledby={`chart-${part}`}>
      <div class="chart-head">
        <h3 id={`chart-${part}`}>{chartPanelWords.titles[part]}</h3>
        {state.at === 'told' && (
          <p class="quiet">
            {'readAt' in state.view && chartPanelWords.readAt(clock(state.view.readAt, timeZone))}{' '}
            <button type="button" class="plain" aria-label={chartPanelWords.readAgainOf(part)} onClick={again}>
              {chartPanelWords.readAgain}
            </button>
          </p>
        )}
      </div>
      <Body {...{ me, part, state, again, show }} />
    </section>
  )
}

type BodyProps = Pick<ShownPartProps, 'me' | 'part' | 'show'> & { readonly state: PartState; again(): void }

function Body({ me, part, state, again, show }: BodyProps) {
  if (state.at === 'waiting') return null
  if (state.at === 'reading') return <Wait says={chartPanelWords.loading(part)} way="" />
  const retry = (
    <button type="button" onClick={again}>
      {chartPanelWords.again}
    </button>
  )
  if (state.at === 'problem')
    return (
      <Inline problem={state.problem} me={me}>
        {retry}
      </Inline>
    )
  const { view } = state
  if (!('readAt' in view)) return <Lack lack={view} me={me} retry={retry} />
  const { timeZone } = me.organisation
  return (
    <>
      {view.outcome === 'read' ? show(view) : <p>{noneWords(part, view, timeZone)}</p>}
      <Besides view={view} timeZone={timeZone} />
    </>
  )
}

function noneWords(part: ChartPart, { since, whole, unread, others }: Read, timeZone: string): string {
  // Where something could not be read, nobody knows that there is nothing.
  if (!whole || unread || others) return lackWords.failed
  return since === undefined || part === 'allergies'
    ? partWords.none[part]
    : partWords.noneSince(part, shownDate(since.slice(0, 10), timeZone))
}

type LackProps = { readonly lack: ChartLack; readonly me: Me; readonly retry: ComponentChildren }

/** To ask again is worth it where it may be another answer. */
function Lack({ lack, me, retry }: LackProps) {
  if (lack.outcome === 'failed')
    return (
      <Inline problem={{ code: lack.code }} me={me}>
        {retry}
      </Inline>
    )
  return (
    <div class="chart-lack">
      <p>{lackWords[lack.outcome]}</p>
      {lack.outcome === 'refused' && retry}
    </div>
  )
}

/** What a reader must know of what is not here. */
function Besides({ view, timeZone }: { readonly view: Read; readonly timeZone: string }) {
  const { since, whole, unread, others, outcome } = view
  const warnings = [
    ...(whole ? [] : [partWords.notWhole]),
    ...(unread === undefined ? [] : [partWords.unread(unread)]),
    ...(others === undefined ? [] : [partWords.others(others)]),
  ]
  return (
    <>
      {warnings.map((words) => (
        <p key={words} class="chart-warning">
          {words}
        </p>
      ))}
      {outcome === 'read' && since !== undefined && (
        <p class="quiet">{partWords.since(shownDate(since.slice(0, 10), timeZone))}</p>
      )}
    </>
  )
}
