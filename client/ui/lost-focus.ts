// Where the keyboard goes on when what it was on is gone, hidden, or closed for a while: a browser leaves it nowhere, which is the page's beginning.
// Refuses to take it from anything that has it, and from whoever has put it nowhere by a press beside everything.

const isShown = (one: Element): boolean => one.getClientRects().length > 0

/** Nothing has it, or what has it is not shown, or can be pressed no more: some browsers leave it there for a while. */
export function isFocusLost(): boolean {
  const { activeElement: at, body } = document
  return at === null || at === body || !isShown(at) || at.matches(':disabled')
}

/** Puts it there; also where a person cannot come to it by Tab. */
export function focusOn(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  // Whoever presses with a finger or a mouse must not lose what they look at.
  place.focus({ preventScroll: true })
}

/** What is around an element, the nearest first, itself before them. */
function around(one: Element): readonly Element[] {
  return one.parentElement === null ? [one] : [one, ...around(one.parentElement)]
}

/** The nearest that is left of what was around it: a part that has a name, or the heading of one. */
function placeAfter([, ...places]: readonly Element[]): HTMLElement | undefined {
  return places.filter((one) => one.isConnected && isShown(one)).flatMap((one) => placeIn(one) ?? [])[0]
}

function placeIn(one: Element): HTMLElement | undefined {
  if (one instanceof HTMLElement && one.matches('[tabindex="-1"], [aria-label]')) return one
  return [...one.querySelectorAll<HTMLElement>('h1, h2, h3, h4')].find(isShown)
}

/** Whoever puts it somewhere by themselves, such as to what came of a press, does it within this. */
const ownMs = 150
/** What a button does mostly takes less, and then it is open again. */
const patienceMs = 3_000

/** For a whole page, from now on. */
export function keepFocus(): void {
  let last: readonly Element[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const remember = () => {
    const { activeElement: at } = document
    if (at !== null && !isFocusLost()) last = around(at)
  }
  const putBack = (late = false) => {
    timer = undefined
    const [was] = last
    if (was === undefined || !isFocusLost()) return
    const isThere = was.isConnected && isShown(was)
    const isClosed = isThere && was.matches(':disabled')
    if (isClosed && !late) return wait(patienceMs, true)
    const place = isThere && !isClosed && was instanceof HTMLElement ? was : placeAfter(last)
    if (place !== undefined) focusOn(place)
  }
  const wait = (ms: number, late: boolean) => {
    clearTimeout(timer)
    // On a busy machine what others do after they were drawn comes later than that, and after a frame.
    const afterOthers = () => requestAnimationFrame(() => setTimeout(() => timer === mine && putBack(late)))
    const mine = setTimeout(afterOthers, ms)
    timer = mine
  }
  document.addEventListener('focusin', remember)
  // A frame that takes it tells nobody.
  window.addEventListener('blur', () => setTimeout(remember))
  document.addEventListener('focusout', ({ target }) =>
    queueMicrotask(() => {
      const isOpen = target instanceof Element && target.isConnected && isShown(target) && !target.matches(':disabled')
      if (isOpen && document.activeElement === document.body) last = []
    }),
  )
  // Whatever else changes meanwhile, a button that is open again has it at once.
  new MutationObserver((all) => {
    const isOpened = all.some(({ attributeName, target }) => attributeName === 'disabled' && target === last[0])
    if (isFocusLost() && (timer === undefined || isOpened)) wait(ownMs, false)
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['hidden', 'disabled'] })
}
