// Owns what the contract says of rooms: who comes in, who waits, who may do what, and how a cut line is taken up again.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { FactName } from '../../../sandbox/jitsi/facts.ts'
import { arriveAt, doctor, type Entrance, patient, visitAt } from '../../support/jitsi-visitor.ts'
import type { Case } from './contract-cases.ts'
import { entranceOf, type Place, tokenAt } from './places.ts'

type InRoom = readonly [
  fact: FactName,
  sent: string,
  comes: string,
  check: (at: Entrance, room: string, place: Place) => Promise<void>,
]

const inRooms: readonly InRoom[] = [
  ...(
    [
      ['a token of another room', { room: 'another' }, 'Room and token mismatched'],
      ['a token of another domain', { sub: 'example.org' }, 'Room and token mismatched'],
      ['a token for any room', { room: '*' }, 'Wildcard room in token not allowed'],
      ['a token for any domain', { sub: '*' }, 'Wildcard sub in token not allowed'],
      ['a token whose room is a number', { room: 5 }, 'Room and token mismatched'],
      [
        'a pattern of rooms',
        { room: '.*', context: { user: doctor, room: { regex: true } } },
        'Regex support not allowed for token',
      ],
    ] as const
  ).map(
    ([sent, claims, text]): InRoom => [
      ...(['token-join', sent, `refused when joining: ${text}`] as const),
      async (at, room, place) => {
        const row = { case: '', answer: 'join', claims: { room, context: { user: doctor }, ...claims } }
        const visitor = await at.connect(await tokenAt(place, row))
        await visitor.heard('connected')
        visitor.say({ type: 'join', room })
        expect(await visitor.heard('refused')).toMatchObject({ stage: 'join', text })
      },
    ],
  ),
  [
    ...(['token-features', 'a token with one feature', 'no other announced as on'] as const),
    async (at, room) => {
      const visitor = await arriveAt(at, room, doctor, { 'send-groupchat': true })
      await visitor.heard('joined')
      expect(visitor.offered()?.recording ?? false).toBe(false)
    },
  ],
  [
    ...([
      'token-features',
      'a moderator’s token without features',
      'recording and telephones announced as on',
    ] as const),
    async (at, room) => {
      const visitor = await arriveAt(at, room, doctor, null)
      await visitor.heard('joined')
      expect(visitor.offered()).toMatchObject({
        recording: true,
        livestreaming: true,
        transcription: true,
        'outbound-call': true,
      })
    },
  ],
  ...([true, 'true'] as const).map(
    (moderator): InRoom => [
      ...([
        'affiliation',
        `moderator: ${JSON.stringify(moderator)}, and lobby_bypass: true`,
        'joined, as a moderator',
      ] as const),
      async (at, room) => {
        const visitor = await arriveAt(at, room, { ...doctor, moderator })
        expect(await visitor.heard('joined')).toMatchObject({ self: { role: 'moderator' } })
      },
    ],
  ),
  [
    ...(['affiliation', 'lobby_bypass: true without moderator', 'joined, as a participant'] as const),
    async (at, room) => {
      const visitor = await arriveAt(at, room, { ...patient, lobby_bypass: true })
      expect(await visitor.heard('joined')).toMatchObject({ self: { role: 'participant' } })
    },
  ],
  ...[undefined, 'true'].map(
    (lobby_bypass): InRoom => [
      ...(['lobby', `moderator: true, and lobby_bypass: ${JSON.stringify(lobby_bypass)}`, 'members only'] as const),
      async (at, room) => {
        await (await arriveAt(at, room, { ...doctor, lobby_bypass })).heard('members-only')
      },
    ],
  ),
  [
    ...(['lobby', 'the lobby switched off while a patient waits', 'the patient inside'] as const),
    async (at, room) => {
      const inside = await arriveAt(at, room, doctor)
      await inside.heard('joined')
      const guest = await arriveAt(at, room, patient)
      await guest.heard('members-only')
      guest.say({ type: 'knock' })
      await inside.heard('knocking')
      inside.say({ type: 'lobby', on: false })
      expect(await inside.heard('lobby')).toMatchObject({ on: false })
      await guest.heard('joined')
    },
  ],
  [
    ...(['knock', 'a knock before the moderator comes, and her refusal', 'knocking, then access denied'] as const),
    async (at, room) => {
      const guest = await arriveAt(at, room, patient)
      await guest.heard('members-only')
      guest.say({ type: 'knock' })
      const inside = await arriveAt(at, room, doctor)
      const { id, name } = await inside.heard('knocking')
      expect(name).toBe(patient.name)
      inside.say({ type: 'answer-knock', id, approved: false })
      await guest.heard('access-denied')
      await inside.heard('knock-gone')
    },
  ],
  [
    ...(['knock', 'the end of a meeting for which somebody waits', 'destroyed, for that person too'] as const),
    async (at, room) => {
      const guest = await arriveAt(at, room, patient)
      await guest.heard('members-only')
      guest.say({ type: 'knock' })
      const inside = await arriveAt(at, room, doctor)
      await inside.heard('knocking')
      inside.say({ type: 'end' })
      expect(await guest.heard('destroyed')).toMatchObject({ reason: 'Lobby room closed.' })
    },
  ],
  [
    ...(['occupants', 'a kick, and the end of the meeting', 'kicked, left, destroyed'] as const),
    async (at, room) => {
      const { inside, guest, patientId, doctorId } = await visitAt(at, room)
      inside.say({ type: 'kick', id: patientId })
      expect(await guest.heard('kicked')).toMatchObject({ id: patientId, by: { id: doctorId } })
      expect(await inside.heard('participant-left')).toMatchObject({ id: patientId })
      inside.say({ type: 'end' })
      expect(await inside.heard('destroyed')).toMatchObject({ reason: 'The meeting has been terminated' })
    },
  ],
  [
    ...(['lobby', 'a patient who was let in and kicked, with the same token', 'members only'] as const),
    async (at, room) => {
      const { inside, guest, patientId } = await visitAt(at, room)
      inside.say({ type: 'kick', id: patientId })
      await guest.heard('kicked')
      const again = await at.connect(guest.token)
      await again.heard('connected')
      again.say({ type: 'join', room })
      await again.heard('members-only')
    },
  ],
  [
    ...(['moderators-only', 'a participant’s end, lobby and kick', 'not allowed, three times'] as const),
    async (at, room) => {
      const { guest, doctorId } = await visitAt(at, room)
      guest.say({ type: 'end' })
      guest.say({ type: 'lobby', on: false })
      guest.say({ type: 'kick', id: doctorId })
      const heard = [
        await guest.heard('not-allowed'),
        await guest.heard('not-allowed'),
        await guest.heard('not-allowed'),
      ]
      expect(heard.map(({ action }) => action).sort()).toEqual(['end', 'kick', 'lobby'])
    },
  ],
  [
    ...(['recording', 'a recording begun by a moderator whose token has none', 'not allowed'] as const),
    async (at, room) => {
      const visitor = await arriveAt(at, room, doctor, { recording: false })
      await visitor.heard('joined')
      visitor.say({ type: 'recording', on: true })
      expect(await visitor.heard('not-allowed')).toMatchObject({ action: 'recording' })
    },
  ],
  [
    ...(['identity', 'a token with a user', 'that user, in words, to everyone else inside'] as const),
    async (at, room) => {
      const inside = await arriveAt(at, room, doctor)
      await inside.heard('joined')
      const second = await arriveAt(at, room, { ...doctor, id: 'd2' })
      await second.heard('joined')
      const userContext = { id: 'd2', name: doctor.name, moderator: 'true', lobby_bypass: 'true' }
      expect(await inside.heard('participant-joined')).toMatchObject({ participant: { userContext } })
    },
  ],
  [
    ...(['names', 'another name over a read-only one', 'the token’s name, and no word of it'] as const),
    async (at, room) => {
      const { inside, guest } = await visitAt(at, room)
      guest.say({ type: 'name', name: 'Somebody Else' })
      guest.say({ type: 'chat', text: 'who am I?' })
      expect(await inside.heard('chat')).toMatchObject({ nick: patient.name })
      expect(inside.types()).not.toContain('name')
    },
  ],
  [
    ...(['chat', 'chat by a token without send-groupchat', 'the chat, for everyone else: nothing forbids it'] as const),
    async (at, room) => {
      const inside = await arriveAt(at, room, doctor)
      await inside.heard('joined')
      const silent = await arriveAt(at, room, { ...doctor, id: 'd2' }, { 'send-groupchat': false })
      await silent.heard('joined')
      silent.say({ type: 'chat', text: 'heard all the same' })
      expect(await inside.heard('chat')).toMatchObject({ text: 'heard all the same' })
    },
  ],
  [
    ...(['cut-off', 'the same token after a cut', 'the same seat, and what was missed'] as const),
    async (at, room, place) => {
      const { inside, guest } = await visitAt(at, room)
      inside.cut()
      // Once it has answered something else, the server knows of the cut.
      await fetch(place.origin)
      guest.say({ type: 'chat', text: 'still there?' })
      const again = await at.connect(inside.token, inside.resume)
      await again.heard('resumed')
      expect(await again.heard('chat')).toMatchObject({ text: 'still there?' })
      expect(guest.types()).not.toContain('participant-left')
    },
  ],
  [
    ...(['cut-off', 'an expired token after a cut', 'refused, and a ghost in the room'] as const),
    async (at, room, place) => {
      const { inside, guest } = await visitAt(at, room)
      guest.cut()
      const row = { case: '', answer: 'connect', claims: { room, exp: -60, context: { user: patient } } }
      const again = await at.connect(await tokenAt(place, row), guest.resume)
      expect(await again.heard('refused')).toMatchObject({ text: expect.stringMatching(/^Not acceptable by exp/) })
      expect(inside.types()).not.toContain('participant-left')
    },
  ],
]

/** A room for each: nobody meets anybody of another case, or of another run. */
export const roomCases: readonly Case[] = inRooms.map(([fact, sent, comes, check]) => ({
  ...{ fact, sent, comes },
  check: (place: Place) => check(entranceOf(place), `contract-${randomUUID()}`, place),
}))
