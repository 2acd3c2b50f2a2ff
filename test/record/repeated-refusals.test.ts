// Whoever is refused again and again fills no disc: the trail has the first hundred of an hour, and then how many more there were.
import { expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Instant } from '../../server/domain/ids.ts'
import { countRepeated } from '../../server/house/repeated-refusals.ts'
import { keepRefusals } from '../../server/house/upkeep.ts'
import { AuditEntry } from '../../server/outside/record/audit.ts'
import { verifyAudit } from '../../server/outside/record/audit-chain.ts'
import { opened } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const refusal: AuditEntry = {
  event: 'access-refused',
  outcome: 'refused',
  organisation: 'riverside',
  code: 'not-your-visit',
}

async function openedWorld(): Promise<World> {
  const world = await openWorld()
  onTestFinished(() => world.close())
  return world
}
const lines = async (world: World, event: string) => (await world.audit()).filter((line) => line.event === event)

test('somebody who asks for others’ visits all day long has a hundred lines an hour, and one that says how many more', async () => {
  const world = await openedWorld()
  const [greedy, other] = [await opened(world), await opened(world)]
  for (let n = 0; n < 130; n++) await greedy.patient.get(other.visit)

  expect(await lines(world, 'access-refused')).toHaveLength(100)
  await keepRefusals(world.house, 'over')
  expect(await lines(world, 'access-refused')).toHaveLength(100)
  world.later(61)
  await keepRefusals(world.house, 'over')
  await keepRefusals(world.house, 'over')

  const all = await lines(world, 'access-refused')
  expect(all).toHaveLength(101)
  expect(all.at(-1)).toMatchObject({ who: clinic.patients.margaret.reference, code: 'not-your-visit', count: 30 })
  expect(all.at(-1)).not.toHaveProperty('visit')
  expect((await verifyAudit(`${world.directory}/audit`)).intact).toBe(true)
})

test('a callback that is refused is written down once for its state, however often somebody comes back with it', async () => {
  const world = await openedWorld()
  const { cookie, location } = await leave(
    world.url,
    await launchSearch(world.ehr, { user: clinic.practitioners.chen.reference }),
  )
  const callback = await atEhr(location)

  for (let n = 0; n < 20; n++) expect((await comeBack(world.url, callback, '')).code).toBe('launch-elsewhere')
  expect(await lines(world, 'launch-refused')).toMatchObject([{ code: 'launch-elsewhere' }])

  expect((await comeBack(world.url, callback, cookie)).status).toBe(303)
  for (let n = 0; n < 20; n++) expect((await comeBack(world.url, callback, cookie)).code).toBe('launch-unknown')
  expect(await lines(world, 'launch-refused')).toHaveLength(1)
  for (let n = 0; n < 20; n++) await comeBack(world.url, '/smart/callback?state=of-nobody', '')
  expect(await lines(world, 'launch-refused')).toHaveLength(1)
})

test('a sign-in that an older app began is refused and written down all the same', async () => {
  const world = await openedWorld()
  const { location } = await leave(
    world.url,
    await launchSearch(world.ehr, { user: clinic.practitioners.chen.reference }),
  )
  const callback = await atEhr(location)
  await world.restart()

  await comeBack(world.url, callback, '')

  expect(await lines(world, 'launch-refused')).toHaveLength(1)
})

test('each kind is counted for itself; what succeeds, and what somebody does, always stands by itself', async () => {
  const written: AuditEntry[] = []
  let now = '2026-03-02T15:00:00.000Z' as Instant
  const { write: audit, sumUp } = countRepeated(
    async (entry) => void written.push(AuditEntry.parse(entry)),
    () => now,
  )
  const kinds: AuditEntry[] = [
    refusal,
    { ...refusal, who: 'Patient/1', role: 'patient' },
    { ...refusal, code: 'other-patient' },
    { ...refusal, organisation: 'harbor' },
    { ...refusal, event: 'launch-refused' },
  ]
  for (let n = 0; n < 150; n++) for (const kind of kinds) await audit({ ...kind, visit: `visit-${n}` })
  for (let n = 0; n < 150; n++) {
    await audit({ event: 'note-filing', outcome: 'refused', organisation: 'riverside', visit: 'v' })
    await audit({ event: 'launch', outcome: 'success', organisation: 'riverside' })
  }
  expect(written).toHaveLength(5 * 100 + 2 * 150)

  now = '2026-03-02T16:00:00.000Z' as Instant
  await sumUp('over')
  await audit(refusal)

  expect(written.slice(-6)).toEqual([...kinds.map((kind) => ({ ...kind, count: 50 })), refusal])
})

test('before the app ends all that was counted is told; a full disc loses none of it', async () => {
  const written: AuditEntry[] = []
  let full = false
  const write = async (entry: AuditEntry) => {
    if (full) throw new Error('no space left')
    written.push(entry)
  }
  const { write: audit, sumUp } = countRepeated(write, () => '2026-03-02T15:00:00.000Z' as Instant)
  for (let n = 0; n < 104; n++) await audit(refusal)

  full = true
  await expect(sumUp('all')).rejects.toThrow('no space')
  full = false
  await sumUp('all')
  await sumUp('all')

  expect(written.slice(100)).toEqual([{ ...refusal, count: 4 }])
})
