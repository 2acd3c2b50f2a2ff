// The built app, as it runs in production. Builds again when a source is newer than what was built from it.
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from './figures.ts'

export const builtMain = 'dist/server/main.js'

export async function buildWhenStale(): Promise<void> {
  const made = await changed(builtMain)
  const newest = Math.max(await newestIn('server'), await newestIn('client'), await changed('vite.config.ts'))
  if (made > newest) return
  say('building')
  const child = spawn('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error('the build failed')
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const times = entries.filter((e) => e.isFile()).map((e) => changed(join(e.parentPath, e.name)))
  return Math.max(0, ...(await Promise.all(times)))
}

/** When a file was last written, 0 when there is none. */
const changed = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
