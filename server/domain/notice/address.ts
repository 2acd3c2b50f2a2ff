// The address that mail to somebody goes to, from FHIR's ContactPoint (http://hl7.org/fhir/R4/datatypes.html#ContactPoint), and what is one at all.
// Refuses what is no plain address: lists, names, comments, quotes, line breaks and signs beyond ASCII would say something else to a mail server.
import { reachedBy } from '../ehr/contact-point.ts'
import type { Today } from '../ehr/names.ts'

/** A dot-atom (RFC 5322, 3.2.3) at a name of the internet (RFC 1123, 2.1); lengths of RFC 5321, 4.5.3.1. */
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false
  const [name = '', host = '', ...more] = text.split('@')
  const labels = host.split('.')
  const isHost = labels.length > 1 && labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? '')
  return more.length === 0 && name.length <= 64 && local.test(name) && isHost
}

/** Which is written to first, where the record ranks none: at work others may read along. */
const behind: Readonly<Record<string, number>> = { home: 0, mobile: 1, temp: 3, work: 4 }

/** The address in use today; undefined where there is none that mail can go to. A rank goes before a use. */
export const mailAddressOf = (telecom: unknown, today: Today): string | undefined =>
  reachedBy(telecom, 'email', behind, today)
    // Spaces around it are a slip of whoever typed it, and no line breaks are: nothing is mended but these.
    .map((value) => value.replace(/^ +| +$/g, '').replace(/^mailto:/i, ''))
    .find(isMailAddress)
