// Whoever interprets a sign language is found in the room by their token, or by their name there, and by nothing else.
import { expect, test } from 'vitest'
import { signerIn } from '../../client/call/signer.ts'
import type { InCall } from '../../server/wire/wire.ts'

const told = (name: string, more: Partial<InCall> = {}) =>
  ({ idInRoom: `token of ${name}`, name, at: 'in', seesYou: true, ...more }) as InCall // sound: all that is looked at
const inside = [
  { id: 'a', idInRoom: 'token of Rosa Marquez', name: 'Rosa Marquez' },
  { id: 'b', idInRoom: 'token of Inés Ortega', name: 'Inés Ortega' },
]
const signer = told('Inés Ortega', { signs: true })

test('the signer’s connection is the one with their token', () => {
  expect(signerIn(inside, [told('Rosa Marquez'), signer])).toBe('b')
})

test('where the room tells no tokens, it is the one with their name', () => {
  const byName = inside.map(({ id, name }) => ({ id, name }))

  expect(signerIn(byName, [signer])).toBe('b')
})

test('nobody is where nobody signs, where the signer is not in the call, and where somebody else only has their name', () => {
  expect(signerIn(inside, [told('Rosa Marquez'), told('Inés Ortega')])).toBeUndefined()
  for (const at of ['door', 'gone'] as const) expect(signerIn(inside, [{ ...signer, at }])).toBeUndefined()
  expect(signerIn([{ id: 'c', idInRoom: 'another', name: 'Inés Ortega' }], [signer])).toBeUndefined()
  expect(signerIn([], [signer])).toBeUndefined()
})
