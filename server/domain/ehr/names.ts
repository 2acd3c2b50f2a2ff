// Names for people to read, from FHIR's HumanName; and what else of a Patient a screen shows.
import { given } from '../given.ts'

type HumanName = {
  readonly use?: string
  readonly text?: string
  readonly family?: string
  readonly given?: readonly string[]
  readonly prefix?: readonly string[]
  readonly suffix?: readonly string[]
}

/** The name in use (usual, then official, then the first); undefined when there is none to show. */
export function nameOf(names: readonly HumanName[] | undefined): string | undefined {
  const current = (names ?? []).filter((n) => n.use !== 'old' && n.use !== 'maiden')
  const name = current.find((n) => n.use === 'usual') ?? current.find((n) => n.use === 'official') ?? current[0]
  if (name === undefined) return undefined
  const parts = [...(name.prefix ?? []), ...(name.given ?? []), ...(name.family ? [name.family] : [])].join(' ')
  const text = name.text ?? [parts, ...(name.suffix ?? [])].filter(Boolean).join(', ')
  return plain(text, 120) || undefined
}

/** In UTF-16 units: what stands behind that is not looked at, for no screen shows it. */
const longest = 2_000

/**
 * One line of text from outside, at most `most` characters: without line breaks, control and direction characters, which could
 * forge a line of the note or turn a name around on the screen.
 */
const plain = (text: string, most: number): string =>
  [
    ...text
      .slice(0, longest)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, most)
    .join('')

type Concept = {
  readonly text?: string
  readonly coding?: readonly { readonly display?: string; readonly code?: string }[]
}

/** What a CodeableConcept says in words. */
export const wordsOf = (concept: Concept | undefined): string | undefined =>
  plain(concept?.text ?? concept?.coding?.find((c) => c.display)?.display ?? concept?.coding?.[0]?.code ?? '', 200) ||
  undefined

type PatientLike = {
  readonly communication?: readonly { readonly language: Concept; readonly preferred?: boolean }[]
  readonly extension?: readonly { readonly url: string; readonly valueBoolean?: boolean }[]
}

const interpreterRequired = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired'

/** What is known of the language an interpreter is needed for; undefined when none is needed. */
export function interpreterFor(patient: PatientLike): { readonly language?: string } | undefined {
  if (!patient.extension?.some((e) => e.url === interpreterRequired && e.valueBoolean === true)) return undefined
  const spoken = patient.communication?.find((c) => c.preferred) ?? patient.communication?.[0]
  return given({ language: wordsOf(spoken?.language) })
}
