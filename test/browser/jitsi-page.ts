// Owns the host page's side of a call in a browser test: mounting the IFrame API, its events, and what the frame shows.
import type { Frame, Page } from '@playwright/test'

type Happening = { name: string; data: { id?: string; participant?: { id: string }; error?: { name: string } } }
type Api = {
  on(name: string, listener: (data: unknown) => void): void
  executeCommand(name: string, ...args: unknown[]): void
  isAudioMuted(): Promise<boolean>
  isSharingScreen(): Promise<boolean>
  getNumberOfParticipants(): number
}
declare global {
  interface Window {
    mounted: { api: Api; happened: Happening[] }
  }
}

/** No questions before the door. */
export const quick = { prejoinConfig: { enabled: false }, lobby: { autoKnock: true } }

/** Mounts a call in the page and keeps every event it tells. */
export const mount = (page: Page, roomName: string, jwt: string, configOverwrite: object = quick) =>
  page.evaluate(
    (options) => {
      const names =
        'browserSupport prejoinScreenLoaded videoConferenceJoined participantRoleChanged participantJoined participantLeft ' +
        'participantKickedOut knockingParticipant p2pStatusChanged audioMuteStatusChanged videoMuteStatusChanged participantMuted ' +
        'videoConferenceLeft readyToClose errorOccurred cameraError micError raiseHandUpdated onStageParticipantChanged'
      const { JitsiMeetExternalAPI } = window as unknown as {
        JitsiMeetExternalAPI: new (domain: string, options: object) => Api
      }
      const api = new JitsiMeetExternalAPI('meet.example', { ...options, parentNode: document.querySelector('#call') })
      const happened: Happening[] = []
      for (const name of names.split(' '))
        api.on(name, (data) => happened.push({ name, data: data as Happening['data'] }))
      window.mounted = { api, happened }
    },
    { roomName, jwt, configOverwrite },
  )

/** Gives the call one of the API's commands. */
export const command = (page: Page, name: string, ...args: unknown[]) =>
  page.evaluate(({ name, args }) => window.mounted.api.executeCommand(name, ...args), { name, args })

/** Every event told so far. */
export const happened = (page: Page) => page.evaluate(() => window.mounted.happened)

/** Waits for an event and gives its first payload. */
export async function event(page: Page, name: string) {
  await page.waitForFunction((wanted) => window.mounted.happened.some((one) => one.name === wanted), name)
  return (await happened(page)).find((one) => one.name === name)?.data ?? {}
}

/** The names of the errors told so far. */
export const errors = async (page: Page) => (await happened(page)).flatMap(({ data }) => data.error?.name ?? [])

/** The room inside the page. */
export function frameOf(page: Page): Frame {
  const frame = page.frames().find((one) => one.parentFrame() === page.mainFrame())
  if (!frame) throw new Error('no call on this page')
  return frame
}

/** Frames of the other person's video decoded so far. */
export const decoded = (page: Page) =>
  frameOf(page).evaluate(
    () =>
      document.querySelector<HTMLVideoElement>('video[data-participant]')?.getVideoPlaybackQuality().totalVideoFrames ??
      0,
  )

/** The loudest of the other person's samples over a second; the fake microphone beeps once in that time. */
export const loudness = (page: Page) =>
  frameOf(page).evaluate(async () => {
    const stream = document.querySelector<HTMLVideoElement>('video[data-participant]')?.srcObject
    if (!(stream instanceof MediaStream)) return 0
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let loudest = 0
    for (const end = performance.now() + 1_200; performance.now() < end; ) {
      await new Promise(requestAnimationFrame)
      analyser.getFloatTimeDomainData(samples)
      loudest = Math.max(loudest, ...samples)
    }
    await context.close()
    return Math.round(loudest * 1_000)
  })

/** Whether every other person's video has been decoded. */
export const allDecoded = (page: Page) =>
  frameOf(page)
    .locator('video[data-participant]')
    .evaluateAll((videos) =>
      videos.every(
        (video) => video instanceof HTMLVideoElement && video.getVideoPlaybackQuality().totalVideoFrames > 0,
      ),
    )
