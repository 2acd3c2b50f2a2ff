// `npm run doctor -- <iss>` and `npm run doctor -- <organisation id>`: says in plain words what an EHR can do for a visit and what it
// cannot. Ends with 0 when a visit would work, 1 when it would not, 2 for wrong usage. The result alone goes to standard output.
import { parseArgs } from 'node:util'
import { withoutSlashes } from '../server/domain/ehr/reference.ts'
import { type Config, ConfigProblem, type Organisation, readConfig } from '../server/settings/config.ts'
import { doctorForIssuer, doctorForOrganisation, wrongSettings } from './examine.ts'
import type { Report } from './finding.ts'
import type { World } from './request.ts'
import { table } from './table.ts'

const usage = `Usage: npm run doctor -- <FHIR base URL> [--json]
       npm run doctor -- <organisation id> [--env <path>] [--json]`

/** What was typed makes no sense; the message is for the person at the keyboard. */
class Stop extends Error {}

const world: World = {
  now: Date.now,
  timeoutMs: 10_000,
  statementMs: 20_000,
  settleMs: 2_000,
  progress: (line) => console.error(line),
}

async function doctor(): Promise<void> {
  const { subject, json, envFile } = asked()
  const report = subject.includes('://')
    ? await doctorForIssuer(world, baseOf(subject))
    : await ofOrganisation(subject, envFile)
  console.log(json ? JSON.stringify(report, undefined, 2) : table(report))
  process.exitCode = report.visits === 'would-work' ? 0 : 1
}

function asked() {
  const { values, positionals } = given()
  const [subject, ...more] = positionals
  if (subject === undefined || more.length > 0) throw new Stop(usage)
  return { subject, json: values.json, envFile: values.env }
}

function given() {
  const options = { json: { type: 'boolean', default: false }, env: { type: 'string' } } as const
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (cause) {
    throw new Stop(usage, { cause })
  }
}

/** The base URL as the settings would have it: no slash at its end, no query. */
function baseOf(iss: string): string {
  if (!URL.canParse(iss) || !/^https?:$/.test(new URL(iss).protocol))
    throw new Stop(`"${iss}" is no http address.\n${usage}`)
  const { origin, pathname, username, password, search, hash } = new URL(iss)
  if (username || password) throw new Stop(`A FHIR base URL names no user and no password.\n${usage}`)
  if (search || hash) throw new Stop(`A FHIR base URL has nothing after a ? or a #.\n${usage}`)
  return origin + withoutSlashes(pathname)
}

async function ofOrganisation(id: string, envFile: string | undefined): Promise<Report> {
  if (envFile !== undefined) readEnvironment(envFile)
  try {
    const config = readConfig()
    return await doctorForOrganisation(world, config, organisationIn(config, id))
  } catch (cause) {
    if (cause instanceof ConfigProblem) return wrongSettings(world, id, cause.problems)
    throw cause
  }
}

function readEnvironment(file: string): void {
  try {
    process.loadEnvFile(file)
  } catch (cause) {
    throw new Stop(`There is no file ${file} that can be read.\n${usage}`, { cause })
  }
}

function organisationIn({ organisations }: Config, id: string): Organisation {
  const found = organisations.find((one) => one.id === id)
  if (found !== undefined) return found
  throw new Stop(
    `The settings have no organisation "${id}", but: ${organisations.map((o) => o.id).join(', ')}.\n${usage}`,
  )
}

await doctor().catch((cause: unknown) => {
  if (!(cause instanceof Stop)) throw cause
  console.error(cause.message)
  process.exitCode = 2
})
