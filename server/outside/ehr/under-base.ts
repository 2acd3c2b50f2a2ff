// Where a person's token may go: under the FHIR base of the EHR that gave it, and nowhere else. Compared by the parts of the address.
import { Refusal } from '../../domain/errors.ts'
import type { Iss } from '../../domain/ids.ts'

/** Longer than any next link. */
const longest = 16_000

/**
 * The whole address of what lies under the FHIR base; `url` is relative to it, or absolute. Refuses (`ehr-failed`) what is elsewhere: another
 * scheme, host or port, a name or password, a neighbour of the base, and a path that somebody on the way may read as one that climbs out.
 */
export function underBase(iss: Iss, url: string): string {
  if (url.length > longest || !URL.canParse(url, `${iss}/`)) throw new Refusal('ehr-failed')
  const [base, whole] = [new URL(`${iss}/`), new URL(url, `${iss}/`)]
  const [path = ''] = url.split(/[?#]/, 1)
  const own = base.pathname.slice(0, -1)
  const within = whole.pathname.slice(own.length)
  const isUnder = whole.pathname.startsWith(own) && (within === '' || within.startsWith('/'))
  const isNamed = whole.username !== '' || whole.password !== ''
  if (whole.origin !== base.origin || isNamed || !isUnder || climbing.test(path)) throw new Refusal('ehr-failed')
  whole.hash = ''
  return whole.href
}

/** `..`, and a dot, slash, backslash or percent sign in disguise: some proxies undress them before they look where a path leads. */
const climbing = /%(?:2e|2f|5c|25)|(?:^|[\\/])\.\.?(?:[\\/]|$)/i
