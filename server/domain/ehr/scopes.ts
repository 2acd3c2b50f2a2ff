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
 * `people`: the one side that this base URL serves. Without it both sides' scopes are asked for: nobody knows yet who will come.
 */
export function scopesFor(
  capabilities: readonly string[],
  launch: 'ehr' | 'standalone',
  people?: 'clinicians' | 'patients',
): string {
  const v1 = capabilities.includes('permission-v1') && !capabilities.includes('permission-v2')
  const context = launch === 'ehr' ? ['launch', 'launch/appointment'] : []
  const refresh = capabilities.includes('permission-offline') ? ['offline_access'] : []
  const needs = people === undefined ? [...clinicianNeeds, ...patientNeeds] : needsOf[people]
  const access = needs.flatMap((need) => (v1 ? v1Of(need) : [v2Of(need)]))
  return ['openid', 'fhirUser', ...context, ...refresh, ...access].join(' ')
}

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
