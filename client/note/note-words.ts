// What is said about a note: whether its text is safe, and where it is on its way to the chart.
import type { NoteView } from '../../server/wire/wire.ts'
import { isCode, remedies } from '../base/remedies.ts'
import { clock, day } from '../ui/times.ts'
import type { Saving } from './saving.ts'

export function savingWords(saving: Saving, timeZone: string): string {
  switch (saving.at) {
    case 'saved':
      return saving.savedAt === undefined ? 'Nothing written yet' : `Saved ${clock(saving.savedAt, timeZone)}`
    case 'edited':
    case 'saving':
      return 'Saving…'
    case 'unsaved':
      return saving.problem.code === 'offline'
        ? 'Not saved: no connection. Your text is kept on this page; we keep trying.'
        : `Not saved. ${remedies[saving.problem.code].title}. Your text is kept on this page.`
    case 'changed':
      return 'Changed in another window'
    case 'signed':
      return 'Signed'
  }
}

/** Where the draft is; `version` is the text's on the screen. */
export function draftWords({ filing, version: of }: NonNullable<NoteView['draft']>, version: number): string {
  switch (filing.state) {
    case 'filed':
      return of === version
        ? 'The chart has this text as a draft. It is not signed.'
        : 'The chart has an earlier text of this as a draft. It is not signed.'
    case 'pending':
      return 'The draft is on its way to the chart…'
    case 'unknown':
      return 'We cannot tell whether the draft arrived. Look for it in the chart: we do not send it twice by ourselves.'
    case 'not-filed':
      return `The draft is not in the chart. ${why(filing.why)} The text is kept here.`
    case 'unfiled':
    case 'entered-in-error':
      return ''
  }
}

type OnItsWay = Pick<NoteView, 'filing' | 'amends'>

/** Where a signed note is; of an amendment, what the chart has meanwhile. */
export function filingWords({ filing, amends }: OnItsWay, finished: boolean, timeZone: string): string {
  const still =
    amends &&
    `chart still has the text signed at ${clock(amends.signedAt, timeZone)} on ${day(amends.signedAt, timeZone)}`
  switch (filing.state) {
    case 'unfiled':
      if (!finished) return 'The note is signed. It goes to the chart when the visit has ended.'
      return still === undefined
        ? 'The note is signed. It is not in the chart yet.'
        : `The amendment is signed. The ${still}.`
    case 'pending':
      return 'The note is on its way to the chart…'
    case 'filed':
      return 'The note is in the chart.'
    case 'unknown':
      return `We cannot tell whether the ${still === undefined ? 'note arrived' : `amendment arrived, or the ${still}`}. The health record system did not confirm it. Look for it in the chart before anything else: we do not send it twice by ourselves.`
    case 'not-filed':
      return still === undefined
        ? `The note is not in the chart. ${why(filing.why)} It is kept here.`
        : `The ${still}. ${why(filing.why)} The amendment is kept here.`
    case 'entered-in-error':
      return 'In the chart the note is marked as entered in error. Write it anew if the visit needs one.'
  }
}

const whys: Readonly<Record<string, string>> = {
  'not-arrived': 'We looked for it: it did not arrive.',
  'ehr-policy':
    'A rule of the health record system does not let you write for this patient from here. Write the note in the chart itself, or ask who may.',
  'ehr-limit': 'The health record system takes no more notes from here today. Send it again tomorrow.',
  'ehr-invalid':
    'The health record system did not like its form. Tell the people who look after it, with the code below.',
  'ehr-conflict': 'Somebody changed it in the chart meanwhile. Look at the chart, then send it again.',
  'ehr-busy': 'The health record system is busy.',
  'not-offered': 'This health record system takes no such notes from outside.',
  'no-encounter':
    'The chart shows no encounter that is surely this visit’s, and nothing was sent. Open the visit from its encounter in the chart, then try again.',
  'encounter-refused': 'The health record system did not take the visit it belongs to.',
  'sign-in-ended':
    'Your sign-in at the health record system has ended: open the visit again from the chart, then send the note.',
}

/** Why a note did not arrive, in a sentence. */
export function why(code: string): string {
  const known = whys[code]
  if (known !== undefined) return known
  return isCode(code) ? `${remedies[code].title}. ${remedies[code].says}` : 'The health record system did not take it.'
}
