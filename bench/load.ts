// Load from a process of its own: autocannon, with as many different requests as there are pages, in turn.
// Refuses a round in which anything but 200 was answered.
import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { endsWithUs } from '../sandbox/ending.ts'

export type Request = { readonly url: string; readonly headers: Readonly<Record<string, string>> }
type Load = { readonly connections: number; readonly seconds: number }

const Result = z.looseObject({
  requests: z.looseObject({ mean: z.number() }),
  errors: z.number(),
  non2xx: z.number(),
  '2xx': z.number(),
})
const autocannon = fileURLToPath(import.meta.resolve('autocannon'))
const run = promisify(execFile)

/** Requests per second, each a POST with an empty object, as our page sends it. */
export async function postsPerSecond(requests: readonly Request[], { connections, seconds }: Load): Promise<number> {
  const har = join(tmpdir(), `housecall-bench-${process.pid}.har`)
  await writeFile(har, JSON.stringify({ log: { entries: requests.map(entry) } }), { mode: 0o600 })
  const load = ['--connections', String(connections), '--duration', String(seconds), '--json', '--har', har]
  try {
    const origin = new URL(requests[0]?.url ?? '').origin
    const running = run(process.execPath, [autocannon, ...load, origin], { maxBuffer: 1e8 })
    endsWithUs(running.child)
    const { stdout } = await running
    const { errors, non2xx, requests: asked, '2xx': answered } = Result.parse(JSON.parse(stdout))
    if (errors + non2xx > 0 || answered === 0) throw new Error(`${errors} errors, ${non2xx} refusals`)
    return asked.mean
  } finally {
    await rm(har, { force: true })
  }
}

const entry = ({ url, headers }: Request) => ({
  request: {
    method: 'POST',
    url,
    headers: Object.entries({ ...headers, 'content-type': 'application/json' }).map(([name, value]) => ({
      name,
      value,
    })),
    postData: { text: '{}' },
  },
})
