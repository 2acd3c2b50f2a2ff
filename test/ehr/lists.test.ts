// What an EHR lists, however much of it is none of what should stand there: the first wrong item ends the reading.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Bundle, CapabilityStatement, readable } from '../../server/outside/ehr/resources.ts'
import { listOf } from '../../server/outside/list-of.ts'

/** Items that are wrong, and how many of them were looked into. */
function wrongOnes(many: number) {
  const looked = new Set<number>()
  const items = Array.from({ length: many }, (_, n) => ({
    get type() {
      looked.add(n)
      return 1
    },
  }))
  return { items, looked }
}

test('a list is read up to its first wrong item, and refused', () => {
  const { items, looked } = wrongOnes(1_000)

  const read = listOf(z.object({ type: z.string() })).safeParse(items)

  expect(read.success).toBe(false)
  expect([...looked]).toEqual([0])
})

test('a list with nothing wrong in it is read whole', () => {
  expect(listOf(z.object({ type: z.string() })).parse([{ type: 'a' }, { type: 'b', more: 1 }])).toEqual([
    { type: 'a' },
    { type: 'b' },
  ])
})

test.each<[string, z.ZodType, (items: unknown) => object]>([
  ['the entries of a page', Bundle, (entry) => ({ resourceType: 'Bundle', entry })],
  [
    'the languages of a patient',
    readable.Patient,
    (communication) => ({ resourceType: 'Patient', id: 'p', communication }),
  ],
  [
    'the types of a server',
    CapabilityStatement,
    (resource) => ({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ resource }] }),
  ],
])('%s, none of which is one, are refused by one issue, not by one for each', (_what, schema, holding) => {
  const read = schema.safeParse(holding(Array(1_000).fill(1)))

  expect(read.error?.issues).toHaveLength(1)
})

test('no list of an EHR’s is read in another way', () => {
  expect(readFileSync('server/outside/ehr/resources.ts', 'utf8')).not.toMatch(/\.array\(/)
})
