import { defineConfig } from '@playwright/test'
import { browser } from './test/support/browser.ts'

// Where the run of everything wants to know how long each file took (scripts/slowest.ts).
const times = process.env.TIMES

// Fake devices give every page a camera and a microphone; the colour of each person's picture is set per test.
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.spec.ts',
  // These end what hangs, also where others keep the machine busy.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Each has a hospital and an app of its own. A third keeps two cores busy all the time, and the calls of all three draw pictures meanwhile: it took longer.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ...(times === undefined ? [] : [['json', { outputFile: `${times}/browser.json` }] as const])],
  globalSetup: './test/browser/build.ts',
  use: { launchOptions: browser(), actionTimeout: 60_000, screenshot: 'off', trace: 'off' },
})
