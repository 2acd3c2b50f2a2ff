// Owns a body that each writing route takes, and all the ways to bend one value in it that no honest page sends.

const text = 'What she told us.'
const soap = { subjective: text, objective: text, assessment: text, plan: text }
const occupant = { name: 'Zoe', email: '', id: 'x', occupant_jid: 'r@c/1', joined_at: 1_700_000_000 }
const room = { room_name: 'nobodys@conference.meet.jitsi', room_jid: 'nobodys@conference.meet.jitsi' }
const created = { ...room, event_name: 'muc-room-created', is_breakout: false, created_at: 1_700_000_000 }
const left = {
  ...room,
  event_name: 'muc-occupant-left',
  is_breakout: false,
  occupant: { ...occupant, left_at: 1_700_000_009 },
}
const destroyed = {
  ...{ ...created, event_name: 'muc-room-destroyed', destroyed_at: 1_700_000_010 },
  all_occupants: [{ ...occupant, left_at: 1_700_000_009 }],
}

/** By the end of a route's path; what is not here takes nothing. */
export const honestBodies: Readonly<Record<string, object>> = {
  '/api/visits': { appointment: 'a-1' },
  '/api/hand-overs': { visit: 'x'.repeat(22) },
  '/api/late': { minutes: 10 },
  '/api/whose-visits': { whose: 'one' },
  '/room-tokens': { unreachable: 'https://meet.example' },
  '/presence': { seat: 1, at: 'in', sees: ['somebody'] },
  '/devices': { camera: 'denied', microphone: 'missing', byTelephone: true, cannotCome: true },
  '/consent': { version: '2026-11', language: 'en', hash: 'x'.repeat(43) },
  '/knocks': { devices: { camera: true, microphone: true } },
  '/step-away': { where: 'away' },
  '/notices': { mail: true },
  '/messages': { doorId: 'nobody', says: { words: 'We look for an interpreter.' } },
  '/messages/shown': { upTo: 1 },
  '/admissions': { doorId: 'nobody', asReadAt: '2026-03-02T15:00:00.000Z' },
  '/refusals': { doorId: 'nobody', why: { reason: 'cannot-now' } },
  '/not-now': { doorId: 'nobody', why: { words: 'We look for an interpreter.' } },
  '/returns': { doorId: 'nobody', why: { reason: 'something-first' } },
  '/identities': { doorId: 'nobody', admittedAt: '2026-11-22T15:00:00.000Z', is: 'confirmed' },
  '/lock': { locked: true },
  '/lock/exceptions': { doorId: 'nobody' },
  '/invitations': { as: 'interpreter', name: 'Inés Ortega', language: 'Spanish' },
  '/invitations/links': { invitation: 'nobody' },
  '/invitations/revocations': { invitation: 'nobody' },
  '/invitations/pressed': { secret: 'x'.repeat(43) },
  '/outcome': { is: 'telephone', period: { start: '10:00', end: '10:20' }, instead: 'came' },
  '/recording/answers': { agrees: true },
  '/recording/state': { running: true },
  '/note': { ...soap, follows: soap },
  '/note/filing': { sendAgain: true, anyway: 'moved' },
  '/note/draft': { sendAgain: true, anyway: 'moved' },
  '/note/amendment': { drop: true },
  '/hand-overs/looked': { key: 'x.y' },
  '/hand-overs/taken': { key: 'x.y' },
  '/events': created,
  '/events/room/created': created,
  '/events/room/destroyed': destroyed,
  '/events/occupant/joined': left,
  '/events/occupant/left': left,
}

const wrong: readonly unknown[] = [
  ...[null, true, 1e308, 'no', 'x'.repeat(20_001), [[]], { toString: null }],
  ...['__proto__', 'constructor'].map((key) => JSON.parse(`{"${key}":{"locked":true}}`) as unknown),
]

/** Each has one value, however deep, that is none of its kind; nothing is left out, since some things may be. */
export function bent(value: unknown): readonly unknown[] {
  const odd = wrong.filter((one) => kindOf(one) !== kindOf(value))
  if (Array.isArray(value)) return [...odd, ...value.flatMap((one, i) => bent(one).map((bad) => value.with(i, bad)))]
  if (typeof value !== 'object' || value === null) return odd
  const inside = Object.entries(value).flatMap(([key, one]) => bent(one).map((bad) => ({ ...value, [key]: bad })))
  return [...odd, ...inside]
}

/** A text that is too long for everything is of a kind of its own. */
const kindOf = (value: unknown) =>
  Array.isArray(value)
    ? 'list'
    : typeof value === 'string' && value.length > 20_000
      ? 'long'
      : value === null
        ? 'null'
        : typeof value
