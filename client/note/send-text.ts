// Sends a note's text to the server, and once more when its page is left: what became of it is answered where somebody is left to hear it.
// Refuses to write another window's text over: what was sent before is named.
import type { Signal } from '@preact/signals'
import type { NoteView, SaveNote, SoapText } from '../../server/wire/wire.ts'
import { type Answer, ask, keepaliveLimit } from '../base/api.ts'
import { atRisk, type Saving, type SavingEvent } from './saving.ts'

const putText = (path: string, text: SaveNote, version: number): Promise<Answer<NoteView>> =>
  ask<NoteView>(path, { method: 'PUT', body: text, ifMatch: version, keepalive: true })

type Sent = Extract<SavingEvent, { is: 'saved' | 'failed' | 'differs' }>

/** Sends a text and says what became of it. */
export async function sendText(path: string, text: SoapText, version: number): Promise<Sent> {
  const answer = await putText(path, text, version)
  if (answer.ok) return { is: 'saved', note: answer.body }
  const { problem } = answer
  if (problem.code !== 'note-changed' && problem.code !== 'note-signed') return { is: 'failed', problem }
  const theirs = await ask<NoteView>(path)
  if (!theirs.ok) return { is: 'failed', problem: theirs.problem }
  return { is: 'differs', theirs: theirs.body }
}

/** The page may be gone before an answer: the request outlives it, and nobody waits for what it says. */
function sendLast(path: string, state: Saving): void {
  if (state.at === 'edited') void putText(path, state.text, state.version)
  if (state.at !== 'unsaved' && state.at !== 'saving') return
  // What was sent may have arrived or not: it is named, never guessed, so that another window's text is not written over.
  if (state.at === 'unsaved' || state.text !== state.sent)
    void putText(path, following(state.text, state.sent), state.version)
}

/** Both texts, or where a closing page cannot carry so much the newer one alone: it is then refused when the older one arrived. */
function following(text: SoapText, sent: SoapText): SaveNote {
  const both = { ...text, follows: sent }
  return new Blob([JSON.stringify(both)]).size < keepaliveLimit ? both : text
}

/** When the page is left, seen again, or has a connection again. */
export function onLeaving(
  path: string,
  saving: Signal<Saving>,
  due: () => void,
  look: () => Promise<void>,
): () => void {
  const leaving = () => sendLast(path, saving.value)
  const turned = () => {
    if (document.visibilityState === 'hidden') due()
    else void look()
  }
  const asked = (event: BeforeUnloadEvent) => {
    if (atRisk(saving.value)) event.preventDefault()
  }
  window.addEventListener('pagehide', leaving)
  window.addEventListener('online', due)
  window.addEventListener('beforeunload', asked)
  document.addEventListener('visibilitychange', turned)
  return () => {
    window.removeEventListener('pagehide', leaving)
    window.removeEventListener('online', due)
    window.removeEventListener('beforeunload', asked)
    document.removeEventListener('visibilitychange', turned)
  }
}
