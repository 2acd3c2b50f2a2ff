// Owns what the contract says of a Jitsi whose parts die: its videobridge, and its Prosody. What a page makes of it takes a browser.
// Refuses to leave a part away: each is started again, however its case ends.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { FactName } from '../../../sandbox/jitsi/facts.ts'
import { arriveAt, doctor, type Entrance, patient, visitAt } from '../../support/jitsi-visitor.ts'
import type { Case } from './contract-cases.ts'
import { entranceOf, type Part, type Parts, type Place } from './places.ts'

type OfPart = {
  readonly part: Part
  readonly fact: FactName
  readonly sent: string
  readonly comes: string
  check(at: Entrance, room: string, place: Place, parts: Parts): Promise<void>
}

const ofParts: readonly OfPart[] = [
  {
    ...{ part: 'bridge', fact: 'bridge-died', sent: 'a call of two, and the videobridge stopped' },
    comes: 'that it is gone, to both, before anybody has left',
    async check(at, room, _place, parts) {
      const { inside, guest } = await visitAt(at, room)
      await parts.stop('bridge')
      await Promise.all([inside.heard('bridge-gone'), guest.heard('bridge-gone')])
      for (const { types } of [inside, guest]) expect(types()).not.toContain('participant-left')
    },
  },
  {
    ...{ part: 'bridge', fact: 'bridge-absent', sent: 'a doctor who joins while there is no videobridge' },
    comes: 'no answer, also once there is one again; who comes then joins',
    async check(at, room, _place, parts) {
      await parts.stop('bridge')
      const early = await arriveAt(at, room, doctor)
      await parts.quiet()
      await parts.start('bridge')
      await (await arriveAt(at, room, { ...doctor, id: 'd2' })).heard('joined')
      expect(early.types()).not.toContain('joined')
    },
  },
  {
    ...{ part: 'prosody', fact: 'prosody-died', sent: 'a line of a call, to a Prosody that was started anew' },
    comes: 'that it is forgotten, and an empty room with its lobby for who comes then',
    async check(at, room, _place, parts) {
      const { inside } = await visitAt(at, room)
      await parts.stop('prosody')
      await parts.start('prosody')
      const again = await at.connect(inside.token, inside.resume)
      await again.heard('forgotten')
      expect(again.types()).not.toContain('resumed')
      const next = await arriveAt(at, room, { ...doctor, id: 'd2' })
      await next.heard('joined')
      expect(next.types()).not.toContain('participant-joined')
      await (await arriveAt(at, room, patient)).heard('members-only')
    },
  },
  {
    ...{ part: 'jicofo', fact: 'focus-away', sent: 'a doctor who asks for a new room while jicofo is away' },
    comes: 'that nobody makes rooms; the room once it is there again',
    async check(at, room, _place, parts) {
      await parts.stop('jicofo')
      const early = await arriveAt(at, room, doctor)
      expect(await early.heard('no-room')).toMatchObject({ why: 'focus' })
      expect(early.types()).not.toContain('joined')
      await parts.start('jicofo')
      await (await arriveAt(at, `${room}-2`, { ...doctor, id: 'd2' })).heard('joined')
    },
  },
  {
    ...{ part: 'prosody', fact: 'prosody-absent', sent: 'GET /xmpp-websocket while Prosody is away' },
    comes: '502 from the web server before it; a page once it is back',
    async check(_at, _room, { origin }, parts) {
      const asked = async () => (await fetch(`${origin}/xmpp-websocket`)).status
      await parts.stop('prosody')
      expect(await asked()).toBe(502)
      await parts.start('prosody')
      expect(await asked()).toBe(200)
    },
  },
]

/** Only of a place whose parts can be stopped. */
export const partCases: readonly Case[] = ofParts.map(({ part, fact, sent, comes, check }) => ({
  ...{ fact, sent, comes },
  async check(place) {
    const { parts } = place
    if (parts === undefined) throw new Error(`${place.name}: its parts cannot be stopped from here`)
    try {
      await check(entranceOf(place), `contract-${randomUUID()}`, place, parts)
    } finally {
      await parts.start(part)
    }
  },
}))
