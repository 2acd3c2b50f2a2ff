// The app's own entry: looks whether the machine lets it have files enough, and starts it.
// Refuses a process that may have so few files and connections open that one person could take them all. This comes before anything else is loaded:
// Node opens the files of all modules at once, and with too few it would end in a stack.
import { allowedHandles, fewestHandles } from './outside/handles.ts'

const allowed = allowedHandles()
if (allowed < fewestHandles) {
  const least = `ulimit -n: lets the app have ${allowed} files and connections open; it needs ${fewestHandles}, and a clinic 4096 or more`
  console.error(`Housecall cannot start. Please mend these settings:\n  - ${least}`)
  process.exitCode = 78 // EX_CONFIG
} else {
  const { run } = await import('./start.ts')
  await run()
}
