// An EHR and a Jitsi whose every answer is odd in turn, examined by the doctor: it says what it found, and goes to nobody else.
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { examineJitsis } from '../../doctor/jitsi.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { startEhr } from '../../sandbox/ehr/main.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { type Asked, clockInHand, drawn, type Hostile, hostile } from '../support/hostile-ehr.ts'
import { oddities } from '../support/oddities.ts'
import { configFor } from '../support/world.ts'
import { reportOn, worldOf } from './doctor.ts'

const storm = { timeout: 300_000 }
const seed = 10

let elsewhere: Awaited<ReturnType<typeof startListener>>
let jitsi: Awaited<ReturnType<typeof startCrookedEhr>>
let hospital: Hostile
let ehr: Ehr
let giveUp: () => void
beforeAll(async () => {
  giveUp = clockInHand().giveUp
  ;[elsewhere, jitsi] = await Promise.all([startListener(), startCrookedEhr()])
  hospital = hostile(elsewhere.origin, giveUp)
  ehr = await startEhr({ clients: [], launchUrls: [], inTheWay: hospital.inTheWay })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await Promise.all([ehr.close(), elsewhere.close(), jitsi.close()])
})

test('an EHR whose every answer is odd in turn is examined to the end', storm, async () => {
  const all = (['discovery', 'keys', 'statement'] as const satisfies readonly Asked[])
    .flatMap((of) => oddities.map((oddity) => ({ of, oddity })))
    // Where its keys are, the EHR says itself.
    .filter(({ of, oddity }) => !(of === 'discovery' && oddity.name === 'addresses elsewhere'))
  for (const { of, oddity } of drawn(all, 50, seed)) {
    const turned = hospital.turns(of, oddity)

    const { parts } = await reportOn(ehr.iss)

    hospital.calm()
    expect(turned(), `${of}: ${oddity.name}`).toBeGreaterThan(0)
    expect(parts.flatMap(({ findings }) => findings).length, `${of}: ${oddity.name}`).toBeGreaterThan(3)
  }

  expect(elsewhere.heard).toEqual([])
})

test('an EHR whose every answer begins with a mark of its byte order is read as one without', async () => {
  const marked = await startEhr({
    clients: [],
    launchUrls: [],
    inTheWay(_request, response, handOn) {
      const end = response.end.bind(response)
      response.end = (body: unknown) => {
        const text = typeof body === 'string' || Buffer.isBuffer(body) ? String(body) : ''
        response.removeHeader('content-length')
        return end(text.startsWith('{') ? `\u{feff}${text}` : text)
      }
      handOn()
    },
  })
  onTestFinished(() => marked.close())

  const findings = async (iss: string) =>
    (await reportOn(iss)).parts.flatMap((part) => part.findings.map(({ id, result }) => `${id} ${result}`))

  expect(await findings(marked.iss)).toEqual(await findings(ehr.iss))
})

test('a Jitsi whose every answer is odd in turn is examined to the end', storm, async () => {
  const config = configFor(
    'http://127.0.0.1:1',
    [{ id: 'riverside', ehr: { iss: ehr.iss, origin: ehr.origin } }],
    '/nowhere',
  )
  const [organisation] = config.organisations
  if (organisation === undefined) throw new Error('nobody is listed')
  const own = { ...organisation, jitsi: JitsiSettings.parse({ origin: jitsi.origin, issuer: 'housecall' }) }
  const honest = { status: 200, type: 'text/javascript', headers: new Headers(), text: 'var config = { hosts: {} }' }
  for (const oddity of drawn(oddities, 25, seed)) {
    jitsi.said.takeOver = (_path, _request, response) => {
      oddity.answer(response, { honest, elsewhere: elsewhere.origin, giveUp })
      return true
    }

    const [part] = await examineJitsis(worldOf({ timeoutMs: 500 }), config, own)

    expect(part?.findings.length, oddity.name).toBeGreaterThan(3)
  }

  expect(elsewhere.heard).toEqual([])
})
