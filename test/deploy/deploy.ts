// Owns the reading of what deploys the app: YAML with its merges, files of variables, the steps of an image, the names of settings.
import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'

export const text = (path: string) => readFileSync(path, 'utf8')

/** Every document of a YAML file; refuses one that is not well formed, or uses a key twice. */
export function yamlOf(path: string): readonly unknown[] {
  return parseAllDocuments(text(path), { merge: true, strict: true, uniqueKeys: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings]
    if (problem !== undefined) throw problem
    return document.toJS() as unknown
  })
}

const Mount = z.strictObject({
  type: z.literal('bind'),
  source: z.string(),
  target: z.string(),
  read_only: z.boolean().optional(),
  bind: z.strictObject({ create_host_path: z.literal(false) }),
})
/** Strict: what a test has not heard of yet must be looked at by somebody. */
const Service = z.strictObject({
  image: z.string(),
  restart: z.string(),
  read_only: z.literal(true),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  cap_add: z.array(z.string()).default([]),
  container_name: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.union([Mount, z.string()])).default([]),
  tmpfs: z.array(z.string()),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  stop_grace_period: z.string().optional(),
  networks: z
    .union([z.array(z.string()), z.record(z.string(), z.unknown()).transform((named) => Object.keys(named))])
    .default([]),
})
export type Service = z.infer<typeof Service>

const Network = z.strictObject({
  internal: z.boolean().optional(),
  ipam: z.strictObject({ config: z.tuple([z.strictObject({ subnet: z.string() })]) }).optional(),
})

const Compose = z.looseObject({
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), Network.nullable()),
  volumes: z.record(z.string(), z.null()).default({}),
})

export const composeFile = 'deploy/compose.yaml'
export const compose = (file = composeFile) => Compose.parse(yamlOf(file)[0])

const Addressed = z.record(z.string(), z.strictObject({ ipv4_address: z.string() }).nullable())
/** The addresses that a service was given, by network. */
export function addressesOf(service: string, file = composeFile): Readonly<Record<string, string>> {
  const { services } = z.looseObject({ services: z.record(z.string(), z.looseObject({})) }).parse(yamlOf(file)[0])
  const named = Addressed.parse(services[service]?.networks)
  return Object.fromEntries(Object.entries(named).flatMap(([n, at]) => (at === null ? [] : [[n, at.ipv4_address]])))
}

/** The lines of a file of variables, as compose and Node read them. */
export const variablesOf = (content: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    content
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

/** The names of the app's settings in a text; those of one organisation or issuer by what they have in common. */
export function settingsIn(content: string): readonly string[] {
  const names = [...content.matchAll(/HOUSECALL_[A-Z]+(?:_[A-Z]+)*/g)].map(([name]) => name)
  return [...new Set(names.map((name) => /^HOUSECALL_(JITSI|CLIENT)_SECRET/.exec(name)?.[0] ?? name))].sort()
}

/** For a clinic, out of Jitsi's sources: each line keeps somebody out of a room, or a visit from being recorded. */
export const clinicJitsi = {
  ENABLE_AUTH: '1',
  AUTH_TYPE: 'jwt',
  JICOFO_ENABLE_AUTH: '0',
  ENABLE_AUTO_OWNER: '0',
  ENABLE_GUESTS: '0',
  JWT_APP_ID: 'housecall',
  JWT_ACCEPTED_ISSUERS: 'housecall',
  JWT_ACCEPTED_AUDIENCES: 'jitsi',
  JWT_ALLOW_EMPTY: '0',
  JWT_ENABLE_DOMAIN_VERIFICATION: '1',
  ENABLE_LOBBY: '1',
  ENABLE_BREAKOUT_ROOMS: '0',
  XMPP_MODULES: 'persistent_lobby,presence_identity,filter_iq_jibri,filter_iq_rayo',
  XMPP_MUC_MODULES: 'token_affiliation,token_lobby_bypass,lobby_autostart,token_no_wildcard,muc_displayname',
  PROSODY_ENABLE_FILTER_MESSAGES: '1',
  ENABLE_RECORDING: '0',
  ENABLE_TRANSCRIPTIONS: '0',
  DISABLE_LOCAL_RECORDING: '1',
  ENABLE_WELCOME_PAGE: '0',
  DISABLE_DEEP_LINKING: '1',
  DISABLE_POLLS: '1',
  CSP_HEADER: `frame-ancestors https://\${APP_HOST} \${EHR_FRAMES}`,
}

export type Instruction = { readonly verb: string; readonly words: string }

/** The instructions of the image's recipe, continued lines put together, by stage. */
export function stagesOf(path: string): Readonly<Record<string, readonly Instruction[]>> {
  const lines = text(path)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: Record<string, Instruction[]> = {}
  let stage = ''
  for (const line of lines) {
    const [verb = '', words = ''] = line.split(/\s+(.*)/s)
    if (verb === 'FROM') stage = / AS (\w+)$/.exec(words)?.[1] ?? `unnamed ${words}`
    stages[stage] ??= []
    stages[stage]?.push({ verb, words })
  }
  return stages
}
