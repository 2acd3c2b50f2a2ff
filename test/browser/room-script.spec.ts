// Owns what Jitsi's script may do in our pages: it runs from our own origin, approved, and nothing of Jitsi's origin runs beside it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Frame, type Page } from '@playwright/test'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { openStage, type Stage } from '../../sandbox/stage.ts'
import { book } from './booking.ts'
import { look } from './looks.ts'
import { test } from './people.ts'
import { room, sees } from './picture.ts'
import { admit, choose, clinicianAt, inCall, patientWaiting, words } from './walk.ts'

/** What was loaded into pages of ours as a script, by address; and what a browser kept out. */
function watch(who: BrowserContext, { app }: Stage) {
  const scripts: string[] = []
  const barred: string[] = []
  who.on('request', (request) => {
    if (request.resourceType() === 'script' && request.frame().url().startsWith(app)) scripts.push(request.url())
  })
  who.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) barred.push(message.text())
  })
  return { scripts, barred, ofRoom: () => scripts.filter((url) => /external_api|assets\/jitsi/.test(url)) }
}
const approved = ({ app }: Stage) => new RegExp(`^${app}/assets/jitsi/sha384-[\\w-]{64}\\.js$`)

const ours = (page: Page, { app }: Stage): Frame => {
  const frame = page.frames().find((one) => one.url().startsWith(`${app}/v/`))
  if (frame === undefined) throw new Error('no page of ours is shown')
  return frame
}

/** Whether a script of this address runs in the page. */
const runs = (frame: Frame, src: string) =>
  frame.evaluate(
    (src) =>
      new Promise<string>((done) => {
        const script = document.createElement('script')
        script.addEventListener('load', () => done('ran'))
        script.addEventListener('error', () => done('kept out'))
        script.src = src
        document.head.append(script)
      }),
    src,
  )

test('both sides meet by the approved script from our own origin, and the policy of their pages names Jitsi for frames alone', async ({
  stage,
  clinician,
  patient,
}) => {
  const seen = [watch(clinician, stage), watch(patient, stage)]
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Ragna Holt'))
  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])

  for (const { ofRoom, barred } of seen) {
    expect(ofRoom().length).toBeGreaterThan(0)
    for (const url of ofRoom()) expect(url).toMatch(approved(stage))
    expect(barred).toEqual([])
  }
  const policy = (await doctor.request.get(doctor.url())).headers()['content-security-policy']?.split(';') ?? []
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain(`frame-src ${stage.jitsi.origin}`)
  for (const page of [doctor, guest])
    expect(await runs(ours(page, stage), `${stage.jitsi.origin}/external_api.js?other`)).toBe('kept out')
})

test('while somebody waits Jitsi’s page is brought to both, with no room, token or script that runs, and the call’s frame finds its files', async ({
  stage,
  clinician,
  patient,
}) => {
  const booking = await book(stage, 'Runa Falk')
  const sides = [warmed(clinician, stage), warmed(patient, stage)]
  const [doctor, guest] = [await clinicianAt(clinician, stage, booking), await patientWaiting(patient, stage, booking)]
  for (const [n, page] of [doctor, guest].entries()) {
    await expect(page.locator('iframe[sandbox]')).toHaveCount(1)
    await expect.poll(() => sides[n]?.files() ?? 0).toBeGreaterThan(1)
    await expect.poll(() => page.frames().at(-1)?.url()).toBe(`${stage.jitsi.origin}/`)
    // What ran there would have drawn a person, or asked for one.
    expect(await page.frameLocator('iframe[sandbox]').locator('#toolbar > *, .tile').count()).toBe(0)
  }
  for (const { asked, sockets } of sides) {
    for (const { pathname, search } of asked) expect(pathname + search).toMatch(/^\/(libs\/[\w.-]+\?v=\w+)?$/)
    expect(sockets).toEqual([])
  }

  await admit(doctor, booking.name)

  await Promise.all([sees(doctor, 'blue'), sees(guest, 'red')])
  for (const page of [doctor, guest]) {
    await expect(page.locator('iframe[sandbox]')).toHaveCount(0)
    const brought = await room(page)
      .locator('body')
      .evaluate(
        () =>
          performance
            .getEntriesByType('resource')
            .filter((one) => one.name.includes('/libs/'))
            .map((one) => (one as PerformanceResourceTiming).transferSize), // sound: of this type
      )
    expect(brought.length).toBeGreaterThan(5)
    expect(Math.max(...brought)).toBe(0)
  }
})

/** What a browser asks Jitsi for, until its call has begun. */
function warmed(who: BrowserContext, { jitsi }: Stage) {
  const asked: URL[] = []
  const sockets: string[] = []
  const isJitsis = (url: string) => url.startsWith(jitsi.origin.replace(/^http/, 'ws'))
  who.on('request', (request) => request.url().startsWith(jitsi.origin) && asked.push(new URL(request.url())))
  who.on('page', (page) => page.on('websocket', (socket) => isJitsis(socket.url()) && sockets.push(socket.url())))
  return { asked, sockets, files: () => asked.filter(({ pathname }) => pathname.endsWith('.js')).length }
}

test('a call goes on as approved when Jitsi is updated, and a reload brings the approved script again', async ({
  stage,
  clinician,
  patient,
}) => {
  const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Ivo Lindqvist'))
  await sees(guest, 'red')
  stage.jitsi.faults.on('script-updated')
  await stage.restartApp('SIGTERM')
  const seen = watch(patient, stage)

  await guest.reload()

  await Promise.all([sees(guest, 'red'), sees(doctor, 'blue')])
  expect(seen.ofRoom().length).toBeGreaterThan(0)
  for (const url of seen.ofRoom()) expect(url).toMatch(approved(stage))
})

test('inside the EHR’s frame, and in the window of its own beside it, the call runs by the approved script too', async ({
  stage,
  clinician,
  patient,
}) => {
  const seen = watch(clinician, stage)
  const booking = await book(stage, 'Sanna Wirta')
  const desktop = await clinician.newPage()
  const query = new URLSearchParams({ user: clinic.practitioners.chen.reference, appointment: booking.appointment })
  await desktop.goto(`${stage.ehr.origin}/desktop/frame?${query}`)
  const visit = desktop.frameLocator('iframe[title="Video visit"]')
  const guest = await patientWaiting(patient, stage, booking)
  await admit(visit, booking.name)
  await Promise.all([sees(visit, 'blue'), sees(guest, 'red')])
  expect(await runs(ours(desktop, stage), `${stage.jitsi.origin}/external_api.js?other`)).toBe('kept out')

  const coming = clinician.waitForEvent('page')
  await choose(visit, 'Open the visit in its own window')
  const window = await coming

  await sees(window, 'blue')
  expect(seen.ofRoom().length).toBeGreaterThan(1)
  for (const url of seen.ofRoom().filter((one) => !one.endsWith('?other'))) expect(url).toMatch(approved(stage))
})

/** A hospital of its own whose settings approve these. */
async function staged(
  scripts: readonly string[],
  play: (stage: Stage, log: () => string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'housecall-script-'))
  let said = ''
  const onLog = (text: string) => {
    said += text
  }
  const stage = await openStage({ ports: { app: 0, ehr: 0, jitsi: 0 }, data: join(folder, 'data'), scripts, onLog })
  try {
    await play(stage, () => said)
  } finally {
    await stage.close()
    await rm(folder, { recursive: true })
  }
}

test('where no approved script is to be had the start warns, both sides read so, and the patient whom to call', async ({
  clinician,
  patient,
}) => {
  await staged([`sha384-${'A'.repeat(64)}`], async (stage, log) => {
    await expect.poll(log).toMatch(/"event":"jitsi-script","code":"missing","organisation":"harbor","jitsi":1/)
    const { doctor, guest } = await inCall(clinician, patient, stage, await book(stage, 'Lene Moe'))

    for (const page of [doctor, guest]) await expect(words(page, 'The video call cannot open now.')).toBeVisible()
    await expect(words(guest, /Call the clinic\. .*Code for support: D9/)).toBeVisible()
    await expect(guest.getByRole('link', { name: /555-0100/ }).first()).toBeVisible()
    await look(guest, 'patient-script-refused')
    await look(doctor, 'clinician-script-refused')
  })
})

test('where the settings approve none the start warns, and a call runs by the script as Jitsi serves it', async ({
  clinician,
  patient,
}) => {
  await staged([], async (stage, log) => {
    await expect.poll(log).toMatch(/"event":"jitsi-script","code":"unapproved","organisation":"harbor","jitsi":1/)
    const seen = watch(patient, stage)
    const { guest } = await inCall(clinician, patient, stage, await book(stage, 'Tove Rask'))

    await sees(guest, 'red')

    expect(new Set(seen.ofRoom())).toEqual(new Set([`${stage.jitsi.origin}/external_api.js`]))
  })
})
