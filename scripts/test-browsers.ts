// `npm run test:browsers`: walks through a visit in Firefox and in WebKit, as far as each of them is installed.
// Says in a line which of them is not, and does not fail for it: npm brings neither.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { buildWhenStale } from '../sandbox/built.ts'
import { endsWithUs, whenEndedFromOutside } from '../sandbox/ending.ts'
import { notTried, others } from '../test/browsers/installed.ts'

whenEndedFromOutside(() => process.exit(1))
const why = Object.values(others).flatMap((other) => notTried(other) ?? [])
for (const line of why) console.log(line)
const there = Object.entries(others).filter(([, other]) => notTried(other) === undefined)
if (there.length > 0) {
  await buildWhenStale((text) => console.log(text))
  const projects = there.map(([name]) => `--project=${name}`)
  const given = ['node_modules/@playwright/test/cli.js', 'test', '--config=test/browsers/config.ts', ...projects]
  const child = spawn(process.execPath, given, { stdio: 'inherit', detached: true })
  const [code] = await once(endsWithUs(child, 'group'), 'exit')
  process.exitCode = code ?? 1
}
