// Opens this visit in a window of its own: the window at once, while the button is pressed, and what it may know a moment later.
// Refuses to keep what it hands over: it goes into the window's address, behind the #, and nowhere else.
import type { HandedOver, HandOver, Me, VisitOpened } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { pageState } from '../base/page-state.ts'
import { apiPath } from '../base/route.ts'

/** `link`: the browser opened no window by itself; the address is good once, for a minute. */
export type HandingOver =
  | { readonly at: 'open'; readonly window: Window }
  | { readonly at: 'link'; readonly url: string }
  | { readonly at: 'refused'; readonly problem: Problem }

export async function handOver(launch: Me['launch'], visit: VisitOpened['visit']): Promise<HandingOver> {
  // Before anything is awaited: browsers let a window open only while something is pressed.
  const opened = window.open('/hand-over.html', '_blank')
  const answer = await post<HandedOver>(apiPath(launch, 'hand-overs'), { visit } satisfies HandOver)
  if (!answer.ok) {
    opened?.close()
    return { at: 'refused', problem: answer.problem }
  }
  const url = `${answer.body.url}&${closedHere()}`
  if (opened === null) return { at: 'link', url }
  opened.location.replace(url)
  return { at: 'open', window: opened }
}

/** What is closed here, as the end of the fragment of the window: it begins so (call/own-devices.ts). */
function closedHere(): string {
  const { microphone, camera } = pageState()
  return `-${microphone === 'off' ? 'm' : ''}${camera === 'off' ? 'c' : ''}`
}
