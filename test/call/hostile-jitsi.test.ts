// A Jitsi whose every answer is odd in turn, and one that tells odd things with the right secret: a call is held elsewhere or as if nothing
// was, a visit ends all the same, nobody's time in the call is changed, and no other host hears of anything.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { type Jitsi, startJitsi } from '../../sandbox/jitsi/main.ts'
import { refusals } from '../../server/domain/errors.ts'
import type { RoomName } from '../../server/domain/ids.ts'
import { idInRoom } from '../../server/domain/visit/attendance.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { clockInHand, drawn } from '../support/hostile-ehr.ts'
import { type Honest, type Oddity, oddities, textBy } from '../support/oddities.ts'
import { ask } from '../support/people.ts'
import { bodyOf, book, inCall, open, tokenFor, visitIdOf } from '../support/visits.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const storm = { timeout: 300_000 }
const seed = 10
const secret = 'what only the Jitsi of the clinic knows'

const asked = { script: '/external_api.js', signalling: '/xmpp-websocket', census: '/room-census' } as const
const honest: Readonly<Record<keyof typeof asked, Honest>> = {
  script: answer('application/javascript', 'JitsiMeetExternalAPI'),
  signalling: answer('text/html', '<p>It works!</p>'),
  census: answer('application/json', JSON.stringify({ room_census: [{ room_name: 'nobodys', participants: 2 }] })),
}
function answer(type: string, text: string): Honest {
  return { status: 200, type, headers: new Headers(), text }
}

let hostile: Awaited<ReturnType<typeof startCrookedEhr>>
let elsewhere: Awaited<ReturnType<typeof startListener>>
let second: Jitsi
let world: World
let mood: { readonly of: keyof typeof asked; readonly oddity: Oddity } | undefined

beforeAll(async () => {
  const { giveUp } = clockInHand()
  ;[hostile, elsewhere] = await Promise.all([startCrookedEhr(), startListener()])
  second = await startJitsi({ issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret })
  hostile.said.takeOver = (path, _request, response) => {
    const [of] = (Object.keys(asked) as (keyof typeof asked)[]).filter((one) => path.startsWith(asked[one])) // sound: its own keys
    if (of === undefined) return false
    if (mood?.of === of) mood.oddity.answer(response, { honest: honest[of], elsewhere: elsewhere.origin, giveUp })
    else response.writeHead(200, { 'content-type': honest[of].type }).end(honest[of].text)
    return true
  }
  const jitsi = JitsiSettings.parse({
    origin: hostile.origin,
    issuer: 'housecall',
    census: `${hostile.origin}/room-census`,
    fallback: [{ origin: second.origin }],
  })
  world = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, jitsi, jitsiEvents: secret })) }),
  })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await Promise.all([world.close(), hostile.close(), elsewhere.close(), second.close()])
})

const rowOf = async (visit: string) => world.house.visits.get(visitIdOf(visit))

describe('a Jitsi whose every answer is odd in turn', () => {
  const all = (Object.keys(asked) as (keyof typeof asked)[]).flatMap((of) => oddities.map((oddity) => ({ of, oddity }))) // sound: its own keys

  test('keeps nobody from their call or from its end, and is told to nobody else', storm, async () => {
    const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
    for (const now of drawn(all, 45, seed)) {
      const what = `${now.of}: ${now.oddity.name}`
      const visit = await open(clinician, await book(world))
      mood = now
      const token = await tokenFor(clinician, visit)
      const held = bodyOf<RoomToken>(token).origin
      const ended = await clinician.post(`${visit}/end`)
      mood = undefined

      expect([token.status, ended.status], what).toEqual([200, 200])
      expect([hostile.origin, second.origin], what).toContain(held)
      expect(
        (await rowOf(visit))?.attendance.map(({ seen = [] }) => seen.length),
        what,
      ).toEqual([0])
      // Another half minute: what is asked is asked anew.
      world.later(0.6)
    }

    expect(elsewhere.heard).toEqual([])
    expect(world.log()).not.toContain('nobodys')
  })
})

describe('a Jitsi that knows the secret and tells odd things', () => {
  test('is refused in words or heard in vain, and changes nothing of the visit', storm, async () => {
    const { visit, room } = await inCall(world)
    const before = await rowOf(visit)
    const patient = before?.attendance[1]?.who
    if (patient === undefined) throw new Error('nobody is in the call')
    const event = JSON.stringify({
      ...{ event_name: 'muc-occupant-joined', active_occupants_count: 1, is_breakout: false },
      ...{ room_name: room, room_jid: `${room}@muc.meet.jitsi` },
      occupant: {
        ...{ occupant_jid: 'one@meet.jitsi/x', joined_at: Math.floor(world.now() / 1000), name: 'Name From Jitsi' },
        id: idInRoom('another-room' as RoomName, patient), // sound: any text is a room's name here
      },
    })
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    for (const oddity of oddities) {
      const body = textBy(oddity, answer('application/json', event))
      if (typeof body !== 'string' || body.length > 1_000_000) continue
      const { status, code = '' } = await ask(world.url, '/jitsi/riverside/events', { method: 'post', headers, body })

      expect(status === 204 || Object.hasOwn(refusals, code), `${oddity.name}: ${status} ${code}`).toBe(true)
    }

    expect(await rowOf(visit)).toEqual(before)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(world.log()).not.toMatch(/Name From Jitsi|polluted/)
  })
})
