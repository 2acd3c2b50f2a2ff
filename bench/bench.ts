// `npm run bench [name …]`: one JSON line a figure on standard output, progress on standard error. Without a name, all in a row.
// Refuses a name it does not know and, before it measures anything, what needs something that is not there.
import { existsSync } from 'node:fs'
import { NotThere, whenEndedFromOutside } from '../sandbox/ending.ts'
import { installed, noBrowser } from '../test/support/browser.ts'
import { admitPush } from './admit-push.ts'
import { bundle } from './bundle.ts'
import { chartShare } from './chart.ts'
import { coldStart } from './cold-start.ts'
import { type Bench, say } from './figures.ts'
import { firstPicture, firstPictureFar } from './first-picture.ts'
import { hostile } from './hostile.ts'
import { joinToken } from './join-token.ts'
import { launchShare } from './launch.ts'
import { noteSave } from './note-save.ts'
import { pictureAfterCut } from './picture-after-cut.ts'
import { pictureAfterBridge, pictureAfterProsody } from './picture-after-part.ts'
import { closeAll } from './site.ts'
import { waitingRoom } from './waiting.ts'
import { webhooksToOneInThree } from './webhooks.ts'

const benches: Readonly<Record<string, Bench>> = {
  bundle,
  'cold-start': coldStart,
  'join-token': joinToken,
  'admit-push': admitPush,
  'note-save': noteSave,
  launch: launchShare,
  chart: chartShare,
  waiting: waitingRoom,
  webhooks: webhooksToOneInThree,
  hostile,
  'first-picture': firstPicture,
  'first-picture-far': firstPictureFar,
  'picture-after-cut': pictureAfterCut,
  'picture-after-bridge': pictureAfterBridge,
  'picture-after-prosody': pictureAfterProsody,
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !Object.hasOwn(benches, name))
if (unknown !== undefined)
  refused(64, `There is no benchmark ${unknown}. There are: ${Object.keys(benches).join(', ')}`) // EX_USAGE
const chosen = Object.entries(benches).filter(([name]) => names.length === 0 || names.includes(name))
const missing = chosen.map(([name]) => missingFor(name)).find((sentence) => sentence !== undefined)
if (missing !== undefined) refused(69, missing) // EX_UNAVAILABLE

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  await closeAll()
  process.exit(1)
}
whenEndedFromOutside(end)

try {
  for (const [name, run] of chosen) {
    say(`measuring ${name}`)
    for (const figure of await run()) console.log(JSON.stringify(figure))
  }
  process.exit()
} catch (cause) {
  // Ended from outside, whatever was measured breaks too: that is no news.
  if (!ending) console.error(cause instanceof NotThere ? cause.message : cause)
  await end()
}

function missingFor(name: string): string | undefined {
  if (/picture/.test(name) && installed() === undefined) return `The benchmark ${name} needs a browser. ${noBrowser}`
  if ((name === 'waiting' || name === 'hostile') && !existsSync('/proc/self/status'))
    return `The benchmark ${name} needs Linux: no other system tells in /proc what a process keeps in memory.`
  return undefined
}

function refused(code: number, sentence: string): never {
  say(sentence)
  process.exit(code)
}
