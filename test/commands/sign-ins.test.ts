// `npm run sign-ins`: a clinic sees who is signed in, without learning names from it, and ends sign-ins of the running app.
import { stat } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { openControl } from '../../server/http/control.ts'
import { controlSocket } from '../../server/settings/control-socket.ts'
import { commandRuns } from '../support/command.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { watch } from '../support/watching.ts'
import { openWorld, underOneRoof, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const [chen, margaret] = [practitioners.chen.reference, patients.margaret.reference]

let world: World
let close: () => Promise<void>
const opened = async (told: Parameters<typeof openWorld>[0]) => {
  world = await openWorld(told)
  close = await openControl(world.house)
}
beforeEach(() => opened({ organisations: ['riverside', 'harbor'] }))
afterEach(async () => {
  await close()
  await world.close()
})

/** As it is typed, over this folder of data. */
const command = (words: readonly string[], data: string | undefined = world.directory) =>
  commandRuns('server/sign-ins.ts', words, {
    env: { PATH: process.env.PATH, ...(data === undefined ? {} : { HOUSECALL_DATA: data }) },
  })

type Line = {
  id: string
  person: string
  role: string
  organisation: string
  issuer: string
  began: string
  seen: string
}
const listed = async (...words: string[]) => {
  const { out } = await command(['list', '--json', ...words])
  return JSON.parse(out) as Line[] // sound: the command's own
}
const lasts = async (person: Person) => (await person.get('/api/me')).status === 200
const lastOf = (path: string) => path.split('/').at(-1) ?? ''

test('who is signed in is listed by role, clinic and times, and by nothing that names or opens anything', async () => {
  const clinician = await world.signIn({ user: chen })
  const patient = await world.signIn({ user: margaret }, world.ehrs[1])

  const [table, rows] = [await command(['list']), await listed()]

  expect(rows).toEqual([
    {
      ...{ id: expect.stringMatching(/^[0-9a-f]{16}$/), person: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ...{ role: 'clinician', organisation: 'riverside', issuer: 'riverside' },
      ...{ began: expect.stringMatching(/^\d{4}-.*Z$/), seen: expect.stringMatching(/^\d{4}-.*Z$/) },
    },
    expect.objectContaining({ role: 'patient', organisation: 'harbor', issuer: 'harbor' }),
  ])
  expect(await listed('--organisation', 'harbor')).toEqual([rows[1]])
  expect(await listed('--organisation', 'nowhere')).toEqual([])
  expect(table.code).toBe(0)
  for (const { id } of rows) expect(table.out).toContain(id)
  const kept = await Promise.all(
    [clinician, patient].map(({ home }) => world.house.launches.get(lastOf(home) as never)),
  ) // sound: our own id
  const secret = kept.flatMap((row) => [row?.id, row?.name, row?.fhirUser, row?.tokens.accessToken, row?.secretHash])
  for (const text of [clinician.cookie.split('=')[1], patient.cookie.split('=')[1], ...secret]) {
    expect(text).toMatch(/./)
    for (const said of [table.out, JSON.stringify(rows)]) expect(said).not.toContain(text)
  }
}, 180_000)

test('one sign-in is ended by its line: its stream and its tokens end, it is written down, and the others go on', async () => {
  const person = await world.signIn({ user: chen })
  const tab = await world.signIn({ user: chen })
  const stream = await watch(world, person, '/api/events')
  const [first] = await listed()

  const ran = await command(['end', first?.id ?? ''])

  expect([ran.code, ran.out.trim()]).toEqual([0, '1 sign-in is ended.'])
  await refuses(world, 'session-ended', () => person.get('/api/me'))
  await eventually(() => expect(stream.ended()).toBe(true))
  expect(await world.house.launches.get(lastOf(person.home) as never)).toBeUndefined() // sound: our own id
  expect(await lasts(tab)).toBe(true)
  const ending = (await world.audit()).filter(({ event }) => event === 'sign-in-ended')
  expect(ending).toEqual([
    expect.objectContaining({ outcome: 'success', who: chen, role: 'clinician', code: 'by-clinic' }),
  ])
  expect(await command(['end', first?.id ?? ''])).toMatchObject({ code: 1, out: '' })
}, 180_000)

test('all of a person’s are ended by how the list or the EHR calls them, and nobody else’s', async () => {
  const [one, two] = [await world.signIn({ user: chen }), await world.signIn({ user: chen })]
  const patient = await world.signIn({ user: margaret })
  const [line] = await listed()

  const byName = await command(['end', '--organisation', 'riverside', '--person', line?.person ?? ''])
  const left = [await lasts(one), await lasts(two), await lasts(patient)]
  const again = await world.signIn({ user: chen })
  const byReference = await command(['end', '--organisation', 'riverside', '--person', chen])

  expect([byName.out.trim(), left]).toEqual(['2 sign-ins are ended.', [false, false, true]])
  expect([byReference.out.trim(), await lasts(again), await lasts(patient)]).toEqual([
    ...['1 sign-in is ended.', false, true],
  ])
}, 180_000)

test('all of a clinic are ended, and another clinic’s go on', async () => {
  const [one, two] = [await world.signIn({ user: chen }), await world.signIn({ user: margaret })]
  const elsewhere = await world.signIn({ user: chen }, world.ehrs[1])

  const untold = await command(['end', '--organisation', 'riverside'])
  const ran = await command(['end', '--organisation', 'riverside', '--all'])

  expect([untold.code, ran.out.trim()]).toEqual([2, '2 sign-ins are ended.'])
  expect([await lasts(one), await lasts(two), await lasts(elsewhere)]).toEqual([false, false, true])
}, 180_000)

test('a reference that may be two people at two EHRs ends nobody’s until one EHR is named', async () => {
  await close()
  await world.close()
  await opened({ organisations: ['riverside', 'harbor'], config: underOneRoof(false) })
  const [here, there] = [await world.signIn({ user: chen }), await world.signIn({ user: chen }, world.ehrs[1])]
  const words = ['end', '--organisation', 'riverside', '--person', chen]

  const unclear = await command(words)
  const both = [await lasts(here), await lasts(there)]
  const clear = await command([...words, '--issuer', 'harbor'])

  expect([unclear.code, unclear.err, both]).toEqual([2, expect.stringContaining('--issuer harbor or'), [true, true]])
  expect([clear.code, await lasts(here), await lasts(there)]).toEqual([0, true, false])
}, 180_000)

test('what makes no sense is told how it is used, and where no app runs that is said', async () => {
  const wrong = [
    [],
    ['list', 'x'],
    ['end'],
    ['end', 'x', '--all'],
    ['end', '--all'],
    ['end', 'x', 'y'],
    ['list', '--names'],
  ]
  const ran = await Promise.all(wrong.map((words) => command(words)))
  expect(ran.map(({ code, err }) => [code, err.startsWith('Usage: ')])).toEqual(wrong.map(() => [2, true]))

  expect(await command(['list'], '/nowhere')).toMatchObject({ code: 69, err: expect.stringMatching(/^No app runs/) })
  await close()
  expect(await command(['list'])).toMatchObject({ code: 69 })
  close = await openControl(world.house)
  expect(await command(['list'])).toMatchObject({ code: 0 })
}, 180_000)

test('the socket takes no other question, and is open to the owner of the folder alone', async () => {
  const socketPath = controlSocket(world.directory)
  const ask = (method: string, path: string, body = '') =>
    new Promise<number>((done, fail) => {
      const asking = request({ socketPath, method, path }, (response) => done(response.resume().statusCode ?? 0))
      asking.on('error', fail).end(body)
    })
  const person = await world.signIn({ user: chen })

  const asked = [
    await ask('GET', '/'),
    await ask('GET', '/v/x/api/me'),
    await ask('POST', '/sign-ins', '{'),
    await ask('POST', '/sign-ins', '{}'),
    await ask('POST', '/sign-ins', '{"signIn":["x"]}'),
    await ask('POST', '/sign-ins', '{"organisation":"riverside","everybody":true}'),
    await ask('DELETE', '/sign-ins'),
    await ask('POST', '/sign-ins', JSON.stringify({ signIn: 'x'.repeat(100_000) })),
  ]

  expect(asked).toEqual([404, 404, 400, 400, 400, 400, 400, 400])
  expect(await lasts(person)).toBe(true)
  expect((await stat(dirname(join(world.directory, 'control', 'app.sock')))).mode & 0o777).toBe(0o700)
}, 180_000)
