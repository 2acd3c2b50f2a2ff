// `npm run doctor -- <iss>` against each kind of sandbox EHR: what an integrator is told would work there, and what would not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { table } from '../../doctor/table.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { doctor, found, ReportJson, reportOn, worldOf } from './doctor.ts'

// The command is started as a process of its own.
const opened: Ehr[] = []
async function open(personality = generic): Promise<Ehr> {
  const ehr = await startEhr({ clients: [], launchUrls: [], resources: [], personality })
  opened.push(ehr)
  return ehr
}
afterAll(() => Promise.all(opened.map((ehr) => ehr.close())))

let ehr: Ehr
beforeAll(async () => {
  ehr = await open()
})

describe('what an integrator is told about', () => {
  test('an EHR by the book: nothing is missing', async () => {
    const report = await reportOn(ehr.iss)

    const wanting = report.parts.flatMap(({ findings }) => findings).filter(({ result }) => result !== 'ok')
    expect(report.visits).toBe('would-work')
    expect(wanting.map(({ id }) => id)).toEqual(['client'])
  })

  test('Epic: visits work, no Encounter is made, and its short list of scopes proves nothing', async () => {
    const report = await reportOn((await open(epic)).iss)

    expect(report.visits).toBe('would-work')
    expect(found(report, 'ehr-kind').means).toMatch(/Epic/)
    expect(found(report, 'createEncounters')).toMatchObject({
      result: 'missing',
      essential: false,
      details: ['verdict: not-its-way'],
    })
    expect(found(report, 'scopes')).toMatchObject({ result: 'ok', means: expect.stringMatching(/no resources/) })
    expect(found(report, 'context-ehr-appointment').result).toBe('missing')
    expect(found(report, 'note-type').means).toMatch(/11506-3.*Epic takes/)
  })

  test("Oracle's clinicians: Encounters can be made, and are not found by Appointment", async () => {
    const report = await reportOn((await open(oracle)).issuers.provider)

    expect(report.visits).toBe('would-work')
    expect(found(report, 'ehr-kind').means).toMatch(/Oracle/)
    expect(found(report, 'createEncounters').result).toBe('ok')
    expect(found(report, 'findEncounterByAppointment')).toMatchObject({
      result: 'missing',
      ask: { of: 'ehr', text: 'Let this client search Encounter by appointment.' },
    })
    expect(found(report, 'scopes').details).toContain('user/PractitionerRole.rs')
  })

  test("Oracle's patients: nothing can be written there", async () => {
    const report = await reportOn((await open(oracle)).issuers.patient)

    expect(report.visits).toBe('would-work')
    expect(found(report, 'read-only')).toMatchObject({ result: 'missing', ask: { of: 'us' } })
    expect(report.parts[0]?.findings.map(({ id }) => id)).not.toContain('fileNotes')
  })

  test('the public launcher: everything can be written, and no launch names an Appointment', async () => {
    const report = await reportOn((await open(launcher)).iss)

    expect(report.visits).toBe('would-work')
    expect(found(report, 'fileNotes').result).toBe('ok')
    expect(found(report, 'context-ehr-appointment').result).toBe('missing')
  })
})

describe('when something is wrong with the EHR', () => {
  test.each([
    ['discovery-500', 'smart-configuration', 'failed', /answered 500/, 'would-not-work'],
    ['discovery-no-issuer', 'identity', 'failed', /no issuer and no jwks_uri.*identity/, 'would-not-work'],
    ['metadata-500', 'metadata', 'failed', /answered 500/, 'would-work'],
    ['metadata-500', 'fileNotes', 'not-checked', /tried, with care/, 'would-work'],
    ['no-transaction', 'transaction', 'missing', /one after the other/, 'would-work'],
  ] as const)('%s is told under %s', async (fault, id, result, means, visits) => {
    ehr.faults.on(fault)
    const report = await reportOn(ehr.iss)
    ehr.faults.clear()

    expect(found(report, id)).toMatchObject({ result, means: expect.stringMatching(means) })
    expect(report.visits).toBe(visits)
  })

  test('clocks half a minute apart are a warning, five minutes a refusal', async () => {
    const apart = async (seconds: number) =>
      found(await reportOn(ehr.iss, worldOf({ aheadMs: seconds * 1000 })), 'clock')

    expect(await apart(0)).toMatchObject({ result: 'ok', means: "The EHR's clock and ours agree." })
    expect(await apart(-60)).toMatchObject({ result: 'warning', means: expect.stringMatching(/ahead of ours/) })
    expect(await apart(600)).toMatchObject({
      ...{ result: 'failed', essential: true },
      ...{ means: expect.stringMatching(/behind ours/), ask: { of: 'us' } },
    })
  })
})

describe('the command', () => {
  test('prints a table that fits a hundred columns on standard output, and its progress beside it', async () => {
    const { code, out, err } = await doctor([`${ehr.iss}/`])

    expect(code).toBe(0)
    expect(out).toMatch(/^Housecall doctor: http.*\/fhir\n\nWhat will work\n {2}\+ reach /)
    expect(out).toMatch(/\nBy all that can be seen without signing in, a visit would work\.\n$/)
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([])
    expect(err).toContain(`asks  ${ehr.iss}/metadata\n`)
    expect(err.match(/^ended /gm)?.length).toBe(err.match(/^asks /gm)?.length)
  })

  test('with --json prints one document on standard output, in the shape that is documented', async () => {
    ehr.faults.on('discovery-500', { times: 1 })
    const { code, out } = await doctor([ehr.iss, '--json'])

    const report = ReportJson.parse(JSON.parse(out))
    expect(code).toBe(1)
    expect([report.subject, report.visits]).toEqual([ehr.iss, 'would-not-work'])
  })

  test('ends with 1 for an EHR that nobody reaches, and says so', async () => {
    const gone = await startEhr({ clients: [], launchUrls: [], resources: [] })
    await gone.close()

    const { code, out } = await doctor([gone.iss])

    expect(code).toBe(1)
    expect(out).toMatch(/! reach +The EHR is not reached: nothing listens there\./)
    expect(out).toMatch(/\? metadata +Not asked/)
    expect(out).toMatch(/A visit would not work/)
  })

  test.each([
    ['nothing', []],
    ['two addresses', ['http://a.example/fhir', 'http://b.example/fhir']],
    ['an option nobody knows', ['http://a.example/fhir', '--fast']],
    ['an address of another kind', ['ftp://ehr.example/fhir']],
    ['an address with a query', ['https://ehr.example/fhir?x=1']],
    ['a password in the address', ['https://me:hush@ehr.example/fhir']],
    ['a file that is not there', ['riverside', '--env', '/nowhere.env']],
  ])('given %s shows how it is used and ends with 2', async (_, given) => {
    const { code, out, err } = await doctor(given)

    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/Usage: npm run doctor -- <FHIR base URL>/)
    expect(err).not.toContain('hush')
  })
})

test('no line of any table is longer than a hundred columns, whatever the kind of EHR', async () => {
  const tables = await Promise.all(
    [epic, oracle, launcher].map(async (kind) => table(await reportOn((await open(kind)).issuers.patient))),
  )

  expect(tables.flatMap((one) => one.split('\n')).filter((line) => line.length > 100)).toEqual([])
})
