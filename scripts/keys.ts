// `npm run keys -- <directory> --organisation <id> …`: makes the secrets of a new deployment. The environment's lines go to standard
// output, the private client keys into a file of their own. With --add-client-key, --sign-with or --drop it changes that file, one
// key at a time. Refuses to overwrite it otherwise, and never prints what is private in it.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { secretName } from '../server/config.ts'
import type { OrganisationId } from '../server/domain/ids.ts'
import { added, changeKeys, contentOf, dropped, newKey, Stop, signingWith } from './client-keys.ts'

const usage = `npm run keys -- <directory> --organisation <id> [--organisation <another id>]
   or: npm run keys -- <directory> --add-client-key ES384 (or RS384)
   or: npm run keys -- <directory> --sign-with <kid>
   or: npm run keys -- <directory> --drop <kid>`

type Asked = { readonly directory: string } & (
  | { readonly organisations: readonly OrganisationId[] }
  | { readonly change: Parameters<typeof changeKeys>[1] }
)

const secret = (bytes: number) => randomBytes(bytes).toString('base64url')

async function keys(): Promise<void> {
  const wanted = asked()
  const file = join(resolve(wanted.directory), 'client-keys.json')
  if ('change' in wanted) {
    console.log((await changeKeys(file, wanted.change)).join('\n'))
    return console.error(`${file} is changed. The app reads it when it starts.`)
  }
  await mkdir(wanted.directory, { recursive: true, mode: 0o700 })
  // The first signs, both are published: an EHR that takes only one kind is given that one.
  const keys = contentOf([newKey('RS384'), newKey('ES384')])
  await writeFile(file, keys, { flag: 'wx', mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? new Stop(`${file} is there already. It is not overwritten: EHRs know it.`) : cause
  })
  console.error(`Private client keys: ${file} (only its owner may read it). Keep it, and the lines below, secret.`)
  console.log(environment(file, wanted.organisations).join('\n'))
}

function asked(): Asked {
  const { directory, organisations, change } = given()
  if (directory === undefined || (organisations.length === 0) === (change === undefined))
    throw new Stop(`Usage: ${usage}`)
  if (change !== undefined) return { directory, change }
  // As the settings want an organisation's id: its variable's name is made from it.
  const bad = organisations.find((id) => !/^[a-z0-9-]{1,40}$/.test(id))
  if (bad !== undefined) throw new Stop(`"${bad}" is no organisation id: lower-case letters, digits and - only.`)
  return { directory, organisations: organisations as readonly string[] as readonly OrganisationId[] } // sound: just checked
}

function given() {
  try {
    const options = {
      organisation: { type: 'string', multiple: true },
      'add-client-key': { type: 'string' },
      'sign-with': { type: 'string' },
      drop: { type: 'string' },
    } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (positionals.length > 1) throw new Stop(`Usage: ${usage}`)
    const changes = changesIn(values)
    if (changes.length > 1) throw new Stop(`One change at a time. Usage: ${usage}`)
    return { directory: positionals[0], organisations: [...new Set(values.organisation ?? [])], change: changes[0] }
  } catch (cause) {
    if (cause instanceof Stop) throw cause
    throw new Stop(`Usage: ${usage}`, { cause })
  }
}

function changesIn(values: { 'add-client-key'?: string; 'sign-with'?: string; drop?: string }) {
  const { 'add-client-key': alg, 'sign-with': kid, drop } = values
  if (alg !== undefined && alg !== 'ES384' && alg !== 'RS384') throw new Stop(`"${alg}" is neither ES384 nor RS384.`)
  return [
    ...(alg === undefined ? [] : [added(newKey(alg))]),
    ...(kid === undefined ? [] : [signingWith(kid)]),
    ...(drop === undefined ? [] : [dropped(drop)]),
  ]
}

const environment = (file: string, organisations: readonly OrganisationId[]) => [
  `HOUSECALL_SEAL_KEYS=${randomBytes(4).toString('hex')}:${secret(32)}`,
  `HOUSECALL_ROOM_KEY=${secret(32)}`,
  `HOUSECALL_CLIENT_KEYS=${file}`,
  ...organisations.map((id) => `${secretName(id)}=${secret(48)}`),
]

await keys().catch((cause: unknown) => {
  if (!(cause instanceof Stop)) throw cause
  console.error(cause.message)
  process.exitCode = 1
})
