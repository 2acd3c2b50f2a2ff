// What the demo registers for an app of somebody's own, by its settings, and what it refuses to register.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownApp } from '../../sandbox/own-app.ts'

const places = {
  bases: ['http://127.0.0.1:4010/staff', 'http://127.0.0.1:4010/patients'],
  jitsi: 'http://127.0.0.1:4020',
}
const url = 'http://localhost:4000'
const jitsi = { origin: places.jitsi, issuer: 'housecall' }
const issuer = { name: 'staff', iss: places.bases[0], clientId: 'ours', client: 'private_key_jwt' }

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housecall-own-app-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const clinic = (issuers: readonly object[], more = {}) => ({ id: 'river-side', issuers, jitsi, ...more })

async function registered(organisations: readonly object[], env: Readonly<Record<string, string>> = {}) {
  const [settings, config] = [join(folder, 'housecall.env'), join(folder, 'organisations.json')]
  const all = {
    ...{ HOUSECALL_CONFIG: config, HOUSECALL_URL: url },
    ...{ HOUSECALL_JITSI_SECRET_RIVER_SIDE: 'jitsi-secret', HOUSECALL_CLIENT_SECRET_PORTAL: 'portal-secret', ...env },
  }
  await writeFile(config, JSON.stringify({ organisations }))
  await writeFile(
    settings,
    Object.entries(all)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  return ownApp(settings, places)
}

test('each issuer at the demo’s EHR is registered with its own redirect URI and in its own way, and Jitsi asks the app before a room begins', async () => {
  const { iss, ...portal } = { ...issuer, name: 'portal', clientId: 'portal', iss: `${places.bases[1]}/` }
  const elsewhere = { ...issuer, name: 'elsewhere', iss: 'https://ehr.example.org/fhir' }
  const bySecret = { ...portal, iss, client: 'client_secret_basic', clientSecret: 'HOUSECALL_CLIENT_SECRET_PORTAL' }

  const app = await registered([clinic([issuer, bySecret, elsewhere])], { HOUSECALL_JITSI_EVENTS_RIVER_SIDE: 'events' })

  expect(app).toEqual({
    url,
    clients: [
      {
        ...{ clientId: 'ours', redirectUris: [`${url}/smart/callback/river-side/staff`] },
        auth: { kind: 'private_key_jwt', jwksUrl: `${url}/.well-known/jwks.json` },
      },
      {
        ...{ clientId: 'portal', redirectUris: [`${url}/smart/callback/river-side/portal`] },
        auth: { kind: 'secret', secret: 'portal-secret', by: 'basic' },
      },
    ],
    realm: { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: 'jitsi-secret' },
    reservations: { prefix: `${url}/jitsi/reservations`, authorization: 'Bearer events' },
  })
})

test('one client id under two issuers is one registration with both redirect URIs, and a public one has nothing to prove itself with', async () => {
  const both = [
    { ...issuer, client: 'public' },
    { ...issuer, client: 'public', name: 'patients', iss: places.bases[1], commonRedirect: true },
  ]

  const { clients } = await registered([clinic(both)])

  const redirectUris = [`${url}/smart/callback/river-side/staff`, `${url}/smart/callback`]
  expect(clients).toEqual([{ clientId: 'ours', redirectUris, auth: { kind: 'public' } }])
})

test.each([
  [
    'issuers elsewhere alone',
    [clinic([{ ...issuer, iss: 'https://ehr.example.org/fhir' }])],
    {},
    /has the "iss" of this demo's EHR: http:\/\/127\.0\.0\.1:4010\/staff or/,
  ],
  [
    'another Jitsi',
    [clinic([issuer], { jitsi: { ...jitsi, origin: 'https://meet.example.org' } })],
    {},
    /is https:\/\/meet\.example\.org; this demo's is http:\/\/127\.0\.0\.1:4020/,
  ],
  [
    'keys in place of a secret for Jitsi',
    [clinic([issuer], { jitsi: { ...jitsi, signing: 'RS256' } })],
    {},
    /leave "signing" and "audience" of river-side out/,
  ],
  [
    'two clinics at one hospital',
    [clinic([issuer]), clinic([issuer], { id: 'other' })],
    {},
    /river-side and other both say that it is theirs/,
  ],
  [
    'an address that others reach',
    [clinic([issuer])],
    { HOUSECALL_URL: 'https://visits.example.org' },
    /an address of this machine, such as/,
  ],
  [
    'no secret for Jitsi',
    [clinic([issuer])],
    { HOUSECALL_JITSI_SECRET_RIVER_SIDE: '' },
    /have no HOUSECALL_JITSI_SECRET_RIVER_SIDE/,
  ],
  [
    'an issuer without a client',
    [clinic([{ ...issuer, client: undefined }])],
    {},
    /cannot be read as organisations:.*issuers\[0\]\.client/s,
  ],
])('settings with %s are refused in a sentence', async (_what, organisations, env, says) => {
  await expect(registered(organisations, env)).rejects.toThrow(says)
})

test('a file that is not there is named', async () => {
  await expect(ownApp(join(folder, 'none.env'), places)).rejects.toThrow(
    /none\.env, the file of settings, cannot be read \(ENOENT\)/,
  )
})
