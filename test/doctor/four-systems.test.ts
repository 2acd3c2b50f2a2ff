// What the doctor says of four systems as they really answer: a HAPI by itself, the launcher in front of one, Medplum, and Keycloak in front
// of Medplum. Each line here was false of one of them once; docs/doctor.md has all that is printed.
import { expect, onTestFinished, test } from 'vitest'
import type { Finding } from '../../doctor/finding.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { hapi, launcherOverHapi } from '../../sandbox/ehr/personalities/hapi.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { openClinic } from './clinic.ts'
import { found, reportOn } from './doctor.ts'

async function clinic(told: Parameters<typeof openClinic>[0]) {
  const opened = await openClinic(told)
  onTestFinished(opened.close)
  return opened
}
const reported = async (told: Parameters<typeof openClinic>[0]) => (await clinic(told)).report()

const told = ['launch-standalone', 'context-ehr-appointment', 'context-banner', 'context-style', 'client-kind'].concat(
  ...['ehr-keys', 'token-endpoint', 'authorize', 'ehr-kind', 'transaction'],
)
const linesOf = (findings: readonly Finding[]) =>
  Object.fromEntries(
    told.flatMap((id) => findings.filter((one) => one.id === id).map(({ result, means }) => [id, [result, means]])),
  )

const together = ['ok', 'Encounter and note go in together, or not at all.']
const apart = [
  ...[
    'ok',
    'Encounter and note are sent together; unless this Medplum has transactions switched on, each is taken or refused by itself.',
  ],
]
const likeAny = ['ok', 'Taken for an R4 server like any other, by the name of its software.']
const unlisted = [
  'missing',
  'It does not list launch/appointment: unless a launch names it, the Appointment is looked for.',
]
const banner = ['ok', "A launch can say that the EHR's page shows the patient's name already."]
const style = ['ok', 'It can lend the pages its own colours and fonts.']
const ourKind = ['ok', 'It lists clients of our kind, private_key_jwt.']
const untold = ['warning', 'Whether the EHR knows our client cannot be told from here: any code is answered alike.']
const fromOurPage = ['ok', 'People can also sign in without the EHR, from our own page.']
const signsIn = ['ok', 'The EHR would ask people to sign in, and send them back here.']

test('of a HAPI with nothing in front of it: nobody signs in there, and all else can be done', async () => {
  const ehr = await startEhr({ clients: [], launchUrls: [], resources: [], personality: hapi })
  onTestFinished(() => ehr.close())

  const report = await reportOn(ehr.iss)

  expect(report.visits).toBe('would-not-work')
  expect(found(report, 'smart-configuration').means).toBe('It answered 404: no SMART sign-in at this address.')
  expect(linesOf(report.parts[0]?.findings ?? [])).toEqual({ 'ehr-kind': likeAny, transaction: together })
})

test.each<[is: string, personality: Personality, lines: Readonly<Record<string, readonly string[]>>]>([
  [
    'the launcher in front of a HAPI',
    launcherOverHapi,
    {
      'launch-standalone': ['missing', 'It lists sign-in from our own page, and has sent ours back.'],
      'context-ehr-appointment': unlisted,
      'context-banner': banner,
      'context-style': style,
      'client-kind': ourKind,
      'ehr-keys': ['ok', 'The EHR publishes its key for RS256.'],
      'token-endpoint': untold,
      authorize: ['warning', 'From our own page, the EHR sends people back with invalid_request.'],
      'ehr-kind': likeAny,
      transaction: together,
    },
  ],
  [
    'Medplum',
    medplum,
    {
      'launch-standalone': fromOurPage,
      'context-ehr-appointment': unlisted,
      'context-banner': banner,
      'context-style': style,
      'client-kind': ourKind,
      'ehr-keys': ['ok', 'The EHR publishes its key for ES256.'],
      'token-endpoint': untold,
      authorize: signsIn,
      'ehr-kind': likeAny,
      transaction: apart,
    },
  ],
  [
    'Keycloak in front of Medplum',
    keycloak,
    {
      'launch-standalone': fromOurPage,
      'context-ehr-appointment': [
        ...['ok', 'It lists launch/appointment: where a launch names its Appointment, one click opens the visit.'],
      ],
      'context-banner': [
        ...['missing', "We show the patient's name and birth date, unless a launch says that the EHR does."],
      ],
      'context-style': [
        'missing',
        "It does not say that it lends colours: unless a launch brings some, the pages wear the clinic's.",
      ],
      'client-kind': ourKind,
      'ehr-keys': ['ok', 'The EHR publishes its key for RS256.'],
      'token-endpoint': ['ok', 'The EHR knows our client, and takes its proof.'],
      authorize: signsIn,
      'ehr-kind': likeAny,
      transaction: apart,
    },
  ],
])('of %s: a visit would work, and each line is so', async (_is, personality, lines) => {
  const { parts, visits } = await reported({ personality })

  expect(linesOf(parts.find(({ kind }) => kind === 'issuer')?.findings ?? [])).toEqual(lines)
  expect(visits).toBe('would-work')
})

test('a scope that Keycloak does not have ends our own request: no visit, and the setting is named', async () => {
  const scopesSupported = keycloak.smart?.scopesSupported?.filter((scope) => scope !== 'user/Encounter.crus') ?? []
  const report = await reported({ personality: { ...keycloak, smart: { ...keycloak.smart, scopesSupported } } })

  expect(found(report, 'authorize')).toMatchObject({
    ...{ result: 'failed', essential: true, details: ['status: 303', 'error: invalid_scope'] },
    means: 'Sign-in would fail: the EHR refuses the scopes we ask for (invalid_scope).',
    ask: { of: 'us', text: expect.stringContaining('Set "scopes"') },
  })
  expect(found(report, 'launch-standalone').result).toBe('missing')
  expect(report.visits).toBe('would-not-work')
})

test('a client that Keycloak does not know is not known, although Medplum behind it would not tell', async () => {
  const report = await reported({ personality: keycloak, registered: { clientId: 'another' } })

  expect(found(report, 'token-endpoint').result).toBe('failed')
  expect(report.visits).toBe('would-not-work')
})

test('an EHR that answers everybody invalid_grant says nothing of our client', async () => {
  const codeFirst = { error: 'invalid_grant', description: 'Invalid code' } as const
  const report = await reported({ personality: { ...medplum, smart: { ...medplum.smart, codeFirst } } })

  expect([found(report, 'token-endpoint').result, found(report, 'token-endpoint').means]).toEqual(untold)
})

test('a busy token endpoint is called busy, and no verdict on our client', async () => {
  const { ehr, report } = await clinic({ personality: keycloak })
  ehr.faults.on('token-429', { retryAfter: false })

  expect(found(await report(), 'token-endpoint')).toMatchObject({
    ...{ result: 'warning', means: 'The token endpoint is busy (429). Ask again in a while.' },
  })
})

test('a slow /metadata is called slow, and what it says is read all the same', { timeout: 60_000 }, async () => {
  const ehr = await startEhr({ clients: [], launchUrls: [], resources: [], personality: hapi })
  onTestFinished(() => ehr.close())
  ehr.faults.on('metadata-slow', { ms: 3_200 })

  const report = await reportOn(ehr.iss)

  expect(found(report, 'metadata')).toMatchObject({
    result: 'warning',
    means: expect.stringMatching(/^It speaks FHIR R4 \(4\.0\.1\), and is slow to say so: [34] s\.$/),
    ask: { of: 'ehr', text: expect.stringContaining('the first filing waits for it, up to 20 s') },
  })
  expect(found(report, 'fileNotes').result).toBe('ok')
})
