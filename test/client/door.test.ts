// What a patient's page concludes before the call: why a camera does not open, whether a voice is heard, whose turn it is.
import { describe, expect, it } from 'vitest'
import { troublesOf } from '../../client/door/advice.tsx'
import { type Browser, browserOf } from '../../client/door/browser.ts'
import { causeOf } from '../../client/door/cause.ts'
import { adviceOn } from '../../client/door/device-words.ts'
import { countWords } from '../../client/door/door.tsx'
import { loudness } from '../../client/door/meter.tsx'
import { stuckWords } from '../../client/door/stuck-words.ts'
import { waitingWords } from '../../client/door/waiting-words.ts'
import { now } from '../../client/ui/clock.ts'
import type { ClinicianView, DoorPerson, Instant } from '../../server/wire/wire.ts'

const chrome = { name: 'chrome', system: 'windows' } as const
const firefox = (system: Browser['system']) => ({ name: 'firefox', system }) as const

describe('a camera that does not open', () => {
  const open = { framed: false, browser: chrome }
  const framed = { framed: true, browser: chrome }

  it.each([
    ['NotAllowedError', open, 'denied'],
    ['NotAllowedError', { ...framed, allowed: false }, 'framed'],
    ['NotAllowedError', { ...framed, allowed: true }, 'denied'],
    ['NotAllowedError', framed, 'framed'],
    ['NotFoundError', open, 'missing'],
    ['OverconstrainedError', open, 'missing'],
    ['NotReadableError', framed, 'busy'],
    ['Whatever', open, 'unknown'],
  ] as const)('%s %o is %s', (name, around, cause) => {
    expect(causeOf({ name, message: '' }, around)).toBe(cause)
  })

  it('is closed by the system where Chromium says so, and where the browser itself had allowed it', () => {
    const bySystem = { name: 'NotAllowedError', message: 'Permission denied by system' }
    const denied = { name: 'NotAllowedError', message: 'Permission denied' }

    expect(causeOf(bySystem, open)).toBe('system')
    expect(causeOf(bySystem, framed)).toBe('system')
    expect(causeOf(denied, { ...open, granted: true })).toBe('system')
    expect(causeOf(denied, { ...open, granted: false })).toBe('denied')
  })

  it('is closed by the system where Firefox finds none that is there: a Mac lists it, and a phone has one', () => {
    const none = { name: 'NotFoundError', message: 'The object can not be found here.' }

    expect(causeOf(none, { framed: false, listed: true, browser: firefox('mac') })).toBe('system')
    expect(causeOf(none, { framed: false, listed: false, browser: firefox('mac') })).toBe('missing')
    expect(causeOf(none, { framed: false, listed: false, browser: firefox('android') })).toBe('system')
    expect(causeOf(none, { framed: false, listed: true, browser: firefox('windows') })).toBe('missing')
    expect(causeOf(none, { framed: false, listed: true, browser: chrome })).toBe('missing')
  })
})

describe('what is said of it', () => {
  it('one reason for both is one thing, two reasons are two', () => {
    expect(troublesOf({ camera: 'denied', microphone: 'denied' })).toEqual([{ closed: 'both', trouble: 'denied' }])
    expect(troublesOf({ camera: 'missing', microphone: 'denied' })).toEqual([
      { closed: 'camera', trouble: 'missing' },
      { closed: 'microphone', trouble: 'denied' },
    ])
  })

  it('names the place where a browser, and where a system, lets it be used again', () => {
    const phone = { name: 'safari', system: 'ios' } as const

    expect(adviceOn('camera', 'denied', phone).todo).toContain('“Website Settings”')
    expect(adviceOn('camera', 'denied', firefox('windows')).todo).toContain('crossed-out picture')
    expect(adviceOn('both', 'system', chrome).todo).toContain('“Camera” and “Microphone”')
    expect(adviceOn('microphone', 'system', phone)).toMatchObject({
      title: 'Your device does not let Safari use your microphone.',
      todo: expect.stringContaining('Settings app'),
    })
    expect(adviceOn('both', 'incapable', phone).todo).toBe('Open your visit again in Safari.')
  })

  it('the clinician reads what is wrong, with whom and since when, once for both', () => {
    const since = '2026-03-02T10:32:00Z' as Instant

    expect(stuckWords.here({ camera: 'denied', since }, '10:32')).toBe(
      'Is here now. Their camera is blocked in their browser. Told at 10:32.',
    )
    expect(stuckWords.notHere({ camera: 'busy', microphone: 'busy', since }, '10:32')).toBe(
      'Their camera and microphone are used by another program. Told at 10:32.',
    )
    expect(stuckWords.notHere({ byTelephone: true, since }, '10:32')).toBe(
      'Their page is not open now. Asked at 10:32.',
    )
    expect(stuckWords.here({ byTelephone: true, since }, '10:32')).toBe('Is here now. Asked at 10:32.')
    expect(stuckWords.atDoor({ camera: 'denied', microphone: 'missing', since }, '10:32')).toBe(
      'Their camera is blocked in their browser, and their microphone was not found. Told at 10:32.',
    )
  })
})

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
    0,
    'chrome',
    'windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0',
    0,
    'edge',
    'windows',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 0, 'firefox', 'mac'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    0,
    'safari',
    'mac',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    5,
    'safari',
    'ios',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.0.0 Mobile/15E148 Safari/604.1',
    5,
    'chrome',
    'ios',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    5,
    'other',
    'ios',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    5,
    'samsung',
    'android',
  ],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 5, 'firefox', 'android'],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.0.0 Mobile Safari/537.36',
    5,
    'other',
    'android',
  ],
] as const)('%s with %i fingers is %s on %s', (userAgent, fingers, name, system) => {
  expect(browserOf(userAgent, fingers)).toEqual({ name, system })
})

it('a silent microphone is near nothing, a loud one near full', () => {
  expect(loudness(new Float32Array(64))).toBe(0)
  expect(loudness(new Float32Array(64).fill(0.5))).toBeGreaterThan(80)
})

it('the queue is said in words', () => {
  expect([0, 1, 2].map(waitingWords.turn)).toEqual([
    'Nobody has been waiting longer than you.',
    '1 patient has been waiting longer than you.',
    '2 patients have been waiting longer than you.',
  ])
})

describe('the clinician’s door', () => {
  const at = (clock: string) => `2026-03-02T${clock}:00.000Z` as Instant
  const person = (more: Partial<DoorPerson> = {}): DoorPerson => ({
    doorId: 'd' as DoorPerson['doorId'], // an id as our server gives it
    name: 'Ada',
    as: 'patient',
    state: 'waiting',
    knockedAt: at('15:20'),
    devices: { camera: true, microphone: true },
    here: true,
    ...more,
  })
  const view = (more: Partial<ClinicianView> = {}): ClinicianView => ({
    as: 'clinician',
    id: 'v' as ClinicianView['id'], // an id as our server gives it
    revision: 1,
    start: at('15:30'),
    end: at('15:45'),
    closesAt: at('17:45'),
    patient: { name: 'Ada' },
    clinicians: [],
    status: 'arrived',
    door: [],
    ...more,
  })

  it('counts who waits, and not who has closed the page and keeps the place', () => {
    now.value = Date.parse(at('15:25'))

    expect(countWords(view({ door: [person(), person()] }))).toBe('2 people are waiting.')
    expect(countWords(view({ door: [person(), person({ here: false, leftAt: at('15:22') })] }))).toBe(
      '1 person is waiting.',
    )
    expect(countWords(view({ door: [person({ here: false })] }))).toBe('Nobody is waiting at this door.')
  })

  it('tells who came and left from who never came', () => {
    now.value = Date.parse(at('15:25'))

    expect(countWords(view({ status: 'planned' }))).toBe('Nobody has come to this visit yet.')
    expect(countWords(view({ status: 'planned', checking: true }))).toBe('Signed in, has not knocked yet.')
    expect(countWords(view({ checking: true, arrivedAt: at('15:20') }))).toBe('Nobody is waiting at this door.')
    expect(countWords(view({ arrivedAt: at('15:20') }))).toBe('Nobody is waiting at this door.')
    expect(countWords(view({ status: 'in-progress', arrivedAt: at('15:20') }))).toBe('Nobody is waiting at this door.')
    expect(countWords(view({ status: 'in-progress' }))).toBe('Nobody has come to this visit yet.')
  })
})
