// Mail in the settings: TLS to a server that is not this machine, an address that is one, and a password where somebody signs in.
import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from '../../server/settings/config.ts'
import { issuer, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const random = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const from = { name: 'Harbor', address: 'visits@harbor.example' }
const good = { host: 'smtp.harbor.example', from }

function read(mail: unknown, password?: string) {
  const clinic = {
    ...{ id: 'river-side', name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York', mail },
    issuers: [issuer],
    jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
  }
  const env = {
    ...{ HOUSECALL_URL: 'https://visits.example', HOUSECALL_DATA: '/var/lib/housecall' },
    ...{ HOUSECALL_SEAL_KEYS: `k1:${random}`, HOUSECALL_ROOM_KEY: random, HOUSECALL_JITSI_SECRET_RIVER_SIDE: random },
    ...(password === undefined ? {} : { HOUSECALL_MAIL_PASSWORD_RIVER_SIDE: password }),
    HOUSECALL_CONFIG: fileOf({ organisations: [clinic] }),
  }
  try {
    return { mail: readConfig(env).organisations[0]?.mail, problems: [] }
  } catch (cause) {
    if (!(cause instanceof ConfigProblem)) throw cause
    return { mail: undefined, problems: cause.problems }
  }
}

test('there is none unless the organisation has it', () => {
  expect(read(undefined)).toEqual({ mail: undefined, problems: [] })
})

test('it goes over TLS to whoever asked for it, by the port that this has', () => {
  expect(read(good).mail).toEqual({ ...good, tls: 'starttls', port: 587, to: 'asked' })
  expect(read({ ...good, tls: 'first' }).mail?.port).toBe(465)
  expect(read({ ...good, user: 'housecall' }, 'a secret word').mail).toMatchObject({
    user: 'housecall',
    password: 'a secret word',
  })
})

test.each([
  ['host', { host: 'localhost' }, 'is of this machine itself'],
  ['host', { host: '127.0.0.1' }, 'is of this machine itself'],
  ['host', { host: 'smtp.harbor.example:25' }, 'must be the name of a mail server'],
  ['host', { host: 'smtp.harbor.example\r\n' }, 'must be the name of a mail server'],
  ['host', { loopback: true }, 'must be of this machine, since'],
  ['tls', { tls: 'none' }, 'must be "starttls" or "first"'],
  ['from.address', { from: { ...from, address: 'Harbor <visits@harbor.example>' } }, 'must be one plain address'],
  ['from.name', { from: { ...from, name: 'Harbor\r\nBcc: x@y.example' } }, 'must have no quotes'],
  ['bounces', { bounces: 'a@b.example,c@d.example' }, 'must be one plain address'],
])('%s of %j is refused at the start', (path, more, why) => {
  expect(read({ ...good, ...more }).problems).toEqual([
    expect.stringContaining(`HOUSECALL_CONFIG at organisations.0.mail.${path}: ${why}`),
  ])
})

test('for a trial it is of this machine, and may be in the clear', () => {
  expect(read({ ...good, host: 'localhost', tls: 'none', loopback: true }).problems).toEqual([])
})

test('a password that is missing is asked for by name, also where something else of the clinic is wrong', () => {
  const asked = expect.stringMatching(/^HOUSECALL_MAIL_PASSWORD_RIVER_SIDE: is not set; it is the password/)

  expect(read({ ...good, user: 'housecall' }).problems).toEqual([asked])
  expect(read({ ...good, user: 'housecall', tls: 'none' }).problems).toEqual(expect.arrayContaining([asked]))
})
