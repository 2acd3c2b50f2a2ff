// What the doctor says of the script that a Jitsi shows: approved, new, or looked at by nobody; and the hash that the settings want.
import { afterEach, describe, expect, test } from 'vitest'
import { hashesOf, pathOfScript, type ScriptHash } from '../../server/domain/visit/room-script.ts'
import { openClinic } from './clinic.ts'
import { found, type Script, startScripted, worldOf } from './doctor.ts'

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

const old = 'window.JitsiMeetExternalAPI = class {}'
const next = `${old} // the next release`
const hashOf = (body: string) => hashesOf(Buffer.from(body))
const type = 'application/javascript'

/** The report on a clinic that approves these, with a Jitsi that shows `shown`, and an app that serves these copies. */
async function reportOf(shown: string, script: readonly ScriptHash[] | undefined, copies: Script = {}) {
  const jitsi = await startScripted({ '/external_api.js': { type, body: shown } })
  const settings = { origin: jitsi.origin, issuer: 'housecall', ...(script && { script }) }
  const clinic = await openClinic({ app: copies, organisation: { jitsi: settings } })
  open.push(jitsi, clinic)
  return { ...clinic, said: found(await clinic.report(), 'jitsi-script') }
}
const copyOf = (body: string, hash: ScriptHash = hashOf(body).strong): Script => ({
  [pathOfScript(hash)]: { type, body },
})

describe('a script', () => {
  test('that nobody approved is told with its hashes, and what to set', async () => {
    const { said } = await reportOf(old, undefined)

    expect(said).toMatchObject({ result: 'warning', essential: false, details: hashOf(old).all, ask: { of: 'us' } })
    expect(said.ask?.text).toContain(`Set "jitsi.script"`)
    expect(said.ask?.text).toContain(hashOf(old).strong)
  })

  test.each([
    ['by one hash', [hashOf(old).strong]],
    ['by the shorter hash', hashOf(old).all.slice(0, 1)],
    ['among several', [hashOf(next).strong, hashOf(old).strong]],
  ])('that is approved %s is said to be so', async (_, script) => {
    const { said } = await reportOf(old, script)

    expect(said).toMatchObject({ result: 'ok', means: 'Its script is the approved one.' })
  })
})

describe('a Jitsi that was updated', () => {
  test('is told with its new hash, while our pages go on with the copy that the app keeps', async () => {
    const { said, app } = await reportOf(next, [hashOf(old).strong], copyOf(old))

    expect(said).toMatchObject({
      ...{ result: 'warning', details: hashOf(next).all },
      means: 'Its script is a new one: our pages go on with the approved one.',
    })
    expect(said.ask?.text).toContain(`before the others in "jitsi.script": ${hashOf(next).strong}`)
    expect(app.heard.some((line) => line.startsWith(`GET ${pathOfScript(hashOf(old).strong)}`))).toBe(true)
  })

  test.each<[what: string, copies: Script]>([
    ['has none', {}],
    ['serves another under its name', copyOf('alert(1)', hashOf(old).strong)],
    ['serves the new one under its name', copyOf(next, hashOf(old).strong)],
  ])('lets no call start where the app %s', async (_, copies) => {
    const { said, report } = await reportOf(next, [hashOf(old).strong], copies)

    expect(said).toMatchObject({
      result: 'failed',
      essential: true,
      means: expect.stringMatching(/^No call would start/),
    })
    expect(said.ask?.text).toContain(hashOf(next).strong)
    expect((await report()).visits).toBe('would-not-work')
  })

  test('is told, and no more, where the app does not answer', async () => {
    const { app, report } = await reportOf(next, [hashOf(old).strong], copyOf(old))
    await app.close()
    open.splice(
      open.findIndex((one) => 'ehr' in one),
      1,
    )

    const said = found(await report(worldOf()), 'jitsi-script')

    expect(said).toMatchObject({
      result: 'warning',
      means: expect.stringMatching(/whether the app keeps an approved one/),
    })
  })
})

test('a fallback is told of by its own setting, and lets no visit fail', async () => {
  const [first, second] = await Promise.all(
    [old, next].map((body) => startScripted({ '/external_api.js': { type, body } })),
  )
  if (first === undefined || second === undefined) throw new Error('two were started')
  const approving = [hashOf(old).strong]
  const fallback = [{ origin: second.origin, script: approving }]
  const clinic = await openClinic({
    organisation: { jitsi: { origin: first.origin, issuer: 'housecall', script: approving, fallback } },
  })
  open.push(first, second, clinic)

  const report = await clinic.report()

  expect(found(report, 'jitsi-script', first.origin).result).toBe('ok')
  expect(found(report, 'jitsi-script', second.origin)).toMatchObject({ result: 'failed', essential: false })
  expect(found(report, 'jitsi-script', second.origin).ask?.text).toContain(
    `"script" of ${second.origin} in "jitsi.fallback": ${hashOf(next).strong}`,
  )
})

test('of what is no script nothing is said but that there is none', async () => {
  const jitsi = await startScripted({ '/external_api.js': { type: 'text/html', body: '<p>Sign in</p>' } })
  const clinic = await openClinic({ organisation: { jitsi: { origin: jitsi.origin, issuer: 'housecall' } } })
  open.push(jitsi, clinic)

  const report = await clinic.report()

  expect(found(report, 'jitsi').result).toBe('failed')
  expect(() => found(report, 'jitsi-script')).toThrow()
})
