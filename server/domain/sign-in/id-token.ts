// What an id_token must say beyond its signature, issuer, audience, nonce and end: that it was made for us, and made now.
import { Refusal } from '../errors.ts'
import type { Instant } from '../ids.ts'

/** In seconds: so far the clock of an EHR may be ahead of ours, and so long ago it may have made the token of this very sign-in. */
const [mostAhead, oldest] = [10 * 60, 60 * 60]

type Claims = { readonly iat: number; readonly azp?: unknown }

/**
 * Refuses (`identity-unverified`) one that was given to another app (`azp`, also where `aud` names us alone: OpenID Connect Core 1.0,
 * 3.1.3.7, 4 and 5), and one of another time (the same, 10). `clientId` is ours there.
 */
export function requireForUsNow({ iat, azp }: Claims, clientId: string, now: Instant): void {
  const age = Date.parse(now) / 1000 - iat
  const foreign = azp !== undefined && azp !== clientId
  if (foreign || !(age >= -mostAhead && age <= oldest)) throw new Refusal('identity-unverified')
}
