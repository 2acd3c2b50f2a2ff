// What can be read of a Jitsi's settings in its public config.js, and what cannot be seen from here but by trying.
// A hint is said to be one: config.js tells what the web page was told, not what Prosody and jicofo do.
import type { JitsiServer } from '../../server/organisations.ts'
import { about, type Finding, ofUs } from './finding.ts'

/** As docker writes it, `config.hosts.domain = '…'`, or as a member of `hosts: { … }`; what is commented out does not count. */
function hostIn(told: string, name: string): string | undefined {
  const live = told.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
  const assigned = new RegExp(`\\bhosts\\.${name}\\s*=\\s*['"]([^'"]+)['"]`).exec(live)
  return (assigned ?? new RegExp(`\\bhosts\\s*[:=]\\s*{[^}]*?\\b${name}\\s*:\\s*['"]([^'"]+)['"]`).exec(live))?.[1]
}

/** `sub` must be the internal domain, or the tenant where the address has one. */
export function clinicsOwnDomain({ subject, tenant }: JitsiServer, told: string): Finding {
  const { ok, warning, unchecked } = about('jitsi-domain', 'hosts.domain in config.js')
  const domain = hostIn(told, 'domain')
  if (domain === undefined || tenant !== undefined)
    return unchecked(`Whether Prosody takes "${subject}" as a token's sub is not told.`)
  if (domain.toLowerCase() === subject.toLowerCase()) return ok(`Its own domain is ${domain}, as in our tokens.`)
  return warning(`Its own domain is ${domain}, but our tokens say ${subject}.`, {
    ask: ofUs(`Set "jitsi.subject" to ${domain}: with JWT_ENABLE_DOMAIN_VERIFICATION=1 Prosody takes no other.`),
  })
}

const settings = 'ENABLE_AUTH=1 AUTH_TYPE=jwt JWT_ALLOW_EMPTY=0 ENABLE_GUESTS=0'

export function signsIn(told: string): Finding {
  const { ok, warning, unchecked } = about('jitsi-sign-in', 'hosts.authdomain and hosts.anonymousdomain in config.js')
  if (hostIn(told, 'anonymousdomain') !== undefined)
    return warning('It lets guests in, without a token.', { ask: ofUs(`Let nobody in without a token: ${settings}.`) })
  if (hostIn(told, 'authdomain') !== undefined) return ok('It wants everybody to prove who they are.')
  // Only docker's config.js tells it by its absence.
  if (!/\bconfig\.hosts\.domain\s*=/.test(told))
    return unchecked('Whether it lets people in without a token is not told.')
  return warning('It wants no tokens: anybody may come in, and every participant may be a moderator.', {
    ask: ofUs(`Let nobody in without a token: ${settings}.`),
  })
}

/** What only people in a call can see. Each in a minute, with a test patient and a test Appointment. */
export const byHand: readonly Finding[] = [
  about('jitsi-tokens', 'nothing: it takes a call').unchecked('Whether it takes our tokens, only a call tells.', {
    ask: ofUs("Open a test visit as clinician. V1 on the page: issuer, audience, secret or key are not Jitsi's."),
  }),
  about('jitsi-moderators', 'nothing: it takes a call').unchecked(
    'Every participant is a moderator, if jicofo has its own sign-in.',
    {
      ask: ofUs(
        'Join a test visit as the patient: if you can mute or remove the clinician, set JICOFO_ENABLE_AUTH=0 and ' +
          'ENABLE_AUTO_OWNER=0, and add token_affiliation to XMPP_MUC_MODULES.',
      ),
    },
  ),
  about('jitsi-lobby', 'nothing: it takes a call').unchecked("Whether Jitsi's own lobby holds, only a call tells.", {
    ask: ofUs(
      'Let a test patient join before the clinician: they must wait at Jitsi too, and she must not. Else set ' +
        'ENABLE_LOBBY=1, XMPP_MODULES=persistent_lobby, and XMPP_MUC_MODULES with token_lobby_bypass and lobby_autostart.',
    ),
  }),
  about('jitsi-turn', 'nothing: Prosody tells it in a call').unchecked(
    'Whether a TURN server helps closed networks, only a call tells.',
    {
      ask: ofUs(
        'Join a test visit where a network lets nothing through but TLS: without picture, set TURNS_HOST, TURNS_PORT=443 ' +
          'and TURN_CREDENTIALS, and see that a relay answers there.',
      ),
    },
  ),
]
