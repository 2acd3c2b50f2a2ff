// Owns that each screen a patient can stand before can be used in each language: by rule, at the width of the smallest phone, which is a desk's at
// 400 %; by keyboard with nothing over what has the focus; in forced colours, and without motion for whom it makes ill.
// The pages are without a server (fit-stage): every state is one look away. Colours and English are looked at where people walk (looks.ts).
import { expect, type Page, test } from '@playwright/test'
import { languages } from '../../server/domain/ehr/languages.ts'
import * as scenes from './fit-scenes.ts'
import { openScenes, type Scene, type Stage } from './fit-stage.ts'
import { sideways, violations, withoutColours } from './looks.ts'

const { patientAt, minutes } = scenes
const states: Readonly<Record<string, Scene>> = {
  ...{ 'the check': scenes.checking, 'by telephone': scenes.byTelephone, 'the locked door': scenes.lockedOut },
  ...{ 'the waiting room': scenes.waitingThere, 'the call': scenes.letIn, 'the visits': scenes.choosing },
  'with an estimate': patientAt({
    at: 'door',
    since: minutes(-9),
    ahead: 1,
    clinician: 'away',
    estimate: { from: 10, to: 20 },
  }),
  'stepped away': patientAt({ at: 'door', since: minutes(-9), ahead: 0, clinician: 'here', backBy: minutes(8) }),
  'asked to wait': patientAt({
    ...{
      at: 'door',
      since: minutes(-9),
      ahead: 0,
      clinician: 'here',
      sentBackAt: minutes(-2),
      goneSince: minutes(-20),
    },
    ...{ notNow: { at: minutes(-1), why: { reason: 'with-another' } }, late: { minutes: 20, at: minutes(-3) } },
  }),
  'out of the call': patientAt({ at: 'door', since: minutes(-9), ahead: 0, clinician: 'here', denied: true }),
  'nobody can be let in': patientAt({
    at: 'door',
    since: minutes(-9),
    ahead: 0,
    clinician: 'here',
    unusable: 'untold',
  }),
  'cannot make it': patientAt({ at: 'outside', window: 'open', cannotCome: minutes(-3) }),
  ...{
    'too early': patientAt({ at: 'outside', window: 'too-early' }),
    over: patientAt({ at: 'outside', window: 'over' }),
  },
  ...{
    refused: patientAt({ at: 'declined', why: { reason: 'we-telephone' } }),
    cancelled: patientAt({ at: 'cancelled' }),
  },
  ended: patientAt({ at: 'finished', finishedAt: minutes(-1) }),
  'ended as missed': patientAt({ at: 'finished', finishedAt: minutes(-1), as: 'missed' }),
  ...{
    'signed out': scenes.patientRefused('session-ended'),
    'not found': scenes.patientRefused('appointment-unknown'),
  },
}

let stage: Stage
test.beforeAll(async () => {
  stage = await openScenes()
})
test.afterAll(() => stage.close())

test('each state of a visit can be read and used in each language, at 320 px, by keyboard, in forced colours and without motion', async ({
  browser,
}) => {
  const found = await Promise.all(
    languages
      .filter((language) => language !== 'en')
      .map(async (language, n) => {
        // Each way of seeing once: what it changes is the same in each language.
        const sees = ([{ forcedColors: 'active' }, { reducedMotion: 'reduce' }, {}, {}] as const)[n]
        const context = await browser.newContext({ viewport: { width: 320, height: 256 }, ...sees })
        const page = await context.newPage()
        const said: string[] = []
        for (const [state, scene] of Object.entries(states)) {
          await stage.show(page, { ...scene, language }, false)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          said.push(...(await wrongWith(page)).map((one) => `${language}, ${state}: ${one}`))
        }
        await context.close()
        return said
      }),
  )

  expect(found.flat()).toEqual([])
})

async function wrongWith(page: Page): Promise<readonly string[]> {
  const beside = await sideways(page)
  return [
    ...(beside === 0 ? [] : [`scrolls sideways by ${beside} px`]),
    ...(await violations(page, withoutColours)),
    ...(await page.evaluate(hiddenFocus)),
    ...(await page.evaluate(unseen)),
    ...(await page.evaluate(moving)),
  ]
}

/** What has the focus and lies under something, or beside the window (WCAG 2.2, 2.4.11). */
function hiddenFocus(): string[] {
  const all = [
    ...document.querySelectorAll<HTMLElement>('#page button, #page a, #page input, #page select, #page summary'),
  ]
  return all
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled'))
    .flatMap((one) => {
      one.focus()
      const { left, right, top, bottom } = one.getBoundingClientRect()
      const [x, y] = [
        (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
        (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
      ]
      const there = document.elementFromPoint(x, y)
      return one === document.activeElement && one.contains(there)
        ? []
        : [`"${one.textContent}" is hidden when it has the focus`]
    })
}

/** A button without an edge or a line below it where the reader chooses all colours: nothing would tell it from a sentence. */
function unseen(): string[] {
  if (!matchMedia('(forced-colors: active)').matches) return []
  return [...document.querySelectorAll('#page button')]
    .filter((one) => one.checkVisibility())
    .flatMap((one) => {
      const { borderTopWidth, borderTopStyle, textDecorationLine, color } = getComputedStyle(one)
      const isPlain = (borderTopStyle === 'none' || borderTopWidth === '0px') && textDecorationLine === 'none'
      return isPlain && color === getComputedStyle(document.body).color ? [`"${one.textContent}" looks like text`] : []
    })
}

function moving(): string[] {
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return []
  return document.getAnimations().map((one) => `something moves: ${String(one.id)}`)
}
