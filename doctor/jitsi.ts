// One Jitsi as a call meets it: its script, its certificate, its clock, its signalling, and whether it may be shown in our page.
// What is behind its door is asked by its neighbours; here, nothing is sent but requests that anybody could make.
import { given } from '../server/domain/given.ts'
import { longestScript } from '../server/domain/visit/room-script.ts'
import type { Config, Organisation } from '../server/settings/config.ts'
import type { JitsiServer } from '../server/settings/organisations.ts'
import { about, type Finding, ofUs, type Part } from './finding.ts'
import { inside } from './jitsi-inside.ts'
import { approval, showsScript } from './jitsi-script.ts'
import { clinicsOwnDomain, signsIn } from './jitsi-settings.ts'
import { certificateOf, toldBy } from './reach.ts'
import { type Answer, request, step, upgrade, type World } from './request.ts'

const day = 24 * 60 * 60 * 1000

/** All that an organisation's calls may be held at, the first one first. Without it no visit works; without the others it may. */
export function examineJitsis(world: World, config: Config, organisation: Organisation): Promise<readonly Part[]> {
  return Promise.all(
    organisation.jitsi.servers.map(async (server, which): Promise<Part> => {
      const findings = await examine(world, config, organisation, server)
      const weighed = which === 0 ? findings : findings.map((finding) => ({ ...finding, essential: false }))
      return { about: server.origin, kind: 'jitsi', findings: weighed }
    }),
  )
}

async function examine(
  world: World,
  config: Config,
  organisation: Organisation,
  server: JitsiServer,
): Promise<readonly Finding[]> {
  const { origin } = server
  const secure = new URL(origin).protocol === 'https:'
  const get = (path: string, accept: string, mostBytes?: number) =>
    step(world, origin + path, () => request(world, origin + path, { accept, ...given({ mostBytes }) }))
  const settings = get('/config.js', 'text/javascript, */*').then((told) =>
    told.came && told.status === 200 ? { answer: told, told: told.text } : { answer: told, told: '' },
  )
  const [script, { answer, told }, page, census, line, until, behind] = await Promise.all([
    get('/external_api.js', 'text/javascript, */*', longestScript),
    settings,
    get('/housecall-doctor', 'text/html'),
    get('/room-census', 'application/json'),
    step(world, `${origin}/xmpp-websocket`, () => upgrade(world, `${origin}/xmpp-websocket`, 'xmpp')),
    secure ? step(world, `the certificate of ${origin}`, () => certificateOf(origin, world)) : undefined,
    settings.then(({ told }) => inside(world, { config, organisation }, server, told)),
  ])
  return [
    scriptOf(origin, script),
    ...(await approval(world, { config, organisation, server }, script)),
    ...(secure ? [certificate(origin, until, world.now())] : []),
    clock([script, answer, page], behind.aheadSeconds),
    signalling(origin, line),
    frame(origin, page, config, organisation),
    ...openDoors(origin, census),
    clinicsOwnDomain(server, told),
    signsIn(told),
    ...behind.findings,
  ]
}

function scriptOf(origin: string, answer: Answer): Finding {
  const { ok, failed } = about('jitsi', `GET ${origin}/external_api.js`)
  if (answer.came && showsScript(answer)) return ok('Jitsi is there.')
  const why = answer.came
    ? `external_api.js answered ${answer.status}${answer.status === 200 ? ', not as itself' : ''}`
    : answer.why
  return failed(`No call would start: ${why}.`, {
    ask: ofUs('Set "jitsi.origin" to where Jitsi Meet shows its pages; nothing may stand before external_api.js.'),
  })
}

function certificate(origin: string, until: number | undefined, now: number): Finding {
  const { ok, warning, failed, unchecked } = about('jitsi-certificate', `the certificate of ${new URL(origin).host}`)
  if (until === undefined) return unchecked('The certificate could not be looked at.')
  const days = Math.floor((until - now) / day)
  const ask = ofUs("Renew Jitsi's certificate before it ends.")
  if (until <= now) return failed('The certificate has ended: no call would start.', { ask })
  const left = `The certificate is good for ${days} more ${days === 1 ? 'day' : 'days'}.`
  return days < 21 ? warning(left, { ask }) : ok(left)
}

/** Prosody knows no leeway; our tokens hold from half a minute before we mint them. */
const backdated = 30

/** By Prosody's own word where it told, else by the Date of what stands before it. */
function clock(answers: readonly Answer[], aheadSeconds: number | undefined): Finding {
  const asked = aheadSeconds === undefined ? 'the Date of an answer' : 'since when Prosody takes a token to be over'
  const { ok, warning, failed, unchecked } = about('jitsi-clock', asked)
  const seconds = aheadSeconds ?? byDate(answers)
  if (seconds === undefined) return unchecked('Jitsi does not tell the time.')
  const apart = `Jitsi's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} ours`
  const ask = ofUs('Let this machine and the one with Jitsi both keep their time by NTP.')
  if (seconds < -backdated) return failed(`${apart}: it would refuse our tokens as too early.`, { ask })
  if (Math.abs(seconds) > backdated / 2) return warning(`${apart}: tokens may be refused.`, { ask })
  return ok(Math.abs(seconds) <= 2 ? "Jitsi's clock and ours agree." : `${apart}.`)
}

function byDate(answers: readonly Answer[]): number | undefined {
  const first = answers.find((answer) => answer.came && !Number.isNaN(toldBy(answer)))
  return first?.came ? Math.round((toldBy(first) - first.at) / 1000) : undefined
}

function signalling(origin: string, { taken, why }: { taken: boolean; why: string }): Finding {
  const { ok, failed } = about('jitsi-signalling', `a websocket to ${origin}/xmpp-websocket`)
  if (taken) return ok('Its signalling takes websockets.')
  return failed(`Nobody would be connected: ${why}.`, {
    ask: ofUs('Let the proxy in front of Jitsi pass /xmpp-websocket on as a websocket, and see that Prosody runs.'),
  })
}

function frame(origin: string, page: Answer, { url }: Config, { frameAncestors }: Organisation): Finding {
  const { ok, warning, failed, unchecked } = about('jitsi-frames', `GET ${origin}/housecall-doctor`)
  if (!page.came) return unchecked('Whether our page may show its rooms could not be seen.')
  const policy = /frame-ancestors\s+([^;,]*)/i.exec(page.headers.get('content-security-policy') ?? '')?.[1]
  const names = (ancestor: string) => policy === undefined || policy.trim().split(/\s+/).some(covers(ancestor))
  const ask = ofUs(`Name every page around a room: CSP_HEADER=frame-ancestors ${[url, ...frameAncestors].join(' ')}`)
  // A browser holds X-Frame-Options only where there is no frame-ancestors (CSP 3, 6.4.2).
  const barred = policy === undefined && page.headers.has('x-frame-options')
  if (barred || !names(url)) return failed('Our page may not show its rooms: the call would stay empty.', { ask })
  if (!frameAncestors.every(names)) return warning("Inside the EHR's frame the call would stay empty.", { ask })
  return ok(
    policy === undefined ? 'Its rooms may be shown in our page, and in any other.' : 'Our page may show its rooms.',
  )
}

const covers = (ancestor: string) => (source: string) => {
  if (source === '*' || source === new URL(ancestor).protocol || source === ancestor) return true
  const [scheme, host] = source.split('//*.')
  return host !== undefined && ancestor.startsWith(`${scheme}//`) && new URL(ancestor).host.endsWith(`.${host}`)
}

/** A list of all rooms for anyone who asks: there is one answer only that says so, and most Jitsis show a page instead. */
function openDoors(origin: string, census: Answer): readonly Finding[] {
  if (!census.came || census.status !== 200 || !census.text.includes('"room_census"')) return []
  return [
    about('jitsi-open', `GET ${origin}/room-census`).warning(
      'Anybody can list the rooms, and may be able to end a call.',
      {
        ask: ofUs('Keep /room-census and /end-meeting from everybody but your own servers.'),
      },
    ),
  ]
}
