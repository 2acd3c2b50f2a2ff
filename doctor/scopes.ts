// The scopes we shall ask for, held against the list the EHR publishes. Its list may be short (Epic's names no resource at all):
// what is not in it is a question, not a refusal.
import { covers, scopesOf } from '../server/domain/ehr/scopes.ts'
import type { Configuration } from './configuration.ts'
import { about, type Finding, ofEhr } from './finding.ts'
import type { Subject } from './subject.ts'

const onResources = /^(user|patient)\/([A-Za-z]+|\*)\.([a-z]+|\*)/

/** The scope parameter of an EHR launch, as the app would send it. */
export function scopesAsked({ ours }: Subject, { capabilities = [], scopes_supported = [] }: Configuration): string {
  const { issuer = { can: {} }, organisation } = ours ?? {}
  return scopesOf(issuer, { capabilities, scopes: scopes_supported }, 'ehr', organisation?.policies.chart === true)
}

export function scopesListed(subject: Subject, configuration: Configuration): Finding {
  const { ok, warning } = about('scopes', 'scopes_supported')
  const asked = scopesAsked(subject, configuration).split(' ')
  const listed = configuration.scopes_supported
  if (listed === undefined) return ok('It lists no scopes; what is granted counts.')
  if (!listed.some((scope) => onResources.test(scope)))
    return ok('Its list names no resources: what is granted counts.')
  const lacking = asked.filter((scope) => !isIn(listed, scope))
  if (lacking.length === 0) return ok(`Its list has all ${asked.length} scopes that are asked for.`)
  return warning(`Its list lacks ${lacking.length} of the ${asked.length} scopes that are asked for.`, {
    details: lacking,
    ask: ofEhr(`Say whether these may be granted, though they are not listed: ${lacking.join(' ')}`),
  })
}

/** Whether a scope stands in the list, or within a wider one of the same level. */
function isIn(listed: readonly string[], scope: string): boolean {
  const [, level, type = '', how = ''] = onResources.exec(scope) ?? []
  if (level === undefined) return listed.includes(scope)
  const sameLevel = listed.filter((one) => one.startsWith(`${level}/`)).join(' ')
  return [...lettersOf(how)].every((letter) => covers(sameLevel, type, letter as 'c' | 'r' | 'u' | 'd' | 's')) // sound: of cruds
}

function lettersOf(how: string): string {
  if (how === 'read') return 'rs'
  return how === 'write' ? 'cu' : how
}
