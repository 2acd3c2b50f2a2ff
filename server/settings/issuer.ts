// Whose EHR a FHIR base URL is, and where its sign-ins come back to. Refuses (`unknown-issuer`) one that is not listed, before
// anything is fetched.
import { withoutSlash } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { Side } from '../domain/sign-in/launch.ts'
import type { Config, Issuer, Organisation } from './config.ts'

/**
 * The organisation and issuer of a listed FHIR base URL, compared to the letter but for one slash at its end, which is none or any.
 * An EHR may register us twice under one base URL, once for each side: `people` says which, and nothing else; clinicians unless told.
 */
export function issuerOf(
  config: Config,
  { iss, people }: { readonly iss: string; readonly people?: Side },
): { organisation: Organisation; issuer: Issuer } {
  const base = withoutSlash(iss)
  for (const organisation of config.organisations) {
    const [only, ...more] = organisation.issuers.filter((i) => i.iss === base)
    if (only === undefined) continue
    const issuer = more.length === 0 ? only : [only, ...more].find((i) => i.people === (people ?? 'clinicians'))
    if (issuer) return { organisation, issuer }
  }
  throw new Refusal('unknown-issuer')
}

/** The one redirect URI that all EHRs once shared: below it each listed issuer has its own. */
export const commonCallback = '/smart/callback'

/** Where people come back from this issuer's sign-in, and from no other's (RFC 9700, 4.4.2: a mix-up of two EHRs shows by the address). */
export function callbackOf(config: Pick<Config, 'organisations'>, issuer: Issuer): string {
  if (issuer.commonRedirect) return commonCallback
  const is = ({ iss, name }: Issuer) => iss === issuer.iss && name === issuer.name
  const organisation = config.organisations.find(({ issuers }) => issuers.some(is))
  if (organisation === undefined) throw new Refusal('unknown-issuer')
  return `${commonCallback}/${organisation.id}/${issuer.name}`
}

/** The FHIR base URL of a clinic whose sign-ins come back to this address; undefined where that is nobody's, or several clinics'. */
export function issAt(config: Pick<Config, 'organisations'>, at: string): string | undefined {
  const clinics = config.organisations.flatMap(
    ({ issuers }) => issuers.find((one) => callbackOf(config, one) === at) ?? [],
  )
  return clinics.length === 1 ? clinics[0]?.iss : undefined
}

/** What is registered at the EHR, to the letter. */
export const redirectUriOf = (config: Pick<Config, 'organisations' | 'url'>, issuer: Issuer): string =>
  config.url + callbackOf(config, issuer)

/** What the sign-in at an EHR needs of the settings. */
export const signInSettings = (config: Config) => ({
  redirectUri: (issuer: Issuer): string => redirectUriOf(config, issuer),
  listed: config.organisations.flatMap(({ issuers }) => issuers),
  clientKeys: config.clientKeys,
})
