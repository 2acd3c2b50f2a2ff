import { defineConfig } from '@playwright/test'

// The other browsers, side by side. `npm run test:browsers` names the projects whose browser is installed.
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browsers',
  timeout: 240_000,
  expect: { timeout: 60_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'firefox', testMatch: 'firefox.spec.ts' },
    { name: 'webkit', testMatch: 'webkit.spec.ts' },
  ],
  use: { actionTimeout: 60_000, screenshot: 'off', trace: 'off' },
})
