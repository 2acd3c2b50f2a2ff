// The settings: each wrong one is named, all of them at once, and no secret is ever repeated in what is said.
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../server/settings/config.ts'
import { type Env, issuer, problemsIn, settingsFiles } from './files.ts'

const fileOf = settingsFiles()
const organisation = {
  ...{ id: 'riverside', name: 'Riverside', phone: '555-0100', timeZone: 'America/New_York' },
  ...{ issuers: [issuer], jitsi: { origin: 'https://meet.example', issuer: 'housecall' } },
}
const clinics = (...changes: object[]) => fileOf({ organisations: changes.map((c) => ({ ...organisation, ...c })) })
const eachSide = [
  { ...issuer, name: 'staff', people: 'clinicians' },
  { ...issuer, name: 'patients', people: 'patients' },
]
const elsewhere = { ...issuer, name: 'portal', iss: 'https://portal.example/fhir' }
/** One clinic, of whose only issuer this is told. */
const told = (of: object) => clinics({ issuers: [{ ...issuer, ...of }] })
const secrets = {
  jitsi: 'jitsi-secret-jitsi-secret-jitsi-secret',
  seal: 'c2VhbA'.repeat(8).slice(0, 43),
  room: 'cm9vbQ'.repeat(8).slice(0, 43),
}
const good = {
  HOUSECALL_CONFIG: clinics({}),
  HOUSECALL_URL: 'https://visits.example',
  HOUSECALL_DATA: '/var/lib/housecall',
  HOUSECALL_JITSI_SECRET_RIVERSIDE: secrets.jitsi,
  HOUSECALL_SEAL_KEYS: `k1:${secrets.seal}`,
  HOUSECALL_ROOM_KEY: secrets.room,
}
const problemsOf = (env: Env): string => problemsIn(env).join('\n')

test.each([
  ['that share their ids', { issuers: [issuer, elsewhere], sharesIds: true }],
  ['that do not share their ids', { issuers: [issuer, elsewhere], sharesIds: false }],
  ['of which one is listed for each side, and nothing more needs to be said', { issuers: eachSide }],
])('several issuers are taken, %s', (_how, of) => {
  const [organisation] = readConfig({ ...good, HOUSECALL_CONFIG: clinics(of) }).organisations

  expect([organisation?.issuers.length, organisation?.sharesIds]).toEqual([
    2,
    'sharesIds' in of ? of.sharesIds : undefined,
  ])
})

test('the words for an emergency are a whole sentence, and short enough to be read in one', () => {
  const emergency = (text: string) => ({ ...good, HOUSECALL_CONFIG: clinics({ emergency: text }) })
  const sentence = '  In an emergency, call 112. '

  expect(readConfig(emergency(sentence)).organisations[0]?.emergency).toBe(sentence.trim())
  expect(problemsOf(emergency('112'))).toContain('must be a whole sentence')
  expect(problemsOf(emergency('     .      '))).toContain('must be a whole sentence')
  expect(problemsOf(emergency('Call 112. '.repeat(21)))).toMatch(/emergency.*200 characters/)
})

test('a language is off until it is listed, and what is wrong with a list of them is said', () => {
  const of = (more: object) => ({ ...good, HOUSECALL_CONFIG: clinics(more) })
  const emergency = 'En cas d’urgence, appelez le 112.'

  expect(readConfig(good).organisations[0]?.languages).toEqual(['en'])
  expect(readConfig(of({ languages: ['en', 'fr'], texts: { fr: { emergency } } })).organisations[0]).toMatchObject({
    languages: ['en', 'fr'],
    texts: { fr: { emergency } },
  })
  expect(problemsOf(of({ languages: ['en', 'de'] }))).toMatch(/languages.*"zh-Hans"/)
  expect(problemsOf(of({ languages: [] }))).toContain('must name a language')
  expect(problemsOf(of({ languages: ['en', 'fr', 'en'] }))).toContain('names a language twice')
  expect(problemsOf(of({ texts: { fr: { emergency } } }))).toContain('is for a language that is not in "languages"')
  expect(problemsOf(of({ texts: { en: { emergency } } }))).toContain('is the first language')
  expect(problemsOf(of({ languages: ['en', 'fr'], texts: { fr: { emergency: '112' } } }))).toContain(
    'must be a whole sentence',
  )
})

test('good settings are taken, and what was left out has its default', () => {
  const config = readConfig(good)

  expect(config).toMatchObject({ host: '0.0.0.0', port: 4000, logLevel: 'info', clientKeys: [] })
  expect(config.organisations[0]).toMatchObject({
    joinWindow: { before: 30, after: 120 },
    leftOpenMinutes: 60,
    frameAncestors: [],
    jitsi: { signing: 'HS256', servers: [{ audience: 'jitsi', subject: 'meet.jitsi' }] },
    policies: { createEncounters: true, notesWithoutEncounter: true, drafts: false },
    issuers: [{ can: {} }],
  })
  expect(config.sealKeys[0]?.key.length).toBe(32)
})

test.each([
  ['https://ehr.example/fhir', { iss: 'https://ehr.example/fhir' }],
  ['https://ehr.example/fhir/', { iss: 'https://ehr.example/fhir', asListed: 'https://ehr.example/fhir/' }],
  ['https://ehr.example', { iss: 'https://ehr.example' }],
  ['https://ehr.example/', { iss: 'https://ehr.example', asListed: 'https://ehr.example/' }],
])('%s is one issuer with a slash at its end and without', (iss, read) => {
  const { organisations } = readConfig({ ...good, HOUSECALL_CONFIG: clinics({ issuers: [{ ...issuer, iss }] }) })

  expect(organisations[0]?.issuers[0]).toMatchObject(read)
})

test.each<[setting: string, wrong: string | undefined, says: RegExp]>([
  ['HOUSECALL_CONFIG', undefined, /is not set/],
  ['HOUSECALL_CONFIG', '/nowhere.json', /cannot be read/],
  ['HOUSECALL_CONFIG', fileOf('{not json'), /cannot be read/],
  ['HOUSECALL_CONFIG', fileOf({ organisations: [] }), /organisations/],
  ['HOUSECALL_CONFIG', clinics({ timeZone: 'Mars/Olympus' }), /timeZone.*IANA/],
  ['HOUSECALL_CONFIG', clinics({ id: 'River Side' }), /\.id.*lower-case/],
  ['HOUSECALL_CONFIG', clinics({ accent: 'blue' }), /accent.*colour/],
  ['HOUSECALL_CONFIG', clinics({ logo: 'nowhere.png' }), /logo: nowhere\.png names a file that cannot be read/],
  ['HOUSECALL_CONFIG', clinics({ colour: '#0b5fa5' }), /colour/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [] }), /issuers/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, iss: 'https://ehr.example/fhir//' }] }), /iss.*one slash/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, iss: 'https://EHR.example/fhir/' }] }), /iss.*lower-case host/],
  [
    'HOUSECALL_CONFIG',
    clinics({ issuers: [issuer, { ...issuer, name: 'again', iss: 'https://ehr.example/fhir/' }] }),
    /issuers https:\/\/ehr\.example\/fhir and https:\/\/ehr\.example\/fhir\/ are one/,
  ],
  [
    'HOUSECALL_CONFIG',
    clinics({
      issuers: [
        { ...issuer, people: 'clinicians' },
        { ...issuer, name: 'again', people: 'patients', iss: 'https://ehr.example/fhir/' },
      ],
    }),
    /write them alike/,
  ],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, iss: 'http://ehr.example/fhir' }] }), /iss.*https/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, iss: 'ftp://ehr.example/fhir' }] }), /iss/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, client: 'secret' }] }), /client/],
  ['HOUSECALL_CONFIG', clinics({ issuers: [issuer, issuer] }), /stands there twice/],
  [
    'HOUSECALL_CONFIG',
    clinics({ issuers: [issuer, elsewhere] }),
    /organisation riverside has several FHIR base URLs \(https:\/\/ehr\.example\/fhir, https:\/\/portal\.example\/fhir\).*"sharesIds": true.*"sharesIds": false/,
  ],
  ['HOUSECALL_CONFIG', clinics({ sharesIds: 'no' }), /\.sharesIds: must be true or false/],
  ['HOUSECALL_CONFIG', told({ sharesIds: true }), /\.issuers\.0: .*"sharesIds"/],
  [
    'HOUSECALL_CONFIG',
    clinics({ issuers: [{ ...issuer, people: 'patients' }, issuer] }),
    /stands there twice in organisation riverside; give one "people": "clinicians"/,
  ],
  [
    'HOUSECALL_CONFIG',
    clinics({}, { id: 'harbor' }),
    /issuer https:\/\/ehr\.example\/fhir stands there twice; one issuer/,
  ],
  ['HOUSECALL_CONFIG', clinics({}, {}), /riverside stands there twice/],
  ['HOUSECALL_CONFIG', clinics({ jitsi: { origin: 'http://meet.example', issuer: 'x' } }), /jitsi\.origin.*https/],
  [
    'HOUSECALL_CONFIG',
    clinics({ jitsi: { origin: 'https://meet.example', issuer: 'x', census: 'prosody:5280/room-census' } }),
    /jitsi\.census/,
  ],
  [
    'HOUSECALL_CONFIG',
    clinics({ jitsi: { origin: 'https://meet.example/room', issuer: 'x' } }),
    /jitsi\.origin.*origin/,
  ],
  ['HOUSECALL_CONFIG', clinics({ frameAncestors: ['https://ehr.example/'] }), /frameAncestors/],
  ['HOUSECALL_CONFIG', clinics({ joinWindow: { before: -1, after: 0 } }), /joinWindow/],
  ['HOUSECALL_CONFIG', clinics({ policies: { createEncounter: true } }), /\.policies: .*"createEncounter"/],
  ['HOUSECALL_CONFIG', clinics({ policies: { drafts: 'yes' } }), /\.policies\.drafts: must be true or false/],
  ['HOUSECALL_CONFIG', clinics({ policies: ['drafts'] }), /\.policies: .*object/],
  ['HOUSECALL_CONFIG', clinics({ can: { fileNotes: true } }), /organisations\.0: .*"can"/],
  ['HOUSECALL_CONFIG', told({ policies: { drafts: true } }), /\.issuers\.0: .*"policies"/],
  ['HOUSECALL_CONFIG', told({ can: { createEncounter: true } }), /\.can: .*"createEncounter"/],
  ['HOUSECALL_CONFIG', told({ can: { createEncounters: 'no' } }), /\.can\.createEncounters: must be true or false/],
  ['HOUSECALL_CONFIG', told({ can: ['createEncounters'] }), /\.can: .*record/],
  ['HOUSECALL_CONFIG', told({ ehr: 'cerner' }), /\.ehr: must be "generic" or "epic" or "oracle"/],
  ['HOUSECALL_CONFIG', told({ ehr: 'Epic' }), /\.ehr: .*"epic"/],
  ['HOUSECALL_CONFIG', told({ people: 'doctors' }), /\.people: must be "clinicians" or "patients"/],
  ['HOUSECALL_CONFIG', told({ serviceProvider: '675844' }), /\.serviceProvider: .*such as Organization\/675844/],
  ['HOUSECALL_CONFIG', told({ serviceProvider: 'Location/1' }), /\.serviceProvider: .*such as Organization\//],
  [
    'HOUSECALL_CONFIG',
    told({ serviceProvider: `${issuer.iss}/Organization/1` }),
    /\.serviceProvider: .*such as Organization\//,
  ],
  ['HOUSECALL_CONFIG', told({ noteType: '11506-3' }), /\.noteType: .*object/],
  ['HOUSECALL_CONFIG', told({ noteType: { code: 'progress', display: 'Progress note' } }), /\.code: .*such as 11506-3/],
  ['HOUSECALL_CONFIG', told({ noteType: { code: '11506-3' } }), /\.noteType\.display/],
  [
    'HOUSECALL_CONFIG',
    told({ noteType: { code: '11506-3', display: 'Progress note', system: 'http://loinc.org' } }),
    /\.noteType: .*"system"/,
  ],
  ['HOUSECALL_CONFIG', told({ name: undefined }), /\.issuers\.0\.name: must be a name of its own/],
  ['HOUSECALL_CONFIG', told({ name: 'Staff' }), /\.issuers\.0\.name: must be a name of its own/],
  ['HOUSECALL_CONFIG', told({ name: 'staff/patients' }), /\.issuers\.0\.name: must be a name of its own/],
  ['HOUSECALL_CONFIG', told({ name: '..' }), /\.issuers\.0\.name: must be a name of its own/],
  ['HOUSECALL_CONFIG', told({ name: 'x'.repeat(41) }), /\.issuers\.0\.name: must be a name of its own/],
  [
    'HOUSECALL_CONFIG',
    clinics({ issuers: [issuer, { ...issuer, iss: 'https://other.example/fhir' }], sharesIds: false }),
    /two issuers of organisation riverside have the "name": "ehr"; give each its own/,
  ],
  ['HOUSECALL_CONFIG', told({ commonRedirect: false }), /\.commonRedirect: .*true/],
  [
    'HOUSECALL_CONFIG',
    clinics(
      { issuers: [{ ...issuer, commonRedirect: true }] },
      { id: 'harbor', issuers: [{ ...issuer, iss: 'https://other.example/fhir', commonRedirect: true }] },
    ),
    /"commonRedirect" is for the issuers of one base URL, but https:\/\/ehr\.example\/fhir and https:\/\/other/,
  ],
  ['HOUSECALL_URL', undefined, /is not set/],
  ['HOUSECALL_URL', 'https://visits.example/', /no slash/],
  ['HOUSECALL_URL', 'https://visits.example/app', /no path/],
  ['HOUSECALL_URL', 'http://visits.example', /https/],
  ['HOUSECALL_URL', 'visits.example', /./],
  ['HOUSECALL_CONFIG', clinics({ issuers: [{ ...issuer, iss: 'ehr.example' }] }), /iss/],
  ['HOUSECALL_CONFIG', clinics({ frameAncestors: ['ehr.example'] }), /frameAncestors/],
  ['HOUSECALL_PORT', 'many', /./],
  ['HOUSECALL_PORT', '70000', /./],
  ['HOUSECALL_DATA', undefined, /is not set/],
  ['HOUSECALL_JITSI_SECRET_RIVERSIDE', undefined, /is not set/],
  ['HOUSECALL_JITSI_SECRET_RIVERSIDE', 'short-and-secret', /32/],
  ['HOUSECALL_JITSI_EVENTS_RIVERSIDE', 'short-and-secret', /32/],
  ['HOUSECALL_SEAL_KEYS', undefined, /is not set/],
  ['HOUSECALL_SEAL_KEYS', 'no-kid-but-secret', /kid/],
  ['HOUSECALL_SEAL_KEYS', 'k1:c2hvcnQtYnV0LXNlY3JldA', /32/],
  ['HOUSECALL_SEAL_KEYS', 'k1:***secret***', /base64url/],
  ['HOUSECALL_ROOM_KEY', undefined, /is not set/],
  ['HOUSECALL_ROOM_KEY', 'c2hvcnQtYnV0LXNlY3JldA', /32/],
  ['HOUSECALL_CLIENT_KEYS', '/nowhere.json', /cannot be read/],
  ['HOUSECALL_CLIENT_KEYS', fileOf({ keys: [{ kty: 'EC', kid: 'a', alg: 'HS256', d: 'the-private-half' }] }), /alg/],
  ['HOUSECALL_LOG', 'loud', /./],
])('%s as "%s" is named as wrong', (setting, wrong, says) => {
  const problems = problemsOf({ ...good, [setting]: wrong })

  const line = problems.split('\n').find((l) => l.startsWith(setting)) ?? ''
  expect(line).toMatch(says)
  for (const secret of [
    ...Object.values(secrets),
    'short-and-secret',
    'no-kid-but-secret',
    'c2hvcnQ',
    '***',
    'the-private-half',
  ])
    expect(problems).not.toContain(secret)
})

test.each<[string, object, RegExp]>([
  [
    'a client secret without the name of its variable',
    { client: 'client_secret_basic' },
    /clientSecret: must name the environment variable/,
  ],
  [
    'the name of a secret for a public client',
    { clientSecret: 'HOUSECALL_CLIENT_SECRET_A' },
    /clientSecret: is for "client_secret_basic"/,
  ],
  [
    'the name of some other variable',
    { client: 'client_secret_post', clientSecret: 'HOME' },
    /clientSecret: must name a variable such as/,
  ],
  [
    'a key’s name for a public client',
    { signWith: 'k' },
    /signWith: is for "private_key_jwt", but "client" is "public"/,
  ],
  ['people of no side', { people: 'everyone' }, /people/],
])('an issuer with %s is named as wrong', (_what, more, says) => {
  const config = clinics({ issuers: [{ ...issuer, ...more }] })

  expect(problemsOf({ ...good, HOUSECALL_CONFIG: config })).toMatch(says)
})

describe('a client secret', () => {
  const named = { ...issuer, client: 'client_secret_post', clientSecret: 'HOUSECALL_CLIENT_SECRET_RIVERSIDE' }
  const env = { ...good, HOUSECALL_CONFIG: clinics({ issuers: [named] }) }

  test('comes from the variable that the file names, and the file’s own word is gone', () => {
    const read = readConfig({ ...env, HOUSECALL_CLIENT_SECRET_RIVERSIDE: 'as the EHR made it' })

    expect(read.organisations[0]?.issuers[0]).toMatchObject({
      client: 'client_secret_post',
      secret: 'as the EHR made it',
    })
    expect(read.organisations[0]?.issuers[0]).not.toHaveProperty('clientSecret')
  })

  test('that is nowhere, or empty, is asked for by the variable’s name', () => {
    expect(problemsOf(env)).toMatch(/^HOUSECALL_CLIENT_SECRET_RIVERSIDE: is not set/m)
    expect(problemsOf({ ...env, HOUSECALL_CLIENT_SECRET_RIVERSIDE: '' })).toMatch(
      /^HOUSECALL_CLIENT_SECRET_RIVERSIDE: is empty/m,
    )
  })

  test('is repeated in no message about anything else', () => {
    const problems = problemsOf({
      ...env,
      HOUSECALL_CLIENT_SECRET_RIVERSIDE: 'as the EHR made it',
      HOUSECALL_PORT: 'x',
    })

    expect(problems).toMatch(/^HOUSECALL_PORT/m)
    expect(problems).not.toContain('as the EHR made it')
  })
})

describe('our keys', () => {
  const key = (kid: string) => ({ kty: 'EC', kid, alg: 'ES384', d: 'the-private-half' })
  const keyed = { ...issuer, client: 'private_key_jwt', signWith: 'second' }
  const env = (keys: readonly object[]) => ({
    ...good,
    HOUSECALL_CONFIG: clinics({ issuers: [keyed] }),
    HOUSECALL_CLIENT_KEYS: fileOf({ keys }),
  })

  test('hold the one an issuer signs with', () => {
    expect(problemsOf(env([key('first'), key('second')]))).toBe('')
  })

  test('that lack the one an issuer signs with are listed by name, and nothing else of them is said', () => {
    const problems = problemsOf(env([key('first'), key('third')]))

    expect(problems).toMatch(/"signWith": "second", which is the kid of none of our keys; there are first, third/)
    expect(problems).not.toContain('the-private-half')
  })

  test('must have a kid of their own each', () => {
    expect(problemsOf(env([key('second'), key('second')]))).toMatch(/kid second stands there twice/)
  })
})

test('an EHR that wants our key needs the key’s file', () => {
  const config = clinics({ issuers: [{ ...issuer, client: 'private_key_jwt' }] })

  expect(problemsOf({ ...good, HOUSECALL_CONFIG: config })).toMatch(/^HOUSECALL_CLIENT_KEYS: is not set/m)
})

test('everything that is wrong is said in one go', () => {
  const problems = problemsOf({}).split('\n')

  const named = ['HOUSECALL_CONFIG', 'HOUSECALL_URL', 'HOUSECALL_DATA', 'HOUSECALL_SEAL_KEYS', 'HOUSECALL_ROOM_KEY']
  for (const setting of named) expect(problems.some((line) => line.startsWith(`${setting}: is not set`))).toBe(true)
})

test('http is for this machine alone', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(problemsOf({ ...good, HOUSECALL_URL: `http://${host}:4000` })).toBe('')
  for (const host of ['10.0.0.1', 'localhost.example', '127.0.0.1.example'])
    expect(problemsOf({ ...good, HOUSECALL_URL: `http://${host}:4000` })).toMatch(/https/)
})

test('what is told of an EHR, and what a clinic allows, is taken as it stands; the rest has its default', () => {
  const noteType = { code: '75496-0', display: 'Telehealth Note' }
  const of = { ehr: 'oracle', can: { updateNotes: false }, serviceProvider: 'Organization/675844', noteType }
  const organisations = { issuers: [{ ...issuer, ...of, people: 'clinicians' }], policies: { drafts: true } }

  const [read] = readConfig({ ...good, HOUSECALL_CONFIG: clinics(organisations) }).organisations

  expect(read?.issuers).toEqual([{ ...issuer, ...of, people: 'clinicians' }])
  expect(read?.policies).toMatchObject({ createEncounters: true, notesWithoutEncounter: true, drafts: true })
})

test('several seal keys are read in the order they are written in', () => {
  const config = readConfig({ ...good, HOUSECALL_SEAL_KEYS: `new:${secrets.room},old:${secrets.seal}` })

  expect(config.sealKeys.map(({ kid }) => kid)).toEqual(['new', 'old'])
})
