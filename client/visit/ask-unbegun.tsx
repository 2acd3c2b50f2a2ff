// What became of a visit that nobody began is asked at its door: the button, for as long as it is to be asked.
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import type { Actions } from '../door/actions.ts'
import { mayBeSaid } from '../note/outcome-choice.ts'
import { AskWhatHappened } from '../note/what-happened.tsx'
import { now } from '../ui/clock.ts'

/** `words` stand on the button in the question's place. */
export const askUnbegun = (me: Me, view: ClinicianView, { say }: Actions) =>
  mayBeSaid(view, now.value)
    ? (words?: string) => <AskWhatHappened {...{ me, view }} onSay={say} {...(words !== undefined && { words })} />
    : undefined
