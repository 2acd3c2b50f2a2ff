// `npm run demo`: everything on one machine, by hand. Prints the links; keeps nothing from one day to the next.
// Refuses ports that are taken, naming them.
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { epic } from './ehr/personalities/epic.ts'
import { generic } from './ehr/personalities/generic.ts'
import { launcher } from './ehr/personalities/launcher.ts'
import { oracle } from './ehr/personalities/oracle.ts'
import type { Personality } from './ehr/personality.ts'
import { openStage, type Stage } from './stage.ts'

const { values } = parseArgs({
  options: {
    'app-port': { type: 'string', default: '4000' },
    'ehr-port': { type: 'string', default: '4010' },
    'jitsi-port': { type: 'string', default: '4020' },
    data: { type: 'string', default: '.housecall' },
    ehr: { type: 'string', default: 'generic' },
  },
})

const personalities: Readonly<Record<string, Personality>> = { generic, epic, oracle, launcher }

async function demo(): Promise<void> {
  const personality = personalities[values.ehr] ?? unheardOf()
  const ports = {
    app: Number(values['app-port']),
    ehr: Number(values['ehr-port']),
    jitsi: Number(values['jitsi-port']),
  }
  const data = `${values.data}/demo-${process.pid}`
  const stage = await openStage({ ports, data, personality, onLog: (text) => process.stderr.write(text) }).catch(
    notOpened,
  )
  let ending = false
  const end = async (code: number) => {
    // Ctrl+C reaches the app too, which then ends by itself: only the first of the two reasons counts.
    if (ending) return
    ending = true
    await stage.close()
    await rm(data, { recursive: true, force: true })
    process.exit(code)
  }
  void stage.ended.then((code) => end(code))
  // Every time: what started us may hand the same Ctrl+C on, and a second one must not cut the clearing up short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0))
  console.log(links(stage))
}

function unheardOf(): never {
  console.error(`There is no EHR called ${values.ehr}. Choose one of: ${Object.keys(personalities).join(', ')}`)
  process.exit(1)
}

function notOpened(cause: Error & { code?: string; port?: number }): never {
  const taken =
    cause.code === 'EADDRINUSE'
      ? `Port ${cause.port} is taken. Choose others: npm run demo -- --app-port 5000 --ehr-port 5010 --jitsi-port 5020`
      : cause.message
  console.error(taken)
  process.exit(1)
}

const links = ({ app, ehr, jitsi }: Stage) => `
Housecall is running. Open these in two browser windows:

  the clinician's EHR desktop   ${ehr.desktopUrl}
  the patient's portal          ${ehr.portalUrl}

Each click on a video visit there mints a fresh launch. Without an EHR: ${app}/launch.html

  app    ${app}
  iss=   ${[...new Set(Object.values(ehr.issuers))].join('\n         ')}
  Jitsi  ${jitsi.origin}

Press Ctrl+C to stop.
`

await demo()
