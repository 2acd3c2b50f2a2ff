// Why somebody is not let in now, as their own page says it: the clinician chooses among the very sentences that are read.
import type { WhyNotNow, WhyRefused } from '../../server/wire/wire.ts'
import { isolated } from '../base/isolated.ts'

type ReasonOf<Why> = Extract<Why, { reason: string }>['reason']

export const notNowSentences: Readonly<Record<ReasonOf<WhyNotNow>, string>> = {
  'a-little-longer': 'Please wait a little longer.',
  'with-another': 'Your clinician is with another patient first.',
  'something-first': 'Your clinician must see to something for your visit first.',
}

export const refusedSentences: Readonly<Record<ReasonOf<WhyRefused>, string>> = {
  'cannot-now': 'Your clinician cannot see you now.',
  'not-by-video': 'This cannot be done by video.',
  'we-telephone': 'Your clinician will telephone you.',
  'another-visit': 'This is not the right visit for you.',
}

/** What the person reads of it; a clinician's own words as theirs. */
export const saidWhy = (why: WhyNotNow | WhyRefused): string =>
  'words' in why ? turnedAwayWords.wrote(why.words) : { ...notNowSentences, ...refusedSentences }[why.reason]

export const turnedAwayWords = {
  /** `patient`: whom the visit is for. */
  another: (patient: string) =>
    `Your clinician could not tell that you are who this visit is for, so you are out of the call. It is for ${isolated(patient)}: ask them to come to this screen and wait here, or call the clinic.`,
  title: 'You could not be let in',
  again: 'Ask again to be let in',
  wrote: (words: string) => `Your clinician wrote: “${isolated(words)}”`,
  sentBack: (clock: string) => `You were asked to wait again at ${clock}.`,
  asked: (clock: string) => `Your clinician asked you at ${clock} to wait.`,
  place: 'You keep your place.',
  todo: 'Please call the clinic: they will tell you what to do.',
  todoTelephone: 'Keep your telephone with you. If nobody calls, call the clinic.',
}
