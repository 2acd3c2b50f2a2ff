// `npm test` runs this first: finds a Chromium for the browser tests, or installs one and says so.
// Refuses to go on without one, with what to do by hand.
import { spawnSync } from 'node:child_process'
import { installed } from '../test/support/browser.ts'

const ways = [
  ['npx', ['playwright', 'install', '--with-deps', 'chromium']],
  ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium']],
] as const

// Where Playwright's own download is out of reach, a Debian machine has its package.
function install(): string | undefined {
  console.log('No Chromium found for the browser tests: installing one (a few minutes, once).')
  for (const [command, args] of ways) {
    if (command === 'apt-get') spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    console.log(`> ${command} ${args.join(' ')}`)
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
    const found = installed()
    if (found) return found
  }
  return undefined
}

const found = installed() ?? install()
if (found === undefined) {
  console.error(
    "The browser tests need Chromium. Install it (npx playwright install chromium, or your system's package) and run npm test again.",
  )
  process.exit(1)
}
console.log(`Browser tests use ${found}`)
