// Whatever happens at two visits at once, and in whatever order: nobody is in another's room, nobody unasked in any, no invited person outlives
// the visit, and no invitation serves two browsers.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../server/domain/errors.ts'
import type { Instant, InvitationId, Ref } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import type { Launch } from '../../server/domain/sign-in/launch.ts'
import { hashed } from '../../server/domain/sign-in/secret.ts'
import { isStillNamed, mayHaveToken, mayOpen } from '../../server/domain/visit/access.ts'
import { admitted, declined, knocked, left, sentBack, turnedOut } from '../../server/domain/visit/door.ts'
import { boundToBrowser, invited, sentAnew, takenBack, triedElsewhere } from '../../server/domain/visit/invitation.ts'
import { invitedUntil } from '../../server/domain/visit/invited.ts'
import { locked } from '../../server/domain/visit/locked-door.ts'
import { reopened } from '../../server/domain/visit/reopened.ts'
import { reviewed } from '../../server/domain/visit/reviewed.ts'
import { roomName } from '../../server/domain/visit/room.ts'
import { invitedRef } from '../../server/domain/visit/sides.ts'
import { cancelled, finished, planned, rebooked, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import { inviteeOf } from '../../server/house/invitations.ts'
import { bookingOf, on, window } from './planned.ts'

const chen: Ref = 'Practitioner/chen'
const patients = ['Patient/a', 'Patient/b'] as const
const browsers = ['left', 'right'] as const
type Browser = (typeof browsers)[number]

const roomOf = (which: number, opening: number) =>
  roomName(new Uint8Array(32), 'o' as Visit['organisation'], `a${which}` as Visit['appointment'], opening)
const bookingAt = (which: number) => ({
  ...bookingOf({ patient: patients[which] ?? 'Patient/a', practitioners: [chen], face: { name: 'x', clinicians: [] } }),
  id: `v${which}` as Visit['id'],
})
const id = (n: number) => `i${n}` as InvitationId

/** What people's browsers have: the value of the cookie for each invitation that they pressed. */
type World = {
  now: Instant
  readonly visits: Visit[]
  readonly jars: Record<Browser, Map<InvitationId, string[]>>
  /** Of each link that was made: the browser in which it was pressed first. */
  readonly pressedIn: Map<string, Browser>
  /** Who was let in by a clinician, and not taken out again since; by visit and person. */
  readonly letIn: Set<string>
  secrets: number
}

/** Of the two visits, with two links known for each of four invitations: the first, and the one that was sent anew. */
const linkOf = (n: number, anew: number, now: Instant) => ({
  ...{ secretHash: hashed(`s${n}.${anew}`), locator: `L${n}`, codeHash: hashed(`c${n}.${anew}`), madeAt: now },
})

const n = fc.nat(3)
const which = fc.nat(1)
const event = fc.oneof(
  fc.record({ does: fc.constant('pass' as const), minutes: fc.constantFrom(1, 1, 1, 10, 300) }),
  fc.record({ does: fc.constant('invite' as const), which, n }),
  fc.record({ does: fc.constant('anew' as const), which, n, anew: fc.nat(2) }),
  fc.record({ does: fc.constant('press' as const), which, n, anew: fc.nat(2), browser: fc.constantFrom(...browsers) }),
  fc.record({ does: fc.constant('guess' as const), which, n }),
  fc.record({ does: fc.constant('back' as const), which, n }),
  fc.record({ does: fc.constant('guestKnocks' as const), which, n, browser: fc.constantFrom(...browsers) }),
  fc.record({ does: fc.constant('patientKnocks' as const), which, who: fc.constantFrom(...patients) }),
  fc.record({
    does: fc.constantFrom('admit', 'admit', 'decline', 'send', 'leave', 'turnOut'),
    which,
    place: fc.nat(2),
  }),
  fc.record({ does: fc.constant('admit' as const), which, place: fc.nat(1) }),
  fc.record({ does: fc.constantFrom('join', 'end', 'reopen', 'cancel', 'book', 'lose', 'lock'), which }),
)
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

const knock = (who: Ref, as: 'patient' | 'guest', now: Instant) =>
  ({ doorId: who, who, as, name: 'x', devices: { camera: true, microphone: true }, knockedAt: now }) as never // sound: a test's own handle

const houseOf = (world: World) =>
  ({
    now: () => world.now,
    config: { organisations: [{ id: 'o', joinWindow: window }] },
    visits: {
      find: async (_index: string, value: string) =>
        world.visits.filter(({ invitations = [] }) => invitations.some((one) => one.id === value)),
    },
  }) as unknown as Parameters<typeof inviteeOf>[0] // sound: all that is asked of it

/** Whom the guard would let through with this browser's cookies; undefined where it refuses. */
async function guard(world: World, invitation: InvitationId, browser: Browser) {
  try {
    return await inviteeOf(houseOf(world), invitation, world.jars[browser].get(invitation) ?? [])
  } catch (cause) {
    if (cause instanceof Refusal) return undefined
    throw cause
  }
}

const launchOf = (who: Ref<'Patient'>): Pick<Launch, 'role' | 'self' | 'patients'> => ({
  ...{ role: 'patient', self: [who], patients: [who] },
})

async function act(world: World, event: Event): Promise<void> {
  if (event.does === 'pass') {
    world.now = plus(world.now, event.minutes * 60)
    return
  }
  const at = event.which
  const visit = world.visits[at]
  if (visit === undefined) return
  const now = world.now
  const keep = (after: Visit) => void world.visits.splice(at, 1, after)
  const out = (who: Ref) => world.letIn.delete(`${visit.id} ${who}`)
  switch (event.does) {
    case 'invite': {
      const link = linkOf(event.n + 4 * at, 0, now)
      const person = { as: 'guest', name: 'x', by: chen, byName: 'y', link, state: 'sent' } as const
      if (visit.invitations?.some((one) => one.id === id(event.n + 4 * at))) return
      return keep(invited(visit, { id: id(event.n + 4 * at), ...person }, window, now))
    }
    case 'anew': {
      // A link is never made twice.
      const made = `s${event.n + 4 * at}.${++world.secrets}`
      const link = { ...linkOf(event.n + 4 * at, 0, now), secretHash: hashed(made) }
      out(invitedRef(id(event.n + 4 * at)))
      return keep(sentAnew(visit, id(event.n + 4 * at), link, window, now))
    }
    case 'press': {
      const [one, { browser }] = [id(event.n + 4 * at), event]
      const now_ = visit.invitations?.find((i) => i.id === one)?.link.secretHash ?? ''
      const hash = event.anew === 0 ? now_ : hashed(`old ${event.anew}`)
      const jar = world.jars[browser].get(one) ?? []
      const fresh = `cookie ${++world.secrets}`
      const brought = { by: 'secret', hash, browser: jar.map(hashed) } as const
      const after = boundToBrowser(visit, one, brought, hashed(fresh), { window, now })
      // The press was granted: this link was never granted to another browser.
      expect(world.pressedIn.get(hash) ?? browser).toBe(browser)
      world.pressedIn.set(hash, browser)
      if (after !== visit) world.jars[browser].set(one, [...jar, fresh])
      return keep(after)
    }
    case 'guess':
      return keep(triedElsewhere(visit, id(event.n + 4 * at), 'guessed', now))
    case 'back':
      out(invitedRef(id(event.n + 4 * at)))
      return keep(takenBack(visit, id(event.n + 4 * at), now))
    case 'guestKnocks': {
      // Also at the other visit: what the guard lets through says at which.
      const invitee = await guard(world, id(event.n + 4 * at), event.browser)
      if (invitee === undefined || invitee.visit.id !== visit.id) return
      return keep(knocked(visit, knock(invitee.person.who, 'guest', now), window))
    }
    case 'patientKnocks': {
      mayOpen(launchOf(event.who), visit)
      if (!isStillNamed(launchOf(event.who), visit)) return
      return keep(knocked(visit, knock(event.who, 'patient', now), window))
    }
    case 'join':
      return keep(
        tokenGiven(
          mayHaveToken(visit, { who: chen, role: 'clinician' }, { window, now, clinicianHere: true }),
          chen,
          'clinician',
          now,
        ),
      )
    case 'end':
      return keep(finished(visit, window, now))
    case 'reopen': {
      const after = reopened(visit, now, (opening) => roomOf(at, opening))
      if (after !== visit) for (const one of [...world.letIn]) if (one.startsWith(visit.id)) world.letIn.delete(one)
      return keep(after)
    }
    case 'cancel':
      return keep(cancelled(visit, now))
    case 'book': {
      const { start, end } = bookingAt(at)
      const again = { ...bookingAt(at), start, end, appointmentReadAt: now }
      const after = rebooked(visit, again, (opening) => roomOf(at, opening))
      if (visit.status === 'cancelled')
        for (const one of [...world.letIn]) if (one.startsWith(visit.id)) world.letIn.delete(one)
      return keep(after)
    }
    case 'lose': {
      for (const one of [...world.letIn]) if (one.startsWith(visit.id)) world.letIn.delete(one)
      const said = {
        status: 'booked',
        patients: ['Patient/else'],
        practitioners: [chen],
        start: visit.start,
        end: visit.end,
      }
      return keep(reviewed(visit, { ...said, by: 'clinician', face: { clinicians: [] } } as never, now)) // sound: as an Appointment is read
    }
    case 'lock':
      return keep(locked(visit, !('call' in visit && visit.call.locked)))
    default:
      return atDoor(world, visit, event, keep)
  }
}

function atDoor(world: World, visit: Visit, event: Extract<Event, { place: number }>, keep: (after: Visit) => void) {
  const person = 'call' in visit ? visit.call.door[event.place] : undefined
  if (person === undefined) return
  const [mine, now] = [`${visit.id} ${person.who}`, world.now]
  if (event.does === 'admit') {
    keep(admitted(visit, person.doorId, chen, now))
    world.letIn.add(mine)
    return
  }
  if (event.does === 'leave') return keep(left(visit, person.who))
  world.letIn.delete(mine)
  if (event.does === 'decline') return keep(declined(visit, person.doorId, now))
  if (event.does === 'turnOut') return keep(turnedOut(visit, person.who))
  if (person.state === 'admitted') return keep(sentBack(visit, person.doorId, now))
}

/** Who may have a token for this visit's room now, of all whom it or the other visit knows. */
async function tokens(world: World, visit: Visit): Promise<readonly Ref[]> {
  const at = { window, now: world.now, clinicianHere: true }
  const may = (who: Ref, role: 'patient' | 'guest') => {
    try {
      mayHaveToken(visit, { who, role }, at)
      return true
    } catch (cause) {
      if (cause instanceof Refusal) return false
      throw cause
    }
  }
  const theirs = patients.filter((who) => isStillNamed(launchOf(who), visit) && may(who, 'patient'))
  const guests: Ref[] = []
  for (let n = 0; n < 8; n++) {
    const through = await Promise.all(browsers.map((browser) => guard(world, id(n), browser)))
    const here = through.filter((one) => one?.visit.id === visit.id)
    // One browser at a time.
    expect(here.length).toBeLessThanOrEqual(1)
    if (here.length === 1 && may(invitedRef(id(n)), 'guest')) guests.push(invitedRef(id(n)))
  }
  return [...theirs, ...guests]
}

async function holds(world: World): Promise<void> {
  for (const visit of world.visits) {
    const all = await tokens(world, visit)
    // No two patients for one room.
    expect(all.filter((who) => who.startsWith('Patient/')).every((who) => who === visit.patient)).toBe(true)
    // Nobody who was not let in.
    for (const who of all) expect([...world.letIn]).toContain(`${visit.id} ${who}`)
    // No guest after the visit.
    const isOver = !('call' in visit) || world.now >= invitedUntil(visit, window)
    if (isOver) expect(all.filter((who) => who.startsWith('guest/'))).toEqual([])
  }
  const rooms = world.visits.flatMap((visit) => ('call' in visit ? visit.call.room : []))
  expect(new Set(rooms).size).toBe(rooms.length)
}

test('whoever comes, goes, presses, guesses and is let in, in whatever order, nobody is where they may not be', async () => {
  let granted = 0
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 20, maxLength: 50 }), async (events) => {
      const world: World = {
        now: on('14:45'),
        visits: [0, 1].map((at) => planned(bookingAt(at), roomOf(at, 1))),
        jars: { left: new Map(), right: new Map() },
        ...{ pressedIn: new Map(), letIn: new Set<string>(), secrets: 0 },
      }
      for (const one of events) {
        await act(world, one).catch((cause: unknown) => {
          if (!(cause instanceof Refusal)) throw cause
        })
        await holds(world)
        granted += (await Promise.all(world.visits.map((visit) => tokens(world, visit)))).flat().length
      }
    }),
    { numRuns: 100 },
  )
  // Else nothing was tried at all.
  expect(granted).toBeGreaterThan(100)
})
