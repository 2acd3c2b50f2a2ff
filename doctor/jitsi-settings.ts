// What can be read of a Jitsi's settings in its public config.js, and what is left to try by hand where the doctor got no further.
// A hint is said to be one: config.js tells what the web page was told, not what Prosody and jicofo do.
import type { JitsiServer } from '../server/settings/organisations.ts'
import { about, type Finding, ofUs } from './finding.ts'

/** As docker writes it, `config.hosts.domain = '…'`, or as a member of `hosts: { … }`; what is commented out does not count. */
export function hostIn(told: string, name: string): string | undefined {
  const live = told.replaceAll(/^[ \t]*(\/\/|\*|\/\*).*$/gm, '')
  const assigned = new RegExp(`\\bhosts\\.${name}\\s*=\\s*['"]([^'"]+)['"]`).exec(live)
  return (assigned ?? new RegExp(`\\bhosts\\s*[:=]\\s*{[^{}]*?\\b${name}\\s*:\\s*['"]([^'"]+)['"]`).exec(live))?.[1]
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

export const settings = 'ENABLE_AUTH=1 AUTH_TYPE=jwt JWT_ALLOW_EMPTY=0 ENABLE_GUESTS=0'

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

export const moderatorSettings = 'JICOFO_ENABLE_AUTH=0, ENABLE_AUTO_OWNER=0, and token_affiliation in XMPP_MUC_MODULES'
export const lobbySettings =
  'ENABLE_LOBBY=1, XMPP_MODULES with persistent_lobby, XMPP_MUC_MODULES with token_lobby_bypass and lobby_autostart'

export const reservationSettings =
  'PROSODY_RESERVATION_ENABLED=1, PROSODY_RESERVATION_REST_BASE_URL, and reservations_api_headers in XMPP_CONFIGURATION'

const loaded =
  'Look into the configuration that Prosody runs with: filter_iq_jibri and filter_iq_rayo at the host, muc_displayname and token_no_wildcard at the rooms.'

/** What people in a call can see, where the doctor could not: each in a minute, with a test patient and a test Appointment. */
const tries = {
  tokens: [
    'Whether it takes our tokens',
    "Open a test visit as clinician. V1 on the page: issuer, audience, secret or key are not Jitsi's.",
  ],
  moderators: [
    'Whether every participant is a moderator',
    `Join a test visit as the patient: if you can mute or remove the clinician, see to ${moderatorSettings}.`,
  ],
  lobby: [
    "Whether Jitsi's own lobby holds",
    `Let a test patient join before the clinician: they must wait at Jitsi too, and she must not. Else see to ${lobbySettings}.`,
  ],
  turn: [
    'Whether a relay helps closed networks',
    'Join a test visit where a network lets nothing through but TLS: without picture, set TURNS_HOST, TURNS_PORT=443 ' +
      'and TURN_CREDENTIALS, and see that a relay answers there.',
  ],
  bridge: [
    'Whether a call gets a videobridge',
    'Join a test visit from both sides: if no picture comes, see that jvb runs, and the logs of jvb and jicofo.',
  ],
  names: ['Whether people can change their name', loaded],
  recording: ['Whether recordings are refused', loaded],
  telephone: ['Whether telephones are refused', loaded],
  wildcard: ['Whether one token opens every room', loaded],
} as const

/** `why`: what kept the doctor from seeing it. */
export function byHand(which: keyof typeof tries, why: string): Finding {
  const [what, how] = tries[which]
  return about(`jitsi-${which}`, 'nothing: it could not be').unchecked(`${what} is not known: ${why}.`, {
    ask: ofUs(how),
  })
}
