// Whoever mends the settings does so once: what is wrong in one place hides nothing of another, and each line says what to do.
import { expect, test } from 'vitest'
import { type Env, issuer, problemsIn, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const problemsOf = (env: Env, ...organisations: readonly object[]) =>
  problemsIn({ ...env, HOUSECALL_CONFIG: fileOf({ organisations }) })

const clinic = (id: string, iss: string) => ({
  ...{ id, name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York' },
  issuers: [{ ...issuer, iss }],
  jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
})
const riverside = clinic('riverside', 'https://riverside.example/fhir')
const harbor = clinic('harbor', 'https://harbor.example/fhir')
const random = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const good: Env = {
  ...{ HOUSECALL_URL: 'https://visits.example', HOUSECALL_DATA: '/var/lib/housecall' },
  ...{ HOUSECALL_SEAL_KEYS: `k1:${random}`, HOUSECALL_ROOM_KEY: random },
  ...{ HOUSECALL_JITSI_SECRET_RIVERSIDE: random, HOUSECALL_JITSI_SECRET_HARBOR: random },
}

/** Each is one mistake: what it makes of the environment, of one clinic and of the other. */
const mistakes: readonly { env?: Env; riverside?: object; harbor?: object }[] = [
  { env: { HOUSECALL_URL: undefined } },
  { env: { HOUSECALL_PORT: '99999' } },
  { env: { HOUSECALL_LOG: 'loud' } },
  { env: { HOUSECALL_JITSI_SECRET_RIVERSIDE: undefined } },
  { env: { HOUSECALL_JITSI_SECRET_HARBOR: 'short' } },
  { riverside: { timeZone: 'Mars/Olympus' } },
  { riverside: { colour: 'blue' } },
  { riverside: { phone: undefined } },
  { riverside: { jitsi: { origin: 'meet.example', issuer: 'housecall', tenant: 'a', subject: 'b' } } },
  { riverside: { policies: { recording: true, endToEnd: true, drafts: 'yes' } } },
  {
    riverside: {
      issuers: [
        { ...issuer, iss: 'nowhere', client: 'client_secret_basic' },
        { ...issuer, client: 'x' },
      ],
    },
  },
  {
    harbor: { issuers: [{ ...issuer, clientSecret: 'HOUSECALL_CLIENT_SECRET_HARBOR', client: 'client_secret_post' }] },
  },
]
const made = (...some: typeof mistakes) => {
  const all = (of: 'env' | 'riverside' | 'harbor') => Object.assign({}, ...some.map((one) => one[of])) as object // sound: of objects alone
  return problemsOf({ ...good, ...all('env') }, { ...riverside, ...all('riverside') }, { ...harbor, ...all('harbor') })
}

test('what each mistake says alone is said where all of them are made at once', () => {
  const alone = mistakes.map((one) => made(one))
  const together = made(...mistakes)

  expect(made()).toEqual([])
  expect(alone.filter((said) => said.length === 0)).toEqual([])
  expect(alone.flat().filter((line) => !together.includes(line))).toEqual([])
})

test('an issuer of a clinic in which something else is wrong has its variable told of, and so have our own keys', () => {
  const secretive = { ...issuer, client: 'client_secret_post', clientSecret: 'HOUSECALL_CLIENT_SECRET_PORTAL' }
  const keyed = { ...issuer, name: 'ours', client: 'private_key_jwt' }

  const said = problemsOf(good, { ...riverside, timeZone: 'Mars/Olympus', issuers: [secretive, keyed] }).join('\n')

  expect(said).toMatch(/^HOUSECALL_CLIENT_SECRET_PORTAL: is not set; it is the secret that the EHR gave us/m)
  expect(said).toMatch(/^HOUSECALL_CLIENT_KEYS: is not set, .* makes them$/m)
})

test('keys that are set and cannot be read are told of once', () => {
  const keyed = { ...riverside, issuers: [{ ...issuer, client: 'private_key_jwt' }] }

  expect(problemsOf({ ...good, HOUSECALL_CLIENT_KEYS: '/nowhere.json' }, keyed)).toEqual([
    'HOUSECALL_CLIENT_KEYS: names a file that cannot be read as JSON',
  ])
})

test('each line says what to do, in no words that are a programmer’s', () => {
  const lines = made(...mistakes)

  expect(lines.filter((line) => /Invalid|expected|received|Unrecognized|Too (small|big)|undefined/.test(line))).toEqual(
    [],
  )
  for (const line of [
    'HOUSECALL_URL: is not set; it is the address people see, such as https://visits.example.org',
    'HOUSECALL_JITSI_SECRET_RIVERSIDE: is not set; `npm run keys -- <directory> --organisation <id>` makes it',
    'HOUSECALL_PORT: must be at most 65535',
    'HOUSECALL_LOG: must be "silent" or "error" or "warn" or "info"',
    'HOUSECALL_CONFIG at organisations.0: "colour": there is no such setting here; mend its name, or take it out',
    'HOUSECALL_CONFIG at organisations.0.phone: is missing: it must be a text in quotes',
    'HOUSECALL_CONFIG at organisations.0.policies.drafts: must be true or false',
    'HOUSECALL_CONFIG at organisations.0.jitsi.origin: must be a whole address, such as https://ehr.example.org/fhir/r4',
  ])
    expect(lines).toContain(line)
})
