// A clinician and a patient, each in a browser of her own, with one hospital between them: the sandbox's EHR and Jitsi, and the built app.
// Refuses to go on when somebody does not get as far as the door.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { clinic } from '../fhir-fixtures/clinic.ts'
import type { LaunchRequest } from '../sandbox/ehr/contract.ts'
import { openStage, type Stage, type StageOptions } from '../sandbox/stage.ts'
import { instant, plus } from '../server/domain/instant.ts'
import { browser } from '../test/support/browser.ts'
import { book } from './hospital.ts'
import { patientName } from './seed.ts'
import { alsoClosing } from './site.ts'
import { type Watched, watch } from './watched.ts'
import type { Way } from './way.ts'

export type Clinic = {
  readonly stage: Stage
  readonly clinics: Browser
  readonly homes: Browser
  close(): Promise<void>
}

export type Someone = { readonly page: Page; readonly watched: Watched }
/** Both at the door: she sees who waits, the patient reads that they are next. */
export type Meeting = {
  readonly clinician: Someone
  readonly patient: Someone
  /** Lets in; settles with the press. */
  admit(): Promise<void>
  close(): Promise<void>
}

const desk = { viewport: { width: 1280, height: 800 }, locale: 'en-US' }
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'en-US' }

/** `jitsi`: how heavy its page is. */
export async function openClinic(jitsi: Pick<StageOptions, 'heavyBytes'> = {}): Promise<Clinic> {
  const data = await mkdtemp(join(tmpdir(), 'housecall-bench-'))
  const opened: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true })]
  // Also when what comes next fails or is interrupted: in turn, the last first.
  const close = alsoClosing(async () => {
    for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last()
  })
  const log = await open(join(data, 'app.log'), 'a')
  opened.push(() => log.close())
  const written = { logLevel: 'info', onLog: (text: string) => void log.write(text) } as const
  const stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(data, 'app'), ...written, ...jitsi })
  opened.push(() => stage.close())
  // Interrupted, everything is closed by us.
  const calm = { ...browser(), handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  const clinics = await chromium.launch(calm)
  opened.push(() => clinics.close())
  const homes = await chromium.launch(calm)
  opened.push(() => homes.close())
  return { stage, clinics, homes, close }
}

/** By which way the patient, or both of them, reach everybody else. `saves`: both have asked their browsers to save data. */
type By = { readonly way: Way; readonly whose: 'patient' | 'both'; readonly saves?: boolean }

/** A visit of patient `number`, with nothing kept in either browser from before. */
export async function meet({ stage, clinics, homes }: Clinic, number: number, by?: By): Promise<Meeting> {
  const [appointment, patient, name] = [`bench-${number}`, `Patient/bench-${number}`, patientName(number)] as const
  const now = instant(Date.now())
  await book(stage.ehr, [{ number, appointment, patient, start: plus(now, -300), end: plus(now, 3600) }])
  const proxy = by === undefined ? {} : { proxy: { server: by.way.proxy } }
  const [hers, theirs] = await Promise.all([
    clinics.newContext({ ...desk, ...(by?.whose === 'both' ? proxy : {}) }),
    homes.newContext({ ...phone, ...proxy }),
  ])
  const open = async (who: BrowserContext, user: LaunchRequest['user']): Promise<Someone> => {
    const watched = await watch(who)
    await by?.way.relay(who)
    if (by?.saves)
      await who.addInitScript("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    const page = await who.newPage()
    await page.goto(await stage.ehr.launchUrl({ user, patient: `bench-${number}`, appointment }))
    return { page, watched }
  }
  const [clinician, guest] = await Promise.all([
    open(hers, clinic.practitioners.chen.reference),
    open(theirs, `Patient/bench-${number}`),
  ])
  await guest.page.getByRole('button', { name: 'Go to the waiting room' }).click()
  await guest.page.locator('#page').getByText('Nobody has been waiting longer than you.').waitFor()
  const letIn = clinician.page.getByRole('button', { name: `Let in ${name}` })
  await letIn.waitFor()
  return {
    ...{ clinician, patient: guest },
    admit: () => letIn.click(),
    close: async () => void (await Promise.all([hers.close(), theirs.close()])),
  }
}

/** The call runs so long before it is disturbed: its sender has found out what the line carries. */
const settledMs = 2_000

/** Lets in, and settles once both have seen each other for a while. */
export async function callSettled({ clinician, patient, admit }: Meeting): Promise<void> {
  await admit()
  await Promise.all([clinician, patient].map(({ watched }) => watched.when('picture')))
  await clinician.page.waitForTimeout(settledMs)
}
