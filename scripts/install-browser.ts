// `npm test` runs this first: finds a Chromium for the browser tests, or installs one and says so.
// Refuses to go on without one, with what to do by hand.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { endsWithUs, whenEndedFromOutside } from '../sandbox/ending.ts'
import { installed, noBrowser } from '../test/support/browser.ts'

// Where Playwright's own download is out of reach, a Debian machine has its package.
const ways = ['npx playwright install --with-deps chromium', 'apt-get install -y --no-install-recommends chromium']
const patienceMs = 300_000

async function install(): Promise<string | undefined> {
  console.log('No Chromium found for the browser tests: installing one (a few minutes, once).')
  for (const way of ways) {
    if (way.startsWith('apt-get')) await run('apt-get update -qq')
    console.log(`> ${way}`)
    await run(way)
    const found = installed()
    if (found) return found
  }
  return undefined
}

/** Settles when it has ended, well or not, or could not begin. */
async function run(way: string): Promise<void> {
  const [command = '', ...args] = way.split(' ')
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true, timeout: patienceMs })
  await once(endsWithUs(child, 'group'), 'exit').catch(() => undefined)
}

whenEndedFromOutside(() => process.exit(1))
const named = process.env.CHROMIUM !== undefined
const found = installed() ?? (named ? undefined : await install())
if (found === undefined) {
  console.error(`The browser tests need a Chromium. ${noBrowser}`)
  process.exit(1)
}
console.log(`Browser tests use ${found}`)
