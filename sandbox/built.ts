// The built app, as it runs in production. Builds again when a source is newer than what was built from it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { endsWithUs, NotThere } from './ending.ts'

export const builtMain = 'dist/server/main.js'

/** `say` is told before a build begins: it takes a few seconds. */
export async function buildWhenStale(say: (text: string) => void): Promise<void> {
  const made = await changed(builtMain)
  const newest = Math.max(await newestIn('server'), await newestIn('client'), await changed('vite.config.ts'))
  if (made > newest) return
  say('building')
  const building = spawn('npm', ['run', 'build', '--silent'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  const child = endsWithUs(building, 'group')
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new NotThere('The app could not be built; npm run build says why.')
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const times = entries.filter((e) => e.isFile()).map((e) => changed(join(e.parentPath, e.name)))
  return Math.max(0, ...(await Promise.all(times)))
}

/** When a file was last written, 0 when there is none. */
const changed = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
