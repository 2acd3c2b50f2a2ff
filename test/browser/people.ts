// Owns who is in a browser test: one hospital with the app for all tests, and two people, each in a browser process of her own.
// The clinician's camera films red, the patient's blue. Refuses to hand a fault on to the next test.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, test as base, chromium } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { browser } from '../support/browser.ts'
import { cancelBookings } from './booking.ts'
import { film } from './camera.ts'

/** A desk and an old phone, both where the clinic is. */
export const desk = { viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: clinic.timeZone }
export const phone = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  locale: 'en-US',
  timezoneId: clinic.timeZone,
  userAgent:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36',
}

type Everyone = {
  readonly stage: Stage
  /** All the app has logged, at info level. */
  readonly log: readonly string[]
  /** The two browser processes. */
  readonly clinics: Browser
  readonly homes: Browser
}
type Test = {
  /** The hospital and the app, with no fault on. */
  readonly stage: Stage
  /** The clinician's browser, with nothing kept from before. */
  readonly clinician: BrowserContext
  /** The patient's. */
  readonly patient: BrowserContext
}

export const test = base.extend<Test, { everyone: Everyone }>({
  everyone: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern which fixtures are asked for.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'housecall-browser-'))
      const log: string[] = []
      const onLog = (text: string) => void log.push(text)
      const ports = { app: 0, ehr: 0, jitsi: 0 }
      const stage = await openStage({ ports, data: join(folder, 'data'), logLevel: 'info', onLog })
      const [clinics, homes] = await Promise.all([withCamera(folder, 'red'), withCamera(folder, 'blue')])
      await use({ stage, log, clinics, homes })
      await Promise.all([clinics.close(), homes.close()])
      await stage.close()
      await rm(folder, { recursive: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  stage: async ({ everyone: { stage } }, use) => {
    await use(stage)
    await cancelBookings(stage)
    stage.ehr.faults.clear()
    stage.jitsi.faults.clear()
  },
  clinician: async ({ everyone: { clinics } }, use) => {
    const context = await clinics.newContext(desk)
    await use(context)
    await context.close()
  },
  patient: async ({ everyone: { homes } }, use) => {
    const context = await homes.newContext(phone)
    await use(context)
    await context.close()
  },
})

const withCamera = async (folder: string, colour: 'red' | 'blue'): Promise<Browser> =>
  chromium.launch(
    browser([
      `--use-file-for-fake-video-capture=${await film(folder, colour)}`,
      // Without this a browser still sends cookies into foreign frames that others no longer send.
      '--test-third-party-cookie-phaseout',
    ]),
  )

/** A phone of its own whose browser asks nobody and allows only what is named. */
export async function unasked(permissions: string[]): Promise<BrowserContext> {
  const { args, ...rest } = browser(['--deny-permission-prompts'])
  const asking = args.filter((flag) => flag !== '--use-fake-ui-for-media-stream')
  return (await chromium.launch({ ...rest, args: asking })).newContext({ ...phone, permissions })
}
