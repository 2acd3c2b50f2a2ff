// `.ci/run` prints with this where the time of the tests went: by part, and the ten files that took longest, the browser's among them.
// It reads what the two runners leave in the folder that TIMES names; one that has not run is left out.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'

const Units = z.looseObject({
  startTime: z.number(),
  testResults: z.array(z.looseObject({ name: z.string(), startTime: z.number(), endTime: z.number() })),
})

const Spec = z.looseObject({
  tests: z.array(z.looseObject({ results: z.array(z.looseObject({ duration: z.number() })) })),
})
type Suite = { file: string; specs: z.infer<typeof Spec>[]; suites?: Suite[] | undefined }
const Suite: z.ZodType<Suite> = z.looseObject({
  file: z.string(),
  specs: z.array(Spec),
  suites: z.array(z.lazy(() => Suite)).optional(),
})
const Browser = z.looseObject({ stats: z.looseObject({ duration: z.number() }), suites: z.array(Suite) })

type Took = { readonly part: string; readonly ms: number; readonly files: readonly { name: string; ms: number }[] }

function units(report: unknown): Took {
  const { startTime, testResults } = Units.parse(report)
  const end = Math.max(startTime, ...testResults.map((file) => file.endTime))
  const files = testResults.map((file) => ({ name: relative('', file.name), ms: file.endTime - file.startTime }))
  return { part: 'units', ms: end - startTime, files }
}

function browser(report: unknown): Took {
  const { stats, suites } = Browser.parse(report)
  const files = suites.map((suite) => ({ name: join('test/browser', suite.file), ms: durationOf(suite) }))
  return { part: 'browser', ms: stats.duration, files }
}

function durationOf({ specs, suites = [] }: Suite): number {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => duration)))
  return [...own, ...suites.map(durationOf)].reduce((sum, ms) => sum + ms, 0)
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const folder = process.env.TIMES ?? ''
const took = Object.entries({ 'units.json': units, 'browser.json': browser }).flatMap(([name, read]) => {
  const path = join(folder, name)
  return existsSync(path) ? [read(JSON.parse(readFileSync(path, 'utf8')))] : []
})
const slowest = took.flatMap(({ files }) => files).toSorted((a, b) => b.ms - a.ms)

for (const { part, ms } of took) console.log(`${part}: ${seconds(ms)}`)
console.log('The ten slowest files:')
for (const { name, ms } of slowest.slice(0, 10)) console.log(`  ${seconds(ms).padStart(8)}  ${name}`)
