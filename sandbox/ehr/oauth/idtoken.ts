// Owns the id_token, and the ways it can be wrong on purpose.
import { createHash } from 'node:crypto'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { Hospital } from '../hospital.ts'
import type { Grant } from './grants.ts'

const lifeSeconds = 300

/** With kid unless the personality names no keys; fhirUser only where that scope was granted. Undefined when the fault swallows it. */
export async function idToken(hospital: Hospital, grant: Grant): Promise<string | undefined> {
  const { faults, keys } = hospital
  if (faults.strike('id-token-missing')) return undefined
  const claims = claimsOf(hospital, grant)
  if (faults.strike('id-token-alg-none')) return new UnsecuredJWT(claims).encode()
  const namesKey = hospital.personality.smart?.namesKey ?? true
  const header = { alg: keys.alg, typ: 'JWT', ...(namesKey && { kid: keys.kid }) }
  const key = faults.strike('id-token-other-key') ? keys.stranger : keys.signing
  return new SignJWT(claims).setProtectedHeader(header).sign(key)
}

function claimsOf({ faults, issuer, iss, now, personality }: Hospital, grant: Grant): JWTPayload {
  const { user } = grant.context
  const seconds = Math.floor(now().getTime() / 1000) - (faults.strike('id-token-expired') ? 3600 + lifeSeconds : 0)
  const nonce = faults.strike('id-token-wrong-nonce') ? 'a-nonce-nobody-asked-for' : grant.nonce
  const tellsUser = grant.scopes.includes('fhirUser') && !faults.strike('id-token-no-fhir-user')
  return {
    iss: faults.strike('id-token-wrong-iss') ? 'https://other-issuer.example' : issuer,
    aud: faults.strike('id-token-wrong-aud') ? 'another-client' : grant.clientId,
    sub: createHash('sha256').update(user).digest('base64url').slice(0, 22),
    iat: seconds,
    exp: seconds + lifeSeconds,
    ...(nonce !== undefined && { nonce }),
    ...(tellsUser && { fhirUser: personality.smart?.relativeFhirUser ? user : `${iss}/${user}` }),
  }
}
