// What one EHR can do for a visit: its CapabilityStatement, the granted scope, the clinic's policies and its administrator's word,
// weighed into one verdict per ability. The statement is a hint: it says what the software does, not what this client may.
import { given } from '../given.ts'
import type { Instant } from '../ids.ts'
import {
  type Abilities,
  type Ability,
  abilities,
  type EhrKind,
  granted,
  isOfChart,
  type Listing,
  offered,
  refusedBy,
  triedUntold,
} from './abilities.ts'

export { type Abilities, type Ability, abilities, type EhrKind } from './abilities.ts'

/**
 * `untold`: the EHR does not say, so it is tried with care. `not-offered`: its CapabilityStatement does not list it. `not-its-way`: this
 * kind of EHR lists it and refuses it all the same. `not-granted`: the scope lacks it. `not-allowed`: the clinic's policy.
 * `switched-off`: the administrator's `can`.
 */
export type Verdict = 'yes' | 'untold' | 'not-offered' | 'not-its-way' | 'not-granted' | 'not-allowed' | 'switched-off'

export type Profile = {
  readonly kind: EhrKind
  /** False when /metadata did not answer. */
  readonly told: boolean
  /** Nothing is told because /metadata was busy: it is asked again from then on. */
  readonly busyUntil?: Instant
  /** What the EHR calls its software. */
  readonly software?: string
  readonly verdicts: Readonly<Record<Ability, Verdict>>
  /** The sign-in is renewed by itself: offline_access was granted. */
  readonly renewed: boolean
  /** How an Appointment's status is changed. */
  readonly appointmentsBy: 'update' | 'patch'
  /** The parameter that names whose Appointments are looked for. */
  readonly appointmentsOf: 'actor' | 'practitioner'
  /** Whether a search brings the patients of its Appointments along; tried where it is not said. */
  readonly includesPatients: boolean
  /** By what a patient's notes can be looked for. */
  readonly notesBy: readonly ('identifier' | 'patient')[]
}

export const may = ({ verdicts }: Profile, ability: Ability): boolean =>
  verdicts[ability] === 'yes' || verdicts[ability] === 'untold'

/** Whether an Appointment can be marked as not attended. Oracle Health's own order of statuses has no noshow. */
export const marksNoShows = (profile: Profile): boolean =>
  may(profile, 'changeAppointments') && profile.kind !== 'oracle'

/** How a signed note in the chart is put right: by a new one that replaces it, or by a new version of it. */
export function amendsBy(profile: Profile): 'replace' | 'update' | undefined {
  if (may(profile, 'replaceNotes')) return 'replace'
  return may(profile, 'updateNotes') ? 'update' : undefined
}

/** Whether one of these is lacking for no other reason than that the EHR was too busy to say what it can do: until when; else undefined. */
export const lackingWhileBusy = ({ busyUntil, verdicts }: Profile, ...any: readonly Ability[]): Instant | undefined =>
  any.some((ability) => verdicts[ability] === 'not-offered') ? busyUntil : undefined

/** As much of a CapabilityStatement as is looked at (http://hl7.org/fhir/R4/capabilitystatement.html). */
export type Statement = {
  readonly publisher?: string
  readonly software?: { readonly name?: string }
  readonly rest?: readonly {
    readonly mode?: string
    readonly interaction?: readonly { readonly code: string }[]
    readonly resource?: readonly {
      readonly type: string
      readonly interaction?: readonly { readonly code: string }[]
      readonly conditionalCreate?: boolean
      readonly searchInclude?: readonly string[]
      readonly searchParam?: readonly { readonly name: string }[]
    }[]
  }[]
}

export type Weighed = {
  /** Absent when /metadata did not answer. */
  readonly statement?: Statement
  readonly busyUntil?: Instant
  /** The granted scope; absent where nobody is signed in, and then not weighed. */
  readonly scope?: string
  /** smart-configuration's `capabilities`; absent where it was not read. */
  readonly smart?: readonly string[]
  readonly kind?: EhrKind
  /** It was seen to work a transaction off as a batch: what it says of transactions is not so, whoever insists. */
  readonly batches?: boolean
  readonly can: Abilities
  readonly policies: { readonly createEncounters: boolean; readonly drafts: boolean; readonly chart?: boolean }
}

export function profileOf(weighed: Weighed): Profile {
  const { statement } = weighed
  const kind = weighed.kind ?? kindOf(statement)
  const said = readingOf(statement)
  const by = said.searches
  const software = statement?.software?.name
  const verdicts = Object.fromEntries(abilities.map((a) => [a, verdictOn(a, kind, said, weighed)]))
  return {
    kind,
    told: statement !== undefined,
    ...given({ software, busyUntil: weighed.busyUntil }),
    renewed: renewedBy(weighed),
    verdicts: verdicts as Record<Ability, Verdict>, // sound: one for each of the abilities
    appointmentsBy: said.can('Appointment', 'patch') && !said.can('Appointment', 'update') ? 'patch' : 'update',
    appointmentsOf: by('Appointment', 'practitioner') && !by('Appointment', 'actor') ? 'practitioner' : 'actor',
    includesPatients: said.includes('Appointment', 'patient'),
    notesBy: (['identifier', 'patient'] as const).filter(
      (param) => statement === undefined || by('DocumentReference', param),
    ),
  }
}

const renewedBy = ({ smart = [], scope }: Weighed): boolean =>
  scope?.split(' ').includes('offline_access') ?? smart.includes('permission-offline')

/** By the names the vendors give their own software. */
function kindOf(statement: Statement | undefined): EhrKind {
  const names = `${statement?.software?.name ?? ''} ${statement?.publisher ?? ''}`
  if (/\bepic\b/i.test(names)) return 'epic'
  return /\b(?:oracle|cerner|millennium)\b/i.test(names) ? 'oracle' : 'generic'
}

/** What it says of itself as a server: some say first what they are as a client. */
export const asServer = (statement: Statement | undefined) =>
  statement?.rest?.find(({ mode }) => mode === 'server') ?? statement?.rest?.[0]

function readingOf(statement: Statement | undefined): Listing {
  const rest = asServer(statement)
  const of = (type: string) => rest?.resource?.find((r) => r.type === type)
  return {
    system: (code: string) => rest?.interaction?.some((i) => i.code === code) ?? false,
    can: (type: string, code: string) => of(type)?.interaction?.some((i) => i.code === code) ?? false,
    searches: (type: string, param: string) => of(type)?.searchParam?.some((p) => p.name === param) ?? false,
    // A statement that lists none means none (R4, CapabilityStatement.rest.resource.searchInclude).
    includes: (type: string, path: string) =>
      statement === undefined || (of(type)?.searchInclude?.some((i) => i === '*' || i === `${type}:${path}`) ?? false),
    conditional: (type: string) => of(type)?.conditionalCreate ?? false,
  }
}

function verdictOn(
  ability: Ability,
  kind: EhrKind,
  said: Listing,
  { statement, scope, can, policies, batches }: Weighed,
): Verdict {
  if (ability === 'transaction' && batches) return 'not-its-way'
  if (can[ability] === false) return 'switched-off'
  if (ability === 'createEncounters' && !policies.createEncounters) return 'not-allowed'
  if (ability === 'draftNotes' && !policies.drafts) return 'not-allowed'
  if (isOfChart(ability) && !policies.chart) return 'not-allowed'
  const insisted = can[ability] === true
  if (!insisted && refusedBy[kind].includes(ability)) return 'not-its-way'
  if (!insisted && statement !== undefined && !offered[ability](said)) return 'not-offered'
  if (scope !== undefined && !granted(ability, scope)) return 'not-granted'
  if (insisted || statement !== undefined) return 'yes'
  return triedUntold.has(ability) ? 'untold' : 'not-offered'
}
