// Two texts of one note: both are shown, and the clinician says which one stays.
import type { SoapText } from '../../server/wire/wire.ts'
import { Copy } from './copy.tsx'
import type { Keeper } from './keeper.ts'
import { fields, mayKeepMine, type Saving } from './saving.ts'
import { conflictWords, noteWords } from './words.ts'

type ConflictProps = { readonly keeper: Keeper; readonly saving: Extract<Saving, { at: 'changed' }> }

export function Conflict({ keeper, saving }: ConflictProps) {
  const mine = mayKeepMine(saving)
  return (
    <section class="conflict" aria-labelledby="conflict-title">
      <h3 id="conflict-title" tabIndex={-1}>
        {mine ? conflictWords.changed : conflictWords.signed}
      </h3>
      <p>{mine ? conflictWords.whichOne : conflictWords.nothingOverSigned}</p>
      <div class="versions">
        <Version title={conflictWords.mine} text={saving.text} other={saving.theirs.soap} />
        <Version title={conflictWords.theirs} text={saving.theirs.soap} other={saving.text} />
      </div>
      <div class="actions">
        {mine && (
          <button type="button" class="main" onClick={() => keeper.tell({ is: 'keep-mine' })}>
            {conflictWords.keepMine}
          </button>
        )}
        <button type="button" onClick={() => keeper.tell({ is: 'take-theirs' })}>
          {conflictWords.takeTheirs}
        </button>
        <Copy text={saving.text} />
      </div>
    </section>
  )
}

/** Only the sections that differ: those are what there is to choose. */
function Version({ title, text, other }: { title: string; text: SoapText; other: SoapText }) {
  return (
    <article>
      <h4>{title}</h4>
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
