// The page on which a person switches faults, and what the desktop and the portal offer: nothing that cannot be opened.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { faultNames } from '../../../sandbox/ehr/faults.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { jitsiFaultNames } from '../../../sandbox/jitsi/faults.ts'
import { type Jitsi, startJitsi } from '../../../sandbox/jitsi/main.ts'
import { launchUrls, publicClient } from './app.ts'

const { chen, okafor } = clinic.practitioners
const { patients, appointments } = clinic
const secret = 'a secret of the sandbox, thirty-two bytes or more'
const now = () => new Date('2026-03-02T15:12:00Z')

let ehr: Ehr
let jitsi: Jitsi
beforeAll(async () => {
  jitsi = await startJitsi({ issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret })
  ehr = await startEhr({ clients: [publicClient], launchUrls, now, otherBoards: () => [jitsi.board] })
})
afterAll(async () => {
  await ehr.close()
  await jitsi.close()
})

const shown = async (path: string) => (await fetch(`${ehr.origin}${path}`)).text()
const press = (name: string, to: string, headers: Record<string, string> = {}) =>
  fetch(`${ehr.origin}/faults`, {
    method: 'POST',
    body: new URLSearchParams({ name, to }),
    headers,
    redirect: 'manual',
  })

test('every fault of the EHR and of Jitsi stands on the page once, with what it does', async () => {
  const page = await shown('/faults')

  const rows = [...page.matchAll(/<th scope="row"><code>([^<]+)<\/code>/g)].map(([, name]) => name)
  expect(rows).toEqual([...Object.keys(faultNames), ...Object.keys(jitsiFaultNames)])
  expect(new Set(rows).size).toBe(rows.length)
  expect(page).toContain(faultNames['fhir-410'])
  expect(page).toContain(jitsiFaultNames['script-500'])
  expect(page).toMatch(/<h2>On now<\/h2>\s*<p>Nothing\.<\/p>/)
})

test('a press switches a fault on and the next one off, at the part whose it is', async () => {
  const on = await press('fhir-500', 'on')
  const isOn = ehr.faults.isOn('fhir-500')
  const page = await shown('/faults')
  await press('fhir-500', 'off')
  await press('script-500', 'on', { origin: ehr.origin })
  const script = await fetch(`${jitsi.origin}/external_api.js`)
  await press('script-500', 'off')

  expect([on.status, on.headers.get('location')]).toEqual([303, '/faults#fhir-500'])
  expect(page).toMatch(/aria-label="Switch off: fhir-500"/)
  expect([isOn, script.status, ehr.faults.isOn('fhir-500')]).toEqual([true, 500, false])
  expect((await fetch(`${jitsi.origin}/external_api.js`)).status).toBe(200)
})

test('a fault that happens at a moment is done, and stays on no list', async () => {
  await press('drop-signalling', 'on')

  const page = await shown('/faults')
  expect(page).toMatch(/aria-label="Do it now: drop-signalling"/)
  expect(page).toMatch(/<h2>On now<\/h2>\s*<p>Nothing\.<\/p>/)
})

test('nobody switches from another site, and a name that nobody knows switches nothing', async () => {
  expect((await press('fhir-500', 'on', { origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await press('toString', 'on')).headers.get('location')).toBe('/faults')
  expect(ehr.faults.isOn('fhir-500')).toBe(false)
})

test('what is off, done without a note, or long over is not offered; what can be opened is', async () => {
  const day = await shown(`/desktop?user=${chen.reference}`)
  const row = (name: string) => day.split(/<tr|<h2/).find((one) => one.includes(`>${name}</a>`)) ?? ''

  expect(row(patients.dwayne.name)).toContain('Nothing to open: it does not take place.')
  expect(row(patients.siobhan.name)).toContain('Nothing to open: it is done.')
  for (const { name } of [patients.dwayne, patients.siobhan]) expect(row(name)).not.toContain('/desktop/launch')
  expect(row(patients.zoe.name)).toContain('Open video visit with')
  const kept = ehr.resource('Appointment', appointments.zoe.id) ?? expect.fail('Zoë is booked')
  await ehr.put({ ...kept, start: '2026-03-02T11:00:00Z', end: '2026-03-02T11:15:00Z' })
  expect(await shown(`/portal?user=${patients.zoe.reference}`)).toContain('Nothing to open: it is over.')
  expect(await shown(`/desktop?user=${okafor.reference}`)).toContain(`Open video visit with ${patients.noor.name}`)
})

test('a name in other letters has one in Latin ones before it, where there is one', async () => {
  expect(await shown(`/desktop?user=${chen.reference}`)).toContain(`Xiuying Wang (${patients.wang.name})`)
})
