// Jitsi's server asks us before a room begins: a token that is still out opens no room of a visit that has ended, and one address does for
// all clinics that share a Jitsi.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startJitsi } from '../../sandbox/jitsi/main.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { having } from '../support/chart.ts'
import { closeHouse, connect, type House } from '../support/jitsi-visitor.ts'
import { bodyOf, inCall, tokenFor } from '../support/visits.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const secret = 'what only the Jitsi of the two clinics knows'
let world: World
let house: House
beforeAll(async () => {
  world = await openWorld({ organisations: ['riverside', 'lakeside'], config: having({ jitsiEvents: secret }) })
  const jitsi = await startJitsi({
    ...{ issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret, now: world.now },
    reservations: { prefix: `${world.url}/jitsi/reservations`, authorization: `Bearer ${secret}` },
  })
  house = { jitsi, secret: jitsiSecret, clock: { now: 0 }, sockets: [] }
})
afterAll(async () => {
  await closeHouse(house)
  await world.close()
})

async function join({ room, token }: RoomToken) {
  const visitor = await connect(house, token)
  await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  return visitor
}

test('a clinician’s token opens her room as long as the visit is open, and no more once it has ended', async () => {
  const { clinician, visit } = await inCall(world)
  const entry = bodyOf<RoomToken>(await tokenFor(clinician, visit))
  const inside = await join(entry)
  expect(await inside.heard('joined')).toMatchObject({ self: { role: 'moderator' } })
  inside.say({ type: 'end' })
  await inside.heard('destroyed')
  // The call may have come to nothing: while the visit is open its room begins again.
  const again = await join(entry)
  await again.heard('joined')
  bodyOf(await clinician.post(`${visit}/end`))
  again.say({ type: 'end' })
  await again.heard('destroyed')

  const late = await join(entry)

  expect(await late.heard('no-room')).toMatchObject({ code: 403, text: 'No visit is held in this room now.' })
  expect(late.types()).not.toContain('joined')
  expect(house.jitsi.rooms().map(({ room }) => room)).not.toContain(entry.room)
})

test('a patient’s token opens no room of an ended visit either, not even its lobby', async () => {
  const { clinician, patient, visit } = await inCall(world)
  const entry = bodyOf<RoomToken>(await tokenFor(patient, visit))
  await (await join(entry)).heard('members-only')
  bodyOf(await clinician.post(`${visit}/end`))

  expect(await (await join(entry)).heard('no-room')).toMatchObject({ code: 403 })
})
