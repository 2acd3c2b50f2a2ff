// What is sealed opens with the right ring, in the right place, and unaltered; nothing else does.
import { decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { SealBroken, sealer } from '../../server/outside/store/seal.ts'

const one = { kid: 'one', key: new Uint8Array(32).fill(1) }
const two = { kid: 'two', key: new Uint8Array(32).fill(2) }

const brokenBy = async (work: Promise<unknown>): Promise<SealBroken> => {
  const [result] = await Promise.allSettled([work])
  if (result?.status !== 'rejected' || !(result.reason instanceof SealBroken)) throw new Error('it was not refused')
  return result.reason
}

test('what was sealed opens again, whatever letters it has', async () => {
  const { seal, open } = sealer([one])

  const sealed = await seal('Zoë: “chest pain” 🩺', 'notes/1')

  expect(await open(sealed, 'notes/1')).toBe('Zoë: “chest pain” 🩺')
})

test('a seal is a JWE that tells its key and cipher, and neither text nor context', async () => {
  const { seal } = sealer([one])

  const sealed = await seal('chest pain', 'notes/secret-id')

  expect(sealed.split('.')).toHaveLength(5)
  expect(decodeProtectedHeader(sealed)).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
    kid: 'one',
    ctx: expect.stringMatching(/^[\w-]{43}$/),
  })
})

test('the same text sealed twice is not the same', async () => {
  const { seal } = sealer([one])

  const [first, second] = await Promise.all([seal('a', 'b'), seal('a', 'b')])

  expect(first).not.toBe(second)
})

test('the first key seals and every key opens', async () => {
  const old = await sealer([one]).seal('from before', 'x')
  const { seal, open } = sealer([two, one])

  const sealed = await seal('from now', 'x')

  expect(decodeProtectedHeader(sealed).kid).toBe('two')
  expect([await open(old, 'x'), await open(sealed, 'x')]).toEqual(['from before', 'from now'])
})

test('a seal moved to another row is refused', async () => {
  const { seal, open } = sealer([one])
  const sealed = await seal('chest pain', 'notes/1')

  const refused = await brokenBy(open(sealed, 'notes/2'))

  expect(refused.code).toBe('moved')
})

test('a key that is not on the ring opens nothing, and a ring without the key says so', async () => {
  const sealed = await sealer([one]).seal('chest pain', 'x')

  const wrong = await brokenBy(sealer([{ kid: 'one', key: two.key }]).open(sealed, 'x'))
  const absent = await brokenBy(sealer([two]).open(sealed, 'x'))

  expect([wrong.code, absent.code]).toEqual(['altered', 'unknown-key'])
})

test('no part of a seal can be altered, and the refusal holds nothing of the text', async () => {
  const { seal, open } = sealer([one])
  const parts = (await seal('chest pain', 'x')).split('.')
  const flipped = (part: string) => (part[0] === 'A' ? 'B' : 'A') + part.slice(1)
  const altered = [0, 2, 3, 4].map((at) => parts.map((part, n) => (n === at ? flipped(part) : part)).join('.'))

  for (const sealed of [...altered, 'not a seal', '', parts.slice(0, 4).join('.')]) {
    const refused = await brokenBy(open(sealed, 'x'))

    expect(refused.code).toBe('altered')
    expect(`${refused.message} ${refused.stack} ${(refused.cause as Error).message}`).not.toContain('chest pain')
  }
})

test('a seal that asks for another algorithm is refused', async () => {
  const { seal, open } = sealer([one])
  const [, ...rest] = (await seal('chest pain', 'x')).split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'A256KW', enc: 'A256GCM', kid: 'one' })).toString('base64url')

  const refused = await brokenBy(open([header, ...rest].join('.'), 'x'))

  expect(refused.code).toBe('altered')
})

test('a ring that is empty, has a short key or uses a kid twice is no ring', () => {
  expect(() => sealer([])).toThrow(RangeError)
  expect(() => sealer([{ kid: 'one', key: new Uint8Array(16) }])).toThrow(RangeError)
  expect(() => sealer([one, { ...two, kid: 'one' }])).toThrow(RangeError)
})
