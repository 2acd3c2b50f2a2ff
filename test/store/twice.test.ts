// Every change is asked twice in every test that has a world: this holds that it is, and what becomes of one that is not pure.
import { expect, onTestFinished, test } from 'vitest'
import { opened, visitIdOf } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

async function visitIn() {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { visit } = await opened(world)
  return { house: world.house, id: visitIdOf(visit) }
}

test('a change may be asked more than once for one row, and is in every world', async () => {
  const { house, id } = await visitIn()
  const asked: number[] = []

  const { after } = await house.changeVisit(id, (v) => {
    asked.push(v.revision)
    return { ...v, practitioners: [] }
  })

  expect(asked).toEqual([after.revision - 1, after.revision - 1])
})

test('a change that counts, or looks at a clock, is a fault, and nothing is written', async () => {
  const { house, id } = await visitIn()
  const before = await house.visits.get(id)
  let asked = 0

  const counting = house.changeVisit(id, (v) => ({ ...v, opening: ++asked }))
  const throwing = house.changeVisit(id, (v) => {
    if (++asked % 2 === 0) return v
    throw new Error('only at first')
  })

  await expect(counting).rejects.toThrow('when it is asked again')
  await expect(throwing).rejects.toThrow('when it is asked again')
  expect(await house.visits.get(id)).toEqual(before)
})
