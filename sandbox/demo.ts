// `npm run demo`: everything on one machine, by hand. Prints the links; keeps nothing from one day to the next.
// Refuses, before it builds or starts anything, what makes no sense and ports that are taken, naming them.
import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhenStale } from './built.ts'
import { basesOf } from './ehr/bases.ts'
import { faultNames as ehrFaultNames } from './ehr/faults.ts'
import { epic } from './ehr/personalities/epic.ts'
import { generic } from './ehr/personalities/generic.ts'
import { keycloak } from './ehr/personalities/keycloak.ts'
import { launcher } from './ehr/personalities/launcher.ts'
import { medplum } from './ehr/personalities/medplum.ts'
import { oracle } from './ehr/personalities/oracle.ts'
import type { Personality } from './ehr/personality.ts'
import { NotThere, whenEndedFromOutside } from './ending.ts'
import { jitsiFaultNames } from './jitsi/faults.ts'
import { ownApp } from './own-app.ts'
import { openServers } from './servers.ts'
import { openStage, type Stage } from './stage.ts'

const usage =
  'Usage: npm run demo -- [--ehr generic] [--fault <name>] [--tls] [--app <file of settings>] [--app-port 4000] [--ehr-port 4010] [--jitsi-port 4020] [--data .housecall]'
const personalities: Readonly<Record<string, Personality>> = { generic, epic, oracle, launcher, medplum, keycloak }
const faultNames: Readonly<Record<string, string>> = { ...ehrFaultNames, ...jitsiFaultNames }
const say = (text: string) => void process.stderr.write(text)

type Demo = Omit<Stage, 'restartApp' | 'ended'> & Partial<Pick<Stage, 'ended'>>

async function demo(): Promise<void> {
  const { values, personality, ports } = asked()
  let stage: Demo | undefined
  let ending = false
  const end = async (code: number) => {
    // Ctrl+C reaches the app too, which then ends by itself: only the first of the two reasons counts.
    if (ending) return
    ending = true
    await stage?.close()
    process.exit(code)
  }
  whenEndedFromOutside(() => end(0))
  stage =
    values.app === undefined
      ? await withOurs(values, personality, ports)
      : await withTheirs(values.app, personality, ports)
  for (const name of values.fault) boardWith(stage, name)?.on(name)
  void stage.ended?.then(end)
  console.log([links(stage, values.app), ...notes(stage, values)].join('\n'))
}

type Ports = Parameters<typeof openStage>[0]['ports']

async function withOurs({ data: place, tls }: Values, personality: Personality, ports: Ports): Promise<Demo> {
  for (const [where, port] of Object.entries(ports)) await mustBeFree(port, where === 'app' ? 'localhost' : '127.0.0.1')
  const data = await folderIn(place)
  await buildWhenStale((text) => say(`${text}\n`))
  return openStage({
    ports,
    data,
    personality,
    tls,
    inAllLanguages: true,
    asksConsent: true,
    mail: true,
    chart: true,
    onLog: say,
  })
}

/** EHR and Jitsi alone, for an app that somebody starts with settings of their own. */
async function withTheirs(file: string, personality: Personality, { ehr, jitsi }: Ports): Promise<Demo> {
  const at = (port: number) => `http://127.0.0.1:${port}`
  const bases = basesOf(at(ehr), personality).map(({ iss }) => iss)
  const registered = await ownApp(file, { bases, jitsi: at(jitsi) })
  for (const port of [ehr, jitsi]) await mustBeFree(port, '127.0.0.1')
  return { app: registered.url, ...(await openServers(registered, { ports: { ehr, jitsi }, personality })) }
}

function asked() {
  const { values } = given()
  const personality = Object.hasOwn(personalities, values.ehr) ? personalities[values.ehr] : undefined
  if (personality === undefined)
    throw new NotThere(`There is no EHR called ${values.ehr}. Choose one of: ${Object.keys(personalities).join(', ')}`)
  const unknown = values.fault.find((name) => !Object.hasOwn(faultNames, name))
  if (unknown !== undefined)
    throw new NotThere(`There is no fault called ${unknown}. Choose of these:\n${listOf(faultNames)}`)
  const ports = {
    app: portOf(values['app-port'], '--app-port'),
    ehr: portOf(values['ehr-port'], '--ehr-port'),
    jitsi: portOf(values['jitsi-port'], '--jitsi-port'),
  }
  const taken = Object.values(ports).filter((port) => port !== 0)
  if (values.app !== undefined && values.tls)
    throw new NotThere(
      '--tls is for the app of the demo: one of your own is reached over TLS by what you put in front of it.',
    )
  if (new Set(taken).size < taken.length) throw new NotThere('The app, the EHR and Jitsi need a port each: name three.')
  return { values, personality, ports }
}

type Values = ReturnType<typeof given>['values']

function given() {
  const option = (standard: string) => ({ type: 'string', default: standard }) as const
  try {
    return parseArgs({
      options: {
        app: { type: 'string' },
        'app-port': option('4000'),
        'ehr-port': option('4010'),
        'jitsi-port': option('4020'),
        data: option('.housecall'),
        ehr: option('generic'),
        fault: { type: 'string', multiple: true, default: [] },
        tls: { type: 'boolean', default: false },
      },
    })
  } catch (cause) {
    throw new NotThere(usage, { cause })
  }
}

function portOf(text: string, option: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new NotThere(`${option} is a number up to 65535, or 0 for any port that is free, and not "${text}".`)
}

/** A folder for this demo alone, which ends with it. */
async function folderIn(place: string): Promise<string> {
  const folder = join(place, `demo-${process.pid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    throw new NotThere(`There can be no folder in ${place} (${cause.code}). Name another one with --data.`, { cause })
  })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function mustBeFree(port: number, host: string): Promise<void> {
  const probe = createServer()
  await new Promise<void>((free, taken) => probe.once('error', taken).listen(port, host, free)).catch(notOpened)
  await new Promise((done) => probe.close(done))
}

function notOpened(cause: NodeJS.ErrnoException & { port?: number }): never {
  if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') throw cause
  const why = cause.code === 'EACCES' ? 'may not be opened by you' : 'is taken'
  const others = 'npm run demo -- --app-port 5000 --ehr-port 5010 --jitsi-port 5020'
  throw new NotThere(`Port ${cause.port} ${why}. Choose others: ${others}`, { cause })
}

const links = ({ app, ehr, jitsi }: Demo, theirs: string | undefined) => `
${theirs === undefined ? 'Housecall is running. Open' : `${running(theirs)}Then open`} these in two browser windows:

  the clinician's EHR desktop   ${ehr.desktopUrl}
  the patient's portal          ${ehr.portalUrl}

Each click on a video visit there mints a fresh launch. Without an EHR: ${app}/launch.html

  app    ${app}
  iss=   ${[...new Set(Object.values(ehr.issuers))].join('\n         ')}
  Jitsi  ${jitsi.origin}

What goes wrong is switched on and off at ${ehr.origin}/faults
What the clinic's mail server got is shown at ${ehr.origin}/mail`

const running = (
  file: string,
) => `EHR and Jitsi are running, and your app is registered at both, as it says of itself. Start it in another terminal:

  node --env-file=${file} dist/server/main.js

`

/** What else is to be known of this demo, and how it ends. */
function notes({ app, ehr, jitsi }: Demo, { fault, tls, app: theirs }: Values) {
  const seen = `Your browser does not know who made the certificate: open each of these three once, and go on past its warning:
  ${[app, ehr.origin, jitsi.origin].join('   ')}`
  const browsers = `Open it in Chromium, Chrome, Edge or Firefox: it is tried in Chromium and in Firefox with every change. Safari (WebKit) keeps no
sign-in from plain http${theirs === undefined ? ': npm run demo -- --tls is for it' : ''}.`
  return [
    ...(fault.length === 0 ? [] : [`Going wrong from the start: ${fault.join(', ')}`]),
    '',
    tls ? seen : browsers,
    'Press Ctrl+C to stop.',
    '',
  ]
}

const boardWith = ({ ehr, jitsi }: Demo, name: string) => [ehr.board, jitsi.board].find((board) => board.knows(name))

const listOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names)
    .map(([name, says]) => `  ${name}: ${says}`)
    .join('\n')

await demo().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause)
  process.exit(1)
})
