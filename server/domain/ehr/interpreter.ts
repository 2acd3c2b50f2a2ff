// Whether an interpreter is needed, and for which language: what the patient's record and the visit's Encounter say of it.
// Refuses to take an "unknown" for a word: it overrules nobody's.
import { given } from '../given.ts'
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
 * What is known of the language an interpreter is needed for; undefined when none is needed. The word of the visit's own Encounter wins:
 * it is about this visit. Of two words of one record that disagree, the one that asks for an interpreter does.
 */
export function interpreterFor(patient: PatientLike, encounter?: Extended): { readonly language?: string } | undefined {
  const needed = (encounter && wordOf(encounter)) ?? wordOf(patient)
  if (needed !== true) return undefined
  const spoken = patient.communication?.find((c) => c.preferred) ?? patient.communication?.[0]
  return given({ language: wordsOf(spoken?.language) })
}

function wordOf({ extension }: Extended): boolean | undefined {
  const words = (Array.isArray(extension) ? extension : []).flatMap((one: unknown) => saidBy(one) ?? [])
  return words.includes(true) || words[0]
}

function saidBy(extension: unknown): boolean | undefined {
  const { url, valueBoolean, valueCoding } = membersOf(extension)
  if (url === interpreterRequired) return typeof valueBoolean === 'boolean' ? valueBoolean : undefined
  return url === interpreterNeeded ? answers.get(membersOf(valueCoding).code) : undefined
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> => ({
  ...(typeof value === 'object' ? value : {}),
})
