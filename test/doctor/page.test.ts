// docs/doctor.md shows what the doctor prints: each table is printed again here and compared, so that the page cannot go stale.
// When one differs, the page is put right with what the failure shows.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../doctor/finding.ts'
import { table } from '../../doctor/table.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { hapi, launcherOverHapi } from '../../sandbox/ehr/personalities/hapi.ts'
import { keycloak } from '../../sandbox/ehr/personalities/keycloak.ts'
import { launcher } from '../../sandbox/ehr/personalities/launcher.ts'
import { medplum } from '../../sandbox/ehr/personalities/medplum.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { abilities } from '../../server/domain/ehr/capability.ts'
import { hashesOf } from '../../server/domain/visit/room-script.ts'
import { openClinic, secrets } from './clinic.ts'
import { ReportJson, reportOn } from './doctor.ts'
import { startRealm } from './prosody.ts'

const page = readFileSync('docs/doctor.md', 'utf8')

/** What stands on the page under this name. */
function printed(name: string): string {
  const block = new RegExp(`^<!-- printed: ${name} -->\\n\\n\`\`\`text\\n([\\s\\S]*?)\\n\`\`\``, 'm').exec(page)?.[1]
  if (block === undefined) throw new Error(`the page has nothing printed for ${name}`)
  return block
}

const ports = { ehr: 40100, app: 40000, jitsi: 40200 }
/** Ports are free ones, and of five digits, as those on the page: the lines break alike. */
const masked = (text: string, ...origins: readonly (readonly [origin: string, port: number])[]) =>
  origins.reduce((said, [origin, port]) => said.replaceAll(origin, `http://127.0.0.1:${port}`), text)

const opened: { close(): Promise<void> }[] = []
const reports: Report[] = []
afterAll(() => Promise.all(opened.map((one) => one.close())))

const told: Record<string, string> = {}
async function tell(name: string, ehr: Ehr, iss: string): Promise<void> {
  const report = await reportOn(iss)
  reports.push(report)
  told[name] = masked(table(report), [ehr.origin, ports.ehr])
}

beforeAll(async () => {
  for (const personality of [generic, epic, launcher, oracle, hapi]) {
    const ehr = await startEhr({ clients: [], launchUrls: [], resources: [], personality })
    opened.push(ehr)
    const { provider, patient } = ehr.issuers
    if (provider === patient) await tell(personality.name, ehr, provider)
    else {
      await tell(`${personality.name} provider`, ehr, provider)
      await tell(`${personality.name} patient`, ehr, patient)
    }
  }
  for (const personality of [generic, oracle]) {
    const clinic = await openClinic({ personality })
    opened.push(clinic)
    const report = await clinic.report()
    reports.push(report)
    const { ehr, app, jitsi } = clinic
    if (personality === generic)
      told.organisation = masked(
        table(report),
        [ehr.origin, ports.ehr],
        [app.origin, ports.app],
        [jitsi.origin, ports.jitsi],
      )
  }
  for (const personality of [launcherOverHapi, medplum, keycloak]) await tellOfOurs(personality)
  await tellOfJitsi()
})

/** Of an EHR with a client of ours in it: its part of the report alone. */
async function tellOfOurs(personality: Personality): Promise<void> {
  const clinic = await openClinic({ personality })
  opened.push(clinic)
  const report = await clinic.report()
  reports.push(report)
  const parts = report.parts.filter(({ kind }) => kind === 'issuer')
  told[personality.name] = masked(
    table({ ...report, parts }),
    [clinic.ehr.origin, ports.ehr],
    [clinic.app.origin, ports.app],
  )
}

/** One that speaks XMPP, with its modules loaded as they must be, and no relay. */
async function tellOfJitsi(): Promise<void> {
  const secret = secrets.HOUSECALL_JITSI_SECRET_RIVERSIDE
  const jitsi = await startRealm({
    realm: { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', now: Date.now, secret },
    // The app says yes to the doctor's room, which is signed, and to no other of nobody's.
    reservations: (name) => (/^doctor-\w+-\w+$/.test(name) ? 200 : 403),
  })
  const shown = await (await fetch(`${jitsi.origin}/external_api.js`)).arrayBuffer()
  const script = hashesOf(new Uint8Array(shown)).strong
  const clinic = await openClinic({ organisation: { jitsi: { origin: jitsi.origin, issuer: 'housecall', script } } })
  opened.push(jitsi, clinic)
  const report = await clinic.report()
  reports.push(report)
  const parts = report.parts.filter(({ kind }) => kind === 'jitsi')
  told.jitsi = masked(table({ ...report, parts }), [jitsi.origin, ports.jitsi])
}

test.each([
  ...['generic', 'epic', 'oracle provider', 'oracle patient', 'launcher', 'hapi', 'launcher over hapi', 'medplum'],
  ...['keycloak', 'organisation', 'jitsi'],
])('the page shows what is printed for: %s', (name) => {
  expect(told[name]).toBe(printed(name))
})

test('the page explains every check that was made', () => {
  const explained = [...page.matchAll(/`([A-Za-z-]+)`/g)].map((one) => one[1])
  const made = reports.flatMap(({ parts }) => parts.flatMap(({ findings }) => findings.map(({ id }) => id)))

  expect(new Set(made).size).toBeGreaterThan(40)
  expect([...new Set([...made, ...abilities])].filter((id) => !explained.includes(id))).toEqual([])
})

test('the JSON on the page has the shape that is printed', () => {
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''

  const report = ReportJson.parse(JSON.parse(example))
  expect(report.parts[0]?.findings[0]?.id).toBe('identity')
  for (const one of reports) expect(ReportJson.safeParse(one).success).toBe(true)
})
