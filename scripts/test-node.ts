// `npm run test:node -- 24`: runs the units on another line of Node than the one at hand. npm's package `node` brings its binary, from
// whatever registry npm is told of, into a folder that ends with the run.
// Refuses what is no line, or one that the app does not run on, and says so when npm has none of it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { endsWithUs, NotThere, whenEndedFromOutside } from '../sandbox/ending.ts'

const oldest = 20
const usage = 'npm run test:node -- 24'

type Asked = { readonly line: number; readonly files: readonly string[] }

/** What follows the line is handed on: files, where not all are to run. */
function asked([line = '', ...files]: readonly string[]): Asked {
  if (line === '') throw new NotThere(`On which line of Node? Name one, ${oldest} or later: ${usage}`)
  if (!/^\d{1,3}$/.test(line))
    throw new NotThere(`"${line}" is no line of Node: a line is a whole number, as in ${usage}`)
  if (Number(line) < oldest)
    throw new NotThere(`The app runs on Node ${oldest} and later, and not on ${line}: ${usage}`)
  return { line: Number(line), files }
}

/** Settles with its code when it has ended; what it prints is shown. */
async function run(program: string, given: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, given, { stdio: 'inherit', env, detached: true })
  const [code] = await once(endsWithUs(child, 'group'), 'exit')
  return code ?? 1
}

/** The binary's path. */
async function brought(line: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'housecall-node-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  // Its own install step fetches the binary for this machine.
  const how = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts=false']
  const code = await run('npm', ['install', '--prefix', folder, ...how, `node@${line}`], process.env)
  if (code !== 0) throw new NotThere(`npm brought no Node ${line}. What it said stands above.`)
  return join(folder, 'node_modules', 'node', 'bin', 'node')
}

async function test(): Promise<number> {
  const { line, files } = asked(process.argv.slice(2))
  const node = await brought(line)
  // Whatever the tests start by the name of node or npm is to be of this line too; the times of this run are no part of what is measured.
  const { TIMES: _times, ...env } = process.env
  const path = [dirname(node), env.PATH].join(delimiter)
  console.log(`The units run on Node ${execFileSync(node, ['--version']).toString().trim()}.`)
  return run(node, ['node_modules/vitest/vitest.mjs', 'run', ...files], { ...env, PATH: path })
}

whenEndedFromOutside(() => process.exit(1))
process.exit(
  await test().catch((cause: unknown) => {
    console.error(cause instanceof NotThere ? cause.message : cause)
    return 1
  }),
)
