import { defineConfig } from '@playwright/test'
import { browser } from './test/support/browser.ts'

// Fake devices give every page a camera and a microphone; the colour of each person's picture is set per test.
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.spec.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  globalSetup: './test/browser/build.ts',
  use: { launchOptions: browser(), actionTimeout: 15_000, screenshot: 'off', trace: 'off' },
})
