// Owns which searches are understood. Refuses every parameter, modifier and value the server would otherwise silently ignore.
import type { SearchRequest } from '@medplum/core'
import type { ResourceType, SearchParameter } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'
import type { Personality } from '../personality.ts'
import { globalSchema } from './medplum.ts'
import { refuse } from './outcomes.ts'

/** What Medplum's matcher can really match; it answers "no" to every other kind without a word. */
const kinds = new Set(['reference', 'string', 'uri', 'token', 'date'])
const notFhir = new Set(['_compartment', '_project', '_profile', '_security', '_source', '_tag'])
const modifiers: Readonly<Record<string, readonly string[]>> = {
  token: ['not', 'missing'],
  reference: ['missing'],
  date: ['missing'],
  string: ['missing'],
  uri: ['missing'],
}
const date = /^(eq|ne|lt|gt|ge|le|sa|eb|ap)?\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/

export const defaultCount = 20
export const maxCountOf = ({ fhir }: Personality): number => fhir?.maxCount ?? 100

/** The search parameters of a type that are served, by code. */
export function searchParamsOf(type: string, { fhir }: Personality): Map<string, SearchParameter> {
  const listed = fhir?.searchParams && (fhir.searchParams[type] ?? [])
  const all = Object.entries(globalSchema.types[type]?.searchParams ?? {})
  const served = all.filter(([code]) => listed === undefined || listed.includes(code))
  return new Map(served.filter(([code, param]) => kinds.has(param.type) && !notFhir.has(code)))
}

/** The parameters as the router may have them: checked, and with references to this server made relative. */
export function readSearch(type: string, params: URLSearchParams, hospital: Hospital): URLSearchParams {
  const { iss, personality } = hospital
  // R4, 3.1.0.9: a type that is not served is a 404, before anyone looks at the parameters.
  if (!personality.types[type]) throw refuse(404, 'not-supported', `There is no ${type} here.`)
  const known = searchParamsOf(type, personality)
  const read = new URLSearchParams()
  for (const [name, value] of params) {
    if (name === '_format') continue
    if (name.startsWith('_') && !known.has(name)) {
      if (!steers(personality, name)) throw unsupported(`The parameter ${name} is not supported.`)
      checkControl(type, name, value, known)
    } else checkFilter(type, name, value, known)
    const [code = ''] = name.split(':')
    read.append(name, known.get(code)?.type === 'reference' ? value.replaceAll(`${iss}/`, '') : value)
  }
  personality.fhir?.checkSearch?.(type, read)
  return read
}

/** `_offset` is the sandbox's own: its next links are made of it. */
export function steers({ fhir }: Personality, control: string): boolean {
  return control === '_offset' || (fhir?.controls?.includes(control) ?? true)
}

function checkFilter(type: string, name: string, value: string, known: Map<string, SearchParameter>): void {
  const [code = '', modifier] = name.split(':')
  const param = known.get(code)
  if (!param) throw unsupported(`${type} cannot be searched by ${name} here.`)
  if (modifier !== undefined && !modifiers[param.type]?.includes(modifier)) {
    throw unsupported(`The modifier :${modifier} of ${type}?${code} is not supported.`)
  }
  if (value === '') throw refuse(400, 'value', `The search parameter ${name} is empty.`)
  if (modifier === 'missing' && !/^(true|false)$/.test(value)) {
    throw refuse(400, 'value', `${name} is true or false.`)
  }
  if (param.type === 'date' && modifier !== 'missing' && !value.split(',').every((one) => date.test(one))) {
    throw refuse(
      400,
      'value',
      `${value} is not a date to search ${name} by; a time needs its UTC offset, with + written %2B.`,
    )
  }
}

function checkControl(type: string, name: string, value: string, known: Map<string, SearchParameter>): void {
  const rules: Readonly<Record<string, () => boolean>> = {
    _count: () => /^\d+$/.test(value),
    _offset: () => /^\d+$/.test(value),
    _total: () => /^(none|estimate|accurate)$/.test(value),
    _sort: () => value.split(',').every((code) => known.has(code.replace(/^-/, ''))),
    _include: () => isInclude(type, value, known),
  }
  const isRight = rules[name]
  if (!isRight) throw unsupported(`The parameter ${name} is not supported.`)
  if (!isRight()) throw refuse(400, 'value', `${name}=${value} is not understood for ${type}.`)
}

function isInclude(type: string, value: string, known: Map<string, SearchParameter>): boolean {
  const [source, code = '', target, ...more] = value.split(':')
  const param = known.get(code)
  if (source !== type || param?.type !== 'reference' || more.length > 0) return false
  // Sound: only compared with the targets the parameter lists.
  return target === undefined || (param.target ?? []).includes(target as ResourceType)
}

function unsupported(text: string): Error {
  return refuse(400, 'not-supported', text)
}

const birthdays = new Set(['birthdate', 'death-date'])
const day = /^\d{4}-\d\d-\d\d$/

/** Whether a search asks for moments by a day alone, where the personality finds none so. */
export function asksInVain({ fhir }: Personality, { resourceType, filters = [] }: SearchRequest): boolean {
  if (!fhir?.daysFindNothing) return false
  const params = globalSchema.types[resourceType]?.searchParams ?? {}
  return filters.some(
    ({ code, operator, value }) =>
      operator === 'eq' && params[code]?.type === 'date' && !birthdays.has(code) && day.test(value),
  )
}
