// Owns a clinic for the doctor's tests: settings in files as an administrator writes them, the EHR they name, a Jitsi, and in the app's
// place something that answers for its health and its keys as a test wants.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { doctorForOrganisation } from '../../doctor/examine.ts'
import type { Client, Ehr } from '../../sandbox/ehr/contract.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { startJitsi } from '../../sandbox/jitsi/main.ts'
import { keyPair } from '../../sandbox/key-pair.ts'
import { type Config, readConfig } from '../../server/settings/config.ts'
import { publicKeys } from '../../server/settings/public-keys.ts'
import { type Script, startScripted, worldOf } from './doctor.ts'

export const secrets = {
  HOUSECALL_SEAL_KEYS: `k1:${'c2VhbA'.repeat(8).slice(0, 43)}`,
  HOUSECALL_ROOM_KEY: 'cm9vbQ'.repeat(8).slice(0, 43),
  HOUSECALL_JITSI_SECRET_RIVERSIDE: 'jitsi-secret-jitsi-secret-jitsi-secret',
}

type Told = {
  readonly personality?: Personality
  /** How the EHR knows the app; unless told, as the issuers prove themselves. */
  readonly registered?: Partial<Client>
  /** Beside iss, title, clientId and client, for each issuer. */
  readonly issuer?: Readonly<Record<string, unknown>>
  readonly organisation?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  /** What answers in the app's place, beside its health and its keys. */
  readonly app?: Script
  /** Whose pages may show Jitsi's rooms; ours and the EHR's unless told. */
  readonly jitsiNames?: (ours: string, ehr: string) => string[]
  /** Only the clinicians' base URL is listed. */
  readonly oneSide?: boolean
}

/** A P-384 key as the settings keep it. */
export function clientKey(kid: string) {
  const { privateKey } = keyPair('ES384')
  return { ...privateKey, kid, alg: 'ES384' as const, kty: 'EC', d: privateKey.d ?? '' }
}

export async function openClinic(told: Told = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-clinic-'))
  const key = clientKey('ours')
  const app = await startScripted({
    '/healthz': { body: { status: 'ok' } },
    '/.well-known/jwks.json': { body: publicKeys([key]) },
    ...told.app,
  })
  const ehr = await startEhr({
    clients: [
      {
        clientId: 'housecall',
        redirectUris: ['ehr', 'clinicians', 'patients'].map((name) => `${app.origin}/smart/callback/riverside/${name}`),
        auth: { kind: 'private_key_jwt', jwksUrl: `${app.origin}/.well-known/jwks.json` },
        ...told.registered,
      },
    ],
    ...{ launchUrls: [], resources: [] },
    ...(told.personality === undefined ? {} : { personality: told.personality }),
  })
  const jitsi = await startJitsi({
    issuer: 'housecall',
    audience: 'jitsi',
    domain: 'meet.jitsi',
    secret: 'x'.repeat(32),
    frameAncestors: told.jitsiNames?.(app.origin, ehr.origin) ?? [app.origin, ehr.origin],
  })
  const env = await settings(
    folder,
    key,
    { ehr, url: app.origin, jitsi: { origin: jitsi.origin, script: jitsi.script() } },
    told,
  )
  return {
    ...{ ehr, jitsi, app, env, folder },
    report: (world = worldOf()) => {
      const config: Config = readConfig(env)
      const [organisation] = config.organisations
      if (organisation === undefined) throw new Error('the settings have an organisation')
      return doctorForOrganisation(world, config, organisation)
    },
    close: async () => {
      await Promise.all([ehr.close(), jitsi.close(), app.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Places = { readonly ehr: Ehr; readonly url: string; readonly jitsi: object }

async function settings(folder: string, key: object, { ehr, url, jitsi }: Places, told: Told) {
  const { provider, patient } = ehr.issuers
  const bases = provider === patient || told.oneSide ? [provider] : [provider, patient]
  const issuers = bases.map((iss) => ({
    ...{ iss, title: 'Clinic record', clientId: 'housecall', client: 'private_key_jwt' },
    name: bases.length === 1 ? 'ehr' : iss === patient ? 'patients' : 'clinicians',
    ...(bases.length === 1 ? {} : { people: iss === patient ? 'patients' : 'clinicians' }),
    ...told.issuer,
  }))
  const organisation = {
    ...{ id: 'riverside', name: 'Riverside Family Clinic', phone: '555-0100', timeZone: 'America/New_York' },
    ...(bases.length === 1 ? {} : { sharesIds: true }),
    ...{ issuers, jitsi: { ...jitsi, issuer: 'housecall' }, frameAncestors: [ehr.origin] },
    ...told.organisation,
  }
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  return {
    ...secrets,
    HOUSECALL_CONFIG: await file('organisations.json', { organisations: [organisation] }),
    HOUSECALL_CLIENT_KEYS: await file('client-keys.json', { keys: [key] }),
    HOUSECALL_URL: url,
    HOUSECALL_DATA: folder,
    ...told.env,
  }
}
