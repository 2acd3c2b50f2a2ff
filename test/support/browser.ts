// Which Chromium the browser tests use and with which flags: this machine's own, or the one Playwright installed.
import { accessSync, constants } from 'node:fs'
import { chromium } from '@playwright/test'

/** Fake camera and microphone, no prompt for them, no chatter with the browser's maker, and no graphics card played by the processor. */
const args = [
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** What to do where there is none. */
export const noBrowser =
  "Install a Chromium (npx playwright install chromium, or your system's package), or name one that is elsewhere in CHROMIUM."

/** The path of a Chromium that can be started; undefined when there is none yet. The one that CHROMIUM names, if it names one. */
export function installed(): string | undefined {
  const named = process.env.CHROMIUM
  return (named === undefined ? [chromium.executablePath(), ...known] : [named]).find(isExecutable)
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Launch options for Playwright. As root, Chromium's own sandbox cannot start. */
export function browser(extra: readonly string[] = []) {
  const executablePath = installed()
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { args: [...args, ...asRoot, ...extra], ...(executablePath === undefined ? {} : { executablePath }) }
}
