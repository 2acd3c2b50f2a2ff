// What a call's page concludes by itself: who is really there, whom the room's door is opened to, when the room is opened anew,
// and how far up or down the ladder of a weak line it stands.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { heartbeat, type Told } from '../../client/call/heartbeat.ts'
import { answerTo } from '../../client/call/people.ts'
import { firstQuality, type Noticed, noticed, type Quality, thinness } from '../../client/call/quality-ladder.ts'
import { listen, type RoomApi, type RoomListener } from '../../client/call/room.ts'
import { hintsOf } from '../../client/call/strip.tsx'
import { type Unlisted, uninvited, unlisted } from '../../client/call/uninvited.tsx'
import { due, isSeen, isUnheard, isUnseen, mayTry, type Signs, type Try } from '../../client/call/watchdog.ts'
import { whoIsHere, whoIsHereSentences } from '../../client/call/who-is-here.ts'
import type { InCall, Instant } from '../../server/wire/wire.ts'

// Sound, this cast: what a test calls an instant is one.
const since = '2026-03-02T15:05:00.000Z' as Instant
const person = (name: string, at: InCall['at'], seesYou = true): InCall => ({ name, at, since, seesYou })
const minute = 60_000

describe('who is really there', () => {
  const words = (shown: readonly string[], others: readonly InCall[]) =>
    whoIsHereSentences(whoIsHere(shown, others), () => '10:05')

  test.each([
    ['nobody has come', [], [], 'You are alone in the call.'],
    ['the other side is there', ['Ana Silva'], [person('Ana Silva', 'in')], 'Ana Silva is here.'],
    ['a page does not tell of itself, but its person is shown', ['Ana Silva'], [], 'Ana Silva is here.'],
    ['two are', ['Ana', 'Ben'], [], 'Ana and Ben are here.'],
    ['three are', ['Ana', 'Ben', 'Cleo'], [], 'Ana, Ben and Cleo are here.'],
    ['someone left', [], [person('Ana', 'gone')], 'You are alone in the call. Ana is gone since 10:05.'],
    [
      'a picture stands without a page',
      ['Ana'],
      [person('Ana', 'gone')],
      'You are alone in the call. Ana is gone since 10:05.',
    ],
    [
      'what an earlier connection left behind is shown while its person comes back',
      ['Ana'],
      [person('Ana', 'door')],
      'You are alone in the call. Ana is coming in.',
    ],
    ['someone is at the room’s door', [], [person('Ana', 'door')], 'You are alone in the call. Ana is coming in.'],
    ['one is shown twice after coming back', ['Ana', 'Ana'], [person('Ana', 'in')], 'Ana is here.'],
  ] as const)('%s', (_case, shown, others, said) => {
    expect(words(shown, others)).toBe(said)
  })
})

describe('at the room’s own door', () => {
  const ana = { id: 'a2', name: 'Ana Silva' }
  const before = { id: 'a1', name: 'Ana Silva' }

  test('whoever was let in at ours and is absent comes in', () => {
    const known = { inside: [], admitted: ['Ana Silva'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: [] })
  })

  test('whoever shows an entry of somebody whose own page is not at the door is only shown: it may be taken from them', () => {
    for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
      expect(answerTo(ana, { inside: [], admitted: ['Ana Silva'], others })).toEqual({ is: 'shown' })
  })

  test('whoever was not let in at ours is only shown', () => {
    const known = { inside: [], admitted: ['Ana Silva (2)'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'shown' })
  })

  test('a second person by the name of somebody inside is only shown, as long as that one’s own page is in the call', () => {
    for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
      expect(answerTo(ana, { inside: [before], admitted: ['Ana Silva'], others })).toEqual({ is: 'shown' })
  })

  test('whoever comes back before the room noticed that they fell out comes in, and what they left behind goes', () => {
    const known = { inside: [before], admitted: ['Ana Silva'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: ['a1'] })
  })
})

describe('in the room', () => {
  const inside = [
    { id: 'a1', name: 'Ana Silva' },
    { id: 'e1', name: 'Eve' },
  ]
  /** After so many answers of our server. */
  const after = (answers: number, others: readonly InCall[], admitted: readonly string[] = []) =>
    uninvited(
      Array.from({ length: answers }).reduce<Unlisted>(
        (counts) => unlisted(counts, inside, others, admitted),
        new Map(),
      ),
      inside,
    ).map(({ name }) => name)

  test('whoever our server does not know to be there is uninvited, once three answers in a row say so', () => {
    const others = [person('Ana Silva', 'in')]

    expect([after(2, others), after(3, others)]).toEqual([[], ['Eve']])
  })

  test('whoever is let in, or is listed though their page is silent, is not', () => {
    expect(after(9, [person('Eve', 'gone')], ['Ana Silva'])).toEqual([])
  })

  test('whoever is listed once begins anew, and another connection of theirs counts for itself', () => {
    const twice = unlisted(unlisted(new Map(), inside, [], []), inside, [], [])
    const listed = unlisted(twice, inside, [person('Eve', 'in')], ['Ana Silva'])
    const again = unlisted(listed, [{ id: 'e2', name: 'Eve' }], [], ['Ana Silva'])

    expect([twice.get('e1'), listed.size, again.get('e2')]).toEqual([2, 0, 1])
  })
})

describe('the room is opened anew', () => {
  const now = 100 * minute
  const well: Signs = {
    ...{ now, joinedAt: now - 30 * minute, endsAt: now + 60 * minute, shown: ['Ana'], others: [person('Ana', 'in')] },
    ...{ sleptMs: 0, cutAt: undefined, unseenAt: undefined, unheardAt: undefined },
  }
  const having = (signs: Partial<Signs>) => due({ ...well, ...signs })

  test('never while all is well', () => {
    expect(due(well)).toBeUndefined()
  })

  test('five minutes before the entry ends when nobody is disturbed, and else two minutes before', () => {
    expect(having({ endsAt: now + 5 * minute + 1, shown: [] })).toBeUndefined()
    expect(having({ endsAt: now + 5 * minute, shown: [] })).toBe('ends')
    expect(having({ endsAt: now + 5 * minute })).toBeUndefined()
    expect(having({ endsAt: now + 2 * minute })).toBe('ends')
  })

  test('also for who still waits at the room’s door when the entry ends', () => {
    expect(having({ joinedAt: undefined, endsAt: now + minute })).toBe('ends')
  })

  test('after a minute and a half of sleep; a hidden page whose timers run once a minute is not asleep', () => {
    expect([having({ sleptMs: 90_000 }), having({ sleptMs: minute })]).toEqual(['slept', undefined])
  })

  test('after a long cut, if the others lost us, or nobody is there to say; not if they see us, or we alone were away', () => {
    const cutAt = now - 20_000
    const [lost, alone] = [{ others: [person('Ana', 'in', false)] }, { shown: [], others: [person('Ana', 'gone')] }]

    expect([having({ cutAt: now, ...lost }), having({ cutAt, ...alone })]).toEqual(['cut', 'cut'])
    // After an outage of our server nobody's page has told of itself yet.
    expect([having({ cutAt: now, ...alone }), having({ cutAt, others: [person('Ana', 'gone')] })]).toEqual([
      undefined,
      undefined,
    ])
    expect([isSeen([person('Ana', 'in')]), isSeen([person('Ana', 'gone'), person('Ben', 'in', false)])]).toEqual([
      true,
      false,
    ])
  })

  test('when the others have not seen us for twenty seconds, though not while everyone is still coming in', () => {
    expect(having({ unseenAt: now - 20_000 })).toBe('unseen')
    expect(having({ unseenAt: now - 19_999 })).toBeUndefined()
    expect(having({ unseenAt: now - 20_000, joinedAt: now - 10_000 })).toBeUndefined()
  })

  test('when every picture shown is of somebody whose page is silent', () => {
    expect(isUnheard(['Ana'], [person('Ana', 'gone')])).toBe(true)
    expect(isUnheard(['Ana', 'Ben'], [person('Ana', 'gone'), person('Ben', 'in')])).toBe(false)
    expect(isUnheard([], [person('Ana', 'gone')])).toBe(false)
    expect(having({ unheardAt: now - 75_000 })).toBe('unheard')
    // Whoever hangs up is silent before the room has dropped them.
    expect(having({ unheardAt: now - 74_999 })).toBeUndefined()
  })

  test('nobody is unseen by people who are not in the call, or by some of several', () => {
    expect(isUnseen([person('Ana', 'in', false)])).toBe(true)
    expect(isUnseen([person('Ana', 'in', false), person('Ben', 'in')])).toBe(false)
    expect(isUnseen([person('Ana', 'door', false), person('Ben', 'gone', false)])).toBe(false)
  })

  test('three times in ten minutes by itself, then a person decides; a fresh entry in time always', () => {
    const tries: readonly Try[] = [9, 5, 1].map((ago) => ({ why: 'cut', at: now - ago * minute }))

    expect(mayTry('cut', tries.slice(1), now)).toBe(true)
    expect(mayTry('cut', tries, now)).toBe(false)
    expect(mayTry('ends', tries, now)).toBe(true)
    expect(mayTry('cut', tries, now + 2 * minute)).toBe(true)
  })

  test('once in ten minutes for somebody whose page is silent: perhaps they are away from our server alone', () => {
    const once: readonly Try[] = [{ why: 'unheard', at: now - 9 * minute }]

    expect([mayTry('unheard', [], now), mayTry('unheard', once, now)]).toEqual([true, false])
    expect([mayTry('unheard', once, now + 2 * minute), mayTry('cut', once, now)]).toEqual([true, true])
  })
})

describe('on a weak line', () => {
  const after = (...signs: readonly Noticed[]): Quality => signs.reduce(noticed, firstQuality)
  const goodMinute: readonly Noticed[] = Array.from({ length: 12 }, () => 'good')

  test('one bad moment changes nothing, two in a row make the picture small, two more leave the sound alone', () => {
    expect(after('slow').level).toBe('full')
    expect(after('slow', 'good', 'slow').level).toBe('full')
    expect(after('slow', 'slow').level).toBe('small')
    expect(after('slow', 'slow', 'slow', 'slow').level).toBe('sound')
  })

  test('after a good minute a small picture grows again', () => {
    expect(after('slow', 'slow', ...goodMinute.slice(1)).level).toBe('small')
    expect(after('slow', 'slow', ...goodMinute).level).toBe('full')
  })

  test('sound alone stays until the person wants the picture back, which begins small', () => {
    const quiet = after('thinnest', ...goodMinute, ...goodMinute)

    expect(quiet.level).toBe('sound')
    expect(noticed(quiet, 'picture').level).toBe('small')
  })

  test('a call that had to be opened anew goes a step down', () => {
    expect([after('reopened').level, after('reopened', 'reopened').level]).toEqual(['small', 'sound'])
  })

  test('the browser’s own estimate is heard where it has one', () => {
    expect(['4g', '3g', '2g', 'slow-2g', undefined].map(thinness)).toEqual([
      undefined,
      'thin',
      'thinnest',
      'thinnest',
      undefined,
    ])
    expect([after('thin').level, after('thinnest').level]).toEqual(['small', 'sound'])
  })
})

test('who is not heard or seen is told so, and nobody who came without a camera is asked for one', () => {
  expect(hintsOf({ microphone: 'on', camera: 'on' }, true)).toEqual([])
  expect(hintsOf({ microphone: 'off', camera: 'off' }, true)).toEqual([
    'Your microphone is off: nobody hears you.',
    'Your camera is off.',
  ])
  expect(hintsOf({ microphone: 'failed', camera: 'off' }, false).join()).toMatch(/^Your microphone does not work here/)
})

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
      dispose: () => undefined,
    }
    const tell: RoomListener = {
      ...{ joined: say('joined'), lobby: say('lobby'), left: say('left'), cut: say('cut'), trouble: say('trouble') },
      ...{ came: say('came'), went: say('went'), knocked: say('knocked'), takenOut: say('taken out') },
      ...{ device: say('device'), sharing: say('sharing'), recording: say('recording') },
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
      ['device', 'camera', 'failed'],
      ['joined'],
      ['device', 'microphone', 'off'],
      ['device', 'camera', 'on'],
    ])
  })

  test('a camera the room has not opened yet is not one that somebody closed, nor is one that could not be had', () => {
    expect(hear(camera(true), camera(false), inside)).toEqual([['joined'], ['device', 'camera', 'on']])
    expect(hear(camera(true))).toEqual([])
    expect(hear(camera(true), ['cameraError', { type: 'gum.constraint_failed' }], inside)).toEqual([
      ['device', 'camera', 'failed'],
      ['joined'],
    ])
  })

  test('whoever hangs up with an open camera has not closed it, whoever closed it first has', () => {
    const off = ['device', 'camera', 'off']
    const out = [camera(true), cameraOf('local', true), ['videoConferenceLeft', {}]] as const

    expect(hear(camera(false), inside, ...out).slice(2)).toEqual([off, ['device', 'camera', 'on'], ['left']])
    const closed = [camera(true), cameraOf('me1', true), cameraOf('local', true), ['videoConferenceLeft', {}]] as const
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

  test('a lobby is no trouble, an unknown trouble is one before the call alone, and a room that gave up is to be opened anew', () => {
    const fault = (name: string) => ['errorOccurred', { error: { name, isFatal: false } }] as const

    expect(hear(fault('conference.connectionError.membersOnly'))).toEqual([['lobby']])
    expect(hear(fault('never.heard.of'))).toEqual([['trouble', 'unknown']])
    expect(hear(['videoConferenceJoined', {}], fault('never.heard.of'))).toEqual([['joined']])
    // It goes away by itself a little later: that is not somebody who left.
    const alone = fault('connection.passwordRequired')
    const gaveUp = [fault('connection.otherError'), ['videoConferenceLeft', {}], alone] as const
    expect(hear(['videoConferenceJoined', {}], ...gaveUp)).toEqual([['joined'], ['cut']])
    expect(hear(fault('connection.otherError'))).toEqual([['trouble', 'connection']])
    expect(hear(['videoConferenceJoined', {}], fault('conference.destroyed'))).toEqual([
      ['joined'],
      ['trouble', 'ended'],
    ])
  })
})

describe('a page in the call', () => {
  const view = { newest: true, now: since, others: [] }
  const asked: { body: unknown; keepalive: boolean }[] = []
  const heard: { cutMs: number }[] = []
  const slept: number[] = []
  let lost = 0
  let reply: () => Response
  const told: Told = {
    what: () => ({ at: 'in', sees: ['Ana'], hurry: false }),
    heard: ({ cutMs }) => void heard.push({ cutMs }),
    lost: () => void lost++,
    slept: (ms) => void slept.push(ms),
  }
  const json = (status: number, body: object) =>
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

  beforeEach(() => {
    vi.useFakeTimers()
    for (const list of [asked, heard, slept]) list.splice(0)
    lost = 0
    reply = () => json(200, { ...view, seat: 7 })
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      asked.push({ body: JSON.parse(String(init.body)) as unknown, keepalive: init.keepalive === true })
      return reply()
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('tells of itself at once and every five seconds, by the seat it was given', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(10_000)

    expect(asked.map(({ body }) => body)).toEqual([
      { at: 'in', sees: ['Ana'] },
      { at: 'in', sees: ['Ana'], seat: 7 },
      { at: 'in', sees: ['Ana'], seat: 7 },
    ])
    beats.stop()
  })

  test('says goodbye by that seat, also while it is closed; who never had one says nothing', async () => {
    reply = () => json(503, {})
    const early = heartbeat('/presence', told)
    early.leave()
    early.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)

    reply = () => json(200, { ...view, seat: 7 })
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    beats.leave()

    expect(asked.at(-1)).toEqual({ body: { at: 'out', sees: [], seat: 7 }, keepalive: true })
    beats.stop()
  })

  test('says how long there was no answer', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    reply = () => json(503, {})
    await vi.advanceTimersByTimeAsync(70_000)
    reply = () => json(200, { ...view, seat: 7 })
    await vi.advanceTimersByTimeAsync(5_000)

    expect(lost).toBe(14)
    expect(heard).toEqual([{ cutMs: 0 }, { cutMs: 70_000 }])
    expect(slept).toEqual([])
    beats.stop()
  })

  test('says how long its device slept', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(5_000)

    vi.setSystemTime(Date.now() + 10 * minute)
    await vi.advanceTimersByTimeAsync(5_000)

    expect(slept).toEqual([10 * minute])
    expect(heard.at(-1)).toEqual({ cutMs: 0 })
    beats.stop()
  })

  test('asked while it waits for an answer, it asks once more: the answer on its way may be older than the question', async () => {
    const beats = heartbeat('/presence', told)
    const views = [beats.beat(), beats.beat()]
    await vi.advanceTimersByTimeAsync(0)

    expect(await Promise.all(views)).toEqual([
      { ...view, seat: 7 },
      { ...view, seat: 7 },
    ])
    expect(asked).toHaveLength(2)
    beats.stop()
  })

  test('a refusal is no weak line', async () => {
    reply = () =>
      json(409, { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code: 'visit-finished' }] } }] })
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(20_000)

    expect([lost, heard.length]).toEqual([0, 0])
    beats.stop()
  })

  test('once stopped it says nothing more', async () => {
    const beats = heartbeat('/presence', told)
    await vi.advanceTimersByTimeAsync(0)
    beats.stop()
    await vi.advanceTimersByTimeAsync(60_000)

    expect(asked).toHaveLength(1)
  })
})
