// Notes of the chart: the list, and one of them opened to be read as plain text, in a dialog that holds it no longer than it is open.
import { useEffect, useState } from 'preact/hooks'
import type { ChartNoteView, EarlierNote, Me } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { shownDate } from './dates.ts'
import { ChartLine, List } from './rows.tsx'
import { lackWords, noteOpenWords, rowWords } from './words.ts'

type NotesProps = { readonly me: Me; readonly path: string; readonly rows: readonly EarlierNote[] }

export function ChartNotes({ me, path, rows }: NotesProps) {
  const [open, setOpen] = useState<EarlierNote>()
  const { timeZone } = me.organisation
  const named = ({ name, at }: EarlierNote) => `${name ?? rowWords.nameless}, ${shownDate(at, timeZone)}`
  const close = () => setOpen(undefined)
  return (
    <>
      <List
        rows={rows}
        show={(note) => <NoteRow note={note} timeZone={timeZone} named={named(note)} onOpen={() => setOpen(note)} />}
      />
      {open !== undefined && (
        <Dialog title={named(open)} onClose={close}>
          <NoteText me={me} path={path} id={open.id} />
          <div class="actions">
            <button type="button" class="main" onClick={close}>
              {noteOpenWords.close}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}

type NoteRowProps = {
  readonly note: EarlierNote
  readonly timeZone: string
  readonly named: string
  onOpen(): void
}

function NoteRow({ note: { name, at, state, author, format }, timeZone, named, onOpen }: NoteRowProps) {
  return (
    <>
      <ChartLine name={name} more={[shownDate(at, timeZone), rowWords.noteStates[state], author]} />
      {format === 'text' ? (
        <button type="button" aria-label={noteOpenWords.openNamed(named)} onClick={onOpen}>
          {noteOpenWords.open}
        </button>
      ) : (
        <span class="quiet chart-more">{format === 'none' ? noteOpenWords.empty : noteOpenWords.formatted}</span>
      )}
    </>
  )
}

type Told = { readonly problem: Problem } | { readonly view: ChartNoteView }

function NoteText({ me, path, id }: { readonly me: Me; readonly path: string; readonly id: string }) {
  const [told, setTold] = useState<Told>()
  useEffect(() => {
    let over = false
    void ask<ChartNoteView>(`${path}/chart/note?document=${encodeURIComponent(id)}`).then((answer) => {
      if (!over) setTold(answer.ok ? { view: answer.body } : { problem: answer.problem })
    })
    return () => {
      over = true
    }
  }, [])
  if (told === undefined) return <Wait says={noteOpenWords.reading} way="" />
  if ('problem' in told) return <Inline problem={told.problem} me={me} />
  const { view } = told
  if (view.outcome === 'read')
    return (
      <pre class="chart-note" dir="auto">
        {view.text}
      </pre>
    )
  if (view.outcome === 'failed') return <Inline problem={{ code: view.code }} me={me} />
  return <p>{wordsOf(view.outcome)}</p>
}

function wordsOf(outcome: Exclude<ChartNoteView['outcome'], 'read' | 'failed'>): string {
  switch (outcome) {
    case 'elsewhere':
    case 'not-text':
    case 'empty':
    case 'gone':
      return noteOpenWords[outcome]
    default:
      return lackWords[outcome]
  }
}
