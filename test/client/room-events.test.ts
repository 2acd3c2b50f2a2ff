// What the page around a room makes of the events that Jitsi sends.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listen, type RoomApi, type RoomListener } from '../../client/call/room.ts'

describe('what the room tells the page', () => {
  const hear = (...events: readonly (readonly [string, unknown])[]) => {
    const listeners: { event: string; listener: (payload?: unknown) => void }[] = []
    const told: unknown[] = []
    const say =
      (name: string) =>
      (...values: unknown[]) =>
        void told.push([name, ...values])
    const room: RoomApi = {
      on: (event, listener) => listeners.push({ event, listener }),
      executeCommand: () => undefined,
      getCurrentDevices: async () => undefined,
      dispose: () => undefined,
    }
    const tell: RoomListener = {
      ...{
        loaded: say('loaded'),
        ready: say('ready'),
        joined: say('joined'),
        lobby: say('lobby'),
        left: say('left'),
        gone: say('gone'),
        trouble: say('trouble'),
      },
      ...{ came: say('came'), went: say('went'), knocked: say('knocked'), takenOut: say('taken out') },
      ...{ device: say('device'), sharing: say('sharing'), recording: say('recording'), connected: say('connected') },
    }
    listen(room, tell)
    for (const [event, payload] of events) for (const one of listeners) if (one.event === event) one.listener(payload)
    return told
  }

  test('who is taken out reads so; who sees another taken out hears of whom', () => {
    const kicked = (local: boolean) => ({
      kicked: { id: 'a1', local, name: 'Ana' },
      kicker: { id: 'd1', name: 'Doctor' },
    })

    expect(hear(['participantKickedOut', kicked(true)])).toEqual([['trouble', 'removed']])
    const joined = ['videoConferenceJoined', { id: 'd1' }] as const
    const taken = ['taken out', { id: 'a1', name: 'Ana' }]
    expect(hear(joined, ['participantKickedOut', kicked(false)])).toEqual([['joined'], taken])
    // By another clinician: she has told our door herself, or moved them from one device to the other.
    expect(hear(['videoConferenceJoined', { id: 'd2' }], ['participantKickedOut', kicked(false)])).toEqual([['joined']])
  })

  test('that its page has loaded is told, before anybody is in the call', () => {
    expect(hear(['browserSupport', { supported: true }], ['prejoinScreenLoaded', {}])).toEqual([['loaded']])
  })

  test('who is inside is told by the id in their token where the room has it, also when they are taken out; a knock by name alone', () => {
    const came = (id: string, userContext?: object) =>
      ['participantJoined', { id, displayName: 'Ana', ...(userContext && { userContext }) }] as const
    const knock = ['knockingParticipant', { participant: { id: 'k1', name: 'Ana' } }] as const
    const kicked = { kicked: { id: 'a1', local: false, name: 'Ana S.' }, kicker: { id: 'd1' } }

    expect(hear(came('a1', { id: 'opaque', moderator: 'false' }), came('a2'), came('a3', { id: 7 }), knock)).toEqual([
      ['came', { id: 'a1', idInRoom: 'opaque', name: 'Ana' }],
      ...['a2', 'a3'].map((id) => ['came', { id, name: 'Ana' }]),
      ['knocked', { id: 'k1', name: 'Ana' }],
    ])
    const joined = ['videoConferenceJoined', { id: 'd1' }] as const
    const heard = hear(joined, came('a1', { id: 'opaque' }), ['participantKickedOut', kicked])
    expect(heard.at(-1)).toEqual(['taken out', { id: 'a1', idInRoom: 'opaque', name: 'Ana S.' }])
  })

  const inside = ['videoConferenceJoined', { id: 'me1' }] as const
  const camera = (muted: boolean) => ['videoMuteStatusChanged', { muted }] as const
  /** Whose camera the room says was closed or opened; on the way out we are `local` to it. */
  const cameraOf = (id: string, isMuted: boolean) => ['participantMuted', { id, isMuted, mediaType: 'video' }] as const

  test('a microphone or camera that was closed, opened or not to be had', () => {
    const events = [
      ['micError', { type: 'NotAllowedError' }],
      ['cameraError', { type: 'NotReadableError' }],
      inside,
      ['audioMuteStatusChanged', { muted: true }],
      camera(false),
    ] as const

    expect(hear(...events)).toEqual([
      ['device', 'microphone', 'failed'],
      ['ready'],
      ['device', 'camera', 'failed'],
      ['ready'],
      ['joined'],
      ['device', 'microphone', 'off'],
      ['device', 'camera', 'on'],
    ])
  })

  test('a camera the room has not opened yet is not one that somebody closed, nor is one that could not be had', () => {
    expect(hear(camera(true), camera(false), inside)).toEqual([['ready'], ['joined'], ['device', 'camera', 'on']])
    expect(hear(camera(true))).toEqual([])
    expect(hear(camera(true), ['cameraError', { type: 'gum.constraint_failed' }], inside)).toEqual([
      ['device', 'camera', 'failed'],
      ['ready'],
      ['joined'],
    ])
  })

  test('whoever hangs up with an open camera has not closed it, whoever closed it first has', () => {
    const off = ['device', 'camera', 'off']
    const gone = [['videoConferenceLeft', {}] as const, ['readyToClose', {}] as const]
    const out = [camera(true), cameraOf('local', true), ...gone] as const

    expect(hear(camera(false), inside, ...out).slice(3)).toEqual([off, ['device', 'camera', 'on'], ['left']])
    const closed = [camera(true), cameraOf('me1', true), cameraOf('local', true), ...gone] as const
    expect(hear(inside, ...closed)).toEqual([['joined'], off, ['left']])
    // What others do with theirs is theirs.
    expect(hear(inside, camera(true), cameraOf('a1', true), cameraOf('local', true)).slice(1)).toEqual([
      off,
      ['device', 'camera', 'on'],
    ])
  })

  test('what a room lets go of once it has ended is nobody’s doing', () => {
    const ended = ['errorOccurred', { error: { name: 'conference.destroyed' } }] as const
    const kicked = ['participantKickedOut', { kicked: { id: 'local', local: true } }] as const

    expect(hear(inside, ended, camera(true))).toEqual([['joined'], ['trouble', 'ended']])
    expect(hear(inside, kicked, camera(true))).toEqual([['joined'], ['trouble', 'removed']])
  })

  test('its connections for sound and picture: to the other browser, which may go again, and by the videobridge', () => {
    const direct = (isP2p: unknown) => ['p2pStatusChanged', { isP2p }] as const

    expect(hear(inside, ['dataChannelOpened', {}], direct(true), direct(false), direct('true')).slice(1)).toEqual([
      ['connected', 'bridge', true],
      ['connected', 'direct', true],
      ['connected', 'direct', false],
      ['connected', 'direct', false],
    ])
  })

  test('where its log tells of the connection to the videobridge, by that alone: the bridge’s channel may be beside it', () => {
    const logged = (...args: readonly unknown[]) => ['log', { logLevel: 'info', args }] as const
    const channel = ['dataChannelOpened', {}] as const
    const ice = (state: string, by = 'JVB') => logged('2026-11-30', '[xmpp]', `(TIME) ICE ${state} ${by}:\t`, 1_234)

    expect(
      hear(inside, channel, ice('checking'), channel, ice('connected'), ice('disconnected'), ice('failed')).slice(1),
    ).toEqual([true, false, true, false, false].map((on) => ['connected', 'bridge', on]))
    // To the other browser that is told by an event, and nothing else of a log is read.
    expect(
      hear(inside, ice('connected', 'P2P'), logged('ICE'), logged(7, null), ['log', {}], ['log', 'x']).slice(1),
    ).toEqual([])
  })

  test('a lobby is no trouble, an unknown trouble is one before the call alone, and a room that gave up is to be opened anew', () => {
    const fault = (name: string) => ['errorOccurred', { error: { name, isFatal: false } }] as const

    expect(hear(fault('conference.connectionError.membersOnly'))).toEqual([['lobby']])
    expect(hear(fault('never.heard.of'))).toEqual([['trouble', 'unknown']])
    expect(hear(['videoConferenceJoined', {}], fault('never.heard.of'))).toEqual([['joined']])
    // It goes away by itself a little later: that is not somebody who left.
    const alone = fault('connection.passwordRequired')
    const gaveUp = [fault('connection.otherError'), ['videoConferenceLeft', {}], alone] as const
    expect(hear(['videoConferenceJoined', {}], ...gaveUp)).toEqual([['joined'], ['gone', 'line']])
    expect(hear(fault('connection.otherError'))).toEqual([['gone', 'line']])
    expect(hear(fault('connection.conferenceRequestFailed'))).toEqual([['gone', 'shut']])
    expect(hear(['videoConferenceJoined', {}], fault('conference.destroyed'))).toEqual([
      ['joined'],
      ['trouble', 'ended'],
    ])
  })

  describe('of a room that falls apart', () => {
    afterEach(() => void vi.useRealTimers())
    const fault = (name: string) => ['errorOccurred', { error: { name } }] as const
    const bridge = fault('conference.videobridgeNotAvailable')
    const resets = [
      ['raiseHandUpdated', {}],
      ['onStageParticipantChanged', {}],
      ['participantLeft', { id: 'a1' }],
    ] as const
    const left = ['videoConferenceLeft', {}] as const

    test('that its videobridge died, once, on the side that gives itself up and on the side that loads itself anew and knocks', () => {
      const anew = [['browserSupport', {}], camera(true), fault('conference.connectionError.membersOnly')] as const

      expect(hear(inside, bridge, ...resets, left).slice(1)).toEqual([
        ['gone', 'bridge'],
        ['went', 'a1'],
      ])
      expect(hear(inside, bridge, ...resets, ...anew, ['prejoinScreenLoaded', {}]).slice(1)).toEqual([
        ['gone', 'bridge'],
        ['went', 'a1'],
      ])
    })

    test('that its Prosody died, before the call too, and nothing by what comes after', () => {
      const line = fault('connection.otherError')

      expect(hear(inside, line, ...resets, ['browserSupport', {}], inside).slice(1)).toEqual([
        ['gone', 'line'],
        ['went', 'a1'],
      ])
      expect(hear(['browserSupport', {}], line, line)).toEqual([['loaded'], ['gone', 'line']])
      expect(hear(bridge, line)).toEqual([['gone', 'bridge']])
    })

    test('that it was left, by whoever hung up and by nobody else: who is out without having hung up comes back', () => {
      vi.useFakeTimers()

      expect(hear(inside, left, ['readyToClose', {}]).slice(1)).toEqual([['left']])
      const told = hear(inside, left)
      expect(told.slice(1)).toEqual([])
      vi.advanceTimersByTime(3_000)
      expect(told.slice(1)).toEqual([['gone', 'line']])
    })

    test('never that it is to be brought back where somebody was taken out or the call was ended', () => {
      vi.useFakeTimers()
      const kicked = ['participantKickedOut', { kicked: { id: 'local', local: true } }] as const

      for (const [end, what] of [
        [kicked, 'removed'],
        [fault('conference.destroyed'), 'ended'],
      ] as const) {
        const told = hear(inside, end, left, bridge, fault('connection.otherError'))
        vi.advanceTimersByTime(10_000)
        expect(told.slice(1)).toEqual([['trouble', what]])
      }
    })

    test('that a frame which loads itself anew in a call, without a word before, has lost it', () => {
      expect(hear(inside, ['browserSupport', {}]).slice(1)).toEqual([['gone', 'line']])
    })
  })
})
