// Which SMART scopes a visit needs, and whether what was granted covers a need.
// Asks for no more than the walk uses; reads v1 (`user/Type.read`) and v2 (`user/Type.rs`) alike.

type Need = readonly [level: 'user' | 'patient', type: string, actions: string]

const clinicianNeeds: readonly Need[] = [
  ['user', 'Appointment', 'rus'],
  ['user', 'Patient', 'rs'],
  ['user', 'Practitioner', 'rs'],
  ['user', 'PractitionerRole', 'rs'],
  ['user', 'RelatedPerson', 'rs'],
  ['user', 'Person', 'r'],
  ['user', 'Encounter', 'crus'],
  ['user', 'DocumentReference', 'crus'],
]
const patientNeeds: readonly Need[] = [
  ['patient', 'Appointment', 'rs'],
  ['patient', 'Patient', 'rs'],
  ['patient', 'RelatedPerson', 'rs'],
  ['patient', 'Person', 'r'],
  ['patient', 'Encounter', 'r'],
]
const needsOf = { clinicians: clinicianNeeds, patients: patientNeeds } as const

/**
 * The scope parameter of an authorization request, in the syntax the EHR's `capabilities` name (v2 where it has both).
 * `people`: the one side that this base URL serves. Without it both sides' scopes are asked for: nobody knows yet who will come. `chart`: those of
 * the chart beside the video. `files`: patients write their consent to telehealth themselves, at an EHR of which somebody has said that it takes
 * that: others may refuse a sign-in that asks for a scope they do not know.
 */
export function scopesFor(
  capabilities: readonly string[],
  launch: 'ehr' | 'standalone',
  people?: 'clinicians' | 'patients',
  chart: readonly string[] = [],
  files?: 'consents',
): string {
  const v1 = isV1(capabilities)
  const context = launch === 'ehr' ? ['launch', 'launch/appointment'] : []
  const refresh = capabilities.includes('permission-offline') ? ['offline_access'] : []
  const needs = people === undefined ? [...clinicianNeeds, ...patientNeeds] : needsOf[people]
  const consents = files === 'consents' && people !== 'clinicians' ? ([['patient', 'Consent', 'cru']] as const) : []
  const access = [...needs, ...consents].flatMap((need) => (v1 ? v1Of(need) : [v2Of(need)]))
  // Only clinicians read it.
  const more = people === 'patients' ? [] : chart
  return ['openid', 'fhirUser', ...context, ...refresh, ...access, ...more].join(' ')
}

const isV1 = (capabilities: readonly string[]): boolean =>
  capabilities.includes('permission-v1') && !capabilities.includes('permission-v2')

const v2Of = ([level, type, actions]: Need) => `${level}/${type}.${inOrder(actions)}`
const v1Of = ([level, type, actions]: Need) => [
  ...(/[rs]/.test(actions) ? [`${level}/${type}.read`] : []),
  ...(/[cud]/.test(actions) ? [`${level}/${type}.write`] : []),
]
// SMART 2.2: the letters stand in the order c, r, u, d, s.
const inOrder = (actions: string) => [...'cruds'].filter((a) => actions.includes(a)).join('')

/** Whether the granted scope lets this level do `action` (one of c r u d s) on `type`. */
export function covers(granted: string, type: string, action: 'c' | 'r' | 'u' | 'd' | 's'): boolean {
  return granted.split(' ').some((scope) => {
    const read = /^(?:user|patient|system)\/([A-Za-z]+|\*)\.([a-z*]+)/.exec(scope)
    if (!read) return false
    const [, on, how] = read
    return (on === type || on === '*') && lettersOf(how ?? '').includes(action)
  })
}

function lettersOf(how: string): string {
  if (how === 'read') return 'rs'
  if (how === 'write') return 'cud'
  return how === '*' ? 'cruds' : how
}

/**
 * Whether the granted scope lets this type be searched, for one category at least where `category` names one: a scope may be granted for single
 * categories (`user/Observation.rs?category=…|vital-signs`, SMART 2.2, "Finer-grained resource constraints"), and is worth nothing for another.
 */
export const coversCategory = (granted: string, type: string, category: string | undefined): boolean =>
  granted.split(' ').some((scope) => {
    const [rule = '', ...where] = scope.split('?')
    if (!covers(rule, type, 's')) return false
    return where.length === 0 || (category !== undefined && namesCategory(where.join('?'), category))
  })

const namesCategory = (where: string, category: string): boolean =>
  [...new URLSearchParams(where)].every(
    ([name, value]) => name === 'category' && value.split(',').some((one) => one.split('|').at(-1) === category),
  )

/** What the chart beside the video is read with, beside what a visit takes anyway. */
const chartNeeds: readonly Need[] = [
  ['user', 'Condition', 'rs'],
  ['user', 'MedicationRequest', 'rs'],
  ['user', 'AllergyIntolerance', 'rs'],
  ['user', 'Observation', 'rs'],
  ['user', 'Binary', 'r'],
]

const ofResources = /^(?:user|patient|system)\//

/**
 * The scopes of the chart that an EHR is asked for: those that its `scopes_supported` has, itself or within a wider one. A list that names no resources
 * at all says nothing of them: then they are asked for only where `kind` says that it grants by registration, as Epic does. So nobody is refused
 * at the sign-in for want of a chart.
 */
export function chartScopes(
  capabilities: readonly string[],
  supported: readonly string[],
  kind: string | undefined,
): readonly string[] {
  const v1 = isV1(capabilities)
  const theirs = supported.filter((scope) => scope.startsWith('user/')).join(' ')
  const unlisted = !supported.some((scope) => ofResources.test(scope))
  return chartNeeds.flatMap((need) => {
    const [, type, actions] = need
    const has = unlisted ? kind === 'epic' : [...actions].every((action) => covers(theirs, type, action as 'r' | 's')) // sound: they are of these two
    return has ? (v1 ? v1Of(need) : [v2Of(need)]) : []
  })
}

type Registered = {
  readonly scopes?: string
  readonly people?: Parameters<typeof scopesFor>[2]
  readonly ehr?: Parameters<typeof chartScopes>[2]
  readonly can: { readonly fileConsents?: boolean }
}
type Says = { readonly capabilities: readonly string[]; readonly scopes: readonly string[] }

/** The scope parameter of a sign-in: what the settings say for this issuer, else what we want of such an EHR. `chart`: the organisation shows it. */
export const scopesOf = (
  issuer: Registered,
  { capabilities, scopes }: Says,
  launch: 'ehr' | 'standalone',
  chart: boolean,
): string =>
  issuer.scopes ??
  scopesFor(
    capabilities,
    launch,
    issuer.people,
    chart ? chartScopes(capabilities, scopes, issuer.ehr) : [],
    issuer.can.fileConsents ? 'consents' : undefined,
  )
