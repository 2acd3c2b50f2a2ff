// Loading the day into somebody's server: once or twice, with our ids or theirs, politely, and with plain words when it fails.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { clinic, clinicDay, fixtureSystem } from '../fhir-fixtures/day.ts'
import { loadDay } from '../fhir-fixtures/load.ts'
import { type Mood, outcome, type StrictServer, strictServer } from './fixtures-server.ts'

const NOON = new Date('2026-03-02T17:03:20Z')
const SIZE = clinicDay(NOON).length

const running: StrictServer[] = []
afterEach(() => {
  for (const server of running.splice(0)) server.close()
})

async function ehr(takesIds: boolean, mood?: Mood): Promise<StrictServer> {
  const server = await strictServer(takesIds, mood)
  running.push(server)
  return server
}

const lastOf = ({ stored }: StrictServer) => [...stored.keys()].at(-1)

async function load(base: string, now = NOON) {
  const lines: string[] = []
  const pauses: number[] = []
  const pause = async (milliseconds: number) => void pauses.push(milliseconds)
  const loaded = await loadDay(base, { now, print: (line) => lines.push(line), pause })
  return { ...loaded, lines, said: lines.join('\n'), pauses }
}

describe('loading', () => {
  test.each([
    ['takes our ids', true],
    ['gives ids of its own', false],
  ])('into a server that %s, twice leaves it as full as once', async (_what, takesIds) => {
    const server = await ehr(takesIds)

    const first = await load(server.base)
    const sizeAfterFirst = server.stored.size
    const second = await load(server.base)

    expect([first.created, first.updated, first.failed, first.stopped]).toEqual([SIZE, 0, [], undefined])
    expect([second.created, second.updated, second.failed, second.stopped]).toEqual([0, SIZE, [], undefined])
    expect([sizeAfterFirst, server.stored.size]).toEqual([SIZE, SIZE])
  })

  test('the next day moves the appointments to then', async () => {
    const server = await ehr(false)
    await load(server.base)

    await load(`${server.base}/`, new Date('2026-03-03T17:03:20Z'))

    const starts = [...server.stored.values()].flatMap((resource) =>
      resource.resourceType === 'Appointment' ? [String(resource.start)] : [],
    )
    expect(starts).toHaveLength(Object.keys(clinic.appointments).length)
    expect(starts.every((start) => start.startsWith('2026-03-03'))).toBe(true)
  })

  test('the person at the keyboard sees each step, and the sum in the end', async () => {
    const server = await ehr(true)

    const { lines, said } = await load(server.base)

    expect(lines.filter((line) => /^\d+\/\d+ /.test(line))).toHaveLength(SIZE)
    expect(lines).toContain(`${SIZE}/${SIZE} ${lastOf(server)} created`)
    expect(said).toContain(`Done: ${SIZE} created, 0 updated, 0 failed.`)
  })
})

describe('a busy server', () => {
  test('is left alone for as long as it asks', async () => {
    let refused = false
    const server = await ehr(true, ({ method }) => {
      if (method !== 'PUT' || refused) return undefined
      refused = true
      return { status: 429, headers: { 'retry-after': '7' } }
    })

    const { created, pauses } = await load(server.base)

    expect([created, pauses]).toEqual([SIZE, [7000]])
  })

  test('that created a patient and then said it was busy gets no second one', async () => {
    let refused = false
    const server = await ehr(false, ({ method, sent }, stored) => {
      if (method !== 'POST' || sent.resourceType !== 'Patient' || refused) return undefined
      refused = true
      stored.set('Patient/99', { ...sent, id: '99' })
      return { status: 503, headers: { 'retry-after': '1' } }
    })

    const { failed } = await load(server.base)

    const patients = [...server.stored.keys()].filter((key) => key.startsWith('Patient/'))
    expect([failed, patients.length]).toEqual([[], Object.keys(clinic.patients).length])
  })

  test('that never recovers is given up on, and said so', async () => {
    const server = await ehr(true, ({ path }) =>
      path.startsWith('Organization') ? { status: 503, headers: { 'retry-after': '2' } } : undefined,
    )

    const { failed, said, pauses } = await load(server.base)

    expect(failed[0]).toEqual({ reference: clinic.organization.reference, reason: 'the server answered 503' })
    expect(pauses).toEqual([2000, 2000, 2000, 2000])
    expect(said).toContain('Not everything was loaded')
  })
})

describe('a load that goes wrong', () => {
  test('one refused patient costs what refers to her, and no one else', async () => {
    const { reference, id } = clinic.patients.zoe
    const server = await ehr(true, ({ method, sent }) =>
      method !== 'GET' && JSON.stringify(sent).includes(`"${fixtureSystem}","value":"${id}"`)
        ? { status: 422, body: outcome('No \u001b[31mZoë\u001b[0m here.') }
        : undefined,
    )

    const { failed, said } = await load(server.base)

    expect(failed.length).toBeGreaterThan(3)
    expect(failed.every((one) => one.reference === reference || /zoe/.test(one.reference))).toBe(true)
    expect(said).toContain(`${reference}: the server answered 422 No  [31mZoë [0m here.`)
    expect(said).toContain(`it refers to ${reference}, which was not loaded.`)
  })

  test('a server that ignores a search by identifier is not filled twice', async () => {
    const server = await ehr(false, ({ method, path }, stored) =>
      method === 'GET' && path !== 'metadata'
        ? {
            status: 200,
            body: { resourceType: 'Bundle', entry: [...stored.values()].map((resource) => ({ resource })) },
          }
        : undefined,
    )
    await load(server.base)
    const sizeAfterFirst = server.stored.size

    const { created, said } = await load(server.base)

    expect([created, server.stored.size]).toEqual([0, sizeAfterFirst])
    expect(said).toContain('a second load would double everything')
  })

  test.each([
    ['', /No server was given/],
    ['localhost', /not a URL/],
    ['file:///tmp/fhir', /not an http URL/],
    ['https://me:secret@ehr.example/fhir', /user name or password/],
    ['https://ehr.example/fhir?x=1', /nothing after a \?/],
  ])('the address "%s" is refused with an example of a good one', async (address, why) => {
    const { stopped, said } = await load(address)

    expect(stopped).toMatch(why)
    expect(said).toContain('http://localhost:8080/fhir')
    expect(said).not.toContain('secret')
  })

  test.each([
    [
      'speaks STU3',
      { status: 200, body: { resourceType: 'CapabilityStatement', fhirVersion: '3.0.2' } },
      /R4 \(4\.0\.1\)/,
    ],
    ['is a web page', { status: 200, body: '<html>Welcome</html>' }, /no FHIR CapabilityStatement/],
    ['is not there', { status: 404 }, /FHIR base URL itself/],
    ['wants a sign-in', { status: 401 }, /open server/],
    ['sends us elsewhere', { status: 302, headers: { location: 'https://evil.example/fhir' } }, /follows nobody/],
  ])('a server that %s is asked for nothing more', async (_what, answer, why) => {
    const server = await ehr(true, () => answer)

    const { stopped } = await load(server.base)

    expect(stopped).toMatch(why)
    expect(server.asked).toEqual(['GET metadata'])
  })

  test('a server that goes away half-way leaves word of how far it came', async () => {
    const server = await ehr(true)
    let requests = 0
    const lines: string[] = []

    const { created, stopped } = await loadDay(server.base, {
      now: NOON,
      print: (line) => lines.push(line),
      fetch: (url, init) => {
        requests += 1
        return requests > 21 ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init)
      },
    })

    expect([created, stopped]).toEqual([
      20,
      `${new URL(server.base).origin} does not answer. See that it is running and can be reached from here.`,
    ])
    expect(lines.at(-1)).toBe('Until then: 20 created, 0 updated, 0 failed. Loading again is safe.')
  })

  test('the command ends with 1, and its words stand on the terminal', async () => {
    const script = fileURLToPath(new URL('../fhir-fixtures/load.ts', import.meta.url))

    const ended = await new Promise<{ code: unknown; stdout: string }>((resolve) =>
      execFile(process.execPath, ['--import', 'tsx', script, 'http://127.0.0.1:9/fhir'], (error, stdout) =>
        resolve({ code: error?.code, stdout }),
      ),
    )

    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('http://127.0.0.1:9 does not answer')
  })
})
