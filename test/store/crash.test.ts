// The app as a process of its own, built and started as in production, killed in the middle of a sentence: what it has acknowledged is there.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr, LaunchRequest } from '../../sandbox/ehr/contract.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { VisitRow } from '../../server/house/rows.ts'
import { openStore } from '../../server/outside/store/lowdb.ts'
import type { ClinicianView, NoteView } from '../../server/wire/wire.ts'
import type { Answer } from '../support/people.ts'
import { bodyOf, knock, match, open, placeOf, soap, tokenFor, visitIdOf } from '../support/visits.ts'
import { arrive, personOf } from '../support/walk.ts'

const { patients, practitioners, appointments } = clinic
const root = fileURLToPath(new URL('../../', import.meta.url))
// Beside the packages it imports, and not in dist, where a developer may be running what they built.
const built = join(root, 'node_modules', '.housecall-crash', String(process.pid))
const data = mkdtempSync(join(tmpdir(), 'housecall-crash-'))
let ehr: Ehr
let url: string
let app: ChildProcess

beforeAll(async () => {
  build()
  url = `http://localhost:${await freePort()}`
  ehr = await startEhr({
    clients: [
      { clientId: 'housecall', redirectUris: [`${url}/smart/callback/riverside/riverside`], auth: { kind: 'public' } },
    ],
    launchUrls: [{ url: `${url}/launch.html`, title: 'Housecall' }],
  })
  app = await start()
})
afterAll(async () => {
  app.kill('SIGKILL')
  await ehr.close()
  rmSync(built, { recursive: true, force: true })
  rmSync(data, { recursive: true, force: true })
})

function build(): void {
  mkdirSync(built, { recursive: true })
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }')
  cpSync(join(root, 'test', 'support', 'pages'), join(built, 'client'), { recursive: true })
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  execFileSync(tsc, ['-p', join(root, 'tsconfig.build.json'), '--outDir', built], { cwd: root, stdio: 'pipe' })
  expect(existsSync(join(built, 'server', 'main.js'))).toBe(true)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Started as `npm start` starts it; settles once it says that it is ready. */
async function start(): Promise<ChildProcess> {
  const config = join(data, 'config.json')
  writeFileSync(config, JSON.stringify({ organisations: [organisation()] }))
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
  const env = {
    ...{ PATH: '/usr/bin:/bin', HOUSECALL_CONFIG: config, HOUSECALL_URL: url, HOUSECALL_DATA: join(data, 'kept') },
    ...{ HOUSECALL_HOST: '127.0.0.1', HOUSECALL_PORT: new URL(url).port, HOUSECALL_LOG: 'info' },
    ...{ HOUSECALL_SEAL_KEYS: `k1:${key(7)}`, HOUSECALL_ROOM_KEY: key(9) },
    HOUSECALL_JITSI_SECRET_RIVERSIDE: 'a secret of the sandbox, thirty-two bytes or more',
  }
  const child = spawn(process.execPath, [join(built, 'server', 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const wrong: string[] = []
  child.stderr.on('data', (text) => wrong.push(String(text)))
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"event":"ready"')) continue
    child.stdout.resume() // a log that nobody reads would stop its writer
    return child
  }
  throw new Error(`the app did not start: ${wrong.join('')}`)
}

function organisation() {
  return {
    ...{ id: 'riverside', name: 'Riverside', phone: '555-0100', timeZone: clinic.timeZone },
    issuers: [{ name: 'riverside', iss: ehr.iss, title: 'Record', clientId: 'housecall', client: 'public' }],
    jitsi: { origin: 'http://127.0.0.1:4020', issuer: 'housecall' },
  }
}

async function kill(): Promise<void> {
  const gone = once(app, 'exit')
  app.kill('SIGKILL')
  await gone
}

/** Read from the folder that the app has let go of. */
async function rowOf(visit: string) {
  const ring = [{ kid: 'k1', key: new Uint8Array(32).fill(7) }]
  const store = await openStore({ directory: join(data, 'kept', 'rows'), ring })
  const id = visitIdOf(visit)
  const row = await store.shelf({ name: 'visits', schema: VisitRow, indexes: {} }).get(id)
  await store.close()
  return row
}

const signIn = async (launch: LaunchRequest) => personOf(url, await arrive(url, ehr, launch))
const textOf = (n: number) => ({ ...soap, plan: `sentence ${n}` })

test('a clinician whose server dies while she types finds all that was acknowledged, and who was waiting still waits', {
  timeout: 120_000,
}, async () => {
  const appointment = appointments.zoe.id
  const [clinician, patient] = await Promise.all([
    signIn({ user: practitioners.chen.reference, patient: patients.zoe.id, appointment }),
    signIn({ user: patients.zoe.reference, appointment }),
  ])
  const visit = await open(clinician, appointment)
  await open(patient, appointment)
  bodyOf(await knock(patient, visit))
  const before = bodyOf<ClinicianView>(await clinician.get(visit))
  let acknowledged = 0

  for (const round of [1, 2, 3]) {
    const typing = type()
    // Dies while a save is under way, each time a little further into it.
    while (acknowledged < round * 15) await typing.next()
    const last = typing.next().catch(() => undefined)
    await new Promise((soon) => setImmediate(soon))
    await kill()
    await last
    app = await start()

    const { version, soap: kept } = bodyOf<NoteView>(await clinician.get(`${visit}/note`))
    expect([acknowledged, acknowledged + 1]).toContain(version)
    expect(kept).toEqual(textOf(version))
    acknowledged = version
  }

  const after = bodyOf<ClinicianView>(await clinician.get(visit))
  expect(after.door.map(({ doorId, knockedAt }) => [doorId, knockedAt])).toEqual(
    before.door.map(({ doorId, knockedAt }) => [doorId, knockedAt]),
  )
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'door', ahead: 0 })
  expect((await tokenFor(patient, visit)).code).toBe('not-admitted')

  /** Saves one sentence after the other; counts those that were acknowledged. */
  async function* type(): AsyncGenerator<Answer> {
    for (;;) {
      const answer = await clinician.put(`${visit}/note`, textOf(acknowledged + 1), match(acknowledged))
      if (answer.status === 200) acknowledged++
      yield answer
    }
  }
})

test('a server that is asked to end ends in order with all that pages said, and one with a wrong setting says which', async () => {
  const appointment = appointments.zoe.id
  const clinician = await signIn({ user: practitioners.chen.reference, patient: patients.zoe.id, appointment })
  const visit = await open(clinician, appointment)
  bodyOf(await tokenFor(clinician, visit))
  bodyOf(await clinician.post(`${visit}/presence`, { at: 'in', sees: [] }))
  const gone = once(app, 'exit')

  app.kill('SIGTERM')
  const [code] = await gone

  expect(code).toBe(0)
  expect((await rowOf(visit))?.attendance).toMatchObject([{ said: { from: expect.any(String) } }])
  const env = { PATH: '/usr/bin:/bin', HOUSECALL_DATA: data }
  const refused = spawn(process.execPath, [join(built, 'server', 'main.js')], { env })
  let said = ''
  refused.stderr.on('data', (text) => {
    said += String(text)
  })
  expect((await once(refused, 'close'))[0]).toBe(78)
  expect(said).toContain('HOUSECALL_URL: is not set')
})
