// How id and secret go out in HTTP Basic: as they are where no server can read them otherwise, plainly before encoded where some can, a
// second time only where the client was refused, and never again in the form that an EHR does not take.
import { describe, expect, test } from 'vitest'
import { smartAlone } from '../support/smart-alone.ts'

const uuid = '3f0a2c1e-6b7d-4c2a-9f10-0d5e8b7a6c54'
const plainWays = { basic: 'plain' } as const
const medplum = { ...plainWays, refusesClients: { error: 'invalid_request', description: 'Invalid client' } } as const

describe('an id and a secret of unreserved characters', () => {
  test.each([
    ['reads them as they stand', plainWays],
    ['decodes them', { basic: 'decoded' }],
    ['does either', { basic: 'either' }],
    ['refuses as Medplum does', medplum],
  ] as const)('go as they are, once, to an EHR that %s', async (_what, smart) => {
    const secret = 'a-Z_0.9~'
    const { signIn, smart: ours, issuer, sent } = await smartAlone({ clientId: uuid, secret, smart })

    const { tokens } = await signIn()
    await ours.refresh(issuer, tokens)

    expect(sent.map(({ basic }) => basic)).toEqual([`${uuid}:${secret}`, `${uuid}:${secret}`])
  })

  test.each([
    ['invalid_client', {}],
    ['Medplum’s words', medplum],
  ] as const)('that are wrong go once, and are refused: %s', async (_what, smart) => {
    const { signIn, issuer, sent } = await smartAlone({ clientId: uuid, secret: 'right', smart })
    Object.assign(issuer, { secret: 'wrong' })

    await expect(signIn()).rejects.toMatchObject({ code: 'launch-failed' })

    expect(sent).toHaveLength(1)
  })
})

describe('a secret that a form writes otherwise', () => {
  const secret = 'a-b+c d/é*%2D'
  const encoded = 'a-b%2Bc+d%2F%C3%A9%2A%252D'

  test('goes plainly, and no second time, where it is taken so', async () => {
    const { signIn, sent } = await smartAlone({ clientId: 'our-app', secret, smart: plainWays })

    await signIn()
    await signIn()

    expect(sent.map(({ basic }) => basic)).toEqual([`our-app:${secret}`, `our-app:${secret}`])
  })

  test('goes encoded where plainly it was refused, with the same code, and first of all from then on', async () => {
    const { signIn, smart, issuer, sent } = await smartAlone({ clientId: 'our-app', secret })

    const { tokens } = await signIn()
    await signIn()
    await smart.refresh(issuer, tokens)

    expect(sent.map(({ basic }) => basic)).toEqual([
      `our-app:${secret}`,
      ...Array(3).fill(`our-app:${encoded}`), // the exchange once more, another one, a refresh
    ])
    expect(sent[1]?.brought).toBe(sent[0]?.brought)
  })

  test('goes plainly again where the EHR has come to take that alone', async () => {
    const smart: { basic: 'decoded' | 'plain' } = { basic: 'decoded' }
    const { signIn, sent } = await smartAlone({ clientId: 'our-app', secret, smart })
    await signIn()
    smart.basic = 'plain'
    sent.splice(0)

    await signIn()
    await signIn()

    expect(sent.map(({ basic }) => basic)).toEqual([`our-app:${encoded}`, ...Array(2).fill(`our-app:${secret}`)])
  })

  test.each([
    ['token-429', 'ehr-busy'],
    ['token-endpoint-500', 'launch-failed'],
  ] as const)('goes no second time after %s', async (fault, code) => {
    const { ehr, signIn, sent } = await smartAlone({ clientId: 'our-app', secret })
    ehr.faults.on(fault)

    await expect(signIn()).rejects.toMatchObject({ code })

    expect(sent).toHaveLength(1)
  })

  test.each(['invalid_grant', 'invalid_request', 'unauthorized_client'] as const)(
    'goes no second time after %s',
    async (error) => {
      const refusesClients = { error, description: 'Invalid grant' }
      const { signIn, sent } = await smartAlone({ clientId: 'our-app', secret, smart: { refusesClients } })

      await expect(signIn()).rejects.toMatchObject({ code: 'launch-failed', detail: { oauth: error } })

      expect(sent).toHaveLength(1)
    },
  )

  test('that is refused in both forms goes twice and no more', async () => {
    const { signIn, issuer, sent } = await smartAlone({ clientId: 'our-app', secret: 'right' })
    Object.assign(issuer, { secret })

    await expect(signIn()).rejects.toMatchObject({ code: 'launch-failed', detail: { oauth: 'invalid_client' } })

    expect(sent.map(({ basic }) => basic)).toEqual([`our-app:${secret}`, `our-app:${encoded}`])
  })
})

test.each([
  ['a colon in the id', 'our:app', 's3cret', 'our%3Aapp:s3cret'],
  ['a line’s end in the secret', 'our-app', 's3\ncret', 'our-app:s3%0Acret'],
])('what cannot stand there plainly goes encoded alone: %s', async (_what, clientId, secret, basic) => {
  const { signIn, sent } = await smartAlone({ clientId, secret })

  await signIn()

  expect(sent.map((one) => one.basic)).toEqual([basic])
})
