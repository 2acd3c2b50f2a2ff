// What is wrong with the settings, in words for whoever runs the app: each mistake, and what to do about it. Repeats no value.
import type { z } from 'zod'

export type Env = Readonly<Record<string, string | undefined>>
/** Reads one variable through its schema; where that is refused, says why in the list of problems. */
export type AskSetting = <T>(name: string, schema: z.ZodType<T>) => T | undefined

export function asker(env: Env, problems: string[]): AskSetting {
  return (name, schema) => {
    const read = schema.safeParse(env[name])
    if (read.success) return read.data
    if (env[name] === undefined) problems.push(`${name}: is not set; ${remedyFor(name)}`)
    else
      for (const issue of read.error.issues) {
        const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
        problems.push(`${name}${where}: ${sentenceOf(issue)}`)
      }
    return undefined
  }
}

const made = '`npm run keys -- <directory> --organisation <id>` makes it'
/** The first whose name begins so. */
const remediesByName: readonly (readonly [name: string, remedy: string])[] = [
  ['HOUSECALL_CONFIG', 'it is the path of the JSON file of organisations (docs/configuration.md)'],
  ['HOUSECALL_URL', 'it is the address people see, such as https://visits.example.org'],
  ['HOUSECALL_DATA', 'it is a folder of its own, on a local disc, for what the app keeps'],
  ['HOUSECALL_CLIENT_SECRET_', 'it is the secret that the EHR gave us, and an issuer\'s "clientSecret" names it'],
  ['HOUSECALL_JITSI_KEYS_', '`npm run keys -- <directory> --jitsi <id>` makes the file and its line'],
  ['HOUSECALL_WEBHOOK_SECRET_', '`echo "whsec_$(openssl rand -base64 32)"` makes one'],
  ['HOUSECALL_MAIL_PASSWORD_', 'it is the password of "mail.user" at the mail server'],
  ['HOUSECALL_', made],
]
const remedyFor = (name: string) => remediesByName.find(([begins]) => name.startsWith(begins))?.[1] ?? 'set it'

/** What a schema says by itself is for programmers; what ours say instead stays. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (!/^(?:Invalid|Too (?:small|big)|Unrecognized)/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.map(quoted).join(', ')}: there is no such setting here; mend its name, or take it out`
    case 'invalid_type':
      return `${issue.message.endsWith('received undefined') ? 'is missing: it ' : ''}must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.map(quoted).join(' or ')}`
    case 'too_small':
      return Number(issue.minimum) === 1 && issue.origin !== 'number'
        ? 'must not be empty'
        : `must be ${bound(issue, issue.minimum)} or more`
    case 'too_big':
      return `must be at most ${bound(issue, issue.maximum)}`
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a whole address, such as https://ehr.example.org/fhir/r4' : issue.message
    default:
      return issue.message
  }
}

const quoted = (value: unknown) => JSON.stringify(value) ?? String(value)
const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'a text in quotes', boolean: 'true or false', int: 'a whole number', number: 'a number' },
  ...{ array: 'a list in [ ]', object: 'an object in { }' },
}
const bound = ({ origin }: { readonly origin: string }, most: number | bigint) =>
  `${most}${origin === 'string' ? ' characters' : ''}`
