// A launch from the callback to the first data of the workspace: how many of the EHR's answers are waited for one after the other, and how
// long we take ourselves beside them. Every answer but the tokens' is late by the same time, so that what is asked at once is seen to be.
import { clinic } from '../fhir-fixtures/clinic.ts'
import { buildWhenStale } from '../sandbox/built.ts'
import type { Ehr } from '../sandbox/ehr/contract.ts'
import { covered, inSequence, watched } from './ehr-asked.ts'
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
