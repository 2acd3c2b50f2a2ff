import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { hapi, launcherOverHapi } from '../../../sandbox/ehr/personalities/hapi.ts'
import { authorization, authorize, exchange, type Fhir, fhirWith, launchUrls, publicClient, reply } from './app.ts'
import { entriesOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients

let ehr: Ehr
let nobody: Fhir
beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: hapi })
  nobody = fhirWith(ehr, undefined)
})
afterAll(() => ehr.close())

test('nobody can sign in: there is no smart-configuration', async () => {
  expect((await fetch(`${ehr.iss}/.well-known/smart-configuration`)).status).toBe(404)
})

test('its statement says HAPI, also through the launcher', async () => {
  const front = await startEhr({ clients: [publicClient], launchUrls, personality: launcherOverHapi })
  const said = async (iss: string) => (await reply(await fetch(`${iss}/metadata`))).body.software

  const both = [await said(ehr.iss), await said(front.iss)]
  await front.close()

  expect(both).toEqual(Array(2).fill({ name: 'HAPI FHIR Server', version: '8.8.0' }))
})

test('a search is answered from a cache, unless the request says no-cache', async () => {
  const search = (headers = {}) =>
    nobody('GET', `DocumentReference?patient=${margaret.id}&status=current`, undefined, headers)

  const before = entriesOf(await search()).length
  const made = await nobody('POST', 'DocumentReference', noteOf(margaret, 'Words.'))
  const cached = entriesOf(await search()).length
  const fresh = entriesOf(await search({ 'cache-control': 'no-cache' })).length

  expect([made.status, cached, fresh]).toEqual([201, before, before + 1])
})

test('the launcher sends back who comes without a launch, and takes no made-up code from anybody', async () => {
  const front = await startEhr({ clients: [publicClient], launchUrls, personality: launcherOverHapi })
  const back = await authorize(front, authorization(front, { scope: 'openid fhirUser launch/patient' }))
  const codes = [await exchange(front, 'made-up'), await exchange(front, 'made-up', { client_id: 'nobody' })]
  await front.close()

  expect([back?.searchParams.get('error'), back?.searchParams.get('error_description')]).toEqual([
    ...['invalid_request', 'Invalid launch options'],
  ])
  expect(codes.map(({ status, body }) => [status, body.error])).toEqual(Array(2).fill([401, 'invalid_client']))
})
