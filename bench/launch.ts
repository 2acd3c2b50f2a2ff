// A launch from the callback to the first data of the workspace: how many of the EHR's answers are waited for one after the other, and how
// long we take ourselves beside them. Every answer but the tokens' is late by the same time, so that what is asked at once is seen to be.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { clinic } from '../fhir-fixtures/clinic.ts'
import { buildWhenStale } from '../sandbox/built.ts'
import type { Ehr } from '../sandbox/ehr/contract.ts'
import { type Bench, median, say, spread } from './figures.ts'
import { arrive, atCallback, openHospital } from './hospital.ts'
import { get } from './http.ts'
import { freePort, openSite, startApp } from './site.ts'

const launches = 40
const warmUp = 5
const lateMs = 30

export const launchShare: Bench = async () => {
  await buildWhenStale(say)
  const port = await freePort()
  const ehr = await openHospital(`http://127.0.0.1:${port}`)
  const site = await openSite({ port, ehr: ehr.origin })
  try {
    await startApp(site)
    ehr.faults.on('fhir-slow', { ms: lateMs })
    const measured = []
    for (let n = 0; n < launches + warmUp; n++) measured.push(await launched(site.url, ehr))
    const counted = measured.slice(warmUp)
    const roundTrips = median(counted.map((m) => m.roundTrips))
    return [{ bench: 'launch', roundTrips, unit: 'ms', ...spread(counted.map((m) => m.ours)) }]
  } finally {
    await site.close()
    await ehr.close()
  }
}

type Asked = { readonly from: number; until: number }

async function launched(url: string, ehr: Ehr): Promise<{ roundTrips: number; ours: number }> {
  const { margaret } = clinic.appointments
  const request = { user: clinic.practitioners.chen.reference, patient: margaret.patient, appointment: margaret.id }
  const departed = await atCallback(url, ehr, request)
  const watch = watched(new URL(ehr.origin).port)
  const began = performance.now()
  const { home, headers } = await arrive(url, departed)
  const [me, list] = await Promise.all([get(`${home}/api/me`, headers), get(`${home}/api/appointments`, headers)])
  const total = performance.now() - began
  const asked = watch()
  if (me.status !== 200 || list.status !== 200) throw new Error(`the workspace was refused: ${me.text} ${list.text}`)
  return { roundTrips: inSequence(asked), ours: total - covered(asked) }
}

/** Every request at this process's server on `port`, from its head to its answer's end; call what comes back to stop. */
function watched(port: string): () => readonly Asked[] {
  const asked = new Map<object, Asked>()
  const [began, ended] = ['http.server.request.start', 'http.server.response.finish']
  type Message = { request: IncomingMessage; response: ServerResponse }
  const start = (message: unknown) => {
    const { request } = message as Message // sound: Node's documentation of these channels
    const now = performance.now()
    if (request.headers.host?.endsWith(`:${port}`)) asked.set(request, { from: now, until: now })
  }
  const finish = (message: unknown) => {
    const one = asked.get((message as Message).request) // sound: as above
    if (one) one.until = performance.now()
  }
  subscribe(began, start)
  subscribe(ended, finish)
  return () => {
    unsubscribe(began, start)
    unsubscribe(ended, finish)
    return [...asked.values()]
  }
}

/** The longest row of requests of which each began after the one before had ended. */
function inSequence(asked: readonly Asked[]): number {
  let [count, end] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, until } of [...asked].sort((a, b) => a.until - b.until)) {
    if (from < end) continue
    count++
    end = until
  }
  return count
}

/** Milliseconds in which the EHR had at least one request of ours. */
function covered(asked: readonly Asked[]): number {
  let [sum, end] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, until } of [...asked].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, until - Math.max(from, end))
    end = Math.max(end, until)
  }
  return sum
}
