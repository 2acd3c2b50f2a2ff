// Owns whether what is said of a refusal fits its place: nothing cut, nothing over another, nothing wider than its box, and what it speaks of in sight.
// Runs in the page itself: a round trip for each of some hundred looks would take minutes.
import type { Frame } from '@playwright/test'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { todoFor } from '../../client/base/remedies.ts'
import type { ProblemCode, Remedy } from '../../client/base/remedy.ts'
import { offline, unavailable } from '../../client/base/words.ts'
import type { Role } from '../../server/wire/wire.ts'

const remedies: Readonly<Record<ProblemCode, Remedy>> = { ...problemRemedies, ...chartRemedies, offline, unavailable }

/** Every refusal there is, with the words that tell that it is shown. */
const everyCode = Object.keys(remedies) as readonly ProblemCode[] // sound: a record of exactly these

export type Refused = { readonly code: ProblemCode; readonly title: string }
const refusedBy = (code: ProblemCode): Refused => ({ code, title: remedies[code].title })

const lengthOf = (remedy: Remedy, role: Role | undefined): number =>
  remedy.title.length + remedy.says.length + todoFor(remedy, role).length
const widest = ({ title, says, todo }: Remedy): number =>
  Math.max(
    ...JSON.stringify([title, says, todo])
      .split(/[^\p{L}’]+/u)
      .map((word) => word.length),
  )

/** Nobody but a clinician reads what is said of the chart. */
const readBy = (role: Role | undefined): readonly ProblemCode[] =>
  everyCode.filter((code) => role === 'clinician' || !Object.hasOwn(chartRemedies, code))

/**
 * Those that need most room of all that somebody can read: by their length, by their longest word, and with seconds to wait and a number to read
 * out beside them. What differs between two refusals in one place is nothing but their words: where these fit, all do.
 */
export function largest(role: Role | undefined): readonly Refused[] {
  const codes = readBy(role)
  const most = (of: (remedy: Remedy) => number) => codes.toSorted((a, b) => of(remedies[b]) - of(remedies[a]))
  const [longest = 'fault'] = most((remedy) => lengthOf(remedy, role))
  const [wide = 'fault'] = most(widest)
  return [...new Set<ProblemCode>([longest, wide, 'ehr-busy', 'fault'])].map(refusedBy)
}

/** One for each thing that a page offers to do about it: the one with most words. */
export function pages(role: Role | undefined): readonly Refused[] {
  const codes = readBy(role)
  const actions = [...new Set(codes.map((code) => remedies[code].action))]
  return actions.map((action) => {
    const some = codes.filter((code) => remedies[code].action === action)
    return refusedBy(some.reduce((a, b) => (lengthOf(remedies[b], role) > lengthOf(remedies[a], role) ? b : a)))
  })
}

/** Selectors; of several elements that match the first that is seen. */
export type PlaceLook = {
  /** What is pressed before, in this order; left out where it is not there, as a tab on a wide page. A button by its words, after `=`. */
  readonly open: readonly string[]
  /** What comes late, and is waited for before anything is pressed: it pushes the rest down. */
  readonly late?: readonly string[]
  /** What is refused when it is pressed, or typed into; nothing where the page is looked at as it stands. */
  readonly press: string
  /** Of what is looked at as it stands, what must be there by then. */
  readonly shows?: string
  /** Only what may pass by itself is said there. */
  readonly passing?: true
}
type Looks = {
  readonly places: Readonly<Record<string, PlaceLook>>
  readonly refused: readonly Refused[]
  readonly large: boolean
}

/** Presses in each of these places, and answers what of each refusal does not fit. */
export const misfits = (page: Frame, looks: Looks): Promise<readonly string[]> => page.evaluate(inPage, looks)

/** What does not fit as the page is now. */
export const misfitsNow = (page: Frame, large: boolean): Promise<readonly string[]> =>
  page.evaluate(inPage, { places: { 'as it stands': { open: [], press: '' } }, refused: [], large })

/** Reads from nothing outside of itself: it is sent to the page as text. */
async function inPage({ places, refused, large }: Looks): Promise<readonly string[]> {
  const page = document.getElementById('page') ?? document.body
  const settled = async () => {
    for (let n = 0; n < 4; n++) await new Promise((done) => setTimeout(done, 0))
  }
  const isSeen = (one: Element) =>
    one.checkVisibility({ visibilityProperty: true }) &&
    one.closest('.unseen') === null &&
    getComputedStyle(one).clipPath === 'none'
  const found = (selector: string) =>
    selector.startsWith('=')
      ? [...page.querySelectorAll('button')].find((one) => isSeen(one) && one.textContent === selector.slice(1))
      : [...page.querySelectorAll<HTMLElement>(selector)].find(isSeen)
  const until = async <T>(what: () => T | undefined | false): Promise<T | undefined> => {
    for (let n = 0; n < 60; n++) {
      const is = what()
      if (is) return is
      await new Promise((done) => setTimeout(done, n < 20 ? 2 : 20))
    }
    return undefined
  }
  /** The nearest box around it that scrolls or cuts. */
  const clipOf = (one: Element): Element | undefined => {
    for (let at = one.parentElement; at !== null && at !== document.documentElement; at = at.parentElement)
      if (getComputedStyle(at).overflowY !== 'visible' && at !== document.body) return at
    return undefined
  }
  const boxInSight = (one: Element) => {
    const clip = clipOf(one)?.getBoundingClientRect()
    const [top, bottom] = [Math.max(0, clip?.top ?? 0), Math.min(innerHeight, clip?.bottom ?? innerHeight)]
    return { top, bottom }
  }
  const inSight = (one: Element, least = 1): boolean => {
    const { top, bottom, height } = one.getBoundingClientRect()
    const sight = boxInSight(one)
    return Math.min(bottom, sight.bottom) - Math.max(top, sight.top) >= Math.min(height, least)
  }
  const nameOf = (one: Element) =>
    `${one.tagName.toLowerCase()}${one.className === '' ? '' : `.${String(one.className).split(' ').join('.')}`} “${(one.textContent ?? '').trim().slice(0, 40)}”`
  const layerOf = (one: Element): Element => {
    for (let at: Element | null = one; at !== null && at !== page; at = at.parentElement)
      if (at.tagName === 'DIALOG' || /absolute|fixed|sticky/.test(getComputedStyle(at).position)) return at
    return page
  }

  /** What is wider than its place: it would be scrolled sideways for, or is cut off. */
  const tooWide = () => {
    const { scrollWidth, clientWidth } = document.documentElement
    const all = [...page.querySelectorAll<HTMLElement>('*')].filter(isSeen)
    const wide = all.filter((one) => {
      if (one.matches('.others, .others *, textarea, iframe, iframe *, meter')) return false
      const { overflowX, display } = getComputedStyle(one)
      return display !== 'inline' && overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1
    })
    return [
      ...(scrollWidth > clientWidth
        ? [
            `the page is ${scrollWidth - clientWidth} px too wide: ${all
              .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
              .map(nameOf)
              .slice(-3)
              .join(' | ')}`,
          ]
        : []),
      ...wide.map((one) => `${nameOf(one)} is ${one.scrollWidth - one.clientWidth} px too wide`),
    ]
  }
  type Line = { readonly of: Element; readonly rect: DOMRect }
  const linesSeen = (): Line[] => {
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT)
    const lines: Line[] = []
    const dialog = page.querySelector('dialog[open]')
    while (walker.nextNode() !== null) {
      const of = walker.currentNode.parentElement
      if (of === null || !isSeen(of) || walker.currentNode.textContent?.trim() === '') continue
      if (dialog !== null && !dialog.contains(of)) continue
      if (of.closest('.others, textarea, option') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(walker.currentNode)
      for (const rect of range.getClientRects()) if (rect.width > 1) lines.push({ of, rect })
    }
    return lines
  }
  /** What sticks out of the box it stands in. */
  const cutOrOut = (lines: readonly Line[]) =>
    lines.flatMap(({ of, rect }) => {
      let box = of
      while (getComputedStyle(box).display === 'inline' && box.parentElement !== null) box = box.parentElement
      if (getComputedStyle(box).overflowY !== 'visible') return []
      const around = box.getBoundingClientRect()
      const out = Math.max(rect.right - around.right, around.left - rect.left, rect.bottom - around.bottom - 3)
      return out > 1.5 ? [`${nameOf(of)} sticks ${Math.round(out)} px out of ${nameOf(box)}`] : []
    })
  const overlapping = (lines: readonly Line[]) => {
    const clipped = lines.flatMap(({ of, rect }) => {
      const sight = boxInSight(of)
      const [top, bottom] = [Math.max(rect.top, sight.top), Math.min(rect.bottom, sight.bottom)]
      const whole = rect.height
      return bottom > top ? [{ of, whole, rect: new DOMRect(rect.left, top, rect.width, bottom - top) }] : []
    })
    const layers = new Map(clipped.map(({ of }) => [of, layerOf(of)]))
    const found: string[] = []
    clipped.forEach((a, n) => {
      for (const b of clipped.slice(n + 1)) {
        if (layers.get(a.of) !== layers.get(b.of)) continue
        const width = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left)
        const height = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top)
        // Lines of one text share their leading, also where an edge has left little of one.
        if (width > 2 && height > Math.min(a.whole, b.whole) / 3)
          found.push(`${nameOf(a.of)} lies over ${nameOf(b.of)}`)
      }
    })
    return found
  }
  /** Words of what can be pressed that go over more than one line; longer ones fit on no small phone. */
  const brokenIn = (lines: readonly Line[]) =>
    [...new Set(lines.map(({ of }) => of))].flatMap((of) => {
      if (of.closest('button, [role=tab]') === null) return []
      return [...of.childNodes].flatMap((node) => {
        const words =
          node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').matchAll(/(?<!\p{L})\p{L}{2,12}(?!\p{L})/gu) : []
        return [...words].flatMap(({ 0: word, index }) => {
          const range = document.createRange()
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const rows = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
          return rows.size > 1 ? [`${word} is broken in ${nameOf(of)}`] : []
        })
      })
    })
  const misfit = () => {
    const lines = linesSeen()
    return [...tooWide(), ...cutOrOut(lines), ...overlapping(lines), ...brokenIn(lines)]
  }

  /** Away and back: nothing is left of what was pressed before. */
  const afresh = async () => {
    const { pathname } = location
    for (const at of [
      pathname.replace(/^(\/v\/[^/]+).*/, pathname.includes('visits') ? '$1/ehr' : '$1/visits/w'),
      pathname,
    ]) {
      history.pushState(null, '', at)
      dispatchEvent(new PopStateEvent('popstate'))
      await settled()
    }
  }
  const scene = Reflect.get(window, 'scene') as { refused: string | undefined } // sound: the stage put it there
  const use = (control: HTMLElement) => {
    if (!(control instanceof HTMLTextAreaElement)) return control.click()
    control.value += '.'
    control.dispatchEvent(new Event('input', { bubbles: true }))
    // What is typed is sent when the field is left.
    control.dispatchEvent(new FocusEvent('blur'))
  }
  const refusedAt = async ({ press }: { readonly press: string }, { code, title }: { code: string; title: string }) => {
    const control = await until(() => found(press))
    if (control === undefined) return [`there is no ${press}`]
    scene.refused = code
    control.scrollIntoView({ block: 'nearest' })
    control.focus({ preventScroll: true })
    use(control)
    const said = () =>
      [...page.querySelectorAll<HTMLElement>('p, strong, h1, h2')].find(
        (one) => isSeen(one) && one.textContent?.includes(title),
      )
    const says = await until(said)
    if (says === undefined) return [`${code} is not said after ${press}`]
    await settled()
    const alert = says.closest('.trouble, .save-state, .filing') ?? says
    const pressed = found(press) ?? alert.querySelector('button')
    const gone = (one: Element, least: number) => {
      const { top, bottom } = one.getBoundingClientRect()
      return inSight(one, least)
        ? []
        : [`out of sight: ${nameOf(one)} at ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`]
    }
    const covered = (one: Element) => {
      const { left, right, top, bottom } = one.getBoundingClientRect()
      const sight = boxInSight(one)
      const [x, y] = [(left + right) / 2, (Math.max(top, sight.top) + Math.min(bottom, sight.bottom)) / 2]
      const there = document.elementFromPoint(x, y)
      return there === null || one.contains(there) ? [] : [`${nameOf(there)} covers ${nameOf(one)}`]
    }
    // All of what is pressed, and of a long text as much as there is room for beside that.
    const wrong = () => {
      const sight = boxInSight(alert)
      const room = sight.bottom - sight.top - (pressed?.getBoundingClientRect().height ?? 0) - 16
      const [read, again] = [room > 0 ? [alert] : [], pressed === null ? [] : [pressed]]
      return [
        ...read.flatMap((one) => gone(one, Math.min(room, 40))),
        ...again.flatMap((one) => gone(one, 24)),
        ...[...read, ...again].flatMap(covered),
        ...misfit(),
      ]
    }
    // What the page says is scrolled to with its next picture, which a busy machine draws late.
    let amiss = wrong()
    await until(() => {
      if (amiss.length > 0) amiss = wrong()
      return amiss.length === 0
    })
    return amiss.map((one) => `${code}: ${one}`)
  }
  const told: string[] = []
  if (large) document.documentElement.style.fontSize = '200%'
  await until(() => page.querySelector('h1, h2') !== null)
  for (const [place, { open, late = [], press, shows, passing }] of Object.entries(places)) {
    const of = (one: string) => `${place}: ${one}`
    scene.refused = undefined
    if (press !== '' || open.length > 0) await afresh()
    for (const selector of late) for (let n = 0; n < 10 && !(await until(() => found(selector))); n++);
    for (const selector of open) {
      const isTab = selector.startsWith('[role=tab]')
      const one = isTab && innerWidth >= 900 ? undefined : await until(() => found(selector))
      if (one !== undefined) use(one)
      await settled()
    }
    if (press === '') {
      if (shows !== undefined && (await until(() => found(shows))) === undefined) told.push(of(`there is no ${shows}`))
      await settled()
      told.push(...misfit().map(of))
      continue
    }
    const those = passing ? refused.filter(({ code }) => code === 'ehr-busy' || code === 'fault') : refused
    for (const one of those) told.push(...(await refusedAt({ press }, one)).map(of))
  }
  return [...new Set(told)]
}
