// How long the built app takes from its command to its first answer, with real settings and a store that was used before.
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, say, spread } from './figures.ts'
import { seed } from './seed.ts'
import { freePort, openSite, startApp } from './site.ts'

const starts = 20

export const coldStart: Bench = async () => {
  await buildWhenStale(say)
  const site = await openSite({ port: await freePort(), ehr: 'http://127.0.0.1:9' })
  try {
    await seed(site, 100)
    const ms: number[] = []
    for (let i = 0; i < starts; i++) {
      const app = await startApp(site)
      ms.push(app.readyMs)
      await app.stop()
    }
    return [{ bench: 'cold-start', unit: 'ms', ...spread(ms) }]
  } finally {
    await site.close()
  }
}
