// Room tokens a second on the real app (its store, its log, its audit trail), beside a bare Express route that only signs the same token.
// Both in the same run and in turns, so that a busy machine slows both.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from '../sandbox/built.ts'
import { endsWithUs } from '../sandbox/ending.ts'
import { type Bench, median, rounded, say } from './figures.ts'
import { postsPerSecond } from './load.ts'
import { seed } from './seed.ts'
import { freePort, openSite, startApp } from './site.ts'

const rounds = 15
// As many as one person may have under way: all connections ask for the same people in the same order.
const load = { connections: 16, seconds: 2 }
/** So many that none of them asks more often than one person may. */
const people = 400

export const joinToken: Bench = async () => {
  await buildWhenStale(say)
  const site = await openSite({ port: await freePort(), ehr: 'http://127.0.0.1:9' })
  const route = ['--import', 'tsx', fileURLToPath(import.meta.resolve('./bare.ts'))]
  const bare = endsWithUs(
    spawn(process.execPath, route, { env: { NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'] }),
  )
  try {
    const pages = (await seed(site, people, 'in-call')).people.map(({ page }) => page)
    const app = await startApp(site)
    const [ours, theirs]: [number[], number[]] = [[], []]
    const mine = pages.map(({ headers, visit }, n) => ({ headers: cameFrom(n, headers), url: `${visit}/room-tokens` }))
    const bares = mine.map(({ headers }) => ({ headers, url: '' }))
    const url = `http://127.0.0.1:${await portOf(bare)}/token`
    for (let round = 0; round <= rounds; round++) {
      const a = await postsPerSecond(mine, load)
      const b = await postsPerSecond(
        bares.map((each) => ({ ...each, url })),
        load,
      )
      say(`round ${round}: ours ${Math.round(a)}, bare ${Math.round(b)}, ratio ${rounded(a / b, 3)}`)
      if (round === 0) continue // both warm up
      ours.push(a)
      theirs.push(b)
    }
    await app.stop()
    const ratio = rounded(median(ours.map((a, i) => a / (theirs[i] ?? Number.NaN))), 3)
    const [middle, other] = [Math.round(median(ours)), Math.round(median(theirs))]
    return [{ bench: 'join-token', unit: 'req/s', ours: middle, bare: other, ratio }]
  } finally {
    bare.kill('SIGKILL')
    await site.close()
  }
}

/** Each from an address of its own. */
const cameFrom = (n: number, headers: Readonly<Record<string, string>>) => ({
  ...headers,
  'x-forwarded-for': `10.${n >> 8}.${n & 255}.1`,
})

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('the bare route has no output')
  const [said] = (await once(stdout, 'data')) as [Buffer] // sound: a stream without encoding gives buffers
  return Number(said.toString())
}
