// Two texts of one note: both are shown, and the clinician says which one stays, or both; what was chosen can be taken back.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { SoapText } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { dateAndClock } from '../ui/times.ts'
import { Copy } from './copy.tsx'
import { joined, twoTexts } from './join-texts.ts'
import { type Keeper, mayChooseAgain } from './keeper.ts'
import { fields, isSameText, mayKeepMine, type Saving } from './saving.ts'
import { conflictWords, noteWords } from './words.ts'

type ConflictProps = {
  readonly keeper: Keeper
  readonly saving: Extract<Saving, { at: 'changed' }>
  readonly timeZone: string
}

export function Conflict({ keeper, saving, timeZone }: ConflictProps) {
  const isOpen = mayKeepMine(saving)
  const { mine, other } = twoTexts(saving)
  const at = (time: string | number) => dateAndClock(time, timeZone)
  const written = { mine: at(keeper.typedAt.value ?? now.value), other: otherAt(saving, at) }
  const both = isOpen ? joined({ mine, other }, written) : undefined
  return (
    <section class="conflict" aria-labelledby="conflict-title">
      <h3 id="conflict-title" tabIndex={-1}>
        {isOpen ? conflictWords.changed : conflictWords.signed}
      </h3>
      <p>{isOpen ? conflictWords.whichOne : conflictWords.nothingOverSigned}</p>
      {isOpen && both === undefined && <p>{conflictWords.tooLong}</p>}
      <div class="versions">
        <Version title={conflictWords.mine} text={mine} other={other}>
          {keeper.typedAt.value !== undefined && conflictWords.typed(written.mine)}
        </Version>
        <Version title={conflictWords.theirs} text={other} other={mine}>
          {written.other !== undefined && conflictWords[isOpen ? 'saved' : 'signedAt'](written.other)}
        </Version>
      </div>
      <div class="actions">
        {both !== undefined && (
          <button type="button" class="main" onClick={() => keeper.choose({ is: 'keep-both', text: both })}>
            {conflictWords.keepBoth}
          </button>
        )}
        {isOpen && (
          <button type="button" onClick={() => keeper.choose({ is: 'keep-mine' })}>
            {conflictWords.keepMine}
          </button>
        )}
        <button type="button" onClick={() => keeper.choose({ is: 'take-theirs' })}>
          {conflictWords.takeTheirs}
        </button>
        <Copy text={mine} />
      </div>
    </section>
  )
}

/** Which text was kept, and the way back: each choice but one leaves words out. */
export function KeptText({ keeper }: { keeper: Keeper }) {
  const chosen = keeper.chosen.value
  const shows = mayChooseAgain(keeper.saving.value, chosen)
  const line = useRef<HTMLParagraphElement>(null)
  // What was pressed is gone: who reads by keyboard goes on from what came of it.
  useEffect(() => {
    if (shows && document.activeElement === document.body) line.current?.focus()
  }, [shows])
  if (!shows) return null
  const { mine, other, kept } = chosen
  const which = isSameText(kept, mine) ? 'mine' : isSameText(kept, other) ? 'other' : 'both'
  return (
    <div class="save-state" role="status">
      <p ref={line} tabIndex={-1}>
        {conflictWords.kept[which]}
      </p>
      <button type="button" class="plain" onClick={keeper.chooseAgain}>
        {conflictWords.chooseAgain}
      </button>
    </div>
  )
}

type VersionProps = { title: string; text: SoapText; other: SoapText; children: ComponentChildren }

/** When the text of the other window was kept, or signed; nobody knows of one that the server has no more. */
function otherAt({ theirs, other }: ConflictProps['saving'], at: (time: string) => string): string | undefined {
  if (other !== undefined && !isSameText(other, theirs.soap)) return undefined
  const time = theirs.sign.docStatus === 'final' ? theirs.sign.signedAt : theirs.savedAt
  return time && at(time)
}

/** When it was written, and only the sections that differ: those are what there is to choose. */
function Version({ title, text, other, children }: VersionProps) {
  return (
    <article>
      <h4>{title}</h4>
      <p class="quiet">{children}</p>
      <dl>
        {fields
          .filter((field) => text[field] !== other[field])
          .map((field) => (
            <div key={field}>
              <dt>{noteWords.titles[field]}</dt>
              <dd>{text[field] === '' ? conflictWords.empty : text[field]}</dd>
            </div>
          ))}
      </dl>
    </article>
  )
}
