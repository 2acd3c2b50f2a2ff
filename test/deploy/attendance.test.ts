// What Prosody is told to tell us, read out of its settings and said to the app: it is heard, in the words and at the address that stand there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { having } from '../support/chart.ts'
import { openWorld, type World } from '../support/world.ts'
import { compose, text } from './deploy.ts'

const lua = text('deploy/jitsi/prosody/conf.d/attendance.cfg.lua')
/** A setting's text with what stands in Lua's place for a variable put in. */
const said = (name: string, values: Readonly<Record<string, string>>) => {
  const [, expression = ''] =
    new RegExp(`${name} = (?:\\{ \\["Authorization"\\] = )?("[^"]*" \\.\\. \\w+)`).exec(lua) ?? []
  const [fixed = '', variable = ''] = expression.split(' .. ')
  return `${fixed.slice(1, -1)}${values[variable] ?? `no ${variable}`}`
}

const secret = 'what only the Prosody of this machine knows'
let world: World
beforeAll(async () => {
  world = await openWorld({ config: having({ jitsiEvents: secret }) })
})
afterAll(() => world.close())

/** The body of the module's first event; the room is nobody's visit. */
const created = { event_name: 'muc-room-created', room_name: 'x', room_jid: 'x@muc.meet.jitsi', created_at: 1 }

function tell(shown: string) {
  const prefix = new URL(said('api_prefix', { organisation: 'riverside' }))
  const headers = {
    'Content-Type': 'application/json',
    Authorization: said('api_headers', { ENV_JITSI_EVENTS_SECRET: shown }),
  }
  // The module adds the rest (event_sync_component: URL_EVENT_ROOM_CREATED).
  const url = `${world.url}${prefix.pathname}/events/room/created`
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(created) })
}

test('Prosody is heard with the secret it was given, and with no other', async () => {
  expect((await tell(secret)).status).toBe(204)
  expect((await tell('another secret, as long as the right one is')).status).toBe(404)
})

test('Prosody asks before a room begins, where it has organisations, and is answered with the secret it was given alone', async () => {
  const { environment = {} } = compose().services.prosody ?? {}
  // Docker's template parts these at commas, and drops what is empty (jitsi-meet.cfg.lua).
  const lines = (environment.XMPP_CONFIGURATION ?? '').replace(`\${XMPP_CONFIGURATION}`, '').split(',').filter(Boolean)
  const [, header = ''] = /^reservations_api_headers=\{\["Authorization"\]="([^"]+)"\}$/.exec(lines.join()) ?? []
  const base = new URL(environment.PROSODY_RESERVATION_REST_BASE_URL ?? '')
  const asks = (shown: string) =>
    fetch(`${world.url}${base.pathname}/conference`, {
      method: 'POST',
      headers: { Authorization: header.replace(`\${JITSI_EVENTS_SECRET}`, shown) },
      body: new URLSearchParams({ name: 'x', start_time: '2026-05-01T10:00:00.000Z', mail_owner: 'x@meet.jitsi' }),
    })

  expect(lines.length).toBe(1)
  expect(base.origin).toBe('http://app:4000')
  expect(environment.PROSODY_RESERVATION_ENABLED).toBe(`\${JITSI_ORGANISATIONS:+1}`)
  expect([(await asks(secret)).status, (await asks('another')).status]).toEqual([403, 404])
})

test('the address is the app’s on the network the two share', () => {
  const { services, networks } = compose()
  const { hostname, port, protocol } = new URL(said('api_prefix', { organisation: 'riverside' }))
  const shared = services.app?.networks.filter((network) => services.prosody?.networks.includes(network)) ?? []

  expect([protocol, hostname, port]).toEqual(['http:', 'app', '4000'])
  expect(shared).toEqual(['backstage'])
  // In plain text, so within this machine only.
  expect(networks[shared[0] ?? '']).toEqual({ internal: true })
})

test('every variable that Prosody’s settings read is given to it', () => {
  const read = [...lua.matchAll(/ENV_(\w+)/g)].map(([, name]) => name)

  expect([...new Set(read)].toSorted()).toEqual(['JITSI_EVENTS_SECRET', 'JITSI_ORGANISATIONS'])
  expect(Object.keys(compose().services.prosody?.environment ?? {})).toEqual(expect.arrayContaining(read))
})
