// Our public keys, for EHRs that verify our private_key_jwt and Jitsis that verify room tokens. Refuses to let a private member out: only listed ones pass.
import type { ClientKey, JitsiKey } from './config.ts'

const publicMembers = ['kty', 'kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y'] as const

/** RFC 7517: the set served at /.well-known/jwks.json. */
export function publicKeys(keys: readonly (ClientKey | JitsiKey)[]) {
  return {
    keys: keys.map((key) => ({
      ...Object.fromEntries(publicMembers.flatMap((m) => (key[m] === undefined ? [] : [[m, key[m]]]))),
      use: 'sig',
    })),
  }
}
