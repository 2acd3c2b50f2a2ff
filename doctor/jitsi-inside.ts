// What a Jitsi is behind its door, asked over XMPP as the web app asks it: tokens, lobby, moderators, breakout rooms, relays.
// Enters no room but one of its own that no visit has, for as long as it takes to see who is what there; what was not to be known is said so.
import { given } from '../server/domain/given.ts'
import type { Config, Organisation } from '../server/settings/config.ts'
import type { JitsiServer } from '../server/settings/organisations.ts'
import { about, type Finding, ofUs } from './finding.ts'
import { guards } from './jitsi-guards.ts'
import { connect, type Line, type Shown } from './jitsi-line.ts'
import { openRoom, type Places, rehearse } from './jitsi-rehearsal.ts'
import { examineRelays } from './jitsi-relay.ts'
import { breakoutRooms, endedVisits, roles } from './jitsi-rooms.ts'
import { byHand, hostIn } from './jitsi-settings.ts'
import { type Keyring, keyringFor, ours, turnedAway } from './jitsi-tokens.ts'
import { tryOut } from './jitsi-tries.ts'
import { step, type World } from './request.ts'
import { type Element, type Server, type Silence, within } from './xmpp.ts'

export type Inside = {
  readonly findings: readonly Finding[]
  /** How far Prosody's own clock is ahead of ours, where it told. */
  readonly aheadSeconds?: number
}

/** `told`: the text of its config.js. */
export async function inside(
  world: World,
  settings: { readonly config: Config; readonly organisation: Organisation },
  jitsi: JitsiServer,
  told: string,
): Promise<Inside> {
  const { organisation } = settings
  const { origin, subject, tenant } = jitsi
  const named = hostIn(told, 'domain')
  const domain = named ?? (tenant === undefined ? subject : 'meet.jitsi')
  const server: Server = { origin, domain, tenant }
  const none = await step(world, `${origin} without a token`, () => connect(world, server, {}))
  if (none.came === 'in') await none.line.leave()
  if (none.came === 'unheard') return { findings: unspoken(domain, named !== undefined, none.why) }
  const keys = keyringFor(world, settings, jitsi)
  const { finding, open, aheadSeconds } = await step(world, `${origin} with tokens that are not good`, () =>
    turnedAway(world, server, keys, none),
  )
  const patient = await step(world, `${origin} with a token of ours`, async () =>
    connect(world, server, { token: await keys.token('patient'), room: keys.room }),
  )
  const spoken = [
    about('jitsi-xmpp', 'a stream over its websocket').ok(`Its signalling speaks XMPP, as ${domain}.`),
    finding,
    ours(patient, organisation, jitsi, open),
  ]
  const rest =
    patient.came === 'in'
      ? await beyond({ world, organisation, server, told, keys }, patient.line)
      : notKnown('it takes no token of ours')
  return { findings: [...spoken, ...rest], ...given({ aheadSeconds }) }
}

const notKnown = (why: string): readonly Finding[] =>
  [...rehearsedOnly, 'turn' as const].map((which) => byHand(which, why))

/** What a rehearsed visit alone shows. */
const rehearsedOnly = ['moderators', 'lobby', 'bridge', 'names', 'recording', 'telephone', 'wildcard'] as const

const silences: Readonly<Record<Silence, string>> = {
  'no-connection': 'its websocket does not open',
  'no-xmpp': 'it speaks no XMPP',
  'no-such-domain': 'Prosody knows no such domain',
  cut: 'it breaks off',
  'no-answer': 'it does not answer',
}

/** No word about tokens at all. A domain that config.js names and Prosody does not know keeps everybody out. */
function unspoken(domain: string, named: boolean, why: Silence): readonly Finding[] {
  const { failed, warning, unchecked } = about('jitsi-xmpp', 'a stream over its websocket')
  const rest = [byHand('tokens', silences[why]), ...notKnown(silences[why])]
  if (why === 'no-xmpp') return [unchecked("It speaks no XMPP: it is the sandbox's Jitsi, or none at all."), ...rest]
  if (why !== 'no-such-domain') return [unchecked(`Nothing behind its door was asked: ${silences[why]}.`), ...rest]
  if (named)
    return [
      failed(`Nobody gets in: its page says ${domain}, and Prosody knows no such domain.`, {
        ask: ofUs('Give Prosody and the web page of Jitsi one XMPP_DOMAIN.'),
      }),
      ...rest,
    ]
  return [
    warning(`Prosody knows no domain ${domain}: nothing behind its door was asked.`, {
      ask: ofUs('Set "jitsi.subject" to the XMPP_DOMAIN of that Jitsi.'),
    }),
    ...rest,
  ]
}

type Asking = {
  readonly world: World
  readonly organisation: Organisation
  readonly server: Server
  readonly told: string
  readonly keys: Keyring
}

async function beyond(asking: Asking, patient: Line): Promise<readonly Finding[]> {
  const { world, organisation, server } = asking
  try {
    const { domain } = server
    const info = await step(world, `${domain} for its parts`, () => discover(patient, domain, 'info'))
    const relays = examineRelays(world, organisation, patient, domain)
    return [...(await played(asking, patient)), breakoutRooms(organisation, info), ...(await relays)]
  } finally {
    await patient.leave()
  }
}

/** The rehearsal, where there is a clinician to play it with. */
async function played(asking: Asking, patient: Line): Promise<readonly Finding[]> {
  const { world, server, keys } = asking
  const came: Shown = await connect(world, server, { token: await keys.token('clinician'), room: keys.room })
  if (came.came !== 'in') return rehearsedOnly.map((which) => byHand(which, 'it takes no second token of ours'))
  const clinician = came.line
  try {
    const places = await placesIn(asking, patient)
    const { settleMs, timeoutMs } = world
    const times = { settleMs, openingMs: openingChecks * timeoutMs, bridgeMs: bridgeChecks * timeoutMs }
    const anyRoom = async () => connect(world, server, { token: await keys.token('everyRoom'), room: keys.room })
    const trying = { clinician, anyRoom, room: places.room, ...times }
    const seen = await step(world, `a room of nobody's at ${server.origin}`, () =>
      rehearse({ patient, clinician }, places, times, (both) => tryOut(trying, both)),
    )
    const shut = seen.focus.opened && (await openRoom(clinician, shutPlaces(places, keys), times.openingMs))
    return [...roles(seen, times), ...guards(seen, times), ...(shut === false ? [] : [endedVisits(shut)])]
  } finally {
    await clinician.leave()
  }
}

/** Whoever Jitsi asks before a room begins is asked four times, three seconds apart (mod_reservations). */
const openingChecks = 3
/** Jicofo gives up after fifteen seconds with one that does not answer. */
const bridgeChecks = 2

const shutPlaces = ({ room, focus }: Places, { shut }: Keyring): Places => ({
  ...{ room: `${shut}@${room.split('@')[1]}`, focus },
})

/** Rooms of a tenant stand under a name of its own, which Prosody takes apart (muc_domain_mapper). */
async function placesIn({ server: { domain, tenant }, told, keys }: Asking, line: Line): Promise<Places> {
  const items = await discover(line, domain, 'items')
  const parts = items?.children.flatMap(({ attrs }) => attrs.jid ?? []) ?? []
  const muc = parts.find((jid) => /^(muc|conference)\./.test(jid)) ?? `muc.${domain}`
  const [prefix, ...rest] = muc.split('.')
  const at = tenant === undefined ? muc : [prefix, tenant, ...rest].join('.')
  return { room: `${keys.room}@${at}`, focus: hostIn(told, 'focus') ?? `focus.${domain}` }
}

/** XEP-0030. */
async function discover(line: Line, domain: string, what: 'info' | 'items'): Promise<Element | undefined> {
  const xmlns = `http://jabber.org/protocol/disco#${what}`
  const answer = await line.ask('get', domain, `<query xmlns="${xmlns}"/>`)
  return answer && within(answer, 'query', xmlns)
}
