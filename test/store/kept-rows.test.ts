// What of a shelf is in memory: never more than so many rows, those that were asked for last, and each as it was last kept.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepRows } from '../../server/outside/store/kept-rows.ts'
import { guest } from './contract.ts'

const row = (id: number, revision = 0) => ({ row: guest(`g${id}`, { revision }) })
const all = Array.from({ length: 40 }, (_, id) => id)

test('of many rows so many are kept, and what is asked for again and again stays', () => {
  const kept = keepRows(10)

  for (const id of all) {
    kept.keep(`n${id}`, row(id))
    expect(kept.get('n0')).toEqual(row(0))
  }

  const there = all.filter((id) => kept.nameOf(`g${id}`) !== undefined)
  expect(there.length).toBeLessThanOrEqual(10)
  expect(there).toEqual(expect.arrayContaining([0, 36, 37, 38, 39]))
  expect(kept.get('n5')).toBeUndefined()
})

test('whatever is kept, asked for and forgotten, nobody is answered an older row, or one that was forgotten', () => {
  const step = fc.record({ id: fc.nat(19), act: fc.constantFrom('keep', 'get', 'forget') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const [kept, truth] = [keepRows(8), new Map<number, number>()]
      steps.forEach(({ id, act }, n) => {
        if (act === 'keep') {
          kept.keep(`n${id}`, row(id, n))
          truth.set(id, n)
        }
        if (act === 'forget') {
          kept.forget(`n${id}`)
          truth.delete(id)
        }
        const [got, name] = [kept.get(`n${id}`), kept.nameOf(`g${id}`)]
        if (got !== undefined) expect(got.row.revision).toBe(truth.get(id))
        expect(name).toBe(got === undefined ? undefined : `n${id}`)
      })
      expect(all.filter((id) => kept.nameOf(`g${id}`) !== undefined).length).toBeLessThanOrEqual(8)
    }),
  )
})
