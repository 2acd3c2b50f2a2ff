// The keys the EHR signs its id_tokens with: by which algorithms, and whether they can be told apart. Private members are none of our business.
import { z } from 'zod'
import { algorithmOf } from '../server/domain/sign-in/id-token.ts'
import { listOf } from '../server/outside/list-of.ts'
import { about, type Finding, ofEhr } from './finding.ts'
import { type Answer, readAs } from './request.ts'

const text = z.string().optional().catch(undefined)
const Jwks = z.looseObject({ keys: listOf(z.looseObject({ kty: z.string(), kid: text, alg: text })) })

export function signingKeys(url: string, answer: Answer): Finding {
  const { ok, warning, failed } = about('ehr-keys', `GET ${url}`)
  const ask = ofEhr(
    'Publish the key that signs id_tokens (RS256, ES256, ES384 or PS256) at jwks_uri, without a redirect.',
  )
  if (!answer.came) return failed(`The EHR's keys cannot be had: ${answer.why}.`, { ask })
  if (answer.status !== 200) return failed(`The EHR's keys cannot be had: it answered ${answer.status}.`, { ask })
  const keys = readAs(Jwks, answer)?.keys
  if (keys === undefined) return failed("What answers for the EHR's keys is no key set.", { ask })
  const fit = keys.filter((key) => algorithmOf(key) !== undefined)
  const details = keys.map(({ kty, alg, kid }) => `${kty} ${alg ?? 'any alg'} ${kid ?? 'no kid'}`)
  if (fit.length === 0)
    return failed("None of the EHR's keys is for RS256, ES256, ES384 or PS256: nobody can sign in.", { ask, details })
  if (fit.length > 1 && fit.some(({ kid }) => kid === undefined))
    return warning('Several keys, not all with a kid: a sign-in may meet the wrong one.', {
      ask: ofEhr('Give each key at jwks_uri a kid, and name it in the id_token.'),
      details,
    })
  const algorithms = [...new Set(fit.map(algorithmOf))].join(' and ')
  return ok(`The EHR publishes ${fit.length === 1 ? 'its key' : `${fit.length} keys`} for ${algorithms}.`, { details })
}
