// That somebody was let in by what the appointment said before, while the health record system said nothing, and what it says since then; and that
// an appointment was called off, or moved, while its visit was under way.
import type { ClinicianView, FileNote, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { clock, now } from '../ui/clock.ts'
import { dateIn, timeOn, toTheSecond, when } from '../ui/times.ts'
import { calledOffWords, fromUntil, letInWords, movedWords, otherwiseWords } from './let-in-words.ts'

type LetInProps = { readonly view: ClinicianView; readonly me: Me }

/** Stands until it was read again and says the same, or until the clinician has the note filed all the same. */
export function LetIn({ view, me }: LetInProps) {
  const sentence = letInSentence(view, me)
  if (sentence === undefined) return <SaidSince view={view} me={me} />
  const isFound = view.letInAsRead?.found !== undefined
  return (
    <p class={isFound ? 'trouble' : 'trouble stale'} role={isFound ? 'alert' : 'status'}>
      {sentence}
    </p>
  )
}

/** Quietly: nothing follows from it here, and the call goes on. */
const SaidSince = ({ view, me: { organisation } }: LetInProps) => (
  <>
    {saidSince(view, organisation.timeZone).map((sentence) => (
      <p key={sentence} class="trouble stale" role="status">
        {sentence}
      </p>
    ))}
  </>
)

/** What became of the appointment while its visit was under way. */
export function saidSince({ calledOff, movedFrom, start, end }: ClinicianView, timeZone: string): readonly string[] {
  const hours = (of: Pick<ClinicianView, 'start' | 'end'>) =>
    fromUntil(when(of.start, now.value, timeZone), timeOn(of.end, dateIn(of.start, timeZone), timeZone))
  return [
    calledOff && calledOffWords(calledOff, clock(calledOff.at, timeZone)),
    movedFrom && movedWords(hours({ start, end }), hours(movedFrom), clock(movedFrom.at, timeZone)),
  ].filter((sentence) => sentence !== undefined)
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
  if (sentence === undefined) return <SaidSince view={view} me={me} />
  return (
    <p class="trouble">
      {sentence} {isOtherwise(view) ? letInWords.ask : letInWords.before}
    </p>
  )
}

/**
 * What a clinician is asked before the note goes, where it did not go for that, or is known to stand otherwise (`isKnown` counts then);
 * undefined where nothing is asked.
 */
export function openOtherwise(view: ClinicianView, problem: Problem | undefined, isKnown = false): FileNote['anyway'] {
  const isMet = problem?.code === 'appointment-otherwise'
  return isMet || (isKnown && isOtherwise(view)) ? seenOtherwise(view) : undefined
}

/** `since`: when it was asked, in milliseconds; undefined where nobody pressed. */
type StandsOtherwiseProps = LetInProps & { readonly since: number | undefined }

/** Which of the two it is: it was asked and said something else, or it said nothing. */
export function StandsOtherwise({ view, me, since }: StandsOtherwiseProps) {
  const { timeZone } = me.organisation
  const { found, movedTo } = view.letInAsRead ?? {}
  const asked = since === undefined ? undefined : toTheSecond(since, timeZone)
  const says =
    found === undefined
      ? otherwiseWords.unread(asked)
      : movedTo === undefined
        ? otherwiseWords.found[found]
        : otherwiseWords.movedTo(when(movedTo, now.value, timeZone))
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{says}</strong> {otherwiseWords.kept[found === undefined ? 'unread' : 'found']}
      </p>
    </div>
  )
}
