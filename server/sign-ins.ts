// `npm run sign-ins -- list` and `… end`: who is signed in, and an end to it. Asks the running app over its socket in the folder of data.
// Refuses where no app runs there, and to end everybody's sign-ins unless told `--all`.
import { request } from 'node:http'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { given } from './domain/given.ts'
import { dataFolder } from './settings/config.ts'
import { controlSocket } from './settings/control-socket.ts'
import { Ended, type EndSignIns, SignIns } from './wire/control.ts'

const usage = `npm run sign-ins -- list [--organisation <id>] [--json]
   or: npm run sign-ins -- end <sign-in, as the list names it>
   or: npm run sign-ins -- end --organisation <id> --person <person, as the list names them, or Practitioner/123> [--issuer <name>]
   or: npm run sign-ins -- end --organisation <id> --all
Each with --env <path> where HOUSECALL_DATA stands in a file.`

/** What was typed makes no sense, or nobody answers; the message is for the person at the keyboard. */
class Stop extends Error {
  readonly exit: number
  constructor(message: string, { exit = 2, ...options }: ErrorOptions & { exit?: number } = {}) {
    super(message, options)
    this.exit = exit
  }
}

type Asked = ReturnType<typeof asked>

async function signIns(): Promise<void> {
  const wanted = asked()
  const socket = controlSocket(folderOf(wanted.values.env))
  if (wanted.verb === 'list') return list(socket, wanted.values)
  const { ended, several } = await ask(socket, 'POST', '/sign-ins', Ended, whichOf(wanted))
  if (several !== undefined)
    throw new Stop(
      `That reference may be somebody else at each EHR. Name one: --issuer ${several.join(' or --issuer ')}`,
    )
  if (ended === 0) throw new Stop('Nobody is signed in there like that.', { exit: 1 })
  console.log(ended === 1 ? '1 sign-in is ended.' : `${ended} sign-ins are ended.`)
}

function asked() {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const options = { organisation: text, person: text, issuer: text, env: text, all: flag, json: flag } as const
  const read = () => {
    try {
      return parseArgs({ options, allowPositionals: true })
    } catch (cause) {
      throw new Stop(`Usage: ${usage}`, { cause })
    }
  }
  const { values, positionals } = read()
  const [verb, signIn, ...more] = positionals
  if ((verb !== 'list' && verb !== 'end') || more.length > 0 || (verb === 'list' && signIn !== undefined))
    throw new Stop(`Usage: ${usage}`)
  return { verb, signIn, values }
}

function whichOf({ signIn, values: { organisation, person, issuer, all } }: Asked): EndSignIns {
  const ways = [signIn !== undefined, person !== undefined, all].filter(Boolean).length
  if (ways !== 1 || (signIn === undefined) !== (organisation !== undefined)) throw new Stop(`Usage: ${usage}`)
  if (signIn !== undefined) return { signIn }
  return { organisation: organisation ?? '', ...given({ person, issuer }) }
}

function folderOf(env: string | undefined): string {
  try {
    if (env !== undefined) process.loadEnvFile(env)
  } catch (cause) {
    throw new Stop(`There is no file ${env} that can be read.\nUsage: ${usage}`, { cause })
  }
  const folder = dataFolder()
  if (folder === undefined) throw new Stop(`HOUSECALL_DATA is not set.\nUsage: ${usage}`)
  return folder
}

async function list(socket: string, { organisation, json }: Asked['values']): Promise<void> {
  const of = organisation === undefined ? '' : `?${new URLSearchParams({ organisation })}`
  const { signIns: found } = await ask(socket, 'GET', `/sign-ins${of}`, SignIns)
  if (json) return console.log(JSON.stringify(found, undefined, 2))
  const rows = found.map((s) => [s.id, s.person, s.role, s.organisation, s.issuer ?? '-', s.began, s.seen])
  const lines = [['sign-in', 'person', 'role', 'organisation', 'issuer', 'began', 'last seen'], ...rows]
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

function ask<T>(socketPath: string, method: string, path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
  return new Promise((done, fail) => {
    const asking = request({ socketPath, method, path }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) return done(schema.parse(JSON.parse(text)))
        fail(new Stop(`The app did not do that: it answered ${response.statusCode}. Its log says more.`, { exit: 1 }))
      })
    })
    asking.on('error', ({ code }: NodeJS.ErrnoException) => fail(new Stop(unanswered(code), { exit: 69 })))
    asking.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const unanswered = (code: string | undefined) =>
  code === 'EACCES'
    ? 'The folder of data is not open to you: run this as the user the app runs as.'
    : 'No app runs over this folder of data. Sign-ins last over a restart: start it, then ask again.'

await signIns().catch((cause: unknown) => {
  if (!(cause instanceof Stop)) throw cause
  console.error(cause.message)
  process.exitCode = cause.exit
})
