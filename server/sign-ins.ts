// `npm run sign-ins -- list` and `… end`: who is signed in, and an end to it. Asks the running app over its socket in the folder of data.
// Refuses where no app runs there, and to end everybody's sign-ins unless told `--all`.
import { asCommand, askApp, printColumns, Stop, socketOf, typed } from './control-client.ts'
import { given } from './domain/given.ts'
import { Ended, type EndSignIns, SignIns } from './wire/control.ts'

const usage = `npm run sign-ins -- list [--organisation <id>] [--json]
   or: npm run sign-ins -- end <sign-in, as the list names it>
   or: npm run sign-ins -- end --organisation <id> --person <person, as the list names them, or Practitioner/123> [--issuer <name>]
   or: npm run sign-ins -- end --organisation <id> --all
Each with --env <path> where HOUSECALL_DATA stands in a file.`

const nobody = 'Sign-ins last over a restart: start it, then ask again.'

type Asked = ReturnType<typeof asked>

async function signIns(): Promise<void> {
  const wanted = asked()
  const socket = socketOf(wanted.values.env, usage)
  if (wanted.verb === 'list') return list(socket, wanted.values)
  const { ended, several } = await askApp(socket, {
    path: '/sign-ins',
    schema: Ended,
    body: whichOf(wanted),
    nobody,
  })
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
  const { values, positionals } = typed(options, usage)
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

async function list(socket: string, { organisation, json }: Asked['values']): Promise<void> {
  const of = organisation === undefined ? '' : `?${new URLSearchParams({ organisation })}`
  const { signIns: found } = await askApp(socket, { path: `/sign-ins${of}`, schema: SignIns, nobody })
  if (json) return console.log(JSON.stringify(found, undefined, 2))
  const rows = found.map((s) => [s.id, s.person, s.role, s.organisation, s.issuer ?? '-', s.began, s.seen])
  printColumns(['sign-in', 'person', 'role', 'organisation', 'issuer', 'began', 'last seen'], rows)
}

await asCommand(signIns)
