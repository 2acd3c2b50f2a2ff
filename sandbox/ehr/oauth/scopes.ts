// Owns SMART scopes: reading v1 and v2, what of a request is granted, and what a granted scope allows.
// Refuses what is not a scope, v2 letters out of order, and system scopes.
import { OAuthError } from './errors.ts'

export type Letter = 'c' | 'r' | 'u' | 'd' | 's'

export type Rule = { level: 'patient' | 'user'; type: string; letters: string; where?: string; version: 1 | 2 }

const special = new Set([
  'openid',
  'fhirUser',
  'profile',
  'offline_access',
  'launch',
  'launch/patient',
  'launch/encounter',
  'launch/appointment',
])

const resourceScope = /^(patient|user|system)\/([A-Z][A-Za-z]*|\*)\.(read|write|\*|[a-z]+)(?:\?(.+))?$/
const v1Letters: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** The resource rules among the scopes, read strictly. */
export function rulesOf(scopes: readonly string[]): Rule[] {
  return scopes.flatMap((scope) => readRule(scope) ?? [])
}

/** A resource scope as a rule; undefined for the special ones and for words of others, which are not granted. */
function readRule(scope: string): Rule | undefined {
  if (!/^(patient|user|system)\//.test(scope)) return undefined
  const [, level, type, verbs, where] = resourceScope.exec(scope) ?? []
  if (!level || !type || !verbs) throw new OAuthError('invalid_scope', `The scope ${scope} cannot be read.`)
  if (level === 'system') return undefined
  const letters = v1Letters[verbs] ?? verbs
  // SMART 2.2: "the letters must be in this order", so `.rcs` is a mistake and not another spelling.
  if (!/^c?r?u?d?s?$/.test(letters)) {
    throw new OAuthError('invalid_scope', `The scope ${scope} must name its letters in the order cruds.`)
  }
  const version = verbs in v1Letters ? 1 : 2
  if (version === 1 && where) throw new OAuthError('invalid_scope', `The scope ${scope} mixes SMART v1 with v2.`)
  return { level: level === 'patient' ? 'patient' : 'user', type, letters, version, ...(where && { where }) }
}

export function writeRule({ level, type, letters, where, version }: Rule): string {
  const verbs = version === 1 ? (Object.entries(v1Letters).find(([, all]) => all === letters)?.[0] ?? letters) : letters
  return `${level}/${type}.${verbs}${where ? `?${where}` : ''}`
}

/**
 * What of the requested scopes is granted: the specials that apply, and the resource rules cut down to what the user may have.
 * A patient/ scope is worth nothing without a patient, and is not granted.
 */
export function grantedScopes(
  requested: readonly string[],
  may: readonly string[],
  facts: { specials: ReadonlySet<string>; hasPatient: boolean },
): string[] {
  const limits = rulesOf(may)
  const granted = requested.flatMap((scope) => {
    if (special.has(scope)) return facts.specials.has(scope) ? [scope] : []
    const rule = readRule(scope)
    if (!rule || (rule.level === 'patient' && !facts.hasPatient)) return []
    return limits.flatMap((limit) => overlap(rule, limit)).map(writeRule)
  })
  return [...new Set(granted)]
}

function overlap(rule: Rule, limit: Rule): Rule[] {
  if (rule.level !== limit.level) return []
  if (rule.type !== '*' && limit.type !== '*' && rule.type !== limit.type) return []
  const type = rule.type === '*' ? limit.type : rule.type
  if (rule.version === 1) {
    // v1 knows only read and write: each half is granted whole or not at all.
    const halves = ['rs', 'cud'].filter((half) => covers(rule.letters, half) && covers(limit.letters, half))
    const letters = halves.length === 2 ? 'cruds' : halves[0]
    return letters ? [{ ...rule, type, letters }] : []
  }
  const letters = [...rule.letters].filter((letter) => limit.letters.includes(letter)).join('')
  return letters ? [{ ...rule, type, letters }] : []
}

function covers(letters: string, wanted: string): boolean {
  return [...wanted].every((letter) => letters.includes(letter))
}

/** The rules that allow this letter on this type, if any. */
export function rulesFor(rules: readonly Rule[], type: string, letter: Letter): Rule[] {
  return rules.filter((rule) => (rule.type === '*' || rule.type === type) && rule.letters.includes(letter))
}
