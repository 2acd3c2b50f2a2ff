// Which sentence is said about a note: whether its text is safe, and where it is on its way to the chart.

import type { NoteView } from '../../server/wire/wire.ts'
import { isCode, remedies } from '../base/remedies.ts'
import { clock } from '../ui/clock.ts'
import { day, timeOfDay } from '../ui/times.ts'
import type { Saving } from './saving.ts'
import { filingWords } from './signed-words.ts'
import { draftWords, savingWords } from './words.ts'

export function savingSentence(saving: Saving, timeZone: string): string {
  switch (saving.at) {
    case 'saved':
      return saving.savedAt === undefined ? savingWords.nothingYet : savingWords.saved(clock(saving.savedAt, timeZone))
    case 'edited':
    case 'saving':
      return savingWords.saving
    case 'unsaved': {
      const { code } = saving.problem
      return code === 'offline' ? savingWords.offline : savingWords.unsaved(remedies[code].title)
    }
    case 'changed':
      return savingWords.changed
    case 'signed':
      return savingWords.signed
  }
}

/** Where the draft is; `version` is the text's on the screen. */
export function draftSentence({ filing, version: of }: NonNullable<NoteView['draft']>, version: number): string {
  switch (filing.state) {
    case 'filed':
      return of === version ? draftWords.filed : draftWords.filedEarlier
    case 'pending':
      return draftWords.pending
    case 'unknown':
      return draftWords.unknown
    case 'not-filed':
      return draftWords.notFiled(whySentence(filing.why))
    case 'unfiled':
    case 'entered-in-error':
      return ''
  }
}

type OnItsWay = Pick<NoteView, 'filing' | 'amends'>

/** Where a signed note is; of an amendment, what the chart has meanwhile. */
export function filingSentence({ filing, amends }: OnItsWay, finished: boolean, timeZone: string): string {
  const before = amends && { time: timeOfDay(amends.signedAt, timeZone), day: day(amends.signedAt, timeZone) }
  switch (filing.state) {
    case 'unfiled':
      if (!finished) return filingWords.afterVisit
      return before === undefined ? filingWords.unfiled : filingWords.amendmentUnfiled(before)
    case 'pending':
      return filingWords.pending
    case 'filed':
      return filingWords.filed
    case 'unknown':
      return before === undefined ? filingWords.unknown : filingWords.amendmentUnknown(before)
    case 'not-filed': {
      const why = whySentence(filing.why)
      return before === undefined ? filingWords.notFiled(why) : filingWords.amendmentNotFiled(why, before)
    }
    case 'entered-in-error':
      return filingWords.enteredInError
  }
}

/** Why a note did not arrive. A page that is older than its server may meet a code that it has no words for. */
export function whySentence(code: string): string {
  if (Object.hasOwn(filingWords.whys, code)) return filingWords.whys[code as keyof typeof filingWords.whys] // sound: asked on this line
  if (!isCode(code)) return filingWords.whyUntold
  return filingWords.whyOf(remedies[code].title, remedies[code].says)
}
