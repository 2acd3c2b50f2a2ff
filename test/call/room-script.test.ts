// Jitsi's script in our pages: only as the settings approve it, from our own origin, whatever Jitsi shows meanwhile.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Jitsi as Sandbox, startJitsi } from '../../sandbox/jitsi/main.ts'
import { hashesOf } from '../../server/domain/visit/room-script.ts'
import type { Config } from '../../server/settings/config.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import type { ClinicianView, Me, PatientView, RoomToken } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { ask, type Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admitted, bodyOf, opened } from '../support/visits.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret } as const
/** Minutes after which a Jitsi whose script we have is looked at again. */
const aWhile = 11

let one: Sandbox
let two: Sandbox
beforeAll(async () => {
  const started = await Promise.all([startJitsi(realm), startJitsi(realm)])
  one = started[0]
  two = started[1]
})
afterAll(() => Promise.all([one.close(), two.close()]))
beforeEach(() => {
  one.faults.clear()
  two.faults.clear()
})

/** The settings with these Jitsis, the first of them first; each with its hashes or without. */
function at(...jitsis: readonly { readonly origin: string; readonly script?: string | readonly string[] }[]) {
  const [first, ...fallback] = jitsis
  const jitsi = JitsiSettings.parse({ ...first, issuer: 'housecall', fallback })
  return (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => ({ ...o, jitsi })),
  })
}
const place = ({ origin }: Sandbox, ...script: readonly string[]) => ({ origin, ...(script.length > 0 && { script }) })
const nobodys = `sha384-${'A'.repeat(64)}`

async function open(config: (config: Config) => Config): Promise<World> {
  const world = await openWorld({ config })
  onTestFinished(() => world.close())
  return world
}

const entering = (person: Person, visit: string, unreachable?: string) =>
  person.post(`${visit}/room-tokens`, unreachable === undefined ? {} : { unreachable })
const enter = async (person: Person, visit: string) => bodyOf<RoomToken>(await entering(person, visit))
const directive = (policy: string | undefined, name: string) =>
  policy?.split(';').find((one) => one.startsWith(`${name} `))

const shownBy = async ({ origin }: Sandbox) =>
  new Uint8Array(await (await fetch(`${origin}/external_api.js`)).arrayBuffer())
const served = async (world: World, path: string, method = 'GET') => {
  const answer = await fetch(`${world.url}${path}`, { method })
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    bytes: new Uint8Array(await answer.arrayBuffer()),
  }
}
const told = (world: World, code: string) =>
  world
    .log()
    .split('\n')
    .filter((line) => line.includes('"event":"jitsi-script"') && line.includes(`"code":"${code}"`))
const folderOf = (world: World) => join(world.directory, 'jitsi-scripts')
const keptIn = async (world: World) => (await readdir(folderOf(world)).catch(() => [])).toSorted()

describe('a clinic that approves its Jitsi’s script', () => {
  test('gives its pages that script from our own origin, to be kept for a year, with no cookie asked for or given', async () => {
    const world = await open(at(place(one, one.script())))
    const { clinician, patient, visit } = await admitted(world)

    const paths = [(await enter(clinician, visit)).script, (await enter(patient, visit)).script]

    const [path = ''] = paths
    expect(paths).toEqual([path, path])
    expect(path).toMatch(/^\/assets\/jitsi\/sha384-[\w-]{64}\.js$/)
    const { status, headers, bytes } = await served(world, path)
    expect([status, hashesOf(bytes).strong]).toEqual([200, one.script()])
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(bytes.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers).not.toHaveProperty('set-cookie')
    const head = await served(world, path, 'HEAD')
    expect([head.status, head.headers['content-length'], head.bytes.length]).toEqual([200, String(bytes.length), 0])
  })

  test('lets no script of Jitsi’s origin run in its pages: Jitsi may stand in a frame alone', async () => {
    const world = await open(at(place(one, one.script()), place(two, two.script())))
    const person = (await opened(world)).clinician

    for (const path of ['', '/visits/any', '/api/me']) {
      const policy = (await person.get(path)).headers['content-security-policy']
      expect(policy?.split(';')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        `frame-src ${one.origin} ${two.origin}`,
        `frame-ancestors 'self' ${world.ehr.origin}`,
        "base-uri 'none'",
        "form-action 'self'",
      ])
    }
  })

  test('tells a page where the script lies before anybody enters, and again after its pages were opened', async () => {
    const world = await open(at(place(one, one.script()), place(two)))
    const { clinician, visit } = await admitted(world)
    const { script } = await enter(clinician, visit)

    const { organisation } = bodyOf<Me>(await clinician.get('/api/me'))

    expect(organisation).toMatchObject({ jitsi: one.origin, scripts: { [one.origin]: script } })
  })

  test.each(['sha256', 'sha384'] as const)('may approve it by %s', async (algorithm) => {
    const world = await open(at(place(one, one.script(algorithm))))
    const { clinician, visit } = await admitted(world)

    const { script } = await enter(clinician, visit)

    expect(script).toMatch(new RegExp(`^/assets/jitsi/${algorithm}-[\\w-]+\\.js$`))
    expect(hashesOf((await served(world, script)).bytes).all).toContain(one.script(algorithm))
  })

  test('asks its Jitsi once, however many come at once, and without anything of ours', async () => {
    const asked: string[] = []
    const bytes = await shownBy(one)
    const server = createServer(({ method, url, headers }, response) => {
      asked.push([method, url, 'cookie' in headers, 'authorization' in headers, headers.referer].join(' '))
      setTimeout(() => response.setHeader('Content-Type', 'text/javascript').end(bytes), 50)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // sound: it listens on a port
    const world = await open(at({ origin, script: one.script() }))
    const { clinician, patient, visit } = await admitted(world)

    const entries = await Promise.all([clinician, patient, clinician, patient].map((who) => enter(who, visit)))
    for (const path of [entries[0]?.script ?? '', `/assets/jitsi/sha384-${'a'.repeat(64)}.js`, '/assets/jitsi/x.js'])
      for (let n = 0; n < 5; n++) await served(world, path)

    expect(asked).toEqual(['GET /external_api.js false false '])
  })
})

describe('a Jitsi that was updated', () => {
  test('changes nothing in our pages: the approved script goes on being served, and the log says so', async () => {
    const world = await open(at(place(one, one.script())))
    const { clinician, patient, visit } = await admitted(world)
    const { script } = await enter(clinician, visit)

    one.faults.on('script-updated')
    world.later(aWhile)
    await world.house.roomScripts.look()

    expect((await enter(patient, visit)).script).toBe(script)
    expect(hashesOf((await served(world, script)).bytes).strong).not.toBe(one.script())
    expect(told(world, 'updated')[0]).toMatch(/"organisation":"riverside","jitsi":1/)
    expect(await keptIn(world)).toHaveLength(1)
  })

  test('brings its new script where that is approved too; who has the old one’s address still gets it', async () => {
    const old = one.script()
    one.faults.on('script-updated')
    const next = one.script()
    one.faults.clear()
    const world = await open(at(place(one, next, old)))
    const { clinician, visit } = await admitted(world)
    const before = (await enter(clinician, visit)).script

    one.faults.on('script-updated')
    world.later(aWhile)
    await enter(clinician, visit)
    const after = await eventually(async () => {
      const { script } = await enter(clinician, visit)
      expect(script).not.toBe(before)
      return script
    })

    const hashes = [
      hashesOf((await served(world, before)).bytes).strong,
      hashesOf((await served(world, after)).bytes).strong,
    ]
    expect(hashes).toEqual([old, next])
    expect(await keptIn(world)).toHaveLength(2)
  })

  test('after a restart too, while it shows what nobody approved, or nothing, or its hash is written another way', async () => {
    const world = await open(at(place(one, one.script())))
    const { clinician, visit } = await admitted(world)
    const { script } = await enter(clinician, visit)
    const bySha256 = one.script('sha256')

    for (const fault of ['script-updated', 'script-500', 'script-html', 'script-slow'] as const) {
      one.faults.on(fault)
      await world.restart()
      expect((await served(world, script)).status).toBe(200)
      expect((await enter(clinician, visit)).script).toBe(script)
      one.faults.clear()
    }
    one.faults.on('script-updated')
    await world.restart(at(place(one, bySha256)))
    const again = (await enter(clinician, visit)).script
    expect(again).toContain('/sha256-')
    expect(hashesOf((await served(world, again)).bytes).all).toContain(bySha256)
  })
})

describe('where no approved script is to be had', () => {
  test.each(['script-updated', 'script-500', 'script-html', 'script-moved', 'script-endless'] as const)(
    'with %s the call is refused to both sides, nothing changes and nothing is kept; it opens once the script is there',
    async (fault) => {
      const approved = one.script()
      one.faults.on(fault)
      const world = await open(at(place(one, approved)))
      const { clinician, patient, visit } = await admitted(world)

      await refuses(world, 'room-script-refused', () => entering(clinician, visit))
      await refuses(world, 'room-script-refused', () => entering(patient, visit, one.origin))
      expect(await keptIn(world)).toEqual([])
      expect(bodyOf<Me>(await patient.get('/api/me')).organisation.scripts).toEqual({})

      one.faults.clear()
      world.later(1)
      expect((await enter(patient, visit)).script).toContain('/assets/jitsi/')
    },
  )

  test('says in the log which Jitsi shows what nobody approved', async () => {
    const approved = one.script()
    one.faults.on('script-updated')
    const world = await open(at(place(one, approved)))

    await world.house.roomScripts.look()

    expect(told(world, 'missing')).toHaveLength(1)
    expect(told(world, 'missing')[0]).toMatch(/"organisation":"riverside","jitsi":1/)
  })

  test('a visit is held at the next Jitsi whose own script is approved, for both sides', async () => {
    const approved = one.script()
    one.faults.on('script-updated')
    const world = await open(at(place(one, approved), place(two, two.script())))
    const { clinician, patient, visit } = await admitted(world)

    const entries = [await enter(clinician, visit), await enter(patient, visit)]

    expect(entries.map(({ origin }) => origin)).toEqual([two.origin, two.origin])
    expect(bodyOf<PatientView>(await patient.get(visit)).heldAt).toBe(two.origin)
  })

  test('a visit that is held there moves to the next one', async () => {
    const world = await open(at(place(one, one.script()), place(two, two.script())))
    const { clinician, patient, visit } = await admitted(world)
    expect((await enter(clinician, visit)).origin).toBe(one.origin)

    await world.restart(at(place(one, nobodys), place(two, two.script())))

    expect((await enter(clinician, visit)).origin).toBe(two.origin)
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).heldAt).toBe(two.origin)
    expect((await enter(patient, visit)).origin).toBe(two.origin)
  })

  test('the fallback’s hashes are its own: those of the first do not approve what it shows', async () => {
    const world = await open(at(place(one, one.script()), place(two, nobodys)))
    const { clinician, visit } = await admitted(world)
    await enter(clinician, visit)
    one.faults.on('signalling-down')
    world.later(aWhile)

    expect(bodyOf<RoomToken>(await entering(clinician, visit, one.origin)).origin).toBe(one.origin)

    await world.restart(at(place(one, nobodys), place(two, two.script())))
    expect(bodyOf<RoomToken>(await entering(clinician, visit, one.origin)).origin).toBe(two.origin)
  })
})

describe('the copy that we keep', () => {
  test('is one file for its owner alone, named after what is in it', async () => {
    const world = await open(at(place(one, one.script())))
    const { clinician, visit } = await admitted(world)
    await enter(clinician, visit)

    const [name = '', ...others] = await keptIn(world)

    const path = join(folderOf(world), name)
    expect(others).toEqual([])
    expect(hashesOf(await readFile(path)).strong).toBe(one.script())
    expect([(await stat(path)).mode & 0o777, (await stat(folderOf(world))).mode & 0o777]).toEqual([0o600, 0o700])
  })

  test.each([
    ['altered', (path: string) => writeFile(path, 'alert(1)')],
    ['cut short', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 100))],
    ['emptied', (path: string) => writeFile(path, '')],
    ['a folder', (path: string) => rm(path).then(() => mkdir(path))],
  ] as const)('counts as not there when it was %s: it is fetched anew, or the call refuses', async (_, spoil) => {
    const world = await open(at(place(one, one.script())))
    const { clinician, visit } = await admitted(world)
    const { script } = await enter(clinician, visit)
    const path = join(folderOf(world), (await keptIn(world))[0] ?? '')

    await spoil(path)
    expect(hashesOf((await served(world, script)).bytes).strong).toBe(one.script())
    one.faults.on('script-updated')
    await world.restart()

    expect((await served(world, script)).status).toBe(404)
    await refuses(world, 'room-script-refused', () => entering(clinician, visit))
    expect(told(world, 'altered').length).toBeGreaterThan(0)
    one.faults.clear()
    world.later(1)
    expect((await enter(clinician, visit)).script).toBe(script)
    expect(hashesOf((await served(world, script)).bytes).strong).toBe(one.script())
  })

  test('under another approved script’s name is not taken for that one', async () => {
    const world = await open(at(place(one, one.script())))
    await mkdir(folderOf(world))
    await writeFile(join(folderOf(world), `${one.script().replaceAll('+', '-').replaceAll('/', '_')}.js`), 'alert(1)')
    one.faults.on('script-500')
    const { clinician, visit } = await admitted(world)

    await refuses(world, 'room-script-refused', () => entering(clinician, visit))
  })

  test('is not needed while the app runs: where it cannot be written the call opens all the same, and the log says so', async () => {
    const world = await open(at(place(one, one.script())))
    await writeFile(folderOf(world), 'no folder')
    const { clinician, visit } = await admitted(world)

    const { script } = await enter(clinician, visit)

    expect((await served(world, script)).status).toBe(200)
    expect(told(world, 'not-kept')).toHaveLength(1)
  })
})

describe('a clinic that approves none', () => {
  test('has calls as ever: its pages load the script from Jitsi and may, and the start warns', async () => {
    const world = await open(at({ origin: one.origin }, place(two, two.script())))
    await world.house.roomScripts.look()
    const { clinician, visit } = await admitted(world)

    const { script } = await enter(clinician, visit)

    expect(script).toBe(`${one.origin}/external_api.js`)
    const { headers } = await ask(world.url, clinician.home, { headers: { Cookie: clinician.cookie } })
    expect(directive(headers['content-security-policy'], 'script-src')).toBe(`script-src 'self' ${one.origin}`)
    expect(directive(headers['content-security-policy'], 'frame-src')).toBe(`frame-src ${one.origin} ${two.origin}`)
    expect(told(world, 'unapproved')).toHaveLength(1)
    expect(told(world, 'unapproved')[0]).toMatch(/"organisation":"riverside","jitsi":1/)
  })
})
