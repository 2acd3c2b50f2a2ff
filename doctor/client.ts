// Our own client as the EHR meets it: the key that signs for us, and the address where the EHR finds its public half.
// Never shows a key; compares thumbprints.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { listOf } from '../server/outside/list-of.ts'
import type { ClientKey, Config } from '../server/settings/config.ts'
import { publicKeys } from '../server/settings/public-keys.ts'
import type { Configuration } from './configuration.ts'
import { about, type Finding, ofUs } from './finding.ts'
import { type Answer, readAs } from './request.ts'
import { jwksUrl, type Ours } from './subject.ts'

/** SMART 2.2 has every EHR take these two. */
const smartAlgorithms = ['RS384', 'ES384']

/** For private_key_jwt alone: the key that will sign, against what the token endpoint says it takes. Lists may be short. */
export function ourKey({ config, issuer }: Ours, configuration: Configuration): Finding {
  const { ok, warning } = about('signing-key', 'token_endpoint_auth_signing_alg_values_supported')
  const taken = configuration.token_endpoint_auth_signing_alg_values_supported ?? smartAlgorithms
  const named = config.clientKeys.filter(({ kid }) => issuer.signWith === undefined || kid === issuer.signWith)
  const details = [...named.map(({ kid, alg }) => `ours: ${alg} ${kid}`), `taken: ${taken.join(' ')}`]
  const fit = named.find(({ alg }) => taken.includes(alg))
  if (fit !== undefined) return ok(`It takes the key that signs for us, ${fit.alg}.`, { details })
  return warning(`It lists none of our kinds of keys, ${[...new Set(named.map(({ alg }) => alg))].join(' and ')}.`, {
    details,
    ask: ofUs(`Sign with ${taken.join(' or ')}: "npm run keys" makes one key for RS384 and one for ES384.`),
  })
}

const PublicSet = z.looseObject({ keys: listOf(z.looseObject({ kty: z.string() })) })

/** What our own JWKS address answers, as seen from this machine. */
export function ourJwks(config: Config, answer: Answer): Finding {
  const { ok, warning, failed } = about('own-jwks', `GET ${jwksUrl(config.url)}`)
  if (!answer.came)
    return warning(`Our public keys are not reached from here: ${answer.why}.`, {
      ask: ofUs(`Start the app, and see that the EHR reaches ${jwksUrl(config.url)} from where it is.`),
    })
  const { status } = answer
  if (status >= 300 && status < 400)
    return failed('Our public keys are behind a redirect, and EHRs follow none.', {
      ask: ofUs(`Let the proxy pass ${jwksUrl(config.url)} on to the app itself.`),
    })
  const keys = status === 200 ? readAs(PublicSet, answer)?.keys : undefined
  if (keys === undefined)
    return failed(`At our JWKS address answers something else (${status}).`, {
      ask: ofUs(`Let the proxy pass ${jwksUrl(config.url)} on to the app, without a sign-in before it.`),
    })
  if (keys.some((key) => 'd' in key))
    return failed('At our JWKS address stands a private key: it is no secret any more.', {
      ask: ofUs('Take it away at once, make new keys with "npm run keys", and tell every EHR.'),
    })
  const same = printsOf(keys).join() === printsOf(publicKeys(config.clientKeys).keys).join()
  if (same) return ok('Our public keys are where the EHR looks for them.')
  return failed('Our JWKS address shows other keys than these settings have.', {
    ask: ofUs('Start the app anew with these settings, or use those of the app that runs there.'),
  })
}

/** RFC 7638 in spirit: what makes a public key that key, and nothing else of it. */
function printsOf(keys: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const members = ['crv', 'e', 'kid', 'kty', 'n', 'x', 'y'] as const satisfies readonly (keyof ClientKey | string)[]
  return keys
    .map((key) =>
      createHash('sha256')
        .update(JSON.stringify(members.map((m) => key[m] ?? '')))
        .digest('base64url'),
    )
    .sort()
}
