// What a clinic's policies make of its calls: who may do what, which name is shown, and where a visit is held.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roomConfig } from '../../client/call/room-config.ts'
import type { Instant, Ref, RoomName } from '../../server/domain/ids.ts'
import { type CallPolicies, featuresOf, movedTo, rulesFor } from '../../server/domain/visit/call.ts'
import { type Naming, shownName, withDisplayName } from '../../server/domain/visit/display-name.ts'
import type { Open } from '../../server/domain/visit/visit-shape.ts'
import { Policies } from '../../server/settings/organisations.ts'

const policies: CallPolicies = Policies.parse({})
const doctor = { moderator: true, recordingAgreed: true }
const having = (change: Partial<CallPolicies>, whose = doctor) => rulesFor({ ...policies, ...change }, whose)

describe('unless a clinic says otherwise', () => {
  test('its calls have chat and shared screens, and nothing else', () => {
    expect(having({})).toEqual({
      ...{ recording: false, chat: true, screenShare: true, fileShare: false, polls: false, breakoutRooms: false },
      ...{ reactions: false, endToEnd: false, relayOnly: false },
    })
  })

  test('everyone’s full name is shown', () => {
    expect(policies.names).toBe('full')
  })
})

describe('recording', () => {
  test.each([
    ['on', 'a clinician when all agreed', 'on', doctor],
    ['off', 'a clinician when all agreed', 'off', doctor],
    ['on', 'a patient when all agreed', 'off', { moderator: false, recordingAgreed: true }],
    ['on', 'a clinician when not all agreed', 'off', { moderator: true, recordingAgreed: false }],
  ] as const)('whose policy is %s, for %s, is %s', (policy, _who, is, whose) => {
    const recording = policy === 'on'
    expect(featuresOf(having({ recording }, whose)).recording).toBe(is === 'on')
  })

  test('and a shared screen are the clinician’s: a patient’s page and token have neither', () => {
    const theirs = having({ recording: true, screenShare: true }, { moderator: false, recordingAgreed: true })
    expect([theirs.recording, theirs.screenShare, featuresOf(theirs)['screen-sharing']]).toEqual([false, false, false])
  })

  test('never goes with end-to-end encryption', () => {
    expect(having({ recording: true, endToEnd: true }).recording).toBe(false)
  })
})

describe('in the token', () => {
  test.each([
    ['chat', ['send-groupchat', 'send-private-message']],
    ['screenShare', ['screen-sharing']],
    ['fileShare', ['file-upload']],
    ['polls', ['create-polls']],
    ['recording', ['recording']],
  ] as const)('stands what the policy %s says', (policy, names) => {
    for (const on of [true, false]) {
      const said = featuresOf(having({ [policy]: on }))
      expect(names.map((name) => said[name])).toEqual(names.map(() => on))
    }
  })

  test('livestreams, transcripts and telephones are off for everybody, and names are read-only, whatever the policies', () => {
    const any = fc.record(
      Object.fromEntries(Object.keys(having({})).map((key) => [key, fc.boolean()])) as Record<
        string,
        fc.Arbitrary<boolean>
      >,
    )

    fc.assert(
      fc.property(any, fc.boolean(), (change, moderator) => {
        expect(featuresOf(having(change, { moderator, recordingAgreed: true }))).toMatchObject({
          ...{ livestreaming: false, transcription: false, 'live-translation': false, 'name-readonly': true },
          ...{ 'outbound-call': false, 'inbound-call': false, 'sip-outbound-call': false, 'sip-inbound-call': false },
        })
      }),
    )
  })
})

describe('Jitsi’s page', () => {
  const config = (change: Partial<CallPolicies>, side: 'clinician' | 'patient' = 'clinician') =>
    roomConfig(side, true, having(change))

  test.each<[policy: keyof CallPolicies, off: object, on: object]>([
    ['chat', { disableChat: true }, { disableChat: false }],
    ['polls', { disablePolls: true }, { disablePolls: false }],
    ['reactions', { disableReactions: true }, { disableReactions: false }],
    ['fileShare', { fileSharing: { enabled: false } }, { fileSharing: { enabled: true } }],
    ['recording', { recordingService: { enabled: false } }, { recordingService: { enabled: true } }],
    ['endToEnd', { e2ee: { disabled: true } }, { e2ee: { disabled: false }, p2p: { enabled: false } }],
    ['relayOnly', {}, { p2p: { iceTransportPolicy: 'relay' } }],
    [
      'breakoutRooms',
      { breakoutRooms: { hideAddRoomButton: true, hideAutoAssignButton: true, hideJoinRoomButton: true } },
      { breakoutRooms: { hideAddRoomButton: false, hideAutoAssignButton: false, hideJoinRoomButton: false } },
    ],
  ])('is configured by the policy %s', (policy, off, on) => {
    expect(config({ [policy]: false })).toMatchObject(off)
    expect(config({ [policy]: true })).toMatchObject(on)
  })

  test.each([
    ['chat', 'chat'],
    ['screenShare', 'desktop'],
  ] as const)('has a button for %s where the policy says so, and nowhere else', (policy, button) => {
    expect(config({ [policy]: true }).toolbarButtons).toContain(button)
    expect(config({ [policy]: false }).toolbarButtons).not.toContain(button)
  })

  test('has nothing for a clinician that our own bar has: microphone, camera, recording and leaving', () => {
    const own = ['microphone', 'camera', 'recording', 'hangup']

    const { toolbarButtons } = config({ recording: true })

    expect(toolbarButtons.filter((button) => own.includes(button))).toEqual([])
  })

  test('gives a patient microphone, camera, the other camera, chat where allowed, and the way out: nothing else', () => {
    const everything = {
      chat: true,
      screenShare: true,
      fileShare: true,
      polls: true,
      breakoutRooms: true,
      recording: true,
    }
    expect(config(everything, 'patient').toolbarButtons).toEqual([
      ...['microphone', 'camera', 'toggle-camera', 'chat', 'hangup'],
    ])
    expect(config({ chat: false }, 'patient').toolbarButtons).toEqual([
      'microphone',
      'camera',
      'toggle-camera',
      'hangup',
    ])
  })

  test('lets nobody in, takes nobody out and makes nobody moderator by its own menus: that is for the page around it', () => {
    for (const side of ['clinician', 'patient'] as const)
      expect(config({}, side)).toMatchObject({
        disabledNotifications: ['notify.participantWantsToJoin', 'notify.participantsWantToJoin'],
        participantsPane: { enabled: false },
        remoteVideoMenu: { disableKick: true, disableGrantModerator: true, disableDemote: true },
      })
    expect(config({ breakoutRooms: true }).toolbarButtons).toContain('participants-pane')
    expect(config({ breakoutRooms: false }).toolbarButtons).not.toContain('participants-pane')
  })

  test('chooses its own way where a clinic says nothing of addresses', () => {
    expect(config({})).not.toHaveProperty('p2p')
  })

  test('goes through the bridge alone where calls are encrypted end to end, also where addresses must not be shown', () => {
    expect(config({ endToEnd: true, relayOnly: true })).toMatchObject({ p2p: { enabled: false } })
  })

  test('lets no patient make breakout rooms, record on the device, stream, transcribe, or mute others', () => {
    expect(config({ breakoutRooms: true }, 'patient')).toMatchObject({
      breakoutRooms: { hideAddRoomButton: true, hideAutoAssignButton: true, hideJoinRoomButton: false },
      ...{ localRecording: { disable: true }, liveStreaming: { enabled: false }, transcription: { enabled: false } },
      disableRemoteMute: true,
    })
  })
})

describe('the name in the room', () => {
  test.each<[name: string, shown: string]>([
    ['Margaret Whitfield', 'Margaret W.'],
    ['Dr. Wei Chen, MD', 'Wei C.'],
    ['Chen, Wei', 'Wei C.'],
    ['WHITFIELD, MARGARET ANNE', 'MARGARET W.'],
    ['Prof. Dr. Anna van der Berg PhD', 'Anna B.'],
    ['Martin King Jr.', 'Martin K.'],
    ['Zoë Åström', 'Zoë Å.'],
    ['Madonna', 'Madonna'],
    ['𝒜da 𝒮mith', '𝒜da 𝒮.'],
    ['Dr.', 'Clinician'],
    ['', 'Clinician'],
  ])('of %s, as first name and initial, is %s', (name, shown) => {
    expect(shownName('first-and-initial', 'clinician', name)).toBe(shown)
  })

  test('is the role’s word where a clinic wants no names', () => {
    expect(
      (['clinician', 'patient', 'representative'] as const).map((role) => shownName('role', role, 'Ann Lee')),
    ).toEqual(['Clinician', 'Patient', 'Representative'])
  })

  test('is the full name where a clinic wants that, and is never empty', () => {
    expect(shownName('full', 'patient', ' Ann Lee ')).toBe('Ann Lee')
    fc.assert(
      fc.property(fc.constantFrom<Naming>('full', 'first-and-initial', 'role'), fc.string(), (naming, name) => {
        expect(shownName(naming, 'patient', name).trim()).not.toBe('')
      }),
    )
  })
})

// Sound, these casts: a visit's parts that these rules do not look at are left out.
const visit = (of: Partial<Open>) =>
  ({ status: 'planned', call: { room: 'r' as RoomName, door: [] }, attendance: [], ...of }) as unknown as Open
const at = (who: Ref) => ({ who, from: '2026-03-02T15:00:00.000Z' as Instant })

describe('in one visit', () => {
  test('two people are never called the same', () => {
    const all = visit({ attendance: [at('RelatedPerson/1'), at('RelatedPerson/2'), at('RelatedPerson/3')] })

    const named = (['RelatedPerson/1', 'RelatedPerson/2', 'RelatedPerson/3'] as const).reduce(
      (v, who) => withDisplayName(v, who, 'Representative'),
      all,
    )

    expect(named.attendance.map((a) => a.displayName)).toEqual([
      'Representative',
      'Representative (2)',
      'Representative (3)',
    ])
  })

  test('a name is no longer than the room’s page lets it be, number and all, and is never cut within a sign', () => {
    const long = `${'Wolfeschlegelstein '.repeat(2)}hausen 👩‍⚕️ von und zu Bergerdorff`
    const two = ['Patient/1', 'RelatedPerson/2'] as const
    const named = two.reduce<Open>(
      (v, who) => withDisplayName(v, who, long),
      visit({ attendance: two.map((who) => at(who)) }),
    )

    const names = named.attendance.map((a) => a.displayName ?? '')
    expect(new Set(names).size).toBe(2)
    for (const name of names)
      expect([name.length <= 50, name.trim(), /\p{Surrogate}/u.test(name)]).toEqual([true, name, false])
    expect(names[1]).toMatch(/ \(2\)$/)
  })

  test('a person keeps the name they came with, and nothing is written for it', () => {
    const before = withDisplayName(visit({ attendance: [at('Patient/1')] }), 'Patient/1', 'Ann Lee')

    expect(withDisplayName(before, 'Patient/1', 'Patient')).toBe(before)
  })
})

describe('the Jitsi of a visit', () => {
  test('is the one told first, and changes only for whoever saw which one it was', () => {
    const first = movedTo(visit({}), undefined, 'https://one.example')
    const second = movedTo(first, 'https://one.example', 'https://two.example')

    expect([first.call.jitsi, second.call.jitsi]).toEqual(['https://one.example', 'https://two.example'])
    expect(movedTo(second, 'https://one.example', 'https://three.example')).toBe(second)
    expect(movedTo(second, 'https://two.example', 'https://two.example')).toBe(second)
  })
})
