// Starts the app: settings, store, record, house, HTTP; and ends it without losing a write.
// Refuses to start with a wrong setting, or where the machine does not let it, saying why: a port that is taken, a folder that cannot be written.
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { madeReadable } from './domain/ehr/contrast.ts'
import { instantsOf } from './domain/instant.ts'
import { type House, openHouse } from './house/house.ts'
import { tellUnanswered } from './house/unanswered.ts'
import { endLeftOpen, keepHeartbeats, keepLastHeartbeats, keepRefusals, sweep } from './house/upkeep.ts'
import { createApp } from './http/app.ts'
import { openServer } from './http/connections.ts'
import { openControl } from './http/control.ts'
import { allowedHandles, type Handles, sharedOut } from './outside/handles.ts'
import { openRecord, type Recorder } from './outside/record/record.ts'
import { FolderProblem, inFolder } from './outside/store/folder-problem.ts'
import { openStore } from './outside/store/lowdb.ts'
import { type Config, ConfigProblem, readConfig } from './settings/config.ts'
import { withoutEmergency } from './settings/texts.ts'

const sweepMs = 10 * 60_000
const roundMs = 60_000

async function start(config: Config, client: string): Promise<() => Promise<void>> {
  const handles = sharedOut(allowedHandles())
  const now = instantsOf(Date.now)
  const { store, record } = await inFolder(config.data, async () => ({
    store: await openStore({ directory: join(config.data, 'rows'), ring: config.sealKeys }),
    record: await openRecord({ level: config.logLevel, auditDirectory: join(config.data, 'audit'), now }),
  }))
  const house = openHouse({ config, store, record, mostStreams: handles.streams })
  await house.webhooks.begin()
  await house.notices.begin()
  warnOf(config, record.log)
  const server = await listening(house, client, handles)
  const stopWebhooks = house.webhooks.start()
  const stopNotices = house.notices.start()
  void house.roomScripts.look()
  const closeControl = await inFolder(config.data, () => openControl(house))
  const timers = [
    setInterval(() => void sweep(house), sweepMs),
    setInterval(() => void keepHeartbeats(house).then(() => endLeftOpen(house)), roundMs),
    setInterval(() => void tellUnanswered(house), roundMs),
    setInterval(() => void keepRefusals(house, 'over'), roundMs),
  ]
  return async () => {
    record.log.info('stopping')
    timers.forEach(clearInterval)
    house.live.close()
    await closeControl()
    await new Promise<void>((done) => {
      server.close(() => done())
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 2_000).unref()
    })
    // When no page can say anything more.
    await keepLastHeartbeats(house)
    await keepRefusals(house, 'all')
    await Promise.all([stopWebhooks(), stopNotices()])
    await store.close()
    await record.close()
  }
}

/** What patients would miss, or see otherwise, by what their clinic has set. */
function warnOf({ organisations }: Config, log: Recorder['log']): void {
  for (const { id: organisation, accent, ...own } of organisations) {
    for (const language of withoutEmergency(own))
      log.warn('own-text', { organisation, language, code: 'emergency-missing' })
    if (accent !== undefined && madeReadable(accent) !== undefined)
      log.warn('own-colour', { organisation, code: 'accent-too-light' })
  }
}

function listening(house: House, client: string, { connections }: Handles): Promise<Server> {
  const { host, port } = house.config
  const server = openServer(createApp(house, { client }), { most: connections, log: house.log })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      house.log.info('ready', { port, ms: process.uptime() * 1000 })
      resolve(server)
    })
  })
}

/** Runs until a signal ends it. */
export async function run(): Promise<void> {
  try {
    // Built, this file lies in dist/server beside dist/client.
    const client = fileURLToPath(new URL('../client', import.meta.url))
    const stop = await start(readConfig(), client)
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void stop().then(() => process.exit(0)))
  } catch (cause) {
    if (cause instanceof FolderProblem) {
      console.error(`Housecall cannot start: ${cause.message}`)
      process.exit(73) // EX_CANTCREAT
    }
    // A port that is taken, a build that is missing: whoever starts the app can mend that.
    if (cause instanceof Error && 'syscall' in cause) {
      console.error(`Housecall cannot start: ${cause.message}.${portWords(cause)}`)
      process.exit(69) // EX_UNAVAILABLE
    }
    if (!(cause instanceof ConfigProblem)) throw cause
    console.error(
      ['Housecall cannot start. Please mend these settings:', ...cause.problems.map((p) => `  - ${p}`)].join('\n'),
    )
    process.exitCode = 78 // EX_CONFIG
  }
}

/** Where it is the port that cannot be had, what to do. */
const portWords = (cause: object): string =>
  'code' in cause && (cause.code === 'EADDRINUSE' || cause.code === 'EACCES')
    ? ' Choose another port with HOUSECALL_PORT.'
    : ''
