// What a person pressed last, to be kept in sight together with what stood in its way: words that come push what is below them down.
// Refuses to move a page under who pressed something else.

let last: { readonly on: Element; readonly at: number } | undefined

globalThis.document?.addEventListener(
  'click',
  ({ target, timeStamp: at }) => {
    const on = target instanceof Element ? target.closest('button, a') : null
    last = on === null ? undefined : { on, at }
  },
  true,
)

/** Nothing that was asked for is waited for longer. */
const longestMs = 20_000

/** What is said about a press is read where it was pressed, and it can be pressed again there, or beside what is said; of what fits only in part, what is pressed. */
export function keepInSight(says: Element | null): void {
  if (says === null || last === undefined || performance.now() - last.at > longestMs) return
  const isGone = !last.on.isConnected
  if (!isGone && !says.closest('dialog, li, section, details, .card, .part')?.contains(last.on)) return
  const again = isGone ? says.querySelector('button') : last.on
  for (const one of [says, again]) one?.scrollIntoView({ block: 'nearest' })
}
