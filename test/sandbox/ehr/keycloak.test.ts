import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { keycloak } from '../../../sandbox/ehr/personalities/keycloak.ts'
import { scopesFor } from '../../../server/domain/ehr/scopes.ts'
import { authorization, authorize, exchange, fhirWith, launchUrls, publicClient, token } from './app.ts'

const { margaret } = clinic.patients
const { chen } = clinic.practitioners
const visit = { user: chen.reference, patient: margaret.id, appointment: clinic.appointments.margaret.id } as const
const asked = scopesFor(keycloak.capabilities, 'ehr')
const minute = 60_000

let ehr: Ehr
let skewMs = 0
beforeAll(async () => {
  const now = () => new Date(Date.now() + skewMs)
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: keycloak, now })
})
afterAll(() => ehr.close())

const comingBack = async (scope: string): Promise<URLSearchParams> => {
  const { searchParams } = new URL(await ehr.launchUrl(visit))
  const { launch } = Object.fromEntries(searchParams)
  const back = await authorize(
    ehr,
    authorization(ehr, { launch, scope, state: 'a-state-of-forty-three-characters-or-so' }),
  )
  return back?.searchParams ?? new URLSearchParams()
}

test('the browser comes back with whose answer it is, and with a session', async () => {
  const back = Object.fromEntries(await comingBack(asked))

  expect(Object.keys(back).sort()).toEqual(['code', 'iss', 'session_state', 'state'])
  expect(back.iss).toBe(`${ehr.origin}/oauth`)
})

test('all the scopes that the app asks for have been made', () => {
  expect(asked.split(' ').filter((scope) => !keycloak.smart?.scopesSupported?.includes(scope))).toEqual([])
})

test.each(['user/Observation.rs', 'user/Appointment.rs', 'launch/encounter'])(
  'a scope that nobody has made is invalid_scope, with the state: %s',
  async (scope) => {
    const back = Object.fromEntries(await comingBack(`${asked} ${scope}`))

    expect(back).toMatchObject({ error: 'invalid_scope', state: 'a-state-of-forty-three-characters-or-so' })
    expect(back.code).toBeUndefined()
  },
)

test('a token lives for a minute and tells no context: no patient, no banner, no style', async () => {
  const { body } = await exchange(ehr, (await comingBack(asked)).get('code') ?? '')
  const fhir = fhirWith(ehr, String(body.access_token))

  expect(body.expires_in).toBe(60)
  expect(Object.keys(body).sort()).toEqual([
    ...['access_token', 'expires_in', 'id_token', 'refresh_token', 'scope', 'token_type'],
  ])
  expect((await fhir('GET', `Patient/${ehr.idOf(margaret.id)}`)).status).toBe(200)
  skewMs += minute
  expect((await fhir('GET', `Patient/${ehr.idOf(margaret.id)}`)).status).toBe(401)
  const again = await token(ehr, {
    ...{ grant_type: 'refresh_token', refresh_token: String(body.refresh_token), client_id: 'app' },
  })
  expect(again.status).toBe(200)
})

test('a made-up code is invalid_grant for a client it knows, and invalid_client for another', async () => {
  const of = async (changes: Record<string, string> = {}) => (await exchange(ehr, 'made-up', changes)).body.error

  expect([await of(), await of({ client_id: 'nobody' })]).toEqual(['invalid_grant', 'invalid_client'])
})
