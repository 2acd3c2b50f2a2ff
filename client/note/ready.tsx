// What keeps a note from being signed, or put into the chart: a text that is not saved, or none. Said for as long as it is so.
import type { SoapText } from '../../server/wire/wire.ts'
import type { Keeper } from './keeper.ts'
import { emptyText } from './saving.ts'

export type NotReady = 'notSaved' | 'empty'
type Ready = { readonly text: SoapText; readonly version: number }

/** The text as it is saved, once it is; else why there is none. */
export async function readyText(keeper: Keeper): Promise<Ready | NotReady> {
  const safe = await keeper.flush()
  const now = keeper.saving.peek()
  if (!safe || now.at !== 'saved') return 'notSaved'
  return emptyText(now.text) ? 'empty' : { text: now.text, version: now.version }
}

type NotYetProps = {
  readonly met: NotReady
  readonly keeper: Keeper
  readonly words: Readonly<Record<NotReady, string>>
}

export function NotYet({ met, keeper, words }: NotYetProps) {
  const saving = keeper.saving.value
  const isSo = met === 'empty' ? emptyText(saving.text) : saving.at !== 'saved'
  return isSo ? <p role="alert">{words[met]}</p> : null
}
