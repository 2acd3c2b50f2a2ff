// That somebody was let in by what the appointment said before, while the health record system said nothing; and what it says since then.
import type { ClinicianView, FileNote, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { clock } from '../ui/clock.ts'
import { letInWords } from './let-in-words.ts'

type LetInProps = { readonly view: ClinicianView; readonly me: Me }

/** Stands until it was read again and says the same, or until the clinician has the note filed all the same. */
export function LetIn({ view, me }: LetInProps) {
  const sentence = letInSentence(view, me)
  if (sentence === undefined) return null
  const isFound = view.letInAsRead?.found !== undefined
  return (
    <p class={isFound ? 'trouble' : 'trouble stale'} role={isFound ? 'alert' : 'status'}>
      {sentence}
    </p>
  )
}

export function letInSentence({ letInAsRead }: ClinicianView, me: Me): string | undefined {
  if (letInAsRead === undefined || letInAsRead.filedAnyway) return undefined
  const { found, start, readAt } = letInAsRead
  const { timeZone } = me.organisation
  const by = letInWords.letIn(clock(start, timeZone), clock(readAt, timeZone))
  return `${by} ${found === undefined ? letInWords.unread : letInWords.found[found]}`
}

/** What the clinician has before her eyes when she wants the note filed all the same; undefined where nothing is asked. */
export function seenOtherwise({ letInAsRead }: ClinicianView): FileNote['anyway'] {
  if (letInAsRead === undefined || letInAsRead.filedAnyway) return undefined
  return letInAsRead.found ?? 'unread'
}

/** It was read since, and stands otherwise. */
export const isOtherwise = ({ letInAsRead }: ClinicianView): boolean =>
  letInAsRead?.found !== undefined && !letInAsRead.filedAnyway

/** Before a note is signed: what is open, and what that means for it. */
export function AskOtherwise({ view, me }: LetInProps) {
  const sentence = letInSentence(view, me)
  if (sentence === undefined) return null
  return (
    <p class="trouble">
      {sentence} {isOtherwise(view) ? letInWords.ask : letInWords.before}
    </p>
  )
}

type FileAnywayProps = { readonly view: ClinicianView; readonly problem: Problem | undefined; readonly words: string }

/** Where it did not go since the appointment stands otherwise, or is unread still. */
export function FileAnyway({ view, problem, words, onFile }: FileAnywayProps & { onFile(more: FileNote): void }) {
  const anyway = seenOtherwise(view)
  if (problem?.code !== 'appointment-otherwise' || anyway === undefined) return null
  return (
    <button type="button" onClick={() => onFile({ anyway })}>
      {words}
    </button>
  )
}
