// Owns how a test runs a command of ours as a person does: a process of its own, with what it said and the code it ended with.
// Refuses to wait for one that never began: it is ended, and begun once more, saying so. Those that were seen made keys, and stood still in Node 20
// (sandbox/key-pair.ts says how); nodejs/node#50948 is of the same kind, for modules that are translated on their way in.
import { execFile } from 'node:child_process'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }
type Where = { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> }

/** No command of ours is silent for as long as this, in milliseconds, and ends well. */
const silentMs = 55_000

/** Undefined where it never began. */
const once = (program: string, given: readonly string[], { cwd, env = process.env }: Where) =>
  new Promise<Ran | undefined>((done) => {
    const options = { env, maxBuffer: 10_000_000, ...(cwd === undefined ? {} : { cwd }) }
    const child = execFile(program, given, options, (cause, out, err) => {
      clearTimeout(timer)
      done({ code: cause === null ? 0 : Number(cause.code), out, err })
    })
    const timer = setTimeout(() => {
      done(undefined)
      child.kill('SIGKILL')
    }, silentMs)
    for (const stream of [child.stdout, child.stderr]) stream?.once('data', () => clearTimeout(timer))
  })

/** `program …given`, which ends by itself. */
export async function programRuns(program: string, given: readonly string[], where: Where = {}): Promise<Ran> {
  const first = await once(program, given, where)
  if (first !== undefined) return first
  console.warn(`${program} ${given.join(' ')} never began, and is begun again.`)
  const second = await once(program, given, where)
  if (second === undefined) throw new Error(`${program} ${given.join(' ')} never began, twice.`)
  return second
}

/** A script of ours, run from its source. Of this process's own environment it has all, unless `env` says otherwise. */
export const commandRuns = (script: string, given: readonly string[], where?: Where): Promise<Ran> =>
  programRuns(process.execPath, ['--import', 'tsx', script, ...given], where)
