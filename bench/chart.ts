// The chart beside the video, all its parts at once: how many of the EHR's answers are waited for one after the other, and how long we take ourselves
// beside them. Every FHIR answer is late by the same time, so that what is asked at once is seen to be.

import { clinic } from '../fhir-fixtures/clinic.ts'
import { clinicChart, clinicDay } from '../fhir-fixtures/day.ts'
import { buildWhenStale } from '../sandbox/built.ts'
import { generic } from '../sandbox/ehr/personalities/generic.ts'
import { covered, inSequence, watched } from './ehr-asked.ts'
import { type Bench, median, say, spread } from './figures.ts'
import { arrive, atCallback, openHospital, type Visitor } from './hospital.ts'
import { ask, get } from './http.ts'
import { freePort, openSite, startApp } from './site.ts'

const looks = 40
const warmUp = 5
const lateMs = 200
const parts = ['allergies', 'problems', 'medicines', 'vitals', 'results', 'notes', 'visits']

export const chartShare: Bench = async () => {
  await buildWhenStale(say)
  const port = await freePort()
  const now = new Date()
  const ehr = await openHospital(`http://127.0.0.1:${port}`, {
    resources: [...clinicDay(now), ...clinicChart(now)],
    // The smallest largest page of the systems that say one: Oracle Health's, for Observations.
    personality: { ...generic, fhir: { ...generic.fhir, maxCount: 200 } },
  })
  const site = await openSite({ port, ehr: ehr.origin, policies: { chart: true } })
  try {
    await startApp(site)
    const { margaret } = clinic.appointments
    const request = { user: clinic.practitioners.chen.reference, patient: margaret.patient, appointment: margaret.id }
    const clinician = await arrive(site.url, await atCallback(site.url, ehr, request))
    const visit = await opened(clinician, margaret.id)
    ehr.faults.on('fhir-slow', { ms: lateMs })
    const measured = []
    for (let n = 0; n < looks + warmUp; n++) measured.push(await looked(clinician, visit, new URL(ehr.origin).port))
    const counted = measured.slice(warmUp)
    const roundTrips = median(counted.map((m) => m.roundTrips))
    return [{ bench: 'chart', roundTrips, unit: 'ms', ...spread(counted.map((m) => m.ours)) }]
  } finally {
    await site.close()
    await ehr.close()
  }
}

async function opened({ home, headers }: Visitor, appointment: string): Promise<string> {
  const answer = await ask(`${home}/api/visits`, { method: 'POST', headers, body: { appointment } })
  const visit = /"visit":"([\w-]+)"/.exec(answer.text)?.[1]
  if (visit === undefined) throw new Error(`the visit was refused: ${answer.text}`)
  return `${home}/api/visits/${visit}`
}

async function looked({ headers }: Visitor, visit: string, port: string) {
  const watch = watched(port)
  const began = performance.now()
  const answers = await Promise.all(parts.map((part) => get(`${visit}/chart?part=${part}`, headers)))
  const total = performance.now() - began
  const asked = watch()
  const missing = answers.find(({ text }) => !text.includes('"outcome":"read"'))
  if (missing !== undefined) throw new Error(`a part was not read: ${missing.text}`)
  return { roundTrips: inSequence(asked), ours: total - covered(asked) }
}
