// `npm run keys -- <directory> --organisation <id> …`: makes the secrets of a new deployment. The environment's lines go to standard
// output, the private client keys into a file of their own. With --add-client-key, --sign-with or --drop it changes that file, one
// key at a time; with --jitsi the file of an organisation's keys for its Jitsi. Refuses to overwrite it otherwise, and never prints what is private in it.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { OrganisationId } from '../server/domain/ids.ts'
import { eventsName, jitsiKeysName, secretName } from '../server/settings/config.ts'
import { added, changeKeys, contentOf, dropped, newKey, Stop, signingWith } from './client-keys.ts'

const usage = `npm run keys -- <directory> --organisation <id> [--organisation <another id>]
   or: npm run keys -- <directory> --add-client-key ES384 (or RS384)
   or: npm run keys -- <directory> --sign-with <kid>
   or: npm run keys -- <directory> --drop <kid>
   or: npm run keys -- <directory> --jitsi <organisation id> [--sign-with <kid> or --drop <kid>]`

type Change = Parameters<typeof changeKeys>[1]
type Asked = { readonly directory: string } & (
  | { readonly organisations: readonly OrganisationId[] }
  | { readonly change: Change; readonly jitsi?: never }
  | { readonly jitsi: OrganisationId; readonly change: Change | undefined }
)

const secret = (bytes: number) => randomBytes(bytes).toString('base64url')

async function keys(): Promise<void> {
  const wanted = asked()
  if ('jitsi' in wanted && wanted.jitsi !== undefined) return jitsiKeys(wanted.directory, wanted.jitsi, wanted.change)
  const file = join(resolve(wanted.directory), 'client-keys.json')
  if ('change' in wanted) {
    console.log((await changeKeys(file, wanted.change)).join('\n'))
    return console.error(`${file} is changed. The app reads it when it starts.`)
  }
  // The first signs, both are published: an EHR that takes only one kind is given that one.
  const keys = contentOf([newKey('RS384'), newKey('ES384')])
  if (!(await isNew(file, keys))) throw new Stop(`${file} is there already. It is not overwritten: EHRs know it.`)
  console.error(`Private client keys: ${file} (only its owner may read it). Keep it, and the lines below, secret.`)
  console.log(environment(file, wanted.organisations).join('\n'))
}

function asked(): Asked {
  const { directory, organisations, change, jitsi } = given()
  const [one] = idsIn(jitsi === undefined ? [] : [jitsi])
  const work = [organisations.length > 0, change !== undefined || jitsi !== undefined].filter(Boolean)
  if (directory === undefined || work.length !== 1) throw new Stop(`Usage: ${usage}`)
  if (one !== undefined) return { directory, jitsi: one, change }
  return change === undefined ? { directory, organisations: idsIn(organisations) } : { directory, change }
}

/** As the settings want an organisation's id: its variable's name is made from it. */
function idsIn(given: readonly string[]): readonly OrganisationId[] {
  const bad = given.find((id) => !/^[a-z0-9-]{1,40}$/.test(id))
  if (bad !== undefined) throw new Stop(`"${bad}" is no organisation id: lower-case letters, digits and - only.`)
  return given as readonly OrganisationId[] // sound: just checked
}

/** Without a change a key is added, to a new file if there is none; the first key of a file is the one that signs. */
async function jitsiKeys(directory: string, id: OrganisationId, change: Change | undefined): Promise<void> {
  const file = join(resolve(directory), `jitsi-keys-${id}.json`)
  if (change !== undefined) return console.log((await changeKeys(file, change)).join('\n'))
  const key = newKey('RS256')
  const isFirst = await isNew(file, contentOf([key]))
  console.log(isFirst ? `${jitsiKeysName(id)}=${file}` : (await changeKeys(file, added(key))).join('\n'))
}

/** Makes the file, for its owner alone; false where there is one already. */
async function isNew(file: string, content: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && 'syscall' in cause)) throw cause
    if (cause.code === 'EEXIST' && cause.syscall === 'open') return false
    throw new Stop(`${file} cannot be made (${cause.code}). Name a folder that can be written to.`, { cause })
  }
}

function given() {
  try {
    const options = {
      organisation: { type: 'string', multiple: true },
      'add-client-key': { type: 'string' },
      'sign-with': { type: 'string' },
      drop: { type: 'string' },
      jitsi: { type: 'string' },
    } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (positionals.length > 1) throw new Stop(`Usage: ${usage}`)
    const changes = changesIn(values)
    if (changes.length > 1 || (values.jitsi !== undefined && values['add-client-key'] !== undefined))
      throw new Stop(`One change at a time. Usage: ${usage}`)
    return {
      directory: positionals[0],
      organisations: [...new Set(values.organisation ?? [])],
      change: changes[0],
      jitsi: values.jitsi,
    }
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
  ...organisations.flatMap((id) => [`${secretName(id)}=${secret(48)}`, `${eventsName(id)}=${secret(48)}`]),
]

await keys().catch((cause: unknown) => {
  if (!(cause instanceof Stop)) throw cause
  console.error(cause.message)
  process.exitCode = 1
})
