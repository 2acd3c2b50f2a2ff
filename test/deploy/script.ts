// Owns the running of deploy/secrets.sh as an administrator would: with Node and the packages here, or on a machine that has Docker and no Node.
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { variablesOf } from './deploy.ts'

export const hosts = ['--app', 'visits.example.org', '--meet', 'meet.example.org']
export const rest = ['--address', '203.0.113.7', '--email', 'it+acme@example.org', '--organisation', 'riverside']
export const usual = [...hosts, ...rest]

type Ran = { readonly code: number; readonly said: string }
/** `path` is the PATH the script sees, `home` its home. */
export const run = (
  given: readonly string[],
  home: string,
  path = process.env.PATH ?? '',
  file = 'deploy/secrets.sh',
) =>
  new Promise<Ran>((done) => {
    execFile('/bin/sh', [file, ...given], { env: { PATH: path, HOME: home } }, (cause, out, err) =>
      done({ code: cause === null ? 0 : Number(cause.code), said: out + err }),
    )
  })

/** What the script left in this folder, for compose and for the app. */
export async function written(folder: string) {
  const read = async (name: string) => variablesOf(await readFile(join(folder, name), 'utf8'))
  return { compose: await read('.env'), app: await read('app.env') }
}

/** A PATH below `root` with the tools of any Linux machine and this `docker`, which writes into `asked` what it was asked. */
export async function machine(root: string, docker: string): Promise<string> {
  const bin = await mkdtemp(join(root, 'bin-'))
  for (const tool of ['cat', 'chmod', 'chown', 'dirname', 'head', 'id', 'mkdir', 'od', 'rm', 'sed', 'tr'])
    await symlink(await placeOf(tool), join(bin, tool))
  await writeFile(join(bin, 'docker'), `#!/bin/sh\necho "$@" >>${join(bin, 'asked')}\n${docker}\n`)
  await chmod(join(bin, 'docker'), 0o755)
  return bin
}

async function placeOf(tool: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, tool)
    const there = await stat(path).catch(() => undefined)
    if (there !== undefined) return path
  }
  throw new Error(`this machine has no ${tool}`)
}
