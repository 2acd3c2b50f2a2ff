// What the EHR says that a clinician is: a nurse, a physician, by the roles they have.
// Refuses to choose between two words, to read out a code, and to say what their name says already.
import type { Ref } from '../ids.ts'
import { membersOf } from './members.ts'
import { wordsOf } from './names.ts'

/** Of those who see patients (http://hl7.org/fhir/R4/valueset-practitioner-role.html), where a role has the code alone. */
const system = 'http://terminology.hl7.org/CodeSystem/practitioner-role'
const known: Readonly<Record<string, string>> = { doctor: 'Doctor', nurse: 'Nurse', pharmacist: 'Pharmacist' }

/** Longer is no word for somebody, and whoever has more of them has none that says it. */
const [longest, mostWords] = [60, 100]

/** By `PractitionerRole.code` of all their roles, as it came; undefined where they say none, or several. */
export function professionIn(codes: readonly unknown[]): string | undefined {
  const words = codes
    .flatMap((code) => (Array.isArray(code) ? code : []))
    .slice(0, mostWords)
    .flatMap((concept) => wordIn(concept) ?? [])
  const [first] = words
  return words.every((word) => word.toLowerCase() === first?.toLowerCase()) ? first : undefined
}

function wordIn(concept: unknown): string | undefined {
  const { text, coding } = membersOf(concept)
  const codings = Array.isArray(coding) ? coding.slice(0, mostWords).map(membersOf) : []
  const display = codings.find((one) => typeof one.display === 'string' && one.display.trim() !== '')?.display
  const code = codings.find((one) => one.system === system)?.code
  const ours = typeof code === 'string' && Object.hasOwn(known, code) ? known[code] : undefined
  const said = [text, display, ours].find((one) => typeof one === 'string' && one.trim() !== '')
  const word = typeof said === 'string' ? wordsOf({ text: said }) : undefined
  return word !== undefined && word.length <= longest ? word : undefined
}

/** Of whom it is said, and what; by their own sign-in. */
export type Profession = { readonly who: Ref; readonly is: string }

const doctors = /^(doctor|physician)$/i
const titled = /(^|[\s,.])(dr|md|m\.d|do|d\.o)\b/i

/** What is said beside a name. */
export const besideName = (name: string, { is }: Profession): string | undefined =>
  name.toLowerCase().includes(is.toLowerCase()) || (doctors.test(is) && titled.test(name)) ? undefined : is
