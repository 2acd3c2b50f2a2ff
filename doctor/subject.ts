// Who is examined: a base URL alone, or one of an organisation's issuers together with our own settings.
import type { Config, Issuer, Organisation } from '../server/settings/config.ts'
import { commonCallback, redirectUriOf } from '../server/settings/issuer.ts'

export type Ours = { readonly config: Config; readonly organisation: Organisation; readonly issuer: Issuer }
export type Subject = { readonly iss: string; readonly ours?: Ours }

export const launchUrl = (url: string) => `${url}/launch.html`
/** Of a base URL alone, the organisation and the name that its settings will give it are not known yet. */
export const redirectUri = ({ ours }: Subject): string =>
  ours === undefined ? `HOUSECALL_URL${commonCallback}/<organisation>/<name>` : redirectUriOf(ours.config, ours.issuer)
export const jwksUrl = (url: string) => `${url}/.well-known/jwks.json`

/** Whether clinicians sign in here, as far as the settings say; patients' own base URLs file no notes. */
export const servesClinicians = ({ ours }: Subject): boolean => ours?.issuer.people !== 'patients'
