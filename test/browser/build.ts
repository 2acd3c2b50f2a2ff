// Before the browser tests: the app is built as for production, so that what is tested is what runs.
// Refuses to begin without a browser.
import { spawnSync } from 'node:child_process'
import { installed, noBrowser } from '../support/browser.ts'

export default function build(): void {
  if (installed() === undefined) ended(`The browser tests need a Chromium. ${noBrowser}`)
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  if (status !== 0) ended('The app could not be built for the browser tests.')
}

function ended(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
