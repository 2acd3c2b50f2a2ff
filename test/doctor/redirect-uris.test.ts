// What the doctor says of the addresses that people come back to, and of two EHRs that go by one name.
import { expect, onTestFinished, test } from 'vitest'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { openClinic } from './clinic.ts'

const clinic = async (told: Parameters<typeof openClinic>[0] = {}) => {
  const opened = await openClinic(told)
  onTestFinished(opened.close)
  return opened
}

const row = (issuer: object) => ({ title: 'Record', clientId: 'housecall', client: 'public', ...issuer })

test('the redirect URI to register is the issuer’s own', async () => {
  const { report, app } = await clinic()

  const { parts } = await report()

  expect(parts.flatMap(({ register }) => register?.redirectUri ?? [])).toEqual([
    `${app.origin}/smart/callback/riverside/ehr`,
  ])
})

test('an issuer that still has the old address is told of, and its address is the old one', async () => {
  const { report, app } = await clinic({ issuer: { commonRedirect: true } })

  const { parts } = await report()

  expect(parts.flatMap(({ register }) => register?.redirectUri ?? [])).toEqual([`${app.origin}/smart/callback`])
  const said = parts.flatMap(({ findings }) => findings).find(({ id }) => id === 'redirect-uri')
  expect([said?.result, said?.means]).toEqual(['warning', 'ehr: people come back to the old common address.'])
})

test('two EHRs that go by one issuer and are not one are found, and no visit would work', async () => {
  const [one, two] = [await startCrookedEhr(), await startCrookedEhr()]
  onTestFinished(async () => void (await Promise.all([one.close(), two.close()])))
  two.said.configuration = { issuer: one.origin }
  const issuers = [row({ name: 'one', iss: one.iss }), row({ name: 'two', iss: two.iss })]
  const { report } = await clinic({ organisation: { issuers, sharesIds: false } })

  const { parts, visits } = await report()

  const said = parts.flatMap(({ findings }) => findings.filter(({ id }) => id === 'authorize'))
  expect(said.map(({ result, means }) => [result, means])).toEqual(
    [one, two].map(() => ['failed', 'Another EHR on the list goes by its issuer: nobody signs in at either.']),
  )
  expect(visits).toBe('would-not-work')
})
