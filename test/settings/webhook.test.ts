// A webhook in the settings: https to the internet with a secret of the right shape, or a clear refusal before anything starts.
import { expect, test } from 'vitest'
import { ConfigProblem, readConfig } from '../../server/settings/config.ts'
import { issuer, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const random = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const base64 = (length: number, value = 5) => Buffer.alloc(length, value).toString('base64')
const secret = `whsec_${base64(32)}`
const good = { url: 'https://hooks.example.org/visits?from=housecall' }

function read(webhook: unknown, secrets: string | undefined) {
  const clinic = {
    ...{ id: 'river-side', name: 'Clinic', phone: '555-0100', timeZone: 'America/New_York', webhook },
    issuers: [issuer],
    jitsi: { origin: 'https://meet.example', issuer: 'housecall' },
  }
  const env = {
    ...{ HOUSECALL_URL: 'https://visits.example', HOUSECALL_DATA: '/var/lib/housecall' },
    ...{ HOUSECALL_SEAL_KEYS: `k1:${random}`, HOUSECALL_ROOM_KEY: random, HOUSECALL_JITSI_SECRET_RIVER_SIDE: random },
    ...(secrets === undefined ? {} : { HOUSECALL_WEBHOOK_SECRET_RIVER_SIDE: secrets }),
    HOUSECALL_CONFIG: fileOf({ organisations: [clinic] }),
  }
  try {
    return { webhook: readConfig(env).organisations[0]?.webhook, problems: [] }
  } catch (cause) {
    if (!(cause instanceof ConfigProblem)) throw cause
    return { webhook: undefined, problems: cause.problems }
  }
}

test('there is none unless the organisation has one, and its variable is not read then', () => {
  expect(read(undefined, undefined)).toEqual({ webhook: undefined, problems: [] })
  expect(read(undefined, 'rubbish')).toEqual({ webhook: undefined, problems: [] })
})

test('it is read with its secrets, and tells no Appointment unless told to', () => {
  const secrets = [24, 64].map((length) => new Uint8Array(Buffer.alloc(length, 5)))

  expect(read(good, `whsec_${base64(24)}, whsec_${base64(64).replaceAll('=', '')}`).webhook).toEqual({
    ...{ url: good.url, appointment: false, secrets },
  })
  expect(read({ ...good, appointment: true, events: ['note.filed'] }, secret).webhook).toMatchObject({
    ...{ appointment: true, events: ['note.filed'] },
  })
})

const within = 'is within a network'
test.each([
  ['http://hooks.example.org/', 'must be https'],
  ['https://user:word@hooks.example.org/', 'must have no user'],
  ['https://hooks.example.org/#a', 'must have no user'],
  ['https://10.1.2.3/', within],
  ['https://0x0a.1.2.3/', within],
  ['https://169.254.169.254/latest', within],
  ['https://[fd00::1]/', within],
  ['https://[::ffff:10.0.0.1]/', within],
  ['https://hooks.internal/', within],
  ['https://printer.local/', within],
  ['https://hooks/', within],
  ['https://localhost/', 'is of this machine itself'],
  ['https://hooks.localhost/', 'is of this machine itself'],
  ['https://127.1/', 'is of this machine itself'],
  ['ftp://hooks.example.org/', 'must be a whole address'],
  ['hooks.example.org', 'must be a whole address'],
])('%s is refused at the start', (url, why) => {
  expect(read({ url }, secret).problems).toEqual([
    expect.stringMatching(new RegExp(`^HOUSECALL_CONFIG at organisations\\.0\\.webhook\\.url: .*${why}`)),
  ])
})

test('for a trial it is of this machine and of no other', () => {
  expect(read({ url: 'http://127.0.0.1:9/x', loopback: true }, secret).problems).toEqual([])
  expect(read({ url: 'http://localhost:9/x', loopback: true }, secret).problems).toEqual([])
  expect(read({ ...good, loopback: true }, secret).problems).toEqual([
    expect.stringContaining('must be of this machine'),
  ])
})

test.each([
  ['no prefix', base64(32)],
  ['too short', `whsec_${base64(23)}`],
  ['too long', `whsec_${base64(65)}`],
  ['base64url', `whsec_${Buffer.alloc(32, 0xfb).toString('base64url')}`],
  ['torn', `whsec_${base64(32).slice(0, -3)}`],
  ['one good and one torn', `${secret},whsec_`],
  ['more than anybody needs', [1, 2, 3, 4, 5, 6].map((value) => `whsec_${base64(32, value)}`).join()],
])('a secret that is no secret (%s) is refused and not repeated', (_what, secrets) => {
  const { problems } = read(good, secrets)

  expect(problems).toEqual([expect.stringMatching(/^HOUSECALL_WEBHOOK_SECRET_RIVER_SIDE: must be whsec_ and base64/)])
  expect(problems.join()).not.toContain(secrets.slice(6))
})

test('a missing secret is asked for with the line that makes one, also where something else of the clinic is wrong', () => {
  const asked = expect.stringMatching(/^HOUSECALL_WEBHOOK_SECRET_RIVER_SIDE: is not set; .*openssl rand -base64 32/)

  expect(read(good, undefined).problems).toEqual([asked])
  expect(read({ url: 'http://hooks.example.org/' }, undefined).problems).toEqual(
    expect.arrayContaining([asked, expect.stringContaining('must be https')]),
  )
})

test('an event that there is none of is refused by name, and a setting that there is none of', () => {
  const { problems } = read({ ...good, events: ['visit.open'], secret }, secret)

  expect(problems.some((problem) => problem.includes('webhook.events.0'))).toBe(true)
  expect(problems.some((problem) => problem.includes('"secret": there is no such setting'))).toBe(true)
})
