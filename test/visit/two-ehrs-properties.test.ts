// Two EHRs with equal ids, in any order of what the people of either do: nothing of one ever shows or changes in the other. Told in two
// ways: after each act the other's rows, chart and replies are as they were; and each side lives through what it would live through alone.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import type { VisitId } from '../../server/domain/ids.ts'
import type { Answer, Person } from '../support/people.ts'
import {
  type Cast,
  castOf,
  openTwo,
  type RoleOfCast,
  roles,
  setStatus,
  settle,
  signInAs,
  type Two,
} from '../support/two-ehrs.ts'
import { devices, match, soap } from '../support/visits.ts'

const sides = ['here', 'there'] as const
type SideName = (typeof sides)[number]
const marks: Readonly<Record<SideName, string>> = { here: 'Hereby', there: 'Thereto' }
const other = (side: SideName): SideName => (side === 'here' ? 'there' : 'here')

/** One side: its people as they are signed in, and the visits they have opened. */
type Party = {
  readonly side: SideName
  readonly ehr: Ehr
  readonly cast: Cast
  readonly people: Map<RoleOfCast, Person>
  readonly visits: Map<number, string>
  readonly rooms: Set<unknown>
  /** What became of each act, without what differs from one telling to the next. */
  readonly story: string[]
}

const acts = {
  'sign in': async ({ party, role }) => {
    party.people.set(role, await signInAs(two.world, party.ehr, party.cast, role))
    return undefined
  },
  open: async ({ party, person, which, appointment }) => {
    const answer = await person.post('/api/visits', { appointment })
    if (answer.status === 200) party.visits.set(which, (answer.body as { visit: string }).visit) // sound: VisitOpened
    return answer
  },
  day: ({ person }) => person.get('/api/appointments'),
  look: ({ person, visit }) => person.get(visit),
  cancel: async ({ party, appointment }) => void (await setStatus(party.ehr, appointment, 'cancelled')),
  'book again': async ({ party, appointment }) => void (await setStatus(party.ehr, appointment, 'booked')),
  knock: ({ person, visit }) => person.post(`${visit}/knocks`, { devices }),
  leave: ({ person, visit }) => person.post(`${visit}/departures`),
  admit: async ({ person, visit }) => person.post(`${visit}/admissions`, { doorId: await firstAtDoor(person, visit) }),
  decline: async ({ person, visit }) => person.post(`${visit}/refusals`, { doorId: await firstAtDoor(person, visit) }),
  lock: ({ person, visit }) => person.post(`${visit}/lock`, { locked: true }),
  unlock: ({ person, visit }) => person.post(`${visit}/lock`, { locked: false }),
  token: async ({ party, person, visit }) => {
    const answer = await person.post(`${visit}/room-tokens`)
    if (answer.status === 200) party.rooms.add(decodeJwt((answer.body as { token: string }).token).room) // sound: RoomToken
    return answer
  },
  pulse: ({ person, visit }) => person.post(`${visit}/presence`, { seat: 1, at: 'in', sees: [] }),
  write: async ({ party, person, visit }) =>
    person.put(
      `${visit}/note`,
      { ...soap, plan: `${marks[party.side]} ${party.story.length}` },
      match(await versionOf(person, visit)),
    ),
  sign: async ({ person, visit }) => person.post(`${visit}/note/signature`, {}, match(await versionOf(person, visit))),
  draft: async ({ person, visit }) => person.post(`${visit}/note/draft`, {}, match(await versionOf(person, visit))),
  end: ({ person, visit }) => person.post(`${visit}/end`),
  say: ({ person, visit }) => person.post(`${visit}/outcome`, { is: 'came' }),
  file: ({ person, visit }) => person.post(`${visit}/note/filing`),
  amend: ({ person, visit }) => person.post(`${visit}/note/amendment`),
  mistake: ({ person, visit }) => person.post(`${visit}/note/mistake`),
  copy: ({ person, visit }) => person.get(`${visit}/note/export?as=fhir`),
  'window of its own': ({ person, visit }) => person.post('/api/hand-overs', { visit: visit.split('/').at(-1) ?? '' }),
} satisfies Readonly<Record<string, (at: At) => Promise<Answer | undefined>>>
type Act = keyof typeof acts
type At = {
  readonly party: Party
  readonly role: RoleOfCast
  readonly person: Person
  readonly which: number
  readonly appointment: string
  readonly visit: string
}
const nobodys = '/api/visits/aaaaaaaaaaaaaaaaaaaaaaaaaa'

/** The way of a visit that goes well, so that a random walk gets to its end too. */
const wayThrough: readonly (readonly [RoleOfCast, Act])[] = [
  ['patient', 'open'],
  ['patient', 'knock'],
  ['clinician', 'open'],
  ['clinician', 'admit'],
  ['clinician', 'token'],
  ['patient', 'token'],
  ['clinician', 'write'],
  ['clinician', 'end'],
  ['clinician', 'say'],
  ['clinician', 'sign'],
  ['clinician', 'file'],
  ['clinician', 'copy'],
  ['clinician', 'amend'],
  ['clinician', 'write'],
  ['clinician', 'sign'],
  ['clinician', 'file'],
  ['clinician', 'mistake'],
  ['clinician', 'day'],
]

type Move = { readonly side: SideName; readonly which: 0 | 1 } & (
  | { readonly role: RoleOfCast; readonly act: Act }
  /** So many next steps of the way through. */
  | { readonly steps: number }
)
// Mostly the same one, so that much comes together in it.
const which = fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const)
const side = fc.constantFrom(...sides)
const names = Object.keys(acts) as Act[] // sound: the table's own names
const byPatients: readonly Act[] = ['knock', 'leave']
/** Mostly what this person may do. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names.filter((act) => !byPatients.includes(act))).map(by('clinician')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Act>(...byPatients, 'open', 'day', 'look', 'token', 'pulse').map(by('patient')),
  },
  { weight: 1, arbitrary: fc.record({ role: fc.constantFrom(...roles), act: fc.constantFrom(...names) }) },
)
function by(role: RoleOfCast) {
  return (act: Act) => ({ role, act })
}
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.tuple(fc.record({ side, which }), deed).map(([where, what]) => ({ ...where, ...what })),
  fc.record({ side, which, steps: fc.integer({ min: 2, max: 7 }) }),
)

let two: Two
beforeAll(async () => {
  two = await openTwo()
})
afterAll(() => two.world.close())

test('nothing of one EHR shows or changes in the other, whatever their people do', { timeout: 600_000 }, async () => {
  const lives = fc.asyncProperty(fc.array(move, { minLength: 8, maxLength: 18 }), async (moves) => {
    const together = await begun(sides, castOf(randomBytes(5).toString('hex')))
    await lived(together, moves)
    for (const name of sides) {
      const alone = await begun([name], castOf(randomBytes(5).toString('hex')))
      await lived(
        alone,
        moves.filter((one) => one.side === name),
      )
      expect(partyIn(together, name).story).toEqual(partyIn(alone, name).story)
    }
    const [one, another] = sides.map((name) => partyIn(together, name).rooms)
    expect([...(one ?? [])].filter((room) => another?.has(room))).toEqual([])
  })
  await fc.assert(lives, { numRuns: 6 })
})

const partyIn = (parties: readonly Party[], name: SideName): Party => {
  const found = parties.find((party) => party.side === name)
  if (found === undefined) throw new Error(`nobody is ${name}`)
  return found
}

/** People of these sides, signed in; the other EHR has the same people and Appointments when both are there. */
async function begun(names: readonly SideName[], cast: Cast): Promise<readonly Party[]> {
  const start = two.world.now() + 5 * 60_000
  for (const name of names) await settle(two[name], cast, marks[name], start)
  return Promise.all(
    names.map(async (name): Promise<Party> => {
      const signedIn = roles.map(async (role) => [role, await signInAs(two.world, two[name], cast, role)] as const)
      const people = new Map(await Promise.all(signedIn))
      return { side: name, ehr: two[name], cast, people, visits: new Map(), rooms: new Set(), story: [] }
    }),
  )
}

async function lived(parties: readonly Party[], moves: readonly Move[]): Promise<void> {
  const gone = new Map<string, number>()
  for (const one of moves) {
    const key = `${one.side} ${one.which}`
    const from = gone.get(key) ?? 0
    const steps = 'steps' in one ? wayThrough.slice(from, from + one.steps) : [[one.role, one.act] as const]
    if ('steps' in one) gone.set(key, from + one.steps)
    for (const [role, act] of steps) await done(parties, one, role, act)
  }
}

/** One act of one side, and that it was nothing to the other: neither to its rows, nor to its EHR, nor in what is answered. */
async function done(
  parties: readonly Party[],
  { side: name, which: one }: Move,
  role: RoleOfCast,
  act: Act,
): Promise<void> {
  const party = partyIn(parties, name)
  const unmoved = parties.find((each) => each.side === other(name))
  const before = unmoved && (await everythingOf(unmoved))
  const person = party.people.get(role)
  if (person === undefined) throw new Error('everybody is signed in')
  const visit = party.visits.get(one)
  const at: At = {
    ...{ party, role, person, which: one, appointment: party.cast.appointments[one] ?? '' },
    visit: visit === undefined ? nobodys : `/api/visits/${visit}`,
  }

  const answer = await acts[act](at)
  const stray = unmoved === undefined ? undefined : await strayed(unmoved, at)

  party.story.push(`${role} ${act} ${one}: ${answer === undefined ? 'done' : told(party, answer)}`)
  expect(unmoved && (await everythingOf(unmoved))).toEqual(before)
  expect(answer?.text ?? '').not.toContain(marks[other(name)])
  expect(stray ?? 'not-your-visit').toBe('not-your-visit')
}

/** The same person at the address of the other side's visit. */
async function strayed(unmoved: Party, { person, which: one }: At): Promise<string | undefined> {
  const visit = unmoved.visits.get(one)
  return visit === undefined ? undefined : ((await person.get(`/api/visits/${visit}`)).code ?? 'let in')
}

async function everythingOf({ ehr, visits, cast }: Party) {
  const { house } = two.world
  const ids = [...visits.values()] as VisitId[] // sound: as the app gave them
  const rows = await Promise.all(ids.map(async (id) => [await house.visits.get(id), await house.notes.get(id)]))
  const written = ehr.requests.filter(({ method }) => method !== 'GET').length
  const statuses = cast.appointments.map((id) => ehr.resource('Appointment', id)?.status)
  // What an EHR says of itself is asked without a token, by itself and in nobody's turn.
  const asked = ehr.requests.filter(({ auth }) => auth).length
  return { rows, written, asked, statuses }
}

async function firstAtDoor(person: Person, visit: string): Promise<string> {
  const { body } = await person.get(visit)
  const { door } = body as { door?: readonly { doorId: string }[] } // sound: a view, or an outcome without a door
  return door?.[0]?.doorId ?? 'nobody'
}

async function versionOf(person: Person, visit: string): Promise<number> {
  const { body } = await person.get(`${visit}/note`)
  const { version } = body as { version?: number } // sound: a note, or an outcome without a version
  return version ?? 0
}

/** A reply without what is made anew each time: ids, times, tokens, and the names of this telling. */
function told({ cast }: Party, { status, code, text }: Answer): string {
  if (code !== undefined || status >= 400) return `${status} ${code}`
  const tag = cast.patient.slice('Patient/p-'.length)
  const plain = text
    .replaceAll(tag, '<tag>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/"(here)":(true|false)|"(clinician)":"(?:here|away|with-another)"/g, '"$1$3":<now>')
    .replaceAll(
      /"(token|room|idInRoom|id|doorId|visit|url|key|documentReference|encounter|heldAt)":"[^"]*"/g,
      '"$1":<made>',
    )
    .replaceAll(/[A-Za-z0-9_-]{16,}/g, '<made>')
    .replaceAll(/\b(?:[0-2]?\d:[0-5]\d)(?: [AP]M)?/g, '<clock>')
  return `${status} ${plain}`
}
