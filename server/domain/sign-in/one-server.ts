// Holds what the listed EHRs say of their authorization servers against each other, so that no EHR's answer is taken for another's.
// Refuses two that go by one `issuer` and are not one server, and an answer that says it is another's (RFC 9207; RFC 9700, 4.4).
import { Refusal } from '../errors.ts'

export type AuthorizationServer = {
  /** What it goes by: its smart-configuration's `issuer`, and the id_token's where the settings name another. */
  readonly issuers: readonly string[]
  readonly authorize: string
  readonly token: string
}

/**
 * Refuses (`issuer-contested`) where another goes by one of the same issuers and leads elsewhere: nobody can tell which of them it is,
 * and the name alone would no longer show that an answer came from the other.
 */
export function requireOneServer(its: AuthorizationServer, others: readonly AuthorizationServer[]): void {
  const contests = ({ issuers, authorize, token }: AuthorizationServer) =>
    issuers.some((one) => its.issuers.includes(one)) && (authorize !== its.authorize || token !== its.token)
  if (others.some(contests)) throw new Refusal('issuer-contested')
}

/**
 * The callback's `iss`, where there is one, must be what the server goes by; one that says it always names itself must have done so. In
 * an error too (RFC 9207, 2.4). Refuses `identity-unverified`; answers the query without it.
 */
export function requireItsOwn(
  query: URLSearchParams,
  { issuers }: AuthorizationServer,
  namesItself: boolean,
): URLSearchParams {
  const named = query.getAll('iss')
  const [only, ...more] = named
  if (only === undefined ? namesItself : more.length > 0 || !issuers.includes(only))
    throw new Refusal('identity-unverified')
  const rest = new URLSearchParams(query)
  rest.delete('iss')
  return rest
}

/**
 * A code goes to the server that the browser was sent to, and to none that its EHR has named since (RFC 9700, 4.4.2.1). Refuses
 * `launch-failed`. Sign-ins that an older app began do not say where they went.
 */
export function requireSameServer(before: AuthorizationServer | undefined, now: AuthorizationServer): void {
  if (before === undefined) return
  const same = before.token === now.token && before.issuers.every((one) => now.issuers.includes(one))
  if (!same) throw new Refusal('launch-failed')
}
