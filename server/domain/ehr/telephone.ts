// The number under which somebody can be reached, from FHIR's ContactPoint (http://hl7.org/fhir/R4/datatypes.html#ContactPoint).
// Refuses what is no number, and one that is theirs no more, or not yet. It comes as the EHR wrote it: one that is odd hides no other.
import { reachedBy } from './contact-point.ts'
import type { Today } from './names.ts'

/** Which is rung first, where the record ranks none: the one that is carried along; at work somebody else may answer. */
const behind: Readonly<Record<string, number>> = { mobile: 0, home: 1, temp: 3, work: 4 }
/** As people write one, extension and all: digits, with what stands between them. */
const number = /^[+(]?\d[\d ().\-/]{1,30}(?: ?(?:x|ext\.?|#) ?\d{1,6})?$/i

/** The number in use today; undefined where there is none. A rank goes before a use; only what is a telephone's is one. */
export const telephoneOf = (telecom: unknown, today: Today): string | undefined =>
  reachedBy(telecom, 'phone', behind, today)
    .map((value) => value.trim().replace(/^tel:/i, ''))
    .find((value) => value.length <= 40 && number.test(value))
