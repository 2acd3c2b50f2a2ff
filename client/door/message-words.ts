// What a clinician can let somebody who waits know, as their own page says it: she chooses among the very sentences that are read.
import type { MessageText } from '../../server/wire/wire.ts'
import { isolated } from '../base/isolated.ts'

type Ready = Extract<MessageText, { reason: string }>['reason']

export const messageSentences: Readonly<Record<Ready, string>> = {
  'not-forgotten': 'You have not been forgotten. Your clinician knows that you are waiting.',
  soon: 'Your clinician will be with you in a few minutes.',
  papers: 'Please keep your medicines and your papers at hand.',
  'quiet-place': 'Please go to a quiet place with good light.',
  'somebody-with-you': 'If somebody is to be with you in the visit, please ask them to come now.',
}

export const messageWords = {
  title: 'From your clinician',
  ready: (clock: string, sentence: string) => `${clock}: ${sentence}`,
  /** Before what the clinician wrote, as it was written. */
  own: (clock: string) => `${clock}, in your clinician’s own words:`,
  /** Read out. */
  wrote: (words: string) => `Your clinician wrote: “${isolated(words)}”`,
}
