// `npm run keys -- <directory> --organisation <id> …`: makes the secrets of a new deployment. The environment's lines go to standard
// output, the private client keys into a file of their own. Refuses to overwrite that file, and never prints what is in it.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { secretName } from '../server/config.ts'
import type { OrganisationId } from '../server/domain/ids.ts'

const usage = 'npm run keys -- <directory> --organisation <id> [--organisation <another id>]'

type Asked = { readonly directory: string; readonly organisations: readonly OrganisationId[] }

const secret = (bytes: number) => randomBytes(bytes).toString('base64url')

async function keys(): Promise<void> {
  const { directory, organisations } = asked()
  const file = join(resolve(directory), 'client-keys.json')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify({ keys: clientKeys() }, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 }).catch(
    (cause: NodeJS.ErrnoException) => {
      throw cause.code === 'EEXIST' ? new Stop(`${file} is there already. It is not overwritten: EHRs know it.`) : cause
    },
  )
  console.error(`Private client keys: ${file} (only its owner may read it). Keep it, and the lines below, secret.`)
  console.log(environment(file, organisations).join('\n'))
}

/** Why nothing was made; the message is for the person at the keyboard. */
class Stop extends Error {}

function asked(): Asked {
  const { directory, organisations } = given()
  // As the settings want an organisation's id: its variable's name is made from it.
  const bad = organisations.find((id) => !/^[a-z0-9-]{1,40}$/.test(id))
  if (bad !== undefined) throw new Stop(`"${bad}" is no organisation id: lower-case letters, digits and - only.`)
  if (directory === undefined || organisations.length === 0) throw new Stop(`Usage: ${usage}`)
  return { directory, organisations: organisations as readonly string[] as readonly OrganisationId[] } // sound: just checked
}

function given(): { directory: string | undefined; organisations: readonly string[] } {
  try {
    const options = { organisation: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (positionals.length > 1) throw new Stop(`Usage: ${usage}`)
    return { directory: positionals[0], organisations: [...new Set(values.organisation ?? [])] }
  } catch (cause) {
    throw new Stop(`Usage: ${usage}`, { cause })
  }
}

/** SMART 2.2 names both. The first signs, both are published: where an EHR takes only the other, they change places. */
function clientKeys() {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const jwk = (key: KeyObject, alg: 'RS384' | 'ES384') => ({
    ...key.export({ format: 'jwk' }),
    ...{ kid: secret(8), alg, use: 'sig' },
  })
  return [jwk(rsa.privateKey, 'RS384'), jwk(ec.privateKey, 'ES384')]
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
