// What an EHR says of itself is a hint: where it does not come, nobody waits long for it, and not at each page anew.
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import type { CapabilityView } from '../../server/wire/wire.ts'
import { bodyOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

afterEach(() => void vi.restoreAllMocks())

const threeSeconds = 3_000

/** Whoever waits for at most three seconds has waited. */
function impatient(): void {
  const really = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
    ms <= threeSeconds ? AbortSignal.abort(new DOMException('late', 'TimeoutError')) : really(ms),
  )
}

const issuerOf = ({ ehr }: World) =>
  ({ iss: ehr.iss as Iss, name: 'ehr', title: 'EHR', clientId: 'housecall', client: 'public', can: {} }) as const // sound: the sandbox's own

/** SMART as the app has it; it waits for a silent address no longer than a test does, and for one that answers as long as it takes. */
function smartOf(world: World, heard: { readonly still: boolean }) {
  return openSmart({
    ...{
      redirectUri: () => 'http://localhost/smart/callback',
      listed: [],
      clientKeys: [],
      now: () => instant(world.now()),
    },
    get timeoutMs() {
      return heard.still ? 100 : 60_000
    },
  })
}

/** Addresses that end like this are asked, and never answer until whoever asks gives up. */
function silent(end: string) {
  const heard = { asked: 0, still: true }
  const really = fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((to, init) => {
    if (!String(to).endsWith(end)) return really(to, init)
    heard.asked++
    if (!heard.still) return really(to, init)
    const { signal } = init ?? {}
    return new Promise((_answered, gaveUp) => {
      if (signal?.aborted) return gaveUp(signal.reason)
      signal?.addEventListener('abort', () => gaveUp(signal.reason))
    })
  })
  return heard
}

test('a /metadata that hangs is given three seconds, and is not asked again for a minute', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const heard = silent('/metadata')
  impatient()
  const person = await world.signIn({ user: clinic.practitioners.chen.reference })
  const told = async () => bodyOf<CapabilityView>(await person.get('/api/capability')).told

  expect([await told(), await told(), (await person.get('/api/appointments')).status]).toEqual([false, false, 200])
  expect(heard.asked).toBe(1)

  heard.still = false
  vi.mocked(AbortSignal.timeout).mockRestore()
  expect(await told()).toBe(false)
  world.later(2)
  expect([await told(), await told(), heard.asked]).toEqual([true, true, 2])
})

test('a smart-configuration that hangs is not asked again for a minute, but by somebody who signs in', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const heard = silent('/.well-known/smart-configuration')
  const issuer = issuerOf(world)
  const smart = smartOf(world, heard)

  expect([await smart.capabilities(issuer), await smart.capabilities(issuer), heard.asked]).toEqual([[], [], 1])

  await expect(smart.begin(issuer, { launch: 'x' })).rejects.toMatchObject({ code: 'launch-failed' })
  expect(heard.asked).toBe(2)

  heard.still = false
  expect([await smart.capabilities(issuer), heard.asked]).toEqual([[], 2])
  await smart.begin(issuer, { launch: 'x' })
  expect(await smart.capabilities(issuer)).toContain('launch-ehr')
  expect(heard.asked).toBe(3)
})

test('a smart-configuration that hung is asked for its hint again after a minute', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const heard = silent('/.well-known/smart-configuration')
  const issuer = issuerOf(world)
  const smart = smartOf(world, heard)
  await smart.capabilities(issuer)

  heard.still = false
  world.later(2)

  expect(await smart.capabilities(issuer)).toContain('launch-ehr')
})
