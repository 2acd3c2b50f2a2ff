// Saving a note while typing, with ten visits kept and with ten thousand: two apps side by side, asked in turns, every row in memory
// as after a long day.
import { randomBytes } from 'node:crypto'
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, median, percentile, rounded, say } from './figures.ts'
import { ask, get } from './http.ts'
import { type Page, seed } from './seed.ts'
import { freePort, openSite, type Site, startApp } from './site.ts'

const saves = 500
const warmUp = 50

export const noteSave: Bench = async () => {
  await buildWhenStale(say)
  const few = await openSite({ port: await freePort(), ehr: 'http://127.0.0.1:9' })
  const many = await openSite({ port: await freePort(), ehr: 'http://127.0.0.1:9' })
  try {
    const desks = [await opened(few, 10), await opened(many, 10_000)] as const
    const ms: readonly [number[], number[]] = [[], []]
    for (let n = -warmUp; n < saves; n++)
      // Who goes first changes: what slows the machine for a moment must not always meet the same one.
      for (const side of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const took = await saved(desks[side], n + warmUp)
        if (n >= 0) ms[side].push(took)
      }
    const [p95few, p95many] = [percentile(ms[0], 0.95), percentile(ms[1], 0.95)]
    return [
      {
        ...{ bench: 'note-save', unit: 'ms', p50_10: rounded(median(ms[0])), p50_10000: rounded(median(ms[1])) },
        ...{ p95_10: rounded(p95few), p95_10000: rounded(p95many), ratio: rounded(p95many / p95few, 2), n: saves },
      },
    ]
  } finally {
    await Promise.all([few.close(), many.close()])
  }
}

async function opened(site: Site, visits: number): Promise<readonly Page[]> {
  say(`keeping ${visits} visits`)
  const { people, desk } = await seed(site, visits)
  await startApp(site)
  for (let from = 0; from < people.length; from += 64)
    await Promise.all(people.slice(from, from + 64).map(({ page }) => get(page.visit, page.headers)))
  return desk
}

/** One save of some two thousand characters, a little longer each time, in the visits by turns. */
async function saved(desk: readonly Page[], n: number): Promise<number> {
  const page = desk[n % desk.length]
  if (page === undefined) throw new Error('nobody is at the desk')
  const section = `${'A sentence of a note as it is typed. '.repeat(13)}${randomBytes(6).toString('hex')}`
  const body = { subjective: section, objective: section, assessment: section, plan: section }
  const headers = { ...page.headers, 'if-match': `W/"${Math.floor(n / desk.length)}"` }
  const began = performance.now()
  const { status, text } = await ask(`${page.visit}/note`, { method: 'PUT', headers, body })
  const took = performance.now() - began
  if (status !== 200) throw new Error(`the note was refused: ${text}`)
  return took
}
