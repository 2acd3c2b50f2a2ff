// What hostile people cost: a greedy patient who takes all that can be taken from an app with 200 file handles, and strangers who send
// what is long, and an EHR that answers with a gzip bomb: processor time a request, and memory at the top.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildWhenStale } from '../sandbox/built.ts'
import { type Bench, rounded, say } from './figures.ts'
import { besides, greedy } from './greedy.ts'
import { clinicianOf, openHospital } from './hospital.ts'
import { ask } from './http.ts'
import { seed } from './seed.ts'
import { type App, alsoClosing, freePort, openSite, organisation, type Site, startApp } from './site.ts'

/** Of those the app may have open at once. */
export const fewHandles = 200

export const hostile: Bench = async () => {
  await buildWhenStale(say)
  const { saved, arrived, trouble, ...cost } = await withGreedyPatient({ notes: 100, people: 20 })
  if (trouble.length > 0) say(`not all went well: ${trouble.join('; ')}`)
  const greedyPatient = { bench: 'hostile-greedy', ...cost, notes: `${saved} of 100`, people: `${arrived} of 20` }
  return [
    greedyPatient,
    { bench: 'hostile-bearer', ...(await strangers(longBearer)) },
    { bench: 'hostile-gzip', ...(await bombs()) },
  ]
}

const times = 100

/** What strangers send over and over: processor time for each request, and memory at the top. */
async function strangers(send: (site: Site) => Promise<unknown>) {
  const site = await openSite({ port: await freePort(), ehr: 'http://127.0.0.1:9' })
  try {
    const app = await startApp(site)
    for (let n = 0; n < 10; n++) await send(site)
    const before = await spentMs(app)
    for (let n = 0; n < times; n++) await send(site)
    const cpuMs = rounded(((await spentMs(app)) - before) / times, 2)
    return { unit: 'ms', cpuMs, requests: times, topBytes: await topBytes(app) }
  } finally {
    await site.close()
  }
}

/** Fifteen thousand spaces where Jitsi's server shows its secret; the last is one that no server cuts off. */
const longBearer = ({ url }: Site) =>
  ask(`${url}/jitsi/${organisation}/events`, {
    method: 'POST',
    // Without a body: with one, all would go out as UTF-8, and the last space would be two other signs.
    headers: { authorization: `Bearer${' '.repeat(15_000)}\u00a0` },
  })

/** An EHR that answers every look at a patient's Appointment with 300 kB of gzip, which are 300 MB when unpacked. */
async function bombs() {
  const port = await freePort()
  const bomb = gzipSync(Buffer.alloc(300_000_000, ' '))
  let answered = 0
  const ehr = await openHospital(`http://127.0.0.1:${port}`, {
    inTheWay: (request, response, handOn) => {
      if (!request.url?.startsWith('/fhir/Appointment/')) return handOn()
      answered++
      response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' }).end(bomb)
    },
  })
  const closeEhr = alsoClosing(() => ehr.close())
  const site = await openSite({ port, ehr: ehr.origin })
  try {
    const app = await startApp(site)
    const clinician = await clinicianOf(site.url, ehr, [])
    const look = async () => {
      const body = { appointment: 'a' }
      const { status } = await ask(`${clinician.home}/api/visits`, { method: 'POST', headers: clinician.headers, body })
      if (status !== 502) throw new Error(`the bomb was answered ${status}`)
    }
    for (let n = 0; n < 10; n++) await look()
    const [before, first] = [await spentMs(app), answered]
    for (let n = 0; n < times; n++) await look()
    const cpuMs = rounded(((await spentMs(app)) - before) / times, 2)
    return { unit: 'ms', cpuMs, requests: times, bombs: answered - first, topBytes: await topBytes(app) }
  } finally {
    await site.close()
    await closeEhr()
  }
}

/** One greedy patient, and beside them `notes` that are saved and `people` who come. The app is built already. */
export async function withGreedyPatient(many: { readonly notes: number; readonly people: number }) {
  const port = await freePort()
  const ehr = await openHospital(`http://127.0.0.1:${port}`)
  const closeEhr = alsoClosing(() => ehr.close())
  const site = await openSite({ port, ehr: ehr.origin })
  try {
    const { people, desk } = await seed(site, 20)
    const [patient] = people
    if (patient === undefined) throw new Error('nobody waits')
    const app = await startApp(site, [], fewHandles)
    const before = await spentMs(app)
    const greed = greedy(patient.page)
    try {
      const went = await besides({ url: site.url, ehr, desk: desk.slice(1) }, many)
      const requests = (await readFile(join(site.data, 'app.log'), 'utf8')).split('"event":"request"').length - 1
      const cpuMs = rounded(((await spentMs(app)) - before) / requests, 2)
      return { ...went, unit: 'ms', cpuMs, requests, connections: greed.opened(), topBytes: await topBytes(app) }
    } finally {
      greed.stop()
    }
  } finally {
    await site.close()
    await closeEhr()
  }
}

/** Milliseconds of processor time so far: Linux counts them in hundredths of a second (proc_pid_stat(5)). */
async function spentMs({ pid }: App): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The most that it ever kept in memory. */
async function topBytes({ pid }: App): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}
