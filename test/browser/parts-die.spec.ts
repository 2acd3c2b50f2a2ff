// Owns a call whose parts die: the videobridge and Prosody, in a call of three, twice in a row, and before a call. Everyone reads it, nobody presses
// anything, and all are back (how soon is the unit's and the benchmark's to say). And a page that is loaded again: a moment after the call, and next morning.
import { type BrowserContext, expect, type Page } from '@playwright/test'
import type { Stage } from '../../sandbox/stage.ts'
import { book, withColleague } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { inCall, launch, words } from './walk.ts'

const stopped = /^The video (has stopped|is still away)/
const lineLost = /^(The connection to the video is lost|Still no connection to the video)/
const shut = /^The video system (does not open the room yet|still does not open the room)/
const silent = /^The video room (does not answer yet|still does not answer)/

/** From now on, whatever these pages show that nobody may read: nobody left, nobody waits at the door again. */
async function neverRead(pages: readonly Page[]): Promise<() => Promise<void>> {
  for (const page of pages)
    await page.evaluate(() => {
      const read = new Set<string>()
      Reflect.set(window, 'readMeanwhile', read)
      new MutationObserver(() => {
        for (const one of document.querySelectorAll('#page h2, #page button')) read.add(one.textContent ?? '')
      }).observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  return async () => {
    for (const page of pages) {
      const read = await page.evaluate(() => [...(Reflect.get(window, 'readMeanwhile') as Set<string>)])
      expect(
        read.filter((text) => /^(You left the call|Let in|Rejoin|The video room|The call has ended)/.test(text)),
      ).toEqual([])
    }
  }
}

const reads = (pages: readonly Page[], text: RegExp) =>
  Promise.all(pages.map((page) => expect(words(page, text).first()).toBeVisible()))

/** The others' pictures in this page, and the frames of each decoded so far. */
const pictures = (page: Page) =>
  room(page)
    .locator('video[data-participant]')
    .evaluateAll((all) =>
      all.map((one) => {
        const { totalVideoFrames } = (one as HTMLVideoElement).getVideoPlaybackQuality()
        return { of: one.getAttribute('data-participant'), frames: totalVideoFrames }
      }),
    )
    .catch(() => [])

/** Everyone sees everyone, and each picture moves on. */
const seeEachOther = (pages: readonly Page[]) =>
  Promise.all(
    pages.map((page) => {
      const first = new Map<string | null, number>()
      const moving = async () =>
        (await pictures(page)).filter(({ of, frames }) => {
          if (!first.has(of)) first.set(of, frames)
          return frames > (first.get(of) ?? 0)
        }).length
      return expect.poll(moving, { intervals: [100] }).toBe(pages.length - 1)
    }),
  )

/** A patient, her clinician, and a colleague of hers, each of whom sees two. */
async function three(clinician: BrowserContext, patient: BrowserContext, stage: Stage) {
  const booking = await book(stage, 'Petra Lien')
  const byColleague = await withColleague(stage, booking)
  const { doctor, guest } = await inCall(clinician, patient, stage, booking)
  const second = await launch(clinician, stage, byColleague)
  await second.getByRole('button', { name: 'Join the call' }).click()
  const all = [doctor, guest, second]
  await seeEachOther(all)
  return { doctor, guest, all }
}

test('in a call of three the videobridge dies twice in a row, and then Prosody: all read it, and are back by themselves each time', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest, all } = await three(clinician, patient, stage)
  const check = await neverRead(all)

  for (const looked of [true, false]) {
    stage.jitsi.faults.on('bridge-away', { noticedMs: 300 })
    await reads(all, stopped)
    if (looked) await lookedAt(doctor, guest)
    stage.jitsi.faults.on('bridge-back')
    await seeEachOther(all)
    await expect(words(guest, 'The video had stopped. You are back in the call.')).toBeVisible()
  }

  stage.jitsi.faults.on('prosody-restart', { awayMs: 1_500 })
  await reads(all, lineLost)
  await seeEachOther(all)

  await expect(words(doctor, 'The connection was lost for a while. You are back in the call.')).toBeVisible()
  await expect(words(guest, /are here\.$/)).toBeVisible()
  await check()
})

async function lookedAt(doctor: Page, guest: Page): Promise<void> {
  await expect(words(doctor, 'The call is interrupted, and comes back by itself.')).toBeVisible()
  await look(doctor, 'call-lost-clinician', 'Call')
  await look(guest, 'call-lost-patient')
}

/** In the call, and the page behind it as a browser brings it back: so long ago. */
async function reloaded(page: Page, agoMs: number): Promise<void> {
  await page.addInitScript((ago) => {
    const { callingAt } = history.state ?? {}
    if (typeof callingAt === 'number') history.replaceState({ ...history.state, callingAt: callingAt - ago }, '')
  }, agoMs)
  await page.reload()
}

test('a call that begins while a part is away begins by itself once it is back; a reload is back in it, and a page of yesterday asks', async ({
  stage,
  clinician,
  patient,
}) => {
  stage.jitsi.faults.on('bridge-away', { noticedMs: 0 })
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Sanna Holt'))
  const both = [doctor, guest]
  const check = await neverRead(both)
  await reads(both, silent)

  stage.jitsi.faults.on('bridge-back')
  await seeEachOther(both)
  await check()

  await reloadedWhileProsodyIsAway(guest, stage)
  await seeEachOther(both)

  stage.jitsi.faults.on('jicofo-away')
  await guest.reload()
  await reads([guest], shut)
  stage.jitsi.faults.off('jicofo-away')
  await seeEachOther(both)

  await reloaded(guest, 2 * 60_000)
  await expect(guest.getByRole('heading', { name: 'You are not in the call' })).toBeVisible()
  await expect(guest.locator('.call-frame')).toHaveCount(0)
  await look(guest, 'call-restored-patient')
  await guest.getByRole('button', { name: 'Go into the call' }).click()
  await sees(guest, 'red')
})

/** The one frame is mounted while nobody answers, the other finds that it is forgotten. */
async function reloadedWhileProsodyIsAway(page: Page, { jitsi }: Stage): Promise<void> {
  jitsi.faults.on('prosody-restart', { awayMs: 60_000 })
  await page.reload()
  await reads([page], lineLost)
  jitsi.faults.off('signalling-down')
}
