// All we may want of an EHR beyond reading single resources, as one word each, and what each takes: which kinds of EHR refuse it, what
// its CapabilityStatement must list, which scope must be granted, and whether it is tried where nothing is said.
import { abilityOfPart, type ChartPart, categoriesOf, chartParts, typeOfPart } from './chart-parts.ts'
import { covers, coversCategory } from './scopes.ts'

/** The administrator's `can` uses these words. */
export const abilities = [
  'findAppointments',
  'findRoles',
  'findEncounterByAppointment',
  'findEncounterByIdentifier',
  'findEncounterByPatient',
  'createEncounters',
  'finishEncounters',
  'fileNotes',
  'findNotes',
  'draftNotes',
  'replaceNotes',
  'updateNotes',
  'changeAppointments',
  'fileConsents',
  'transaction',
  'conditionalCreate',
  'readProblems',
  'readMedicines',
  'readAllergies',
  'readVitals',
  'readResults',
  'readVisits',
  'readNotes',
] as const
export type Ability = (typeof abilities)[number]
export type Abilities = { readonly [A in Ability]?: boolean }

export type EhrKind = 'generic' | 'epic' | 'oracle'

const partOf: ReadonlyMap<Ability, ChartPart> = new Map(chartParts.map((part) => [abilityOfPart[part], part]))

/** Whether it is a part of the chart beside the video. */
export const isOfChart = (ability: Ability): boolean => partOf.has(ability)

/** What a CapabilityStatement says of a type, as far as it is asked. */
export type Listing = {
  system(code: string): boolean
  can(type: string, code: string): boolean
  searches(type: string, param: string): boolean
  includes(type: string, path: string): boolean
  conditional(type: string): boolean
}

/** What each kind refuses although its statement, or FHIR, would have it. */
export const refusedBy: Readonly<Record<EhrKind, readonly Ability[]>> = {
  generic: [],
  // No Encounter is ever made through Epic's FHIR API, nothing goes in a Bundle, If-None-Exist is ignored, and a Consent is read alone (Oracle's, too).
  epic: [
    'createEncounters',
    'finishEncounters',
    'changeAppointments',
    'fileConsents',
    'replaceNotes',
    'transaction',
    'conditionalCreate',
  ],
  // Millennium takes signed notes alone, and patches only an Encounter's period and type.
  oracle: ['draftNotes', 'replaceNotes', 'finishEncounters', 'fileConsents', 'transaction', 'conditionalCreate'],
}

/**
 * Where /metadata is silent, what does no harm when it is refused is tried: looking, filing, making an Encounter, and changing what was read
 * a moment ago (If-Match). Not drafts, replacing and Bundles: who does not know them may keep half of it, or keep it as something else.
 */
export const triedUntold: ReadonlySet<Ability> = new Set([
  'findAppointments',
  'findRoles',
  'findEncounterByAppointment',
  'findEncounterByIdentifier',
  'findEncounterByPatient',
  'createEncounters',
  'finishEncounters',
  'fileNotes',
  'findNotes',
  'updateNotes',
  'changeAppointments',
  'conditionalCreate',
  ...Object.values(abilityOfPart),
])

/** Whether a part can be searched: by its patient, and by category where it is told from its neighbours by that. */
const offersPart = (part: ChartPart) => (s: Listing) =>
  s.can(typeOfPart[part], 'search-type') &&
  s.searches(typeOfPart[part], 'patient') &&
  (categoriesOf[part] === undefined || typeOfPart[part] !== 'Observation' || s.searches('Observation', 'category'))

export const offered: Readonly<Record<Ability, (said: Listing) => boolean>> = {
  findAppointments: (s) =>
    s.can('Appointment', 'search-type') && (s.searches('Appointment', 'patient') || s.searches('Appointment', 'actor')),
  findRoles: (s) => s.searches('PractitionerRole', 'practitioner'),
  findEncounterByAppointment: (s) => s.searches('Encounter', 'appointment'),
  findEncounterByIdentifier: (s) => s.searches('Encounter', 'identifier'),
  findEncounterByPatient: (s) => s.searches('Encounter', 'patient') && s.searches('Encounter', 'date'),
  createEncounters: (s) => s.can('Encounter', 'create'),
  finishEncounters: (s) => s.can('Encounter', 'update'),
  fileNotes: (s) => s.can('DocumentReference', 'create'),
  findNotes: (s) => s.searches('DocumentReference', 'identifier') || s.searches('DocumentReference', 'patient'),
  draftNotes: (s) => s.can('DocumentReference', 'create') && s.can('DocumentReference', 'update'),
  replaceNotes: (s) => s.can('DocumentReference', 'create'),
  updateNotes: (s) => s.can('DocumentReference', 'update'),
  changeAppointments: (s) => s.can('Appointment', 'update') || s.can('Appointment', 'patch'),
  fileConsents: (s) => s.can('Consent', 'create') && s.can('Consent', 'update'),
  transaction: (s) => s.system('transaction'),
  conditionalCreate: (s) => s.conditional('DocumentReference'),
  readProblems: offersPart('problems'),
  readMedicines: offersPart('medicines'),
  readAllergies: offersPart('allergies'),
  readVitals: offersPart('vitals'),
  readResults: offersPart('results'),
  readVisits: offersPart('visits'),
  readNotes: offersPart('notes'),
}

/** Without a Consent: its giver writes it, by the scope of their own sign-in, which is looked at then. */
const needs: Readonly<Partial<Record<Ability, readonly [type: string, action: 'c' | 'r' | 'u' | 's']>>> = {
  findAppointments: ['Appointment', 's'],
  findRoles: ['PractitionerRole', 's'],
  findEncounterByAppointment: ['Encounter', 's'],
  findEncounterByIdentifier: ['Encounter', 's'],
  findEncounterByPatient: ['Encounter', 's'],
  createEncounters: ['Encounter', 'c'],
  finishEncounters: ['Encounter', 'u'],
  fileNotes: ['DocumentReference', 'c'],
  findNotes: ['DocumentReference', 's'],
  draftNotes: ['DocumentReference', 'u'],
  replaceNotes: ['DocumentReference', 'c'],
  updateNotes: ['DocumentReference', 'u'],
  changeAppointments: ['Appointment', 'u'],
}

/** Whether the granted scope reaches an ability; a part of the chart also where it was granted for that part's category alone. */
export function granted(ability: Ability, scope: string): boolean {
  const part = partOf.get(ability)
  if (part !== undefined) return coversCategory(scope, typeOfPart[part], categoriesOf[part])
  const need = needs[ability]
  return need === undefined || covers(scope, ...need)
}
