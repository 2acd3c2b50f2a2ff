// Owns what the contract says of a Jitsi that does not load what keeps people to their tokens, and of the telephones that one which does refuses.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { FaultName } from '../../../sandbox/jitsi/faults.ts'
import {
  arrive,
  arriveAt,
  closeHouse,
  connect,
  doctor,
  type House,
  mint,
  openHouse,
  visit,
} from '../../support/jitsi-visitor.ts'
import type { Case } from './contract-cases.ts'
import { entranceOf } from './places.ts'

/** Of any Jitsi that is set up for a clinic. */
export const telephoneCases: readonly Case[] = ['jitsi_meet_transcribe', '+15550100'].map((to) => ({
  ...{ fact: 'telephone', sent: `a call to ${to} by a moderator whose token has none`, comes: 'not allowed' },
  async check(place) {
    const visitor = await arriveAt(entranceOf(place), `contract-${randomUUID()}`, doctor, { transcription: false })
    await visitor.heard('joined')
    visitor.say({ type: 'dial', to })
    expect(await visitor.heard('not-allowed')).toMatchObject({ action: 'dial' })
  },
}))

type Without = Extract<FaultName, `without-${string}`>

const without = (fact: Without, sent: string, comes: string, check: (house: House) => Promise<void>): Case => ({
  ...{ fact, sent, comes },
  async check() {
    const house = await openHouse()
    try {
      house.jitsi.faults.on(fact)
      await check(house)
    } finally {
      await closeHouse(house)
    }
  },
})

/** Of the sandbox alone: nobody takes a clinic's modules away for a test. */
export const withoutCases: readonly Case[] = [
  without(
    'without-muc-displayname',
    'another name over a read-only one, without muc_displayname',
    'that name',
    async (house) => {
      const { inside, guest } = await visit(house, 'names')
      guest.say({ type: 'name', name: 'Somebody Else' })
      expect(await inside.heard('name')).toMatchObject({ name: 'Somebody Else' })
    },
  ),
  without(
    'without-filter-iq-jibri',
    'a recording that no token allows, without filter_iq_jibri',
    'it begins',
    async (house) => {
      const inside = await arrive(house, 'recorded', doctor, { recording: false })
      await inside.heard('joined')
      inside.say({ type: 'recording', on: true })
      expect(await inside.heard('recording')).toMatchObject({ on: true })
    },
  ),
  without(
    'without-filter-iq-rayo',
    'a call that no token allows, without filter_iq_rayo',
    'no word of a token',
    async (house) => {
      const inside = await arrive(house, 'rung', doctor, { transcription: false })
      await inside.heard('joined')
      inside.say({ type: 'dial', to: 'jitsi_meet_transcribe' })
      await inside.heard('no-telephone')
    },
  ),
  without('without-token-no-wildcard', 'a token for every room, without token_no_wildcard', 'joined', async (house) => {
    const visitor = await connect(house, await mint(house, '*', doctor))
    await visitor.heard('connected')
    visitor.say({ type: 'join', room: 'any-room-there-is' })
    await visitor.heard('joined')
  }),
]
