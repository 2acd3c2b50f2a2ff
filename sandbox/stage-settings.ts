// Owns the settings of the app on a stage: one clinic at the sandbox's EHR and Jitsi, with secrets of its own.
// Keeps nothing from one stage to the next.
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clinic } from '../fhir-fixtures/clinic.ts'
import { consentFor } from './consent-texts.ts'
import type { Ehr } from './ehr/contract.ts'
import { keyPair } from './key-pair.ts'

export const randomText = (bytes: number) => randomBytes(bytes).toString('base64url')

type Kept = { readonly data: string; readonly logLevel?: string }

export type AppEnv = Record<string, string>
export type StagePlaces = {
  /** Its origin, and where it listens itself. */
  app: string
  port: number
  /** Whose certificates it believes beside those that everybody does: the path of a PEM file. */
  believes?: string
  issuers: Ehr['issuers']
  ehr: string
  jitsi: object
  policies: object
  /** Patients may read the pages in the other languages too, with the clinic's own texts. */
  inAllLanguages: boolean
  /** The clinic asks for consent to telehealth, by a text of its own. */
  asksConsent: boolean
  scopes: string | undefined
  /** Of the clinic's mail server, where it has one. */
  mailPort?: number
  jitsiSecret: string
  /** What Jitsi's server shows when it asks whether a room may begin. */
  jitsiEvents: string
}

/** Fresh secrets for each stage; nothing is kept from one to the next. */
export async function settingsOf({ data, logLevel = 'warn' }: Kept, at: StagePlaces): Promise<AppEnv> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const config = join(data, 'organisations.json')
  const keys = join(data, 'client-keys.json')
  const key = { ...keyPair('ES384').privateKey, kid: randomText(8), alg: 'ES384', use: 'sig' }
  await writeFile(config, JSON.stringify({ organisations: [organisation(at)] }, undefined, 2), { mode: 0o600 })
  await writeFile(keys, JSON.stringify({ keys: [key] }), { mode: 0o600 })
  return {
    HOUSECALL_CONFIG: config,
    HOUSECALL_URL: at.app,
    HOUSECALL_HOST: 'localhost',
    HOUSECALL_PORT: String(at.port),
    HOUSECALL_DATA: data,
    HOUSECALL_SEAL_KEYS: `demo:${randomText(32)}`,
    HOUSECALL_ROOM_KEY: randomText(32),
    HOUSECALL_CLIENT_KEYS: keys,
    HOUSECALL_JITSI_SECRET_HARBOR: at.jitsiSecret,
    HOUSECALL_JITSI_EVENTS_HARBOR: at.jitsiEvents,
    HOUSECALL_LOG: logLevel,
    ...(at.believes !== undefined && { NODE_EXTRA_CA_CERTS: at.believes }),
  }
}

/** The clinic's own texts in each other language that there is. */
const texts = {
  es: {
    emergency: 'Nadie vigila esta página a todas horas. En una emergencia, llame al 911.',
    beforeVisit: 'Tenga a mano sus medicamentos, sus últimos informes médicos y un vaso de agua.',
  },
  fr: {
    emergency: 'Cette page n’est pas surveillée en permanence. En cas d’urgence, appelez le 911.',
    beforeVisit: 'Gardez à portée de main vos médicaments, vos derniers courriers médicaux et un verre d’eau.',
  },
  ar: {
    emergency: 'هذه الصفحة لا تُراقَب على مدار الساعة. في حالة الطوارئ، اتصل بالرقم 911.',
    beforeVisit: 'ضع أدويتك وآخر تقاريرك الطبية وكوب ماء في متناول يدك.',
  },
  'zh-Hans': {
    emergency: '本页面并非全天有人值守。如遇紧急情况，请拨打 911。',
    beforeVisit: '请把您的药物、最近的就诊信件和一杯水放在手边。',
  },
}

const mailAt = (port: number) => ({
  ...{ host: '127.0.0.1', port, tls: 'none', loopback: true },
  from: { name: 'Harbor', address: 'visits@harbor.example' },
})

const organisation = ({
  issuers,
  ehr,
  jitsi,
  policies,
  scopes,
  inAllLanguages,
  asksConsent,
  mailPort,
}: StagePlaces) => ({
  id: 'harbor',
  name: clinic.organization.name,
  phone: '555-0100',
  timeZone: clinic.timeZone,
  accent: '#0b6b6b',
  emergency: 'This page is not watched at all hours. In an emergency, call 911.',
  beforeVisit: 'Keep your medicines, your last letters and a glass of water at hand.',
  ...(inAllLanguages && { languages: ['en', ...Object.keys(texts)], texts }),
  ...(asksConsent && { consent: consentFor(inAllLanguages) }),
  ...listed(issuerRows(issuers).map((row) => ({ ...row, ...(scopes !== undefined && { scopes }) }))),
  jitsi,
  frameAncestors: [ehr],
  policies,
  ...(mailPort !== undefined && { mail: mailAt(mailPort) }),
})

/** Two base URLs of the sandbox are two doors to one hospital. */
const listed = (issuers: readonly object[]) => (issuers.length > 1 ? { issuers, sharesIds: true } : { issuers })
const names = ['ehr', 'staff', 'patients'] as const

/** Each of the issuers below has its own. */
export const redirectUris = (app: string) => names.map((name) => `${app}/smart/callback/harbor/${name}`)

/** One base URL, or one for the staff and one for the patients. */
function issuerRows({ provider, patient }: Ehr['issuers']) {
  const row = (name: (typeof names)[number], iss: string, title: string) => ({
    ...{ name, iss, title, clientId: 'housecall', client: 'private_key_jwt' },
  })
  return provider === patient
    ? [row('ehr', provider, 'Sandbox EHR')]
    : [
        { ...row('staff', provider, 'Sandbox EHR (staff)'), people: 'clinicians' },
        { ...row('patients', patient, 'Sandbox EHR (patients)'), people: 'patients' },
      ]
}
