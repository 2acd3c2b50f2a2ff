// Owns how a screen is looked at: at a desk's and a phone's width, in light and in dark, by rule and by picture.
// Refuses what axe finds, what scrolls sideways, what is too small to be hit, and ids that nobody asked for.
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { isForDocs } from './camera.ts'

const widths = [1280, 360] as const
const schemes = ['light', 'dark'] as const
const everything: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** For screens whose colours are looked at elsewhere. */
export const withoutColours: axe.RunOnly = {
  type: 'rule',
  values: axe.getRules(everything.values).flatMap(({ ruleId }) => (ruleId.startsWith('color-contrast') ? [] : ruleId)),
}
const contrast: axe.RunOnly = { type: 'rule', values: ['color-contrast'] }

/** What patients see where it is nobody's clinic, or where nothing is waited for and nothing fails; wherever else, the clinic's words for an emergency stand. */
const withoutEmergency = [
  ...['patient-choose-clinic', 'patient-unknown-system', 'patient-unknown-address', 'patient-sign-in-ended'],
  ...['patient-call', 'patient-call-withdraw', 'patient-recording-asked', 'patient-signed-out'],
]

/**
 * Looks at the page as it is; `tab` is the part to choose where the clinician's page has tabs. With PICTURES set, the pictures are in
 * test-results/screens: for people to look at.
 */
export async function look(page: Page, name: string, tab?: 'Door' | 'Call' | 'Note' | 'Chart'): Promise<void> {
  if (name.startsWith('patient-') && !withoutEmergency.includes(name))
    await expect.soft(page.locator('.emergency'), `${name} says what to do in an emergency`).toBeVisible()
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    await laidOut(page)
    if (tab !== undefined && width === 360) await page.getByRole('tab', { name: tab }).click()
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const fullPage = !(await page.getByRole('dialog').isVisible())
      if (process.env.PICTURES)
        await page.screenshot({ path: `test-results/screens/${name}-${width}-${colorScheme}.png`, fullPage })
      // Dark differs from light in colours alone, and those are the same at every width; a page without tabs is one document at each.
      if (width !== widths[0] && (colorScheme === 'dark' || tab === undefined)) continue
      const which = colorScheme === 'light' ? everything : contrast
      expect.soft(await violations(page, which), `${name} at ${width}, ${colorScheme}`).toEqual([])
    }
    expect.soft(await sideways(page), `${name} at ${width} scrolls sideways`).toBe(0)
    expect.soft(await technical(page), `${name} at ${width} shows what only support reads`).toEqual([])
    expect.soft(await inVain(page), `${name} at ${width} scrolls though all of it is seen`).toBe(false)
    expect.soft(await tooSmall(page), `${name} at ${width} has small targets`).toEqual([])
  }
  if (name.startsWith('patient-')) await lookEnlarged(page, name)
  if (before !== null) await page.setViewportSize(before)
}

/** The page as the README shows it: taken with PICTURES=docs, into docs/screenshots; a test holds that the README shows no other picture. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!isForDocs) return
  await page.emulateMedia({ colorScheme: 'light' })
  await page.screenshot({ path: `docs/screenshots/${name}.png`, fullPage: true, animations: 'disabled' })
}

/** The page has been drawn at its new size: what it shows there it learns a moment later. */
const laidOut = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))))

/**
 * The smallest phone with text twice as large: nothing lies beside the page (WCAG 1.4.4, 1.4.10), what answers a question is in sight, and no word
 * or number is broken.
 */
async function lookEnlarged(page: Page, name: string): Promise<void> {
  const size = (to: string) => page.evaluate((set) => document.documentElement.style.setProperty('font-size', set), to)
  await page.setViewportSize({ width: 320, height: 640 })
  await size('200%')
  if (process.env.PICTURES)
    await page.screenshot({ path: `test-results/screens/${name}-320-large.png`, fullPage: true })
  expect.soft(await sideways(page), `${name} at 320 with text of 200 % scrolls sideways`).toBe(0)
  expect.soft(await answersOutOfSight(page), `${name} at 320 with text of 200 % hides answers`).toEqual([])
  expect.soft(await broken(page), `${name} at 320 with text of 200 % breaks words or numbers`).toEqual([])
  await size('')
}

/**
 * What axe finds. It is put into a page once, being half a megabyte, and asked for nothing but violations. What is in the call's frame is Jitsi's,
 * and of another origin: axe does not go in, nor wait for an answer from there. The frame itself is ours.
 */
export async function violations(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (which) => {
    // One that has not been there yet is still blank.
    const seen = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument?.URL ?? 'about:blank')
    if (seen.some((url) => url !== 'about:blank')) throw new Error('axe would not look into this frame of our own')
    const { axe: inPage } = window as unknown as { axe: typeof axe } // sound: it was put there
    const { violations } = await inPage.run(document, {
      runOnly: which,
      resultTypes: ['violations'],
      iframes: false,
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  }, runOnly)
}

export const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** The buttons of an open dialog that are not wholly within the window, or lie under something. */
const answersOutOfSight = (page: Page) =>
  page.locator('dialog[open] .actions button').evaluateAll((all) =>
    all.flatMap((one) => {
      const { left, top, width, height, bottom } = one.getBoundingClientRect()
      const there = document.elementFromPoint(left + width / 2, top + height / 2)
      return top >= 0 && bottom <= innerHeight && one.contains(there) ? [] : [one.textContent ?? '']
    }),
  )

/** Words, and the clinic's number, that go over more than one line without a hyphen. Longer words than these fit on no small phone. */
/** Chinese goes over to the next line anywhere. */
const broken = (page: Page) =>
  page.locator('#page').evaluate((shown) => {
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode() !== null) {
      const text = texts.currentNode as Text // sound: the walker shows texts alone
      if (!text.parentElement?.checkVisibility() || text.parentElement.closest('.unseen') !== null) continue
      for (const { 0: word, index } of text.data.matchAll(/(?:(?!\p{sc=Han})\p{L}){2,12}(?!\p{L})|\d{3}-\d{4}/gu)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word)
      }
    }
    return found
  })

/** Ids, addresses and numbers of a system that stand in sight: they belong behind “Details”. */
const technical = (page: Page) =>
  page.locator('#page').evaluate((shown) => {
    const ids = /\b[A-Z][A-Za-z]{4,}\/[\w.-]*\d[\w.-]*|https?:\/\/|\b[0-9a-f]{8}-[0-9a-f]{4}\b/
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (texts.nextNode() !== null) {
      const { parentElement, data } = texts.currentNode as Text // sound: the walker shows texts alone
      if (ids.test(data) && parentElement?.checkVisibility() && parentElement.closest('details') === null)
        found.push(data)
    }
    return found
  })

/** Whether there is something to scroll where all that can be read or pressed is in sight (a scrollbar that stands there always). */
const inVain = (page: Page) =>
  page.evaluate(() => {
    const { scrollHeight, clientHeight } = document.documentElement
    const all = [...document.querySelectorAll('#page *')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    )
    const foot = Math.max(...all.map((one) => one.getBoundingClientRect().bottom + scrollY))
    return scrollHeight > clientHeight && foot <= clientHeight
  })

/** What can be pressed and is lower or narrower than 44 px; for a link within a sentence, lower than 24 px (WCAG 2.5.5, 2.5.8). */
const tooSmall = (page: Page) =>
  page
    .locator('#page')
    .locator('button, a, select, input, textarea, summary')
    .evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .flatMap((one) => {
          const { width, height } = one.getBoundingClientRect()
          const inSentence = one instanceof HTMLAnchorElement && getComputedStyle(one).display === 'inline'
          const small = inSentence ? height < 24 : height < 44 || width < 44
          return small ? [`${one.textContent?.trim()}: ${Math.round(width)} × ${Math.round(height)}`] : []
        }),
    )
