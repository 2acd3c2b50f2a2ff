// Owns what a test can see of a call from outside: the other person's picture, its colour, and that it moves on.
import { expect, type FrameLocator, type Page } from '@playwright/test'
import { type Colour, isForDocs } from './camera.ts'

/** The room within a page, wherever that page itself is framed. */
export const room = (page: Page | FrameLocator): FrameLocator => page.frameLocator('.call-frame iframe')

const other = (page: Page | FrameLocator) => room(page).locator('video[data-participant]')

/** The average colour of the other person's picture, as the name of its strongest part; undefined while there is none. */
const colour = (page: Page | FrameLocator): Promise<Colour | 'grey' | undefined> =>
  other(page).evaluate((video) => {
    if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return undefined
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')
    canvas?.drawImage(video, 0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = canvas?.getImageData(0, 0, 1, 1).data ?? []
    if (red > 150 && green < 80 && blue < 80) return 'red'
    return blue > 150 && red < 80 && green < 80 ? 'blue' : 'grey'
  })

/** Frames of the other person's picture decoded so far. */
const decoded = (page: Page | FrameLocator): Promise<number> =>
  other(page).evaluate((video) =>
    video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
  )

/** Waits until the page shows the other person, in her colour, and the picture goes on. */
export async function sees(page: Page | FrameLocator, whose: Colour): Promise<void> {
  await expect(other(page)).toHaveCount(1)
  const intervals = [100]
  const message = `the colour should be ${whose}`
  // A face has no colour of its own.
  const expected = isForDocs ? 'grey' : whose
  await expect.poll(() => colour(page), { intervals, message }).toBe(expected)
  const before = await decoded(page)
  await expect.poll(() => decoded(page), { intervals, message: 'the picture should go on' }).toBeGreaterThan(before + 1)
}
