// Two texts of one note: both are shown, and the clinician says which one stays.
import type { SoapText } from '../../server/wire/wire.ts'
import { Copy } from './copy.tsx'
import type { Keeper } from './keeper.ts'
import { fields, mayKeepMine, type Saving } from './saving.ts'

type Shown = { readonly keeper: Keeper; readonly saving: Extract<Saving, { at: 'changed' }> }

export function Conflict({ keeper, saving }: Shown) {
  const mine = mayKeepMine(saving)
  return (
    <section class="conflict" aria-labelledby="conflict-title">
      <h3 id="conflict-title" tabIndex={-1}>
        {mine ? 'This note was changed in another window' : 'This note was signed in another window'}
      </h3>
      <p>
        {mine
          ? 'Nothing is lost. Which text do you want to keep?'
          : 'Nothing is written over what was signed. Copy your text, take the other one, then amend the note if it lacks yours.'}
      </p>
      <div class="versions">
        <Version title="Your text, on this page" text={saving.text} other={saving.theirs.soap} />
        <Version title="The text from the other window" text={saving.theirs.soap} other={saving.text} />
      </div>
      <div class="actions">
        {mine && (
          <button type="button" class="main" onClick={() => keeper.tell({ is: 'keep-mine' })}>
            Keep my text
          </button>
        )}
        <button type="button" onClick={() => keeper.tell({ is: 'take-theirs' })}>
          Take the other text
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
              <dt>{field}</dt>
              <dd>{text[field] === '' ? '(empty)' : text[field]}</dd>
            </div>
          ))}
      </dl>
    </article>
  )
}
