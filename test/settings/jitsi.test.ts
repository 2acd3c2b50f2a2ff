// What an administrator says of a clinic's Jitsis, keys and calls: read as it stands, completed, or named as wrong without a secret in it.
import { describe, expect, test } from 'vitest'
import { keyPair } from '../../sandbox/key-pair.ts'
import { readConfig } from '../../server/settings/config.ts'
import { type Env, issuer, problemsIn, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const sha256 = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const sha384 = 'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb'
const plain = { origin: 'https://meet.example', issuer: 'housecall' }
const clinic = (jitsi: object, policies: object = {}) =>
  fileOf({
    organisations: [
      {
        ...{ id: 'river-side', name: 'Riverside', phone: '555-0100', timeZone: 'America/New_York' },
        ...{ issuers: [issuer], jitsi: { ...plain, ...jitsi }, policies },
      },
    ],
  })
const secret = 'jitsi-secret-jitsi-secret-jitsi-secret'
const rest = {
  ...{ HOUSECALL_URL: 'https://visits.example', HOUSECALL_DATA: '/var/lib/housecall' },
  HOUSECALL_SEAL_KEYS: `k1:${'c2VhbA'.repeat(8).slice(0, 43)}`,
  HOUSECALL_ROOM_KEY: 'cm9vbQ'.repeat(8).slice(0, 43),
}
const bySecret = { ...rest, HOUSECALL_JITSI_SECRET_RIVER_SIDE: secret }

const read = (env: Env) => readConfig(env).organisations[0]
const rsa = (kid: string, bits = 2048) => ({
  ...keyPair('RS256', bits).privateKey,
  ...{ kid, alg: 'RS256' },
})
const strong = rsa('now')

describe('a clinic’s Jitsis', () => {
  test('what is not said of a second one is as at the first', () => {
    const jitsi = {
      ...{ audience: 'visits', tenant: 'clinic1' },
      fallback: [
        { origin: 'https://two.example' },
        { origin: 'https://three.example', issuer: 'other', audience: 'else', subject: 'meet.jitsi' },
        { origin: 'https://four.example', tenant: 'clinic-four' },
      ],
    }

    const servers = read({ ...bySecret, HOUSECALL_CONFIG: clinic(jitsi) })?.jitsi.servers

    const same = { issuer: 'housecall', audience: 'visits' }
    expect(servers).toEqual([
      { origin: 'https://meet.example', ...same, subject: 'clinic1', tenant: 'clinic1' },
      { origin: 'https://two.example', ...same, subject: 'clinic1', tenant: 'clinic1' },
      { origin: 'https://three.example', issuer: 'other', audience: 'else', subject: 'meet.jitsi' },
      { origin: 'https://four.example', ...same, subject: 'clinic-four', tenant: 'clinic-four' },
    ])
  })

  test('may approve one script or several of each Jitsi; those of the first approve none of another', () => {
    const servers = (script: unknown, second: unknown) =>
      read({
        ...bySecret,
        HOUSECALL_CONFIG: clinic({ script, fallback: [{ origin: 'https://two.example', script: second }] }),
      })?.jitsi.servers.map((one) => one.script)

    expect(servers(sha256, [sha384, sha256])).toEqual([[sha256], [sha384, sha256]])
    expect(servers([sha384], undefined)).toEqual([[sha384], undefined])
  })

  test.each<[what: string, jitsi: object, says: RegExp]>([
    ['a wildcard for a domain', { subject: '*' }, /jitsi\.subject.*never \*/],
    ['a tenant in capitals', { tenant: 'Clinic1' }, /jitsi\.tenant.*lower-case/],
    ['a tenant that is a path', { tenant: 'a/b' }, /jitsi\.tenant/],
    ['a tenant beside a domain', { tenant: 'clinic1', subject: 'meet.jitsi' }, /jitsi\.subject.*tenant/],
    ['the same Jitsi twice', { fallback: [{ origin: plain.origin }] }, /jitsi\.fallback.*twice/],
    ['a second one without TLS', { fallback: [{ origin: 'http://two.example' }] }, /fallback\.0\.origin.*https/],
    [
      'a second one’s domain beside a tenant',
      { fallback: [{ origin: 'https://two.example', tenant: 'a', subject: 'b' }] },
      /fallback\.0\.subject/,
    ],
    ['an algorithm nobody takes', { signing: 'none' }, /jitsi\.signing/],
    ['a script without its algorithm', { script: sha384.slice(7) }, /jitsi\.script\.0: must be a hash such as/],
    ['a script by an old algorithm', { script: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, /jitsi\.script/],
    ['half a hash', { script: [sha384, 'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P2'] }, /jitsi\.script\.1/],
    ['a hash of one algorithm under the name of another', { script: sha384.replace('384', '256') }, /jitsi\.script/],
    ['a hash as an address writes it', { script: sha256.replace('+', '-') }, /jitsi\.script/],
    ['two hashes in one text', { script: `${sha256} ${sha384}` }, /jitsi\.script/],
    ['no script at all', { script: [] }, /jitsi\.script: must hold a hash, or be left out/],
    ['a script that is a number', { script: 7 }, /jitsi\.script/],
    ['a second one’s script', { fallback: [{ origin: 'https://two.example', script: 'x' }] }, /fallback\.0\.script/],
  ])('%s is named as wrong', (_what, jitsi, says) => {
    expect(problemsIn({ ...bySecret, HOUSECALL_CONFIG: clinic(jitsi) }).join('\n')).toMatch(says)
  })
})

describe('a clinic that signs by a key', () => {
  const config = clinic({ signing: 'RS256' })
  const name = 'HOUSECALL_JITSI_KEYS_RIVER_SIDE'

  test('needs no secret; the first of its keys signs', () => {
    const env = { ...rest, HOUSECALL_CONFIG: config, [name]: fileOf({ keys: [strong, rsa('next')] }) }

    const clinic = read(env)

    expect(clinic?.jitsiSigner).toMatchObject({ alg: 'RS256', key: { kid: 'now' } })
    expect(clinic?.jitsiKeys.map(({ kid }) => kid)).toEqual(['now', 'next'])
  })

  test('may publish its keys while it still signs by a secret', () => {
    const env = { ...bySecret, HOUSECALL_CONFIG: clinic({}), [name]: fileOf({ keys: [strong] }) }

    expect(read(env)).toMatchObject({ jitsiSigner: { alg: 'HS256' }, jitsiKeys: [{ kid: 'now' }] })
  })

  test.each<[what: string, file: string | undefined, says: RegExp]>([
    ['no file', undefined, /is not set/],
    ['a file that is not there', '/nowhere.json', /cannot be read/],
    ['an empty set', fileOf({ keys: [] }), /keys/],
    ['a key for EHRs', fileOf({ keys: [{ ...strong, alg: 'RS384' }] }), /keys\.0\.alg/],
    ['a key without a name', fileOf({ keys: [{ ...strong, kid: '' }] }), /keys\.0\.kid/],
    [
      'the public half alone',
      fileOf({ keys: [{ kty: 'RSA', kid: 'k', alg: 'RS256', n: strong.n, e: strong.e }] }),
      /keys\.0\.d/,
    ],
    [
      'a key in pieces',
      fileOf({ keys: [{ kty: 'RSA', kid: 'k', alg: 'RS256', d: strong.d }] }),
      /whole private RSA key/,
    ],
    ['a weak key', fileOf({ keys: [rsa('weak', 1024)] }), /2048 bits/],
    ['two keys of one name', fileOf({ keys: [strong, strong] }), /kid of its own/],
  ])('and has %s is told so, in words that hold no key', (_what, file, says) => {
    const problems = problemsIn({ ...rest, HOUSECALL_CONFIG: config, [name]: file })

    expect(problems.find((line) => line.startsWith(name))).toMatch(says)
    for (const part of [strong.d, strong.n, strong.p]) expect(problems.join('\n')).not.toContain(part)
  })
})

describe('a clinic’s word on its calls', () => {
  test('is no recording where calls are encrypted between the browsers', () => {
    const config = clinic({}, { recording: true, endToEnd: true })

    expect(problemsIn({ ...bySecret, HOUSECALL_CONFIG: config }).join('\n')).toMatch(/policies\.recording.*"endToEnd"/)
  })

  test.each([{ names: 'initials' }, { chat: 'yes' }, { livestream: true }])(
    'that says %o is named as wrong',
    (policies) => {
      const problems = problemsIn({ ...bySecret, HOUSECALL_CONFIG: clinic({}, policies) }).join('\n')

      expect(problems).toMatch(/^HOUSECALL_CONFIG at organisations\.0\.policies/)
    },
  )
})
