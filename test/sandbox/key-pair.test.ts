// Key pairs, and that nothing of ours asks Node for the JWK of a key it has just made.
// On Node 20 such a process stands still for ever, once in some thousand keys: `KeyObject.export` holds the key's lock while it may collect garbage, and
// whatever made the key takes that lock when it is collected.
import { CompactSign, compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { keyPair } from '../../sandbox/key-pair.ts'
import { filesIn } from '../support/sources.ts'

test.each(['RS256', 'RS384', 'PS256', 'ES256', 'ES384', 'ES512'] as const)(
  'what the private key of a %s pair signs, its public key proves',
  async (alg) => {
    const { privateKey, publicKey } = keyPair(alg)

    const signed = await new CompactSign(new Uint8Array([1, 2])).setProtectedHeader({ alg }).sign(privateKey)

    const { payload } = await compactVerify(signed, await importJWK(publicKey, alg))
    expect([...payload]).toEqual([1, 2])
    expect(Object.keys(publicKey)).not.toContain('d')
  },
)

describe('a key that was just made', () => {
  const ours = ['server', 'doctor', 'sandbox', 'fhir-fixtures', 'bench', 'scripts', 'test'].flatMap(filesIn)
  const others = ours.filter(({ path }) => path !== 'test/sandbox/key-pair.test.ts')

  test('is never asked for its JWK', () => {
    const asking = others.filter(({ text }) => /\.export\(\{ format: 'jwk' \}\)|exportJWK|exportKey\('jwk'/.test(text))
    const made = (text: string) => [...text.matchAll(/generateKey(?:Pair)?(?:Sync)?\([^)]*\)/g)].map(([call]) => call)

    expect(asking.map(({ path }) => path).toSorted()).toEqual(['sandbox/key-pair.ts', 'scripts/client-keys.ts'])
    for (const { text } of asking) for (const call of made(text)) expect(call).toContain('privateKeyEncoding')
  })

  test('is none that a package made', () => {
    const lent = others.filter(({ text }) => /\bgenerateKeyPair\b[^;]*\bfrom 'jose'/.test(text))

    expect(lent.map(({ path }) => path)).toEqual([])
  })
})
