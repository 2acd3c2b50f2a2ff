// Everyone gets in by every kind of launch, as every kind of client: the whole product of the lists in launches.ts, over HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppointmentList, Me } from '../../server/wire/wire.ts'
import {
  beginnings,
  clients,
  contexts,
  identities,
  impossible,
  launchOf,
  type Row,
  table,
  worldFor,
} from '../support/launches.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, open } from '../support/visits.ts'
import { chooseAtEhr, comeBack, leave, personOf } from '../support/walk.ts'
import type { World } from '../support/world.ts'

const ran = new Set<Row>()

describe.each(clients)('with a client of the kind %s,', (client) => {
  let world: World
  beforeAll(async () => {
    world = await worldFor(client)
  })
  afterAll(() => world.close())

  const rows = table.filter((row) => row.client === client && impossible(row) === undefined)
  test.each(rows.map((row) => [row.beginning, row.context, row.identity.is, row] as const))(
    '%s with %s in context lets a %s in, to their visit',
    async (_beginning, _context, _is, row) => {
      const { role, appointment } = row.identity

      const person = await signedIn(world, row)

      const [me, list] = [await person.get('/api/me'), await person.get('/api/appointments')]
      expect(bodyOf<Me>(me)).toMatchObject({ role, onePatient: role !== 'clinician' || has(row, 'patient') })
      expectShown(row, bodyOf<AppointmentList>(list))
      expect((await person.get(await open(person, appointment))).status).toBe(200)
      ran.add(row)
    },
  )
})

/** Whether the EHR tells the launch's patient. */
const has = ({ context }: Row, what: 'patient' | 'appointment') =>
  what === 'patient' ? context !== 'nothing' && context !== 'encounter' : !['patient', 'nothing'].includes(context)

function expectShown(row: Row, { chosen, appointments }: AppointmentList): void {
  const { appointment } = row.identity
  expect(chosen).toBe(has(row, 'appointment') ? appointment : undefined)
  expect(appointments.map(({ id }) => String(id))).toContain(appointment)
  const [other] = appointments.filter(
    (one) => one.patient.name !== appointments.find((a) => a.id === appointment)?.patient.name,
  )
  // With no patient told, a clinician has the whole day before her; whoever else comes has one patient's visits alone.
  expect(other !== undefined).toBe(row.identity.role === 'clinician' && !has(row, 'patient'))
}

async function signedIn(world: World, row: Row): Promise<Person> {
  if (row.beginning === 'EHR launch') {
    if (row.context === 'nothing') world.ehr.faults.on('context-none', { times: 1 })
    return world.signIn(launchOf(row))
  }
  const { location, cookie } = await leave(world.url, `?${new URLSearchParams({ iss: world.ehr.iss })}`)
  const callback = await chooseAtEhr(location, { user: row.identity.user })
  return personOf(world.url, await comeBack(world.url, callback, cookie))
}

test('every row of the table has run, or cannot happen for a reason that is told', () => {
  const reasons = table.flatMap((row) => impossible(row) ?? [])

  expect(table).toHaveLength(beginnings.length * contexts.length * identities.length * clients.length)
  expect(ran.size + reasons.length).toBe(table.length)
  for (const reason of reasons) expect(reason).toMatch(/^a standalone launch begins on our own page: .{20,}/)
})
