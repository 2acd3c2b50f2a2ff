// `npm run bench [name]`: one JSON line a figure on standard output, progress on standard error. Without a name, all in a row.
// Refuses a name it does not know.
import { admitPush } from './admit-push.ts'
import { bundle } from './bundle.ts'
import { coldStart } from './cold-start.ts'
import { type Bench, say } from './figures.ts'
import { firstPicture, firstPictureFar } from './first-picture.ts'
import { joinToken } from './join-token.ts'
import { launchShare } from './launch.ts'
import { noteSave } from './note-save.ts'
import { pictureAfterCut } from './picture-after-cut.ts'
import { closeAll } from './site.ts'
import { waitingRoom } from './waiting.ts'

const benches: Readonly<Record<string, Bench>> = {
  bundle,
  'cold-start': coldStart,
  'join-token': joinToken,
  'admit-push': admitPush,
  'note-save': noteSave,
  launch: launchShare,
  waiting: waitingRoom,
  'first-picture': firstPicture,
  'first-picture-far': firstPictureFar,
  'picture-after-cut': pictureAfterCut,
}

const name = process.argv[2]
const chosen = Object.entries(benches).filter(([each]) => name === undefined || each === name)
if (chosen.length === 0) {
  say(`There is no benchmark ${name}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(64) // EX_USAGE
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeAll().then(() => process.exit(1)))

for (const [each, run] of chosen) {
  say(`measuring ${each}`)
  for (const figure of await run()) console.log(JSON.stringify(figure))
}
process.exit()
