// Whose EHR a FHIR base URL is. Refuses (`unknown-issuer`) one that is not listed, before anything is fetched.
import { Refusal } from '../domain/errors.ts'
import type { Side } from '../domain/sign-in/launch.ts'
import type { Config, Issuer, Organisation } from './config.ts'

/**
 * The organisation and issuer of a listed FHIR base URL, compared to the letter.
 * An EHR may register us twice under one base URL, once for each side: `people` says which, and nothing else; clinicians unless told.
 */
export function issuerOf(
  config: Config,
  { iss, people }: { readonly iss: string; readonly people?: Side },
): { organisation: Organisation; issuer: Issuer } {
  for (const organisation of config.organisations) {
    const [only, ...more] = organisation.issuers.filter((i) => i.iss === iss)
    if (only === undefined) continue
    const issuer = more.length === 0 ? only : [only, ...more].find((i) => i.people === (people ?? 'clinicians'))
    if (issuer) return { organisation, issuer }
  }
  throw new Refusal('unknown-issuer')
}
