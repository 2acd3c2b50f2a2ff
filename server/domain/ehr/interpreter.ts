// Whether an interpreter is needed, and for which language: what the patient's record and the visit's Encounter say of it.
// Refuses to take an "unknown" for a word: it overrules nobody's.
import { given } from '../given.ts'
import { membersOf } from './members.ts'
import { type Concept, wordsOf } from './names.ts'

/** As it came: what stands in an extension that nobody here knows closes no record. */
type Extended = { readonly extension?: unknown }

type PatientLike = Extended & {
  readonly communication?: readonly { readonly language: Concept; readonly preferred?: boolean }[]
}

/** R4's own has a boolean (http://hl7.org/fhir/R4/extension-patient-interpreterrequired.html), US Core's a Coding of yes, no or unknown. */
const interpreterRequired = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired'
const interpreterNeeded = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed'

/** Of SNOMED CT, which US Core names, and of HL7's own yes and no. */
const answers: ReadonlyMap<unknown, boolean> = new Map([
  ['373066001', true],
  ['373067005', false],
  ['Y', true],
  ['N', false],
])

/**
 * What is known of the language an interpreter is needed for; undefined when none is needed. `asked` is the word of the visit's own
 * Encounter, and wins: it is about this visit. The language stands in the patient's record alone.
 */
export function interpreterFor(patient: PatientLike, asked?: boolean): { readonly language?: string } | undefined {
  if ((asked ?? saidOfInterpreter([patient]).needed) !== true) return undefined
  return given({ language: languageOf(patient) })
}

/** The language that the patient's record names, in its own words: the preferred one, else the first; undefined where it names none. */
export function languageOf({ communication }: PatientLike): string | undefined {
  const spoken = communication?.find((c) => c.preferred) ?? communication?.[0]
  return wordsOf(spoken?.language)
}

/** Whether a participant's `type`, of whatever shape, says that they translate (http://terminology.hl7.org/CodeSystem/participant-type). */
export const isTranslator = (type: unknown): boolean =>
  Array.isArray(type) &&
  type.some((concept: unknown) => {
    const { coding } = membersOf(concept)
    return Array.isArray(coding) && coding.some((one: unknown) => membersOf(one).code === 'translator')
  })

/** What records say; nothing where they do not. Of two words that disagree, the one that asks for an interpreter wins. */
export function saidOfInterpreter(records: readonly Extended[]): { readonly needed?: boolean } {
  const extensions = records.flatMap(({ extension }): unknown[] => (Array.isArray(extension) ? extension : []))
  const words = extensions.flatMap((one) => saidBy(one) ?? [])
  return given({ needed: words.includes(true) || words[0] })
}

function saidBy(extension: unknown): boolean | undefined {
  const { url, valueBoolean, valueCoding } = membersOf(extension)
  if (url === interpreterRequired) return typeof valueBoolean === 'boolean' ? valueBoolean : undefined
  return url === interpreterNeeded ? answers.get(membersOf(valueCoding).code) : undefined
}
