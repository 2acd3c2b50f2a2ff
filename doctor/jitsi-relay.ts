// Whom a Jitsi sends people to whose network lets no call through (XEP-0215), and whether those relays answer and let them in.
// Shows no user name and no password; says which networks get through as seen from this machine, which may be another than the patients'.

import { longestTokenSeconds } from '../server/domain/visit/room-token.ts'
import type { Organisation } from '../server/settings/config.ts'
import { about, type Finding, ofUs } from './finding.ts'
import type { Line } from './jitsi-line.ts'
import { step, type World } from './request.ts'
import { type Asked, askStun, askTurn, type Credentials, type Relay, type Transport } from './stun.ts'
import { type Element, within } from './xmpp.ts'

type Kind = 'stun' | 'turn' | 'turns'
type Told = Relay & {
  readonly kind: Kind
  readonly credentials?: Credentials
  /** In milliseconds since 1970. */
  readonly until?: number
}
export type Tried = Told & Asked

const extdisco = 'urn:xmpp:extdisco:2'

export async function examineRelays(
  world: World,
  organisation: Organisation,
  line: Line,
  domain: string,
): Promise<readonly Finding[]> {
  const answer = await step(world, `${domain} for its relays`, () =>
    line.ask('get', domain, `<services xmlns="${extdisco}"/>`),
  )
  const told = (answer && within(answer, 'services', extdisco)?.children.flatMap(readService)) ?? []
  const tried = await Promise.all(
    told.map((one) => step(world, spelled(one), async (): Promise<Tried> => ({ ...one, ...(await ask(world, one)) }))),
  )
  const relays = tried.filter(({ kind }) => kind !== 'stun')
  const certificates = relays.flatMap(({ certificate, ...of }) =>
    certificate === undefined ? [] : [shown(of, certificate, world.now())],
  )
  return [reached(organisation, relays, tried, world.now()), ...certificates]
}

const ask = ({ timeoutMs }: World, one: Told): Promise<Asked> =>
  one.kind === 'stun' ? askStun(one, timeoutMs) : askTurn(one, one.credentials, timeoutMs)

/** RFC 7064 and 7065: `turns` is TLS over TCP unless told, the others are UDP. DTLS is no browser's. */
function readService({ name, attrs }: Element): readonly Told[] {
  const { type = '', host = '', transport, username, password, expires = '' } = attrs
  const kind = (['stun', 'turn', 'turns'] as const).find((one) => one === type)
  if (name !== 'service' || kind === undefined || host === '' || (kind === 'turns' && transport === 'udp')) return []
  const port = Number(attrs.port ?? (kind === 'turns' ? 5349 : 3478))
  if (!(port > 0 && port < 65_536)) return []
  const by: Transport = kind === 'turns' ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp'
  const until = Date.parse(expires)
  return [
    {
      kind,
      host,
      port,
      by,
      ...(username === undefined || password === undefined ? {} : { credentials: { username, password } }),
      ...(Number.isNaN(until) ? {} : { until }),
    },
  ]
}

const spelled = ({ kind, host, port, by }: Told) => `${kind}:${host}:${port} by ${by.toUpperCase()}`
const detail = (one: Tried, now: number) =>
  `${spelled(one)}: ${one.outcome}${one.until === undefined ? '' : `, for ${Math.round((one.until - now) / 60_000)} min`}`

const remedy = 'Set TURNS_HOST, TURNS_PORT=443 and TURN_CREDENTIALS at Prosody, and see that a relay answers there.'

/** `relays`: those of `all` that are no mere STUN servers. */
export function reached(
  { policies }: Pick<Organisation, 'policies'>,
  relays: readonly Tried[],
  all: readonly Tried[],
  now: number,
): Finding {
  const { ok, warning } = about('jitsi-turn', 'the relays that Prosody names, and each of them')
  const extra = { ask: ofUs(remedy), details: all.map((one) => detail(one, now)) }
  const alone = policies.relayOnly ? ' Calls between two people go by its bridge alone.' : ''
  if (relays.length === 0) return warning(`It names no relay: closed networks get no picture.${alone}`, extra)
  const refused = relays.filter(({ outcome }) => outcome === 'not-let-in')
  const good = relays.filter(({ outcome }) => outcome === 'lets-in' || outcome === 'answers')
  if (refused.length > 0)
    return warning(`A relay lets nobody in (${refused.map(spelled).join(', ')}).`, {
      ...extra,
      ask: ofUs('Make TURN_CREDENTIALS at Prosody what the relay has as its static-auth-secret, and set their clocks.'),
    })
  if (good.length === 0) return warning('No relay answers from here: closed networks get no picture.', extra)
  const nameless = good.find(({ credentials }) => credentials === undefined)
  if (nameless !== undefined)
    return warning(`Nobody is told how to get in at ${spelled(nameless)}.`, {
      ...extra,
      ask: ofUs('Set TURN_CREDENTIALS at Prosody to the secret of the relay.'),
    })
  const short = good.find(({ until = Number.POSITIVE_INFINITY }) => until < now + (longestTokenSeconds - 60) * 1000)
  if (short?.until !== undefined)
    return warning(`After ${Math.round((short.until - now) / 60_000)} min its relay lets nobody in again.`, {
      ...extra,
      ask: ofUs(`Set TURN_TTL at Prosody to ${longestTokenSeconds} (seconds): as long as the longest room token.`),
    })
  return byWhich(good, all, extra, { ok, warning })
}

type Says = ReturnType<typeof about>['ok']

function byWhich(
  good: readonly Tried[],
  all: readonly Tried[],
  extra: Parameters<Says>[1] & { readonly details: readonly string[] },
  { ok, warning }: { ok: Says; warning: Says },
): Finding {
  const ways = [
    ...(good.some(({ by }) => by === 'udp') ? ['UDP'] : []),
    ...(good.some(({ by }) => by === 'tcp') ? ['TCP'] : []),
    ...new Set(good.flatMap(({ by, port }) => (by === 'tls' ? [`TLS on ${port}`] : []))),
  ]
  const silent = all.filter(({ outcome }) => outcome === 'silent')
  const reached = `A relay lets people in by ${ways.join(', ')}`
  if (!ways.includes('TLS on 443'))
    return warning(`${reached}: a network with nothing but TLS on 443 stays out.`, extra)
  if (silent.length > 0)
    return warning(`${reached}; silent: ${silent.map(spelled).join(', ')}.`, {
      ...extra,
      ask: ofUs('See that each relay Prosody names answers, or name it no longer: who tries it first loses time.'),
    })
  return ok(`${reached}: any network gets through.`, { details: extra.details })
}

const day = 24 * 60 * 60 * 1000

/** A browser goes to no relay whose certificate it does not trust, and says nothing. */
function shown(of: Told, { until, trusted }: NonNullable<Asked['certificate']>, now: number): Finding {
  const { ok, warning } = about('jitsi-turn-certificate', `the certificate of ${spelled(of)}`)
  const days = Math.floor((until - now) / day)
  const renew = ofUs(`Renew the certificate of the relay ${of.host}, for that name.`)
  if (until <= now) return warning("The relay's certificate has ended: browsers pass it by.", { ask: renew })
  if (!trusted)
    return warning("The relay's certificate is trusted by nobody here, or for another name.", { ask: renew })
  const left = `The relay's certificate is good for ${days} more ${days === 1 ? 'day' : 'days'}.`
  return days < 21 ? warning(left, { ask: renew }) : ok(left)
}
